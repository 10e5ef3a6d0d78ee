"""Deciding SETUJU and TOLAK in the thread of a question: who acts for whom, and who gets more time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.decide.orders.petitions import decide_petition
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import secretary
from kinerja_mailbot.domain.mail.orders import Setuju, parse_order, refusal_in
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.people import SettleActing
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.domain.mail.thread import make_message_id, reader_of
from kinerja_mailbot.domain.unit import Peran, Peserta, Unit


def decide_consent(mail: IncomingMail, peserta: Peserta, facts: Facts, base: Outcome) -> Outcome | None:
    """Decide a yes or no that answers one of our questions; None when the mail is neither, or answers none.

    The question's own Message-ID is the proof: it went to this person alone. Nothing else of his proves as much.
    """
    refusal = refusal_in(mail.teks)
    agrees = refusal is None and isinstance(parse_order(mail.teks, facts.daftar), Setuju)
    matter = _matter(mail, peserta, facts) if agrees or refusal is not None else None
    match matter:
        case None:
            return None
        case Penunjukan():
            return _settle_acting(mail, peserta, facts, base, matter, agrees=agrees)
        case Permohonan():
            return decide_petition(mail, facts, base, matter, refusal=refusal)


def _matter(mail: IncomingMail, peserta: Peserta, facts: Facts) -> Penunjukan | Permohonan | None:
    """Return what the newest question of ours in the mail's thread was about."""
    asked = dict(_questions(peserta, facts))
    return next((asked[message_id] for message_id in mail.thread_ids() if message_id in asked), None)


def _questions(peserta: Peserta, facts: Facts) -> Iterator[tuple[str, Penunjukan | Permohonan]]:
    me, chief = facts.identitas, secretary(facts)
    if peserta.peran is Peran.KASUBBAG:
        for named in facts.penunjukan:
            yield make_message_id(me, letters.question_key(named.surel_id, None), None, None), named
        for petition in facts.permohonan:
            yield make_message_id(me, letters.petition_key(petition), petition.periode, None), petition
    if chief is not None and peserta.unit == chief:
        reader = reader_of(chief.id, peserta.pejabat)
        for named in facts.penunjukan:
            yield make_message_id(me, letters.question_key(named.surel_id, chief), None, reader), named


def _settle_acting(  # noqa: PLR0913 - what decides, and for whom
    mail: IncomingMail, peserta: Peserta, facts: Facts, base: Outcome, named: Penunjukan, *, agrees: bool
) -> Outcome:
    unit = facts.daftar.unit(named.unit)
    if unit is None:
        return _answered(mail, peserta, facts, base, f"Unit {named.unit} tidak lagi terdaftar.")
    if named.keadaan is not KeadaanPenunjukan.MENUNGGU:
        word = "disetujui" if named.keadaan is KeadaanPenunjukan.BERLAKU else "ditolak"
        said = (
            f"Penunjukan {named.sebutan} {unit.nama} sudah {word} oleh {named.diputuskan_oleh}; tidak ada yang diubah."
        )
        return _answered(mail, peserta, facts, base, said)
    state = KeadaanPenunjukan.BERLAKU if agrees else KeadaanPenunjukan.DITOLAK
    by = peserta.pejabat.jabatan
    decided = replace(named, keadaan=state, diputuskan_oleh=by, diputuskan_at=facts.now if agrees else None)
    effect = SettleActing(surel_id=named.surel_id, unit=unit.id, keadaan=state, oleh=by)
    label = "penunjukan disetujui" if agrees else "penunjukan ditolak"
    told = tuple(_told(mail, peserta, facts, decided, unit))
    return replace(base, label=label, unit=unit.id, efek=(effect,), surat=told)


def _told(mail: IncomingMail, peserta: Peserta, facts: Facts, named: Penunjukan, unit: Unit) -> Iterator[Letter]:
    """Tell everybody concerned, each in a thread of his own, and whoever decided in the thread of his mail."""
    chief, register = secretary(facts), facts.daftar
    agreed = named.keadaan is KeadaanPenunjukan.BERLAKU
    office = (register.kasubbag, *(p for p in register.penyusun if p.jabatan == named.diusulkan_oleh))
    yield letters.penunjukan(facts, mail, named, unit, office, reader=None, bagian="kantor")
    if chief is not None:
        to = (peserta.pejabat if peserta.unit == chief else chief.official_on(facts.today),)
        yield letters.penunjukan(facts, mail, named, unit, to, reader=chief, bagian="sekretaris")
    if agreed:
        to = (named.as_official(unit),)
        yield letters.penunjukan(facts, mail, named, unit, to, reader=unit, bagian="plh")
        if unit != chief:
            yield letters.penunjukan(facts, mail, named, unit, unit.pejabat[:1], reader=unit, bagian="pejabat")


def _answered(mail: IncomingMail, peserta: Peserta, facts: Facts, base: Outcome, result: str) -> Outcome:
    said = letters.perintah_dilaksanakan(facts, mail, peserta.pejabat, perintah="SETUJU", hasil=result)
    # Whoever is a respondent must not get a letter of the Kasubbag's thread.
    letter = replace(said, unit=peserta.unit.id) if peserta.unit else said
    return replace(base, surat=(letter,))
