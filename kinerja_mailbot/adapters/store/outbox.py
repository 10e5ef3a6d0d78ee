"""The outbox: letters on their way, each at a known point of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text, update
from sqlmodel import Session, col, func, or_, select

from kinerja_mailbot.adapters.store.codec import decode_tuple
from kinerja_mailbot.adapters.store.journal import note
from kinerja_mailbot.adapters.store.letters import Taking, fail, letter_event, outstanding, settle
from kinerja_mailbot.adapters.store.turns import TurnStore
from kinerja_mailbot.adapters.tables import LetterBytesRow, LetterRow
from kinerja_mailbot.usecases.ports import (
    Accepted,
    PutOff,
    QueuedMail,
    Rejected,
    Report,
    Unclear,
    Untried,
    letter_turn,
)
from kinerja_mailbot.usecases.ports.sent_folder import SentLetter

_HOUR = timedelta(hours=1)
_HOUR_LOCK = 9601_2025  # any number that only this program uses: PostgreSQL's advisory lock for the limit per hour


class OutboxStore(TurnStore):
    """See `Outbox`."""

    def recover(self, now: datetime) -> int:
        """See `Outbox`; a letter whose own copy came before the crash is sent.

        Whoever sends a letter holds its turn: one that can be had has no sender any more.
        """
        with self.reading() as session:
            sending = session.exec(select(LetterRow.id).where(LetterRow.state == "sending")).all()
        if not sending:
            return 0
        turns = {letter_turn(letter_id): letter_id for letter_id in sending if letter_id is not None}
        with self.turns(tuple(turns)) as ours, self.writing() as session:
            left = _held(session, [turns[name] for name in ours])
            for letter in left:
                _doubt(session, letter, "stopped while sending", now)
            return sum(letter.state == "uncertain" for letter in left)

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
        waiting = (
            select(LetterRow.id)
            .where(LetterRow.state == "queued", LetterRow.next_at <= now)
            .order_by(col(LetterRow.next_at), col(LetterRow.id))
            .limit(limit)
        )
        if prefix:
            waiting = waiting.where(col(LetterRow.kunci).startswith(prefix, autoescape=True))
        with self.reading() as session:
            ids = session.exec(waiting).all()
            due = (
                select(LetterRow, LetterBytesRow.isi)
                .where(LetterRow.id == LetterBytesRow.surat_id, col(LetterRow.id).in_(ids))
                .order_by(col(LetterRow.next_at), col(LetterRow.id))
            )
            left = outstanding(session, [each for each in ids if each is not None])
            return tuple(_queued_mail(letter, raw, left) for letter, raw in session.exec(due))

    def take(
        self, letters: Sequence[QueuedMail], now: datetime, most_an_hour: int | None = None
    ) -> tuple[QueuedMail, ...]:
        """See `Outbox`."""
        queued = (
            select(LetterRow.id, LetterRow.percobaan)
            .where(col(LetterRow.id).in_([letter.id for letter in letters]), LetterRow.state == "queued")
            .order_by(col(LetterRow.id))
            .with_for_update()
        )
        with self.writing() as session:
            room = len(letters) if most_an_hour is None else self._room(session, now, most_an_hour)
            tried = dict(session.exec(queued).all())
            # Tried since it was read: some of its recipients may have it by now.
            taken = tuple(letter for letter in letters if tried.get(letter.id) == letter.percobaan)[:room]
            intent = {"state": "sending", "sending_at": now, "confirmed_at": None, "percobaan": LetterRow.percobaan + 1}
            theirs = col(LetterRow.id).in_([letter.id for letter in taken])
            session.connection().execute(update(LetterRow).where(theirs).values(intent))
            return taken

    def record(self, reports: Sequence[Report]) -> None:
        """See `Outbox`; recipients refused for the moment are queued again, alone.

        A letter that is sent stays so, whatever is told of it later.
        """
        with self.writing() as session:
            letters = {letter.id: letter for letter in _held(session, [each.letter_id for each in reports], "")}
            takings = list[Taking]()
            for report in reports:
                letter, fate = letters[report.letter_id], report.fate
                if isinstance(fate, Accepted):
                    takings.append(Taking(letter, report.at, fate.refused))
                elif letter.state != "sent":
                    _record(session, letter, fate, report.at)
            settle(session, *takings)

    def waiting_uncertain(self) -> int:
        """Return how many letters wait for their own copy."""
        with self.reading() as session:
            count = select(func.count()).select_from(LetterRow).where(LetterRow.state == "uncertain")
            return session.exec(count).one()

    def sent_since(self, since: datetime) -> int:
        """See `Outbox`: what the limit per hour counts."""
        with self.reading() as session:
            return _left_since(session, since)

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

    def _room(self, session: Session, now: datetime, most_an_hour: int) -> int:
        """Return how many letters may still leave within this hour, which no other service tells itself meanwhile."""
        if not self.is_sqlite:
            session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _HOUR_LOCK})
        return max(most_an_hour - _left_since(session, now - _HOUR), 0)


def _left_since(session: Session, since: datetime) -> int:
    left = or_(col(LetterRow.sent_at) >= since, col(LetterRow.uncertain_at) >= since, col(LetterRow.state) == "sending")
    return session.exec(select(func.count()).select_from(LetterRow).where(left)).one()


def _held(session: Session, letter_ids: Sequence[int], state: str = "sending") -> Sequence[LetterRow]:
    """Return these letters, those in this state, and hold their rows, by ascending number as everybody does."""
    rows = select(LetterRow).where(col(LetterRow.id).in_(letter_ids)).order_by(col(LetterRow.id)).with_for_update()
    return session.exec(rows.where(LetterRow.state == state) if state else rows).all()


def _record(session: Session, letter: LetterRow, fate: Rejected | PutOff | Unclear | Untried, at: datetime) -> None:
    match fate:
        case Rejected():
            fail(session, letter, fate.reason, at)
        case PutOff():
            letter.state, letter.next_at, letter.last_error = "queued", fate.until, fate.reason
        case Unclear():
            _doubt(session, letter, fate.reason, at)
        case Untried() if letter.state == "sending":
            letter.state = "queued"
            letter.percobaan -= 1
        case Untried():  # somebody took us for dead: it is theirs to settle
            pass


def _doubt(session: Session, letter: LetterRow, reason: str, now: datetime) -> None:
    if letter.confirmed_at is not None:
        settle(session, Taking(letter, letter.confirmed_at))
        return
    letter.state, letter.uncertain_at, letter.last_error = "uncertain", now, reason
    note(session, letter_event(letter, "letter uncertain", now, reason))


def _queued_mail(letter: LetterRow, raw: bytes, left: frozenset[tuple[int, str]]) -> QueuedMail:
    letter_id = letter.id
    assert letter_id is not None  # noqa: S101 - a primary key
    return QueuedMail(
        id=letter_id,
        kunci=letter.kunci,
        message_id=letter.message_id,
        penerima=tuple(a for a in decode_tuple(str, letter.penerima) if (letter_id, a.casefold()) in left),
        percobaan=letter.percobaan,
        mentah=raw,
        periode=letter.periode,
        unit=letter.unit,
    )
