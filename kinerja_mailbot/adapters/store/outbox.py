"""The outbox: letters on their way, each at a known point of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from kinerja_mailbot.adapters.store.codec import decode_tuple
from kinerja_mailbot.adapters.store.journal import note
from kinerja_mailbot.adapters.store.letters import fail, letter_event, outstanding, settle
from kinerja_mailbot.adapters.store.turns import TurnStore
from kinerja_mailbot.adapters.tables import LetterBytesRow, LetterRow
from kinerja_mailbot.usecases.ports import OvertakenError, QueuedMail, Refusal, letter_turn
from kinerja_mailbot.usecases.ports.sent_folder import SentLetter


class OutboxStore(TurnStore):
    """See `Outbox`."""

    def recover(self, now: datetime) -> int:
        """See `Outbox`; a letter whose own copy came before the crash is sent.

        Whoever sends a letter holds its turn: one that can be had has no sender any more.
        """
        with self.reading() as session:
            sending = session.exec(select(LetterRow.id).where(LetterRow.state == "sending")).all()
        return sum(self._recover(letter_id, now) for letter_id in sending if letter_id is not None)

    def requeue_unproven(self, before: datetime, now: datetime) -> int:
        """See `Outbox`."""
        unproven = select(LetterRow).where(LetterRow.state == "uncertain", col(LetterRow.uncertain_at) <= before)
        with self.writing() as session:
            letters = session.exec(unproven.with_for_update()).all()
            for letter in letters:
                letter.state, letter.next_at = "queued", now
                note(session, letter_event(letter, "letter queued again", now, "its own copy has not come"))
            return len(letters)

    def due(self, now: datetime, limit: int, prefix: str = "") -> tuple[QueuedMail, ...]:
        """See `Outbox`; the recipients are those who have not got it yet."""
        due = (
            select(LetterRow, LetterBytesRow)
            .where(LetterRow.id == LetterBytesRow.surat_id, LetterRow.state == "queued", LetterRow.next_at <= now)
            .where(col(LetterRow.kunci).startswith(prefix, autoescape=True))
            .order_by(col(LetterRow.id))
            .limit(limit)
        )
        with self.reading() as session:
            return tuple(_queued_mail(session, letter, raw) for letter, raw in session.exec(due).all())

    def mark_sending(self, letter_id: int, now: datetime, attempts: int | None = None) -> None:
        """See `Outbox`: another service has taken it, or its own copy has just proved it sent."""
        with self.writing() as session:
            letter = session.get_one(LetterRow, letter_id, with_for_update=True)
            if letter.state != "queued":
                raise OvertakenError(f"letter {letter.kunci} is {letter.state}, not queued")
            if attempts not in {None, letter.percobaan}:
                raise OvertakenError(f"letter {letter.kunci} was tried {letter.percobaan} times, not {attempts}")
            letter.state, letter.sending_at, letter.confirmed_at = "sending", now, None
            letter.percobaan += 1

    def mark_sent(self, letter_id: int, now: datetime, refused: Sequence[Refusal] = ()) -> None:
        """See `Outbox`; recipients refused for the moment are queued again, alone."""
        with self.writing() as session:
            settle(session, session.get_one(LetterRow, letter_id, with_for_update=True), now, refused)

    def mark_failed(self, letter_id: int, reason: str, now: datetime) -> None:
        """See `Outbox`."""
        with self.writing() as session:
            letter = session.get_one(LetterRow, letter_id, with_for_update=True)
            if letter.state != "sent":
                fail(session, letter, reason, now)

    def retry_at(self, letter_id: int, at: datetime, reason: str) -> None:
        """See `Outbox`."""
        with self.writing() as session:
            letter = session.get_one(LetterRow, letter_id, with_for_update=True)
            if letter.state != "sent":
                letter.state, letter.next_at, letter.last_error = "queued", at, reason

    def mark_uncertain(self, letter_id: int, reason: str, now: datetime) -> None:
        """See `Outbox`; if the own copy is here already, the letter is sent."""
        with self.writing() as session:
            letter = session.get_one(LetterRow, letter_id, with_for_update=True)
            if letter.state != "sent":
                _doubt(session, letter, reason, now)

    def waiting_uncertain(self) -> int:
        """Return how many letters wait for their own copy."""
        with self.reading() as session:
            count = select(func.count()).select_from(LetterRow).where(LetterRow.state == "uncertain")
            return session.exec(count).one()

    def sent_since(self, since: datetime) -> int:
        """Return how many letters the server took, or may have taken, since then: what the limit per hour counts."""
        taken = or_(col(LetterRow.sent_at) >= since, col(LetterRow.uncertain_at) >= since)
        with self.reading() as session:
            count = select(func.count()).select_from(LetterRow).where(taken)
            return session.exec(count).one()

    def sent_after(self, at: datetime, letter_id: int, limit: int) -> tuple[SentLetter, ...]:
        """See `SentRecord`."""
        moment, number = col(LetterRow.sent_at), col(LetterRow.id)
        later = or_(moment > at, (moment == at) & (number > letter_id))
        sent = (
            select(LetterRow.id, LetterRow.message_id, LetterRow.sent_at, LetterBytesRow.isi)
            .where(LetterRow.id == LetterBytesRow.surat_id, LetterRow.state == "sent", later)
            .order_by(moment, number)
            .limit(limit)
        )
        with self.reading() as session:
            return tuple(
                SentLetter(found, message_id, when, raw)
                for found, message_id, when, raw in session.exec(sent).all()
                if found is not None and when is not None
            )

    def _recover(self, letter_id: int, now: datetime) -> bool:
        with self.turn(letter_turn(letter_id)) as is_ours:
            if not is_ours:
                return False
            with self.writing() as session:
                letter = session.get_one(LetterRow, letter_id, with_for_update=True)
                if letter.state != "sending":
                    return False
                _doubt(session, letter, "stopped while sending", now)
                return letter.state == "uncertain"


def _doubt(session: Session, letter: LetterRow, reason: str, now: datetime) -> None:
    if letter.confirmed_at is not None:
        settle(session, letter, letter.confirmed_at)
        return
    letter.state, letter.uncertain_at, letter.last_error = "uncertain", now, reason
    note(session, letter_event(letter, "letter uncertain", now, reason))


def _queued_mail(session: Session, letter: LetterRow, raw: LetterBytesRow) -> QueuedMail:
    left = outstanding(session, raw.surat_id)
    return QueuedMail(
        id=raw.surat_id,
        kunci=letter.kunci,
        message_id=letter.message_id,
        penerima=tuple(a for a in decode_tuple(str, letter.penerima) if a.casefold() in left),
        percobaan=letter.percobaan,
        mentah=raw.isi,
        periode=letter.periode,
        unit=letter.unit,
    )
