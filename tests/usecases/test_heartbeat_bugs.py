"""A bug in one flow costs that flow a pause; the service, the other flows and the admin's letter go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.usecases.ports import InboxError
from tests.usecases.fakes import FakeInbox, queued
from tests.usecases.test_heartbeat import MINUTE, FakeStore, Office, alarms


@dataclass
class Broken(FakeStore):
    """A store whose periods can't be read, by a bug and not by the world's trouble."""

    healed: bool = False
    asked: int = 0

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:  # noqa: ARG002
        self.asked += 1
        if not self.healed:
            raise ZeroDivisionError("a bug")
        return super().periods(codes)


def test_the_flow_with_a_bug_is_told_and_the_others_go_on() -> None:
    office = Office(store=Broken(letters=[queued(1)]))

    beat = office.beat()

    assert beat.sent == 1
    assert "tick: ZeroDivisionError: a bug" in beat.faults
    assert "gangguan.alur-tick.2026-10-03" in alarms(office)


def test_the_flow_with_a_bug_is_tried_again_at_growing_intervals() -> None:
    store = Broken()
    office = Office(store=store)
    tried: list[int] = []
    for minute in range(30):
        before = store.asked
        office.beat(MINUTE if minute else timedelta())
        tried += [minute] if store.asked > before else []

    assert tried == [0, 1, 3, 8, 23]


def test_a_flow_that_was_mended_goes_on_as_before() -> None:
    store = Broken()
    office = Office(store=store)
    office.beat()
    store.healed = True

    office.beat(MINUTE)
    beat = office.beat(MINUTE)

    assert beat.faults == ()


def test_where_no_letter_can_be_made_the_service_stays_up_all_the_same() -> None:
    class Mute(Broken):
        def letter_keys(self, prefix: str) -> frozenset[str]:
            raise ZeroDivisionError(prefix)

    beat = Office(store=Mute()).beat()

    assert any(fault.startswith("alarm: ZeroDivisionError") for fault in beat.faults)


def test_the_day_of_an_alarm_is_the_office_s() -> None:
    office = Office(FakeInbox([InboxError("gone")]), now=datetime(2026, 10, 3, 20, tzinfo=UTC))
    office.tries(10)

    assert alarms(office) == ["gangguan.imap.2026-10-04"]
