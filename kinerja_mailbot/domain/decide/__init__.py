"""The one place where an incoming mail becomes consequences: values in, an `Outcome` out."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.answering import answer
from kinerja_mailbot.domain.decide.order import decide_order
from kinerja_mailbot.domain.decide.reading import ReadAttachment
from kinerja_mailbot.domain.decide.reply import decide_reply, decide_stranger
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import DeliveryReport, IncomingMail
from kinerja_mailbot.domain.mail.outcome import ConfirmSent, MarkAddress, Outcome
from kinerja_mailbot.domain.mail.thread import read_message_id
from kinerja_mailbot.domain.mail.verdict import AutoReply, Bounce, OrderMail, Own, Reply, Unknown, Verdict
from kinerja_mailbot.domain.unit import Peran, Unit

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
            return answer(decide_order(mail, verdict, facts), mail, verdict, facts)
        case Reply():
            return answer(decide_reply(mail, verdict, facts, sheets), mail, verdict, facts)
        case Unknown():
            return decide_stranger(mail, verdict, facts, sheets)


def _decide_bounce(mail: IncomingMail, verdict: Bounce, facts: Facts) -> Outcome:
    marks = _marks(verdict.laporan, facts) if verdict.laporan else ()
    if not (verdict.laporan and _is_about_ours(verdict.laporan, mail, facts)):
        # Anybody can write a bounce; one that returns no letter of ours must not silence an address.
        return Outcome(verdict="bounce", label="laporan dicatat", alasan=f"{verdict.alasan}; returns no letter of ours")
    failures = tuple(mark for mark in marks if mark.gagal)
    told = tuple(letters.alamat_gagal(facts, mail, mark, _unit_of(mark.alamat, facts)) for mark in failures)
    label = "alamat gagal" if failures else "tertunda" if marks else "laporan dicatat"
    return Outcome(verdict="bounce", label=label, alasan=verdict.alasan, efek=marks, surat=told)


def _is_about_ours(report: DeliveryReport, mail: IncomingMail, facts: Facts) -> bool:
    ids = (report.message_id_asal, *mail.thread_ids())
    return any(read_message_id(facts.identitas, message_id) is not None for message_id in ids)


def _marks(report: DeliveryReport, facts: Facts) -> tuple[MarkAddress, ...]:
    """Only registered addresses matter: anybody can send a report about any other."""
    registered = facts.daftar.addresses()
    return tuple(
        MarkAddress(alamat=address, gagal=report.tetap, keterangan=report.keterangan or report.status)
        for address in report.alamat
        if address.casefold() in registered
    )


def _decide_auto_reply(
    mail: IncomingMail, verdict: AutoReply, facts: Facts, sheets: tuple[ReadAttachment, ...]
) -> Outcome:
    """Note it; a genuine form inside still counts, but nothing is ever answered to a robot."""
    noted = Outcome(verdict="auto_reply", label="balasan otomatis", alasan=verdict.alasan)
    peserta = facts.daftar.whose(mail.sender or "", facts.office_day(mail.tiba_at))
    if peserta is None or peserta.peran is not Peran.RESPONDEN or peserta.unit is None:
        return noted
    inside = decide_reply(mail, Reply(verdict.alasan, peserta, frozenset()), facts, sheets)
    if not inside.stores_data:
        return replace(noted, unit=peserta.unit.id, periode=inside.periode)
    return replace(inside, verdict="auto_reply", surat=(), urusan=None)


def _unit_of(address: str, facts: Facts) -> Unit | None:
    peserta = facts.daftar.whose(address, facts.today)
    return peserta.unit if peserta else None
