"""A shell in an empty folder, and one whose office has a mail server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.service import system_clock
from tests.cli.shell import BOT, PASSWORD, Shell

ADDRESSES = (BOT, *(f"{name}@kpu.example" for name in ("kasubbag.perencanaan", "penyusun", "admin", "sekretaris")))
UNITS = tuple(f"kasubbag.{name}@kpu.example" for name in ("umum", "teknis", "hukum"))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KINERJA_IMAP_PASSWORD", PASSWORD)
    monkeypatch.delenv("KINERJA_CONFIG", raising=False)
    root, ours = logging.getLogger(), logging.getLogger("kinerja_mailbot")
    before = (root.level, ours.level, root.handlers[:])
    yield Shell(tmp_path, capsys)
    root.handlers[:] = before[2]  # a command logs to the standard error of its own test
    root.setLevel(before[0])
    ours.setLevel(before[1])


@pytest.fixture
def servers() -> Iterator[MailServers]:
    """Mail servers at the time of the commands, which is the machine's."""
    with MailServers(system_clock) as servers:
        yield servers


@pytest.fixture
def office(shell: Shell, servers: MailServers, database: str) -> Shell:  # noqa: ARG001  chosen for it
    for address in (*ADDRESSES, *UNITS):
        servers.add_mailbox(address, PASSWORD)
    shell.use(servers)
    return shell
