"""Delivering: what each answer of the server does to a letter, and to those behind it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kinerja_mailbot.domain.mail.retry import MOST_ATTEMPTS
from kinerja_mailbot.usecases.deliver import PROOF_WAIT, Delivery, deliver_due
from kinerja_mailbot.usecases.ports import (
    ConnectionSendError,
    LoginSendError,
    PermanentSendError,
    Refusal,
    SendError,
    TemporarySendError,
    UncertainSendError,
)
from tests.domain.office import wit
from tests.usecases.fakes import FakeMailer, FakeOutbox, PowerCut, Told, queued

NOW = wit("2026-10-01 09.00")
BOT = ("bot@kpu.example",)


def deliver(
    outbox: FakeOutbox, mailer: FakeMailer, *, limit: int = 10, read_until: datetime | None = None, stop_after: int = 99
) -> Delivery:
    def stopping() -> bool:
        return len(mailer.taken) >= stop_after

    return deliver_due(outbox, mailer, BOT, lambda: NOW, limit=limit, read_until=read_until, stopping=stopping)


def test_letters_leave_over_one_connection_with_a_copy_to_ourselves() -> None:
    outbox, mailer = FakeOutbox([queued(1), queued(2)]), FakeMailer()

    delivery = deliver(outbox, mailer)

    assert delivery == Delivery(sent=2)
    assert mailer.sessions == 1
    assert mailer.taken[0] == (b"surat 1", ("umum@kpu.example",), BOT)
    assert outbox.log == [("sending", 1), ("sent", 1, ()), ("sending", 2), ("sent", 2, ())]


def test_nobody_is_called_when_nothing_is_due() -> None:
    mailer = FakeMailer()

    assert deliver(FakeOutbox(), mailer) == Delivery()
    assert mailer.sessions == 0


def test_the_limit_leaves_the_rest_for_later() -> None:
    mailer = FakeMailer()

    delivery = deliver(FakeOutbox([queued(1), queued(2), queued(3)]), mailer, limit=2)

    assert (delivery.sent, len(mailer.taken)) == (2, 2)


REFUSED = (Refusal("umum@kpu.example", "550 5.1.1 User unknown", tetap=True),)

# the server's answer to the first of two letters; what becomes of it; what of the second; the fault of the round
ANSWERS: tuple[tuple[str, BaseException | tuple[Refusal, ...], Told, bool, str], ...] = (
    ("one recipient refused", REFUSED, ("sent", 1, REFUSED), True, ""),
    ("refused for good", PermanentSendError("550 no"), ("failed", 1, "550 no"), True, ""),
    (
        "busy",
        TemporarySendError("451 later"),
        ("retry", 1, NOW + timedelta(minutes=1), "451 later"),
        True,
        "",
    ),
    ("silence after the letter", UncertainSendError("timed out"), ("uncertain", 1, "timed out"), True, ""),
    (
        "the line is gone",
        ConnectionSendError("refused"),
        ("retry", 1, NOW + timedelta(minutes=1), "refused"),
        False,
        "refused",
    ),
    (
        "the password is refused",
        LoginSendError("535 no"),
        ("retry", 1, NOW + timedelta(minutes=1), "535 no"),
        False,
        "535 no",
    ),
)


@pytest.mark.parametrize(
    ("name", "answer", "first", "second_leaves", "fault"), ANSWERS, ids=[row[0] for row in ANSWERS]
)
def test_every_answer_is_recorded_before_the_next_letter(
    name: str,  # noqa: ARG001
    answer: BaseException | tuple[Refusal, ...],
    first: Told,
    second_leaves: bool,
    fault: str,
) -> None:
    outbox = FakeOutbox([queued(1), queued(2)])

    delivery = deliver(outbox, FakeMailer([answer]))

    rest: list[Told] = [("sending", 2), ("sent", 2, ())] if second_leaves else []
    assert outbox.log == [("sending", 1), first, *rest]
    assert delivery.fault == fault


OPENING = (
    (ConnectionSendError("refused"), Delivery(fault="refused")),
    (TemporarySendError("421 busy"), Delivery(fault="421 busy")),
    (LoginSendError("535 no"), Delivery(fault="535 no", login_refused=True)),
)


@pytest.mark.parametrize(("error", "expected"), OPENING, ids=["away", "busy", "login refused"])
def test_a_server_that_does_not_open_costs_no_letter_an_attempt(error: SendError, expected: Delivery) -> None:
    outbox = FakeOutbox([queued(1)])

    delivery = deliver(outbox, FakeMailer(opening=error))

    assert delivery == expected
    assert outbox.log == []


PAUSES = [(0, 1), (1, 2), (2, 5), (3, 15), (4, 30), (5, 60), (50, 60)]


@pytest.mark.parametrize(("attempts", "minutes"), PAUSES, ids=[f"after {a} attempts" for a, _ in PAUSES])
def test_a_busy_server_is_tried_again_at_growing_intervals(attempts: int, minutes: int) -> None:
    outbox = FakeOutbox([queued(1, attempts)])

    deliver(outbox, FakeMailer([TemporarySendError("451")]))

    assert outbox.log[-1] == ("retry", 1, NOW + timedelta(minutes=minutes), "451")


def test_a_letter_is_given_up_at_last() -> None:
    outbox = FakeOutbox([queued(1, MOST_ATTEMPTS - 1)])

    deliver(outbox, FakeMailer([TemporarySendError("451")]))

    assert outbox.log[-1] == ("failed", 1, f"given up after {MOST_ATTEMPTS} attempts: 451")


def test_a_kill_between_sending_and_the_answer_leaves_the_letter_in_sending() -> None:
    outbox = FakeOutbox([queued(1), queued(2)])

    with pytest.raises(PowerCut):
        deliver(outbox, FakeMailer([PowerCut()]))

    assert outbox.log == [("sending", 1)]


def test_a_stop_ends_after_the_letter_in_hand() -> None:
    outbox = FakeOutbox([queued(1), queued(2), queued(3)])

    delivery = deliver(outbox, FakeMailer(), stop_after=1)

    assert delivery == Delivery(sent=1)
    assert outbox.log == [("sending", 1), ("sent", 1, ())]


def test_an_uncertain_letter_waits_for_its_copy_as_long_as_our_mailbox_has_been_read() -> None:
    outbox, read_until = FakeOutbox(), NOW - timedelta(minutes=3)

    deliver(outbox, FakeMailer(), read_until=read_until)

    assert outbox.log == [("requeue", read_until - PROOF_WAIT, NOW)]


def test_while_our_mailbox_was_never_read_no_uncertain_letter_is_sent_again() -> None:
    outbox = FakeOutbox()

    deliver(outbox, FakeMailer(), read_until=None)

    assert outbox.log == []
