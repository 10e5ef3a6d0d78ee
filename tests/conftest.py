"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from tests.databases import BOTH, POSTGRESQL, SQLITE, databases_of, server_for
from tests.postgresql import MISSING, PostgreSQL
from tests.servers import Dovecot, MailSystem, self_signed

CLOCK = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)

# Every story meets both mail systems and both databases; not every pair of them, which would cost a quarter more.
STAGES = (
    pytest.param("embedded", SQLITE, id="embedded-sqlite"),
    pytest.param("dovecot", SQLITE, id="dovecot-sqlite", marks=pytest.mark.dovecot),
    pytest.param("embedded", POSTGRESQL, id="embedded-postgresql"),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test whose office has a database on both kinds, unless its mark says why it is about SQLite."""
    alone = metafunc.definition.get_closest_marker("sqlite") is not None
    kinds = (SQLITE,) if alone else BOTH
    if "shared_folder" in metafunc.fixturenames:
        metafunc.parametrize("shared_folder", kinds, indirect=True, scope="module")
    if "database" not in metafunc.fixturenames:
        return
    if "mail_on_stage" in metafunc.fixturenames:
        metafunc.parametrize(("mail_on_stage", "database"), STAGES[:2] if alone else STAGES, indirect=True)
    else:
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Let the offices in the test's folder have databases of this kind."""
    kind: str = request.param
    with databases_of(server_for(request), tmp_path):
        yield kind


@pytest.fixture(scope="module")
def shared_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for offices that the tests of a module share; they too have databases of either kind."""
    folder = tmp_path_factory.mktemp("kantor")
    with databases_of(server_for(request), folder):
        yield folder


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
