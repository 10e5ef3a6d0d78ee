"""kill -9 at the worst moments: every letter reaches every recipient exactly once."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.service import system_clock
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from tests.faults.process import Office


@pytest.mark.parametrize("letter", [1, 3], ids=["the first letter", "the third letter"])
def test_killed_after_the_server_has_the_letter_and_before_its_answer(
    office: Office, servers: MailServers, letter: int
) -> None:
    office.open_period(send=False)
    taken: list[bytes] = []

    def kill(sender: str, recipients: list[str], raw: bytes) -> None:  # noqa: ARG001  the hook's arguments
        taken.append(raw)
        if len(taken) == letter:
            office.running[-1].send_signal(signal.SIGKILL)

    servers.on_mail = kill
    office.launch().wait(60)
    servers.on_mail = None
    assert {one.state for one in office.letters()} == {"sending"}  # the whole batch: nobody knows which have left

    clock = StageClock(system_clock() + timedelta(minutes=1))
    with office.service(clock) as service, service.exclusive():
        service.beat()
        untried = service.store.waiting_uncertain()
        clock.now += PROOF_WAIT
        service.beat()
        service.beat()

    assert untried == 5 - letter

    assert office.delivered() == office.owed()
    assert len(office.owed()) == 5


class Losing(MailServers):
    """Loses a letter, and the service with it, before anybody has it."""

    office: Office | None = None

    async def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        if self.office is not None:
            self.office.running[-1].kill()
            return
        await super().accept(sender, recipients, raw)


@pytest.mark.usefixtures("database")
def test_killed_before_the_server_has_the_letter(tmp_path: Path) -> None:
    with Losing(system_clock) as servers:
        office = Office(servers, tmp_path)
        office.open_period(send=False)
        servers.office = office
        office.launch().wait(60)
        servers.office = None
        assert office.delivered() == []
        assert {one.state for one in office.letters()} == {"sending"}

        clock = StageClock(system_clock() + timedelta(minutes=1))
        with office.service(clock) as service, service.exclusive():
            service.beat()
            waiting = service.store.waiting_uncertain()
            clock.now += PROOF_WAIT
            service.beat()
            service.beat()

            assert waiting == 5
            assert office.delivered() == office.owed()
            assert len(office.owed()) == 5
