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
def embedded_stage(tmp_path: Path, clock: StageClock) -> Iterator[Stage]:
    with MailServers(clock) as servers:
        yield Stage(servers, tmp_path, clock)


@pytest.fixture
def dovecot_stage(tmp_path: Path, clock: StageClock, dovecot: Dovecot) -> Stage:
    return Stage(dovecot, tmp_path, clock)


@pytest.fixture(params=["embedded_stage", pytest.param("dovecot_stage", marks=pytest.mark.dovecot)])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Play the story on the embedded servers and on Dovecot."""
    found: Stage = request.getfixturevalue(request.param)
    return found
