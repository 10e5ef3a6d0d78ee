"""Delivering: what each answer of the server does to a letter, and to those behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from kinerja_mailbot.domain.mail.retry import MOST_ATTEMPTS
from kinerja_mailbot.usecases.deliver import BATCH, PROOF_WAIT, Delivery, deliver_due
from kinerja_mailbot.usecases.ports import (
    Accepted,
    ConnectionSendError,
    Fate,
    LoginSendError,
    PermanentSendError,
    PutOff,
    Refusal,
    Rejected,
    Report,
    SendError,
    StoreError,
    TemporarySendError,
    UncertainSendError,
    Unclear,
    Untried,
)
from tests.domain.office import wit
from tests.usecases.fakes import FakeMailer, FakeOutbox, queued

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
    assert outbox.log == [("sending", 1, 2), (1, Accepted()), (2, Accepted())]


def test_without_a_copy_to_ourselves_each_letter_is_settled_before_the_next() -> None:
    outbox, mailer = FakeOutbox([queued(1), queued(2)]), FakeMailer()

    deliver_due(outbox, mailer, (), lambda: NOW, limit=10)

    assert outbox.log[1:] == [("sending", 1), (1, Accepted()), ("sending", 2), (2, Accepted())]
    assert mailer.sessions == 1


def test_nobody_is_called_when_nothing_is_due() -> None:
    mailer = FakeMailer()

    assert deliver(FakeOutbox(), mailer) == Delivery()
    assert mailer.sessions == 0


def test_the_limit_leaves_the_rest_for_later() -> None:
    mailer = FakeMailer()

    delivery = deliver(FakeOutbox([queued(1), queued(2), queued(3)]), mailer, limit=2)

    assert (delivery.sent, len(mailer.taken)) == (2, 2)


def test_more_letters_than_one_batch_leave_over_one_connection() -> None:
    letters = [queued(n) for n in range(BATCH * 2 + 1)]
    outbox, mailer = FakeOutbox(letters), FakeMailer()

    delivery = deliver(outbox, mailer, limit=99)

    assert (delivery.sent, mailer.sessions) == (len(letters), 1)
    assert [len(told) - 1 for told in outbox.log if told[0] == "sending"] == [BATCH, BATCH, 1]


REFUSED = (Refusal("umum@kpu.example", "550 5.1.1 User unknown", tetap=True),)
LATER = NOW + timedelta(minutes=1)

# the server's answer to the first of two letters; what becomes of it; what of the second; the fault of the round
ANSWERS: tuple[tuple[str, BaseException | tuple[Refusal, ...], Fate, Fate, str], ...] = (
    ("one recipient refused", REFUSED, Accepted(REFUSED), Accepted(), ""),
    ("refused for good", PermanentSendError("550 no"), Rejected("550 no"), Accepted(), ""),
    ("busy", TemporarySendError("451 later"), PutOff(LATER, "451 later"), Accepted(), ""),
    ("silence after the letter", UncertainSendError("timed out"), Unclear("timed out"), Accepted(), ""),
    ("the line is gone", ConnectionSendError("refused"), PutOff(LATER, "refused"), Untried(), "refused"),
    ("the password is refused", LoginSendError("535 no"), PutOff(LATER, "535 no"), Untried(), "535 no"),
)


@pytest.mark.parametrize(("name", "answer", "first", "second", "fault"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_every_answer_is_recorded(
    name: str,  # noqa: ARG001
    answer: BaseException | tuple[Refusal, ...],
    first: Fate,
    second: Fate,
    fault: str,
) -> None:
    outbox = FakeOutbox([queued(1), queued(2)])

    delivery = deliver(outbox, FakeMailer([answer]))

    assert outbox.log == [("sending", 1, 2), (1, first), (2, second)]
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

    assert outbox.log[-1] == (1, PutOff(NOW + timedelta(minutes=minutes), "451"))


def test_a_letter_is_given_up_at_last() -> None:
    outbox = FakeOutbox([queued(1, MOST_ATTEMPTS - 1)])

    deliver(outbox, FakeMailer([TemporarySendError("451")]))

    assert outbox.log[-1] == (1, Rejected(f"given up after {MOST_ATTEMPTS} attempts: 451"))


ALL_IS_WELL: tuple[Refusal, ...] = ()


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        pytest.param([ALL_IS_WELL] * 3, [(1, 2, 3)], id="acceptances at the end of the batch"),
        pytest.param([ALL_IS_WELL, REFUSED], [(1, 2), (3,)], id="a refused recipient at once"),
        pytest.param([ALL_IS_WELL, UncertainSendError("gone")], [(1, 2), (3,)], id="a doubt at once"),
        pytest.param([TemporarySendError("451")] * 3, [(1,), (2,), (3,)], id="what no copy tells at once"),
        pytest.param([ALL_IS_WELL, ConnectionSendError("gone")], [(1, 2), (3,)], id="a lost line at once"),
    ],
)
def test_an_answer_that_no_copy_can_tell_is_written_down_before_the_next_letter(
    answers: list[BaseException | tuple[Refusal, ...]], written: list[tuple[int, ...]]
) -> None:
    transactions: list[tuple[int, ...]] = []

    class Counting(FakeOutbox):
        def record(self, reports: Sequence[Report]) -> None:
            transactions.append(tuple(report.letter_id for report in reports))

    deliver(Counting([queued(1), queued(2), queued(3)]), FakeMailer([*answers]))

    assert transactions == written


def test_a_bug_while_sending_leaves_its_letter_uncertain_at_once_and_the_others_as_they_were() -> None:
    outbox = FakeOutbox([queued(1), queued(2), queued(3)])

    with pytest.raises(ZeroDivisionError):
        deliver(outbox, FakeMailer([ALL_IS_WELL, ZeroDivisionError("a bug")]))

    told = [fate for _, fate in outbox.log[1:]]
    assert told == [Accepted(), Unclear("the program failed while it was sent"), Untried()]


def test_what_could_not_be_recorded_is_recorded_before_the_round_ends() -> None:
    outbox = FakeOutbox([queued(1), queued(2), queued(3)], full=1)

    with pytest.raises(StoreError, match="disk full"):
        deliver(outbox, FakeMailer([ALL_IS_WELL, REFUSED]))

    assert outbox.log[1:] == [(1, Accepted()), (2, Accepted(REFUSED)), (3, Untried())]


def test_a_slow_server_gets_fewer_letters_at_once() -> None:
    outbox, mailer, now = FakeOutbox([queued(n) for n in range(4)]), FakeMailer(), NOW

    def clock() -> datetime:  # each letter takes three seconds
        return now + timedelta(seconds=3) * len(mailer.taken)

    delivery = deliver_due(outbox, mailer, BOT, clock, limit=10)

    assert delivery.sent == 4
    assert [told for told in outbox.log if told[0] == "sending"] == [("sending", 0, 1, 2, 3), ("sending", 2, 3)]


def test_letters_that_another_service_has_in_hand_are_left_to_it() -> None:
    outbox, mailer = FakeOutbox([queued(1), queued(2)]), FakeMailer()
    outbox.taken = ("surat.1",)

    delivery = deliver(outbox, mailer)

    assert (delivery.sent, delivery.elsewhere) == (1, 2)  # it is asked for once more, and again in vain
    assert len(mailer.taken) == 1


def test_a_stop_ends_after_the_letter_in_hand() -> None:
    outbox = FakeOutbox([queued(1), queued(2), queued(3)])

    delivery = deliver(outbox, FakeMailer(), stop_after=1)

    assert delivery == Delivery(sent=1)
    assert outbox.log == [("sending", 1, 2, 3), (1, Accepted()), (2, Untried()), (3, Untried())]


def test_an_uncertain_letter_waits_for_its_copy_as_long_as_our_mailbox_has_been_read() -> None:
    outbox, read_until = FakeOutbox(), NOW - timedelta(minutes=3)

    deliver(outbox, FakeMailer(), read_until=read_until)

    assert outbox.log == [("requeue", read_until - PROOF_WAIT, NOW)]


def test_while_our_mailbox_was_never_read_no_uncertain_letter_is_sent_again() -> None:
    outbox = FakeOutbox()

    deliver(outbox, FakeMailer(), read_until=None)

    assert outbox.log == []
