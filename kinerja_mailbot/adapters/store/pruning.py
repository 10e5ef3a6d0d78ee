"""Letting go of raw mails after their time: only where the office has said so, and never of what figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.journal import note
from kinerja_mailbot.adapters.tables import (
    AnalysisRow,
    EvidenceRow,
    MailBytesRow,
    MailRow,
    PeriodRow,
    SubmissionRow,
)
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.usecases.ports import JournalEntry

_AT_ONCE = 200  # mails in one transaction: the service may write between two of them


class PruningStore(Database):
    """What the command `prune` needs."""

    def prunable(self, before: datetime) -> tuple[tuple[int, int], ...]:
        """Return (id, bytes) of the mails that came before this moment and whose raw bytes nothing rests on.

        Mails that brought a form, an analysis or data dukung stay, and so does what waits or concerns an open period.
        """
        with self.reading() as session:
            used = [
                *session.exec(select(SubmissionRow.surel_id)),
                *session.exec(select(EvidenceRow.surel_id)),
                *session.exec(select(AnalysisRow.surel_id)),
            ]
            still_open = select(PeriodRow.kode).where(PeriodRow.keadaan != KeadaanPeriode.DITUTUP.value)
            settled = (
                select(MailBytesRow.surel_id, MailRow.ukuran)
                .join(MailRow, col(MailRow.id) == col(MailBytesRow.surel_id))
                .where(
                    MailRow.state == "decided",
                    MailRow.archived_at < before,
                    col(MailRow.urusan).is_(None),
                    or_(col(MailRow.periode).is_(None), col(MailRow.periode).not_in(still_open)),
                )
                .order_by(col(MailBytesRow.surel_id))
            )
            kept = frozenset(used)
            return tuple((mail_id, size) for mail_id, size in session.exec(settled) if mail_id not in kept)

    def prune(self, before: datetime, now: datetime, by: str) -> int:
        """Let their raw bytes go; the mails stay listed, each with a journal line that has the digest of what went."""
        wanted = [mail_id for mail_id, _ in self.prunable(before)]
        for start in range(0, len(wanted), _AT_ONCE):
            with self.writing() as session:
                _let_go(session, wanted[start : start + _AT_ONCE], now, by)
        return len(wanted)


def _let_go(session: Session, mail_ids: Sequence[int], now: datetime, by: str) -> None:
    for raw in session.exec(select(MailBytesRow).where(col(MailBytesRow.surel_id).in_(mail_ids))).all():
        entry = JournalEntry(
            at=now,
            oleh=by,
            peristiwa="mail bytes pruned",
            surel_id=raw.surel_id,
            rincian=f"{len(raw.isi)} bytes",
            sha256=bytes_digest(raw.isi),
        )
        note(session, entry)
        session.delete(raw)
