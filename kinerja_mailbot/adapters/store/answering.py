"""What the archive and the outbox say about earlier mails and answers, for the decision about the next one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, func, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.tables import LetterRow, MailRow, RecipientRow

_QUESTION = "benarkah"  # the template that asks whether a mail is somebody's own
_PASSED_ON = ("terusan", "permohonan-waktu")  # templates that put a respondent's words before a person


class AnsweringStore(Database):
    """See `MailArchive`."""

    def answers_since(self, address: str, since: datetime) -> int:
        """See `MailArchive`; letters that answer a mail are counted, not requests or reminders."""
        answers = (
            select(func.count())
            .select_from(RecipientRow)
            .join(LetterRow, col(LetterRow.id) == col(RecipientRow.surat_id))
            .where(
                RecipientRow.alamat == address.casefold(),
                LetterRow.created_at >= since,
                col(LetterRow.surel_id).is_not(None),
            )
        )
        with self.reading() as session:
            return session.exec(answers).one()

    def held_mails(self, unit: str) -> tuple[int, ...]:
        """See `MailArchive`."""
        held = select(MailRow.id).where(MailRow.state == "held", MailRow.unit == unit).order_by(col(MailRow.id))
        with self.reading() as session:
            return tuple(mail_id for mail_id in session.exec(held) if mail_id is not None)

    def questions_since(self, since: datetime) -> tuple[tuple[str, int], ...]:
        """See `MailArchive`."""
        asked = (
            select(LetterRow.unit, func.count())
            .where(LetterRow.templat == _QUESTION, LetterRow.created_at >= since)
            .group_by(col(LetterRow.unit))
        )
        with self.reading() as session:
            return tuple((unit, times) for unit, times in session.exec(asked) if unit is not None)

    def refusals_since(self, address: str, since: datetime, but: int) -> frozenset[str]:
        """See `MailArchive`."""
        told = select(MailRow.penolakan).where(
            col(MailRow.decided_at) >= since, MailRow.pengirim == address, MailRow.id != but
        )
        with self.reading() as session:
            return frozenset(refusal for refusal in session.exec(told) if refusal is not None)

    def passed_on(self, message_ids: Sequence[str]) -> int | None:
        """See `MailArchive`."""
        found = select(LetterRow.message_id, LetterRow.surel_id).where(
            col(LetterRow.message_id).in_(message_ids), col(LetterRow.templat).in_(_PASSED_ON)
        )
        with self.reading() as session:
            known = dict(session.exec(found).all()) if message_ids else {}
        return next((known[one] for one in message_ids if one in known), None)
