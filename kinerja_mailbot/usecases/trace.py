"""Tracing: from a figure of the rekap back to cell, file, mail and sender."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.evidence.trace import Trace, traces
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.usecases.ports import EvidenceRecord, MailParser


def trace_rows(
    record: EvidenceRecord, parser: MailParser, period: PeriodState, baris: str, unit: str | None = None
) -> tuple[Trace, ...]:
    """Return every column of a row with all its values, newest first, by unit and in the order of the form.

    The row is named by its kode, or in a list by its key; without case, of all units or of one.

    Raises:
        StoreError: the record can't be read.
    """
    found = tuple(record.values(period.periode.kode, baris, unit))
    ids = {mail_id: _message_id(record, parser, mail_id) for mail_id in {value.surel for value in found}}
    on_record = {(r.unit, c.lembar, c.baris, c.kolom): c.nilai for r in period.permintaan for c in r.sel}
    return traces((replace(value, message_id=ids[value.surel]) for value in found), on_record)


def known_rows(record: EvidenceRecord, periode: str) -> tuple[tuple[str, str], ...]:
    """Return (unit, row) of everything that was ever reported in a period, by unit and in the order of the form."""
    return tuple(dict.fromkeys((value.unit, value.baris) for value in record.values(periode)))


def _message_id(record: EvidenceRecord, parser: MailParser, mail_id: int) -> str:
    mail = record.mail(mail_id)
    return "" if mail is None or mail.mentah is None else parser.parse(mail.mentah, mail_id, mail.tiba_at).message_id
