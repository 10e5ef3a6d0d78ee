"""Delivering: letters leave the outbox exactly once, however the network and the power behave."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kinerja_mailbot.domain.mail.retry import MOST_ATTEMPTS, pause_after
from kinerja_mailbot.usecases.ports import (
    ConnectionSendError,
    LoginSendError,
    Mailer,
    MailerSession,
    Outbox,
    OvertakenError,
    PermanentSendError,
    QueuedMail,
    TemporarySendError,
    UncertainSendError,
    letter_turn,
)

_log = logging.getLogger(__name__)

PROOF_WAIT = timedelta(minutes=10)
"""How long an uncertain letter waits for its own copy before it may be sent again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round of delivery came to; `fault` is the connection's, and stops the round."""

    sent: int = 0
    fault: str = ""
    login_refused: bool = False
    elsewhere: int = 0  # letters that another service has in hand


def deliver_due(  # noqa: PLR0913  each is one plain thing that a round needs
    outbox: Outbox,
    mailer: Mailer,
    own_copy: tuple[str, ...],
    clock: Callable[[], datetime],
    *,
    limit: int,
    prefix: str = "",
    read_until: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Delivery:
    """Send what is due, at most `limit` letters over one connection, each also to our own mailbox (`own_copy`).

    With `prefix`, only letters whose key begins so.

    `sending` is committed before the network is touched. Killed after that, the letter is uncertain: it is sent again
    only when its own copy has not come back in time. Any answer of the server is recorded before the next letter.
    Several services share what is due letter by letter; each finds at once what a killed one has left behind.

    `read_until` is when our mailbox was last read to its end (aware UTC): while it can't be read, a missing copy proves
    nothing.
    """
    outbox.recover(clock())
    if not own_copy:  # nothing can prove an uncertain letter: it goes again under the same Message-ID, at least once
        outbox.requeue_unproven(clock(), clock())
    elif read_until is not None:
        outbox.requeue_unproven(read_until - PROOF_WAIT, clock())
    due = outbox.due(clock(), limit, prefix)
    if not due:
        return Delivery()
    sent = elsewhere = 0
    try:
        with mailer.session() as session:
            for queued in due:
                if stopping():
                    break
                with outbox.turn(letter_turn(queued.id)) as is_ours:
                    if is_ours:
                        sent += _deliver(outbox, session, queued, own_copy, clock)
                    else:
                        elsewhere += 1
    except LoginSendError as error:
        return Delivery(sent, str(error), login_refused=True, elsewhere=elsewhere)
    except TemporarySendError as error:
        return Delivery(sent, str(error), elsewhere=elsewhere)
    return Delivery(sent, elsewhere=elsewhere)


def _deliver(
    outbox: Outbox, session: MailerSession, queued: QueuedMail, own_copy: tuple[str, ...], clock: Callable[[], datetime]
) -> int:
    try:
        outbox.mark_sending(queued.id, clock(), queued.percobaan)
    except OvertakenError as error:
        _log.debug("%s", error)
        return 0
    attempt = queued.percobaan + 1
    try:
        copies = tuple(address for address in own_copy if address not in queued.penerima)
        refused = session.send(queued.mentah, queued.penerima, copies)
    except PermanentSendError as error:
        outbox.mark_failed(queued.id, str(error), clock())
        _log.error("letter %s refused for good: %s", queued.kunci, error)
        return 0
    except UncertainSendError as error:
        outbox.mark_uncertain(queued.id, str(error), clock())
        _log.warning("letter %s uncertain: %s", queued.kunci, error)
        return 0
    except TemporarySendError as error:
        _retry_or_fail(outbox, queued, attempt, str(error), clock())
        if isinstance(error, ConnectionSendError):
            raise
        return 0
    outbox.mark_sent(queued.id, clock(), refused)
    _log.info("letter %s sent to %d recipients%s", queued.kunci, len(queued.penerima), _told(len(refused)))
    return 1


def _retry_or_fail(outbox: Outbox, queued: QueuedMail, attempt: int, reason: str, now: datetime) -> None:
    if attempt >= MOST_ATTEMPTS:
        outbox.mark_failed(queued.id, f"given up after {attempt} attempts: {reason}", now)
        return
    outbox.retry_at(queued.id, now + pause_after(attempt), reason)


def _told(refused: int) -> str:
    return f", {refused} refused" if refused else ""
