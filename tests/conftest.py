"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from tests.postgresql import MISSING, PostgreSQL
from tests.servers import Dovecot, MailSystem, self_signed

CLOCK = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def embedded() -> Iterator[MailServers]:
    with MailServers(lambda: CLOCK) as servers:
        yield servers


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    if shutil.which("dovecot") is None:
        pytest.skip("dovecot is not installed")
    with Dovecot() as servers:
        yield servers


@pytest.fixture(params=["embedded", pytest.param("dovecot", marks=pytest.mark.dovecot)])
def mail_system(request: pytest.FixtureRequest) -> MailSystem:
    """Run the test on the embedded servers and on Dovecot."""
    system: MailSystem = request.getfixturevalue(request.param)
    return system


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    if MISSING:
        pytest.skip(f"PostgreSQL is not installed here: {MISSING}")
    with PostgreSQL() as server:
        yield server


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for "localhost" that nobody trusts, and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def dovecot_tls(certificate: tuple[Path, Path]) -> Iterator[Dovecot]:
    if shutil.which("dovecot") is None:
        pytest.skip("dovecot is not installed")
    with Dovecot(certificate) as servers:
        yield servers
