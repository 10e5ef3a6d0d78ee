"""The one place where an incoming mail becomes consequences: values in, an `Outcome` out."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.analysis import decide_analysis
from kinerja_mailbot.domain.decide.answering import answer
from kinerja_mailbot.domain.decide.orders import decide_order
from kinerja_mailbot.domain.decide.reading import ReadAttachment, candidates
from kinerja_mailbot.domain.decide.reply import decide_reply, decide_stranger
from kinerja_mailbot.domain.kinerja.analysis import FORMAT
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.absence import Absence, last_day_away, says_away
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import DeliveryReport, IncomingMail
from kinerja_mailbot.domain.mail.orders import AnalisisSelesai
from kinerja_mailbot.domain.mail.outcome import ConfirmSent, MarkAddress, Outcome
from kinerja_mailbot.domain.mail.people import NoteAbsence
from kinerja_mailbot.domain.mail.proof import proofs
from kinerja_mailbot.domain.mail.sender import overseer
from kinerja_mailbot.domain.mail.thread import ThreadRef, read_message_id, unit_of_reader
from kinerja_mailbot.domain.mail.verdict import AutoReply, Bounce, OrderMail, Own, Reply, Unknown, Verdict
from kinerja_mailbot.domain.unit import Peran, Peserta, Unit

__all__ = ["ReadAttachment", "decide"]


def decide(mail: IncomingMail, verdict: Verdict, facts: Facts, sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """Return everything that one mail leads to. Pure: the same mail and facts always lead to the same outcome."""
    match verdict:
        case Own():
            proof = (ConfirmSent(verdict.message_id),) if verdict.message_id else ()
            return Outcome(verdict="own", label="salinan sendiri", alasan=verdict.alasan, efek=proof)
        case Bounce():
            return _decide_bounce(mail, verdict, facts)
        case AutoReply():
            return _decide_auto_reply(mail, verdict, facts, sheets)
        case OrderMail():
            return answer(_decide_overseer(mail, verdict, facts, sheets), mail, verdict, facts)
        case Reply():
            analysed = _analysis_of_respondent(mail, facts, sheets)
            return answer(analysed or decide_reply(mail, verdict, facts, sheets), mail, verdict, facts)
        case Unknown():
            return decide_stranger(mail, verdict, facts, sheets)


def _decide_overseer(
    mail: IncomingMail, verdict: OrderMail, facts: Facts, sheets: tuple[ReadAttachment, ...]
) -> Outcome:
    """Decide an analysis, an order, or both: TUTUP above the sheet of the analysis closes the period after it."""
    analysed = decide_analysis(mail, verdict, facts, sheets)
    if analysed is None:
        return decide_order(mail, verdict, facts)
    if verdict.perintah is None or isinstance(verdict.perintah, AnalisisSelesai) or not analysed.efek:
        return analysed
    ordered = decide_order(mail, verdict, facts)
    return replace(analysed, efek=(*analysed.efek, *ordered.efek), surat=(*analysed.surat, *ordered.surat))


def _analysis_of_respondent(mail: IncomingMail, facts: Facts, sheets: tuple[ReadAttachment, ...]) -> Outcome | None:
    """Decide the analysis of a Kasubbag who is a respondent too; his own form beside it goes first."""
    person = overseer(mail, facts)
    if person is None or any(candidate.unit != FORMAT for candidate in candidates(sheets, facts)):
        return None
    verdict = OrderMail("analysis of a respondent", person, None, proofs(mail, person, facts))
    return decide_analysis(mail, verdict, facts, sheets)


def _decide_bounce(mail: IncomingMail, verdict: Bounce, facts: Facts) -> Outcome:
    returned = _returned_letters(verdict.laporan, mail, facts) if verdict.laporan else ()
    marks = _marks(verdict.laporan, returned, facts) if verdict.laporan else ()
    if not returned:
        # Anybody can write a bounce; one that returns no letter of ours must not silence an address.
        return Outcome(verdict="bounce", label="laporan dicatat", alasan=f"{verdict.alasan}; returns no letter of ours")
    failures = tuple(mark for mark in marks if mark.gagal)
    told = tuple(letters.alamat_gagal(facts, mail, mark, _unit_of(mark.alamat, facts)) for mark in failures)
    label = "alamat gagal" if failures else "tertunda" if marks else "laporan dicatat"
    return Outcome(verdict="bounce", label=label, alasan=verdict.alasan, efek=marks, surat=told)


def _returned_letters(report: DeliveryReport, mail: IncomingMail, facts: Facts) -> tuple[ThreadRef, ...]:
    """Return the threads of our letters that the report returns."""
    ids = (report.message_id_asal, *mail.thread_ids())
    found = (read_message_id(facts.identitas, message_id) for message_id in ids)
    return tuple(thread for thread in found if thread is not None)


def _marks(report: DeliveryReport, returned: tuple[ThreadRef, ...], facts: Facts) -> tuple[MarkAddress, ...]:
    """Return the registered addresses that one of the returned letters went to.

    Anybody can write a report about any address, and each unit knows the Message-IDs of its own letters.
    """
    return tuple(
        MarkAddress(alamat=address, gagal=report.tetap, keterangan=report.keterangan or report.status)
        for address in report.alamat
        if any(address.casefold() in _readers(thread, facts) for thread in returned)
    )


def _readers(thread: ThreadRef, facts: Facts) -> frozenset[str]:
    """Return the addresses that a letter of this thread may have gone to, case-folded."""
    unit = facts.daftar.unit(unit_of_reader(thread.unit) or "")
    if unit is not None:
        return frozenset(address.casefold() for person in unit.pejabat for address in person.alamat)
    if thread.unit is not None:  # a copy: who got it is not in its id
        return facts.daftar.addresses()
    office = (facts.daftar.kasubbag, *facts.daftar.penyusun)
    return frozenset(a.casefold() for a in (*facts.daftar.admin, *(a for person in office for a in person.alamat)))


def _decide_auto_reply(
    mail: IncomingMail, verdict: AutoReply, facts: Facts, sheets: tuple[ReadAttachment, ...]
) -> Outcome:
    """Note it; a genuine form inside still counts, but nothing is ever answered to a robot."""
    noted = Outcome(verdict="auto_reply", label="balasan otomatis", alasan=verdict.alasan)
    peserta = facts.daftar.whose(mail.sender or "", facts.office_day(mail.tiba_at))
    if peserta is None or peserta.peran is not Peran.RESPONDEN or peserta.unit is None:
        return noted
    inside = decide_reply(mail, Reply(verdict.alasan, peserta, frozenset()), facts, sheets)
    away = _absence(mail, peserta, peserta.unit, facts)
    if not inside.stores_data:
        return replace(noted, unit=peserta.unit.id, periode=inside.periode, efek=away)
    return replace(inside, verdict="auto_reply", efek=(*inside.efek, *away), surat=(), urusan=None)


def _absence(mail: IncomingMail, peserta: Peserta, unit: Unit, facts: Facts) -> tuple[NoteAbsence, ...]:
    """Note what the robot says of its owner; without a proof it may be anybody's who wants a unit forgotten."""
    said, day = f"{mail.subjek}\n{mail.teks}", facts.office_day(mail.tiba_at)
    if not says_away(said, day) or not proofs(mail, peserta, facts):
        return ()
    return (NoteAbsence(Absence(unit.id, last_day_away(said, day), alamat=mail.sender or "")),)


def _unit_of(address: str, facts: Facts) -> Unit | None:
    peserta = facts.daftar.whose(address, facts.today)
    return peserta.unit if peserta else None
