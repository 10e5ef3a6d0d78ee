"""What is watched over the year: reviews of the SOP, letters that do not leave, and what was last told or known."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.journal import BOT
from kinerja_mailbot.adapters.tables import LetterRow, MemoryRow, PeriodRow, ReviewRow
from kinerja_mailbot.domain.mail.delivery import SendingTrouble
from kinerja_mailbot.domain.sop.reviewed import RecordReview, Review
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.usecases.ports import JournalEntry

_FAILED = "failed"
_ON_THE_WAY = ("queued", "sending", "uncertain")


class WatchStore(Database):
    """The part of the store that the letters of the year need."""

    def remembered(self, name: str) -> str:
        """See `PeriodBook.remembered`."""
        with self.reading() as session:
            row = session.get(MemoryRow, name)
            return row.nilai if row else ""

    def reviews(self, since: datetime) -> tuple[Review, ...]:
        """Return the reviews of the SOP that were recorded since then, oldest first."""
        found = select(ReviewRow).where(col(ReviewRow.at) >= since).order_by(col(ReviewRow.at), col(ReviewRow.id))
        with self.reading() as session:
            return tuple(
                Review(at=row.at, oleh=row.oleh, catatan=row.catatan, sop=row.sop) for row in session.exec(found)
            )

    def sending_troubles(self) -> tuple[SendingTrouble, ...]:
        """Return how many letters of open periods were tried and have not been taken, by period and unit."""
        tried = or_(
            LetterRow.state == _FAILED,
            col(LetterRow.state).in_(_ON_THE_WAY) & (col(LetterRow.percobaan) > 0),
        )
        found = (
            select(LetterRow.periode, LetterRow.unit, LetterRow.state, func.count())
            .join(PeriodRow, col(PeriodRow.kode) == LetterRow.periode)
            .where(tried, col(LetterRow.unit).is_not(None), PeriodRow.keadaan != KeadaanPeriode.DITUTUP.value)
            .group_by(col(LetterRow.periode), col(LetterRow.unit), col(LetterRow.state))
        )
        counts: dict[tuple[str, str], list[int]] = {}
        with self.reading() as session:
            for periode, unit, state, count in session.exec(found):
                if periode is not None and unit is not None:
                    counts.setdefault((periode, unit), [0, 0])[state != _FAILED] += count
        return tuple(
            SendingTrouble(periode=periode, unit=unit, gagal=failed, tertunda=waiting)
            for (periode, unit), (failed, waiting) in sorted(counts.items())
        )


def remember(session: Session, name: str, value: str, now: datetime) -> None:
    """Write down what was told or is known; it replaces what was known before."""
    row = session.get(MemoryRow, name, with_for_update=True)
    if row is None:
        session.add(MemoryRow(nama=name, nilai=value, at=now))
        return
    row.nilai, row.at = value, now


def record_review(session: Session, effect: RecordReview, mail_id: int, now: datetime) -> JournalEntry | None:
    """Write a review down, once for each mail; return its journal line, or None when it is there already."""
    if session.exec(select(ReviewRow.id).where(ReviewRow.surel_id == mail_id)).first() is not None:
        return None
    session.add(ReviewRow(surel_id=mail_id, at=now, oleh=effect.oleh, catatan=effect.catatan, sop=effect.sop))
    return JournalEntry(
        at=now,
        oleh=effect.oleh or BOT,
        peristiwa="sop reviewed",
        surel_id=mail_id,
        rincian=f"{effect.sop}: {effect.catatan}",
    )
