"""The log's file: a new one each day or after so many bytes, the newest kept; one that can't be written is named."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.cli.context import load
from kinerja_mailbot.service import system_clock
from tests.cli.shell import Shell

_log = logging.getLogger("kinerja_mailbot.tests")
LINES = 14_000  # of some 80 bytes: a little more than a megabyte


@pytest.fixture
def logging_shell(shell: Shell) -> Shell:
    shell.set_up()
    shell.edit('berkas = ""', 'berkas = "kinerja.log"')
    shell.edit("simpan = 30", "simpan = 2")
    return shell


def serve(shell: Shell, lines: int) -> None:
    """Log as the running service does, to the end of the run."""
    load(Path(shell.config), serving=True)
    for number in range(lines):
        _log.info("line %07d of what a service says in the course of a year", number)
    for handler in logging.getLogger().handlers:
        handler.close()


def test_after_so_many_bytes_a_new_file_begins_and_only_the_newest_are_kept(logging_shell: Shell) -> None:
    logging_shell.edit("ukuran_mb = 0", "ukuran_mb = 1")

    serve(logging_shell, 4 * LINES)

    files = sorted(path.name for path in logging_shell.folder.glob("kinerja.log*"))
    newest = (logging_shell.folder / "kinerja.log").read_text(encoding="utf-8")
    assert files == ["kinerja.log", "kinerja.log.1", "kinerja.log.2"]
    assert all((logging_shell.folder / name).stat().st_size <= 1_000_000 * 1.05 for name in files)
    assert newest.splitlines()[-1].endswith(f"line {4 * LINES - 1:07d} of what a service says in the course of a year")


def test_yesterdays_file_is_laid_aside_under_its_day(logging_shell: Shell) -> None:
    today = logging_shell.folder / "kinerja.log"
    days = [system_clock().astimezone() - timedelta(days=back) for back in range(1, 5)]
    for day in days[1:]:
        logging_shell.folder.joinpath(f"kinerja.log.{day:%Y-%m-%d}").write_text("older\n", encoding="utf-8")
    today.write_text("yesterday\n", encoding="utf-8")
    os.utime(today, (days[0].timestamp(),) * 2)

    serve(logging_shell, 1)

    kept = {path.name: path.read_text(encoding="utf-8") for path in logging_shell.folder.glob("kinerja.log.*")}
    assert kept == {f"kinerja.log.{days[0]:%Y-%m-%d}": "yesterday\n", f"kinerja.log.{days[1]:%Y-%m-%d}": "older\n"}
    assert "line 0000000" in today.read_text(encoding="utf-8")


def test_other_commands_leave_the_services_log_alone(logging_shell: Shell) -> None:
    logging_shell("status")

    assert not (logging_shell.folder / "kinerja.log").exists()


def test_a_log_that_can_t_be_written_is_named_at_the_start(logging_shell: Shell) -> None:
    logging_shell.edit('berkas = "kinerja.log"', 'berkas = "tak-ada/kinerja.log"')

    result = logging_shell("run")

    assert result.code != 0
    assert "tak-ada/kinerja.log" in result.err
    assert "Traceback" not in result.err
