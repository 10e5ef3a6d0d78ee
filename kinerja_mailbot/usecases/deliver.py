"""Delivering: letters leave the outbox exactly once, however the network and the power behave."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kinerja_mailbot.domain.mail.retry import MOST_ATTEMPTS, pause_after
from kinerja_mailbot.usecases.ports import (
    Accepted,
    ConnectionSendError,
    Fate,
    LoginSendError,
    Mailer,
    MailerSession,
    Outbox,
    PermanentSendError,
    PutOff,
    QueuedMail,
    Rejected,
    Report,
    SendError,
    TemporarySendError,
    UncertainSendError,
    Unclear,
    Untried,
    letter_turn,
)

_log = logging.getLogger(__name__)

PROOF_WAIT = timedelta(minutes=10)
"""How long an uncertain letter waits for its own copy before it may be sent again."""

BATCH = 20
"""How many letters are in hand at once where own copies can tell which of them have left: so many may come that much
later (`PROOF_WAIT`) when the service is killed before it has tried them."""

_BATCH_TIME = timedelta(seconds=5)  # a slow server gets fewer letters at once


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round of delivery came to; `fault` is the connection's, and stops the round."""

    sent: int = 0
    fault: str = ""
    login_refused: bool = False
    elsewhere: int = 0  # letters that another service has in hand, or was faster with


