"""Offices whose service runs as a process; whatever a test leaves running is killed after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.service import system_clock
from tests.faults.process import Office


@pytest.fixture
def servers() -> Iterator[MailServers]:
    with MailServers(system_clock) as servers:
        yield servers


@pytest.fixture
def office(servers: MailServers, tmp_path: Path, database: str) -> Iterator[Office]:  # noqa: ARG001  chosen for it
    office = Office(servers, tmp_path)
    yield office
    office.kill_all()
