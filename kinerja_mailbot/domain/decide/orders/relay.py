"""Deciding a penyusun's reply to a question that was passed on: it goes back to whoever asked, and to nobody else."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.outcome import DismissMail, Outcome
from kinerja_mailbot.domain.unit import Pejabat, Unit


def relay(mail: IncomingMail, to: Pejabat, facts: Facts, base: Outcome) -> Outcome | None:
    """Return the outcome of an answer, or None when the mail answers no question or says nothing."""
    asked = facts.diteruskan
    unit = _asker(asked, facts) if asked else None
    if asked is None or unit is None or not mail.teks.strip():
        return None
    answer = letters.jawaban(facts, mail, asked, unit, to.jabatan)
    lost = " Lampirannya tidak ikut diteruskan." if mail.lampiran else ""
    done = letters.perintah_dilaksanakan(
        facts, mail, to, perintah="jawaban", hasil=f"Jawaban telah disampaikan kepada {unit.nama}.{lost}"
    )
    return replace(base, label="jawaban diteruskan", unit=unit.id, efek=(DismissMail(asked.id),), surat=(answer, done))


def _asker(asked: IncomingMail, facts: Facts) -> Unit | None:
    """Return the unit of the question's sender; somebody whose time is over has left it to the one in charge."""
    sender, day = asked.sender or "", facts.office_day(asked.tiba_at)
    peserta = facts.daftar.whose(sender, day)
    if peserta is not None and peserta.unit is not None:
        return peserta.unit
    return next((unit for unit in facts.daftar.responden if unit.official_with(sender, day)), None)