def deliver_due(  # noqa: PLR0913  each is one plain thing that a round needs
    outbox: Outbox,
    mailer: Mailer,
    own_copy: tuple[str, ...],
    clock: Callable[[], datetime],
    *,
    limit: int,
    most_an_hour: int | None = None,
    prefix: str = "",
    read_until: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Delivery:
    """Send what is due, at most `limit` letters over one connection, each also to our own mailbox (`own_copy`).

    With `prefix`, only letters whose key begins so. `most_an_hour` holds for all services on the database together.

    `sending` is committed before the network is touched, for a batch of letters where own copies prove which of them
    have left, else for each alone. Killed after that, all of the batch are uncertain: those that had left are proven by
    their copies, the others are sent when none has come in time. That the server took a letter for everybody may wait
    until the batch is over, since the copy tells it too; any other answer is recorded before the next letter.
    Several services share what is due batch by batch; each finds at once what a killed one has left behind.

    `read_until` is when our mailbox was last read to its end (aware UTC): while it can't be read, a missing copy proves
    nothing.
    """
    outbox.recover(clock())
    if not own_copy:  # nothing can prove an uncertain letter: it goes again under the same Message-ID, at least once
        outbox.requeue_unproven(clock(), clock())
    elif read_until is not None:
        outbox.requeue_unproven(read_until - PROOF_WAIT, clock())
    round_ = _Round(outbox, own_copy, clock, stopping, most_an_hour)
    due = outbox.due(clock(), min(limit, BATCH), prefix)
    if not due:
        return Delivery()
    try:
        with mailer.session() as session:
            while due and round_.send(session, due) and not stopping():
                limit -= len(due)
                due = outbox.due(clock(), min(limit, BATCH), prefix) if limit > 0 else ()
    except LoginSendError as error:
        return Delivery(round_.sent, str(error), login_refused=True, elsewhere=round_.elsewhere)
    except TemporarySendError as error:
        return Delivery(round_.sent, str(error), elsewhere=round_.elsewhere)
    return Delivery(round_.sent, elsewhere=round_.elsewhere)


@dataclass(slots=True)
class _Round:
    """One round of delivery: what it needs for each batch, and what it has come to."""

    outbox: Outbox
    own_copy: tuple[str, ...]
    clock: Callable[[], datetime]
    stopping: Callable[[], bool]
    most_an_hour: int | None
    sent: int = 0
    elsewhere: int = 0

    def send(self, session: MailerSession, due: Sequence[QueuedMail]) -> bool:
        """Send these letters, as many of them as are ours; tell whether any was."""
        size, is_ours = BATCH if self.own_copy else 1, False
        for start in range(0, len(due), size):
            if not self.stopping():
                is_ours = self._send_batch(session, due[start : start + size]) or is_ours
        return is_ours

    def _send_batch(self, session: MailerSession, batch: Sequence[QueuedMail]) -> bool:
        with self.outbox.turns([letter_turn(queued.id) for queued in batch]) as ours:
            free = [queued for queued in batch if letter_turn(queued.id) in ours]
            taken = self.outbox.take(free, self.clock(), self.most_an_hour) if free else ()
            self.elsewhere += len(batch) - len(taken)
            if taken:
                with _in_hand(self.outbox, taken, self.clock) as hand:
                    self._hand_over(session, hand)
        return bool(taken)

    def _hand_over(self, session: MailerSession, hand: _Hand) -> None:
        while hand.letters and not hand.is_late() and not self.stopping():
            queued = hand.take_up()
            copies = tuple(address for address in self.own_copy if address not in queued.penerima)
            try:
                refused = session.send(queued.mentah, queued.penerima, copies)
            except (SendError, UncertainSendError) as error:
                hand.tell(queued, _fate(error, queued, self.clock()))
                if isinstance(error, ConnectionSendError):
                    raise
            else:
                hand.tell(queued, Accepted(refused))
                self.sent += 1


@dataclass(slots=True)
class _Hand:
    """Letters whose `sending` is committed: those not tried yet, the one at the server, and what became of others."""

    outbox: Outbox
    clock: Callable[[], datetime]
    letters: deque[QueuedMail]
    late_at: datetime
    trying: QueuedMail | None = None
    is_begun: bool = False
    reports: list[Report] = field(default_factory=list)

    def is_late(self) -> bool:
        """Tell whether the batch takes too long; its first letter is tried whatever the clock says."""
        return self.is_begun and self.clock() >= self.late_at

    def take_up(self) -> QueuedMail:
        """Return the next letter, which is at the server until its fate is told."""
        self.is_begun, self.trying = True, self.letters.popleft()
        return self.trying

    def tell(self, queued: QueuedMail, fate: Fate) -> None:
        """Keep what became of the letter; what its own copy could not tell as well is written down at once."""
        self.trying = None
        self.reports.append(Report(queued.id, self.clock(), fate))
        _told(queued, fate)
        if fate != Accepted():
            self.write()

    def lay_down(self) -> None:
        """Write down what became of every letter; after a bug of ours nobody knows of the one at the server."""
        now = self.clock()
        if self.trying is not None:
            self.reports.append(Report(self.trying.id, now, Unclear("the program failed while it was sent")))
        self.reports += [Report(queued.id, now, Untried()) for queued in self.letters]
        self.write()

    def write(self) -> None:
        """Record what is known; what could not be recorded is kept for the next time."""
        if self.reports:
            self.outbox.record(tuple(self.reports))
        self.reports.clear()


@contextmanager
def _in_hand(outbox: Outbox, letters: Sequence[QueuedMail], clock: Callable[[], datetime]) -> Iterator[_Hand]:
    """Have letters in hand; whatever ends that but a kill, each one's fate is written down."""
    hand = _Hand(outbox, clock, deque(letters), clock() + _BATCH_TIME)
    try:
        yield hand
    finally:
        hand.lay_down()


def _fate(error: SendError | UncertainSendError, queued: QueuedMail, now: datetime) -> Fate:
    attempt, reason = queued.percobaan + 1, str(error)
    match error:
        case PermanentSendError():
            return Rejected(reason)
        case UncertainSendError():
            return Unclear(reason)
        case SendError() if attempt >= MOST_ATTEMPTS:
            return Rejected(f"given up after {attempt} attempts: {reason}")
        case SendError():
            return PutOff(now + pause_after(attempt), reason)


def _told(queued: QueuedMail, fate: Fate) -> None:
    match fate:
        case Accepted(refused):
            more = f", {len(refused)} refused" if refused else ""
            _log.info("letter %s sent to %d recipients%s", queued.kunci, len(queued.penerima), more)
        case Rejected(reason):
            _log.error("letter %s refused for good: %s", queued.kunci, reason)
        case Unclear(reason):
            _log.warning("letter %s uncertain: %s", queued.kunci, reason)
        case PutOff(until, reason):
            _log.info("letter %s put off until %s: %s", queued.kunci, until, reason)
        case Untried():
            pass
