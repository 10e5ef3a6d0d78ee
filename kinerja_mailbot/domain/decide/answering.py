"""What the decision about a registered person's mail still goes through before anything is written to him."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.mail.outcome import HealAddress, Outcome
from kinerja_mailbot.domain.mail.people import EndAbsence
from kinerja_mailbot.domain.mail.verdict import OrderMail, Reply
from kinerja_mailbot.domain.unit import Pejabat


def answer(outcome: Outcome, mail: IncomingMail, verdict: OrderMail | Reply, facts: Facts) -> Outcome:
    """Return the outcome within the limits of DESIGN section 4: what was decided stays, what is written may not.

    A proven mail from an address that was thought to fail proves that it works.
    """
    person = verdict.peserta.pejabat
    if facts.dari_spam:
        outcome = _out_of_spam(outcome, verdict, facts)
    if verdict.bukti and mail.sender in person.tak_sampai:
        outcome = replace(outcome, efek=(*outcome.efek, HealAddress(mail.sender)))
    if (unit := verdict.peserta.unit) is not None and verdict.bukti and facts.is_away(unit.id, person):
        outcome = replace(outcome, efek=(*outcome.efek, EndAbsence(unit.id)))
    outcome = _not_twice(outcome, person, facts)
    return _within_limits(outcome, mail, person, facts)


def refusal(reason: str, mail: IncomingMail) -> str:
    """Return the name of a refusal: the same reason about the same files has the same name."""
    files = "".join(sorted(item.sha256 for item in mail.lampiran))
    return f"{reason} {hashlib.sha256(files.encode()).hexdigest()[:16]}" if files else reason


def _out_of_spam(outcome: Outcome, verdict: OrderMail | Reply, facts: Facts) -> Outcome:
    """Believe what is proven, wherever it lay, and tell the admin once a day; answer nothing else from there.

    Most of what lies among the spam under a registered name is forged: nobody is asked about it, the penyusun sees it.
    """
    if not (verdict.bukti or outcome.stores_data):
        unit = verdict.peserta.unit.id if verdict.peserta.unit else None
        return replace(
            outcome,
            label="folder spam",
            alasan=f"{outcome.alasan}; among the spam without a proof",
            unit=unit,
            efek=(),
            surat=(),
            urusan=Urusan.DITAHAN,
            penolakan="",
        )
    if not facts.daftar.admin:
        return outcome
    told = letters.gangguan(
        facts,
        kunci=f"gangguan.spam.{facts.today.isoformat()}",
        judul="Balasan responden masuk ke folder spam",
        rincian=(
            "Surel dari alamat terdaftar ditemukan di folder spam; pengirimnya terbukti dan isinya telah diproses.",
            "Mohon menandai alamat yang terdaftar sebagai bukan spam pada server surel.",
        ),
    )
    return replace(outcome, surat=(*outcome.surat, told))


def _not_twice(outcome: Outcome, person: Pejabat, facts: Facts) -> Outcome:
    if not outcome.penolakan or outcome.penolakan not in facts.penolakan:
        return outcome
    return replace(
        _without_letters_to(person, outcome, "refused for the same reason earlier today"),
        label=f"{outcome.label} berulang",
        urusan=Urusan.BELUM_JELAS,
        penolakan="",
    )


def _within_limits(outcome: Outcome, mail: IncomingMail, person: Pejabat, facts: Facts) -> Outcome:
    limit = facts.aturan.batasan.jawaban_per_hari
    if _wants_no_answer(mail):
        return _without_letters_to(person, outcome, "X-Auto-Response-Suppress")
    if facts.dijawab_hari_ini < limit or not outcome.surat:
        return outcome
    quiet = _without_letters_to(person, outcome, "daily limit of answers reached")
    last = (letters.batas_jawaban(facts, mail, person),) if facts.dijawab_hari_ini == limit else ()
    return replace(quiet, surat=quiet.surat + last)


def _without_letters_to(person: Pejabat, outcome: Outcome, why: str) -> Outcome:
    others = tuple(letter for letter in outcome.surat if person not in letter.kepada)
    return replace(outcome, surat=others, alasan=f"{outcome.alasan}; {why}", penolakan="")


def _wants_no_answer(mail: IncomingMail) -> bool:
    """Exchange's way to ask robots for silence; the mail itself counts all the same."""
    asked = {word.strip().casefold() for value in mail.headers("x-auto-response-suppress") for word in value.split(",")}
    return bool(asked & {"all", "autoreply"})
