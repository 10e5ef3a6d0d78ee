"""The stage on both mail systems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from tests.servers import Dovecot
from tests.stories.stage import CURTAIN_UP, Stage


@pytest.fixture
def clock() -> StageClock:
    return StageClock(CURTAIN_UP)


@pytest.fixture
def embedded_stage(tmp_path: Path, clock: StageClock, database: str) -> Iterator[Stage]:  # noqa: ARG001  chosen for it
    with MailServers(clock) as servers:
        yield Stage(servers, tmp_path, clock)


@pytest.fixture
def dovecot_stage(tmp_path: Path, clock: StageClock, dovecot: Dovecot, database: str) -> Stage:  # noqa: ARG001  likewise
    return Stage(dovecot, tmp_path, clock)


@pytest.fixture
def mail_on_stage(request: pytest.FixtureRequest) -> str:
    """Return which mail servers the story is played on; see `STAGES`."""
    name: str = request.param
    return name


@pytest.fixture
def stage(request: pytest.FixtureRequest, mail_on_stage: str, database: str) -> Stage:  # noqa: ARG001  chosen for it
    """Play the story on the embedded servers and on Dovecot, on SQLite and on PostgreSQL."""
    found: Stage = request.getfixturevalue(f"{mail_on_stage}_stage")
    return found
