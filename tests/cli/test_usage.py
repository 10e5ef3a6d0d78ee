"""What the command line itself says: help pages, and mistakes in the use of a command."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.shell import Shell

COMMANDS = (
    "init", "check", "run", "once", "status", "open", "close", "form", "rekap", "export", "inspect mail",
    "inspect form", "replay", "backup", "restore", "prune", "systemd", "demo",
)  # fmt: skip
ENGLISH = ("Usage", "Show this message", "[OPTIONS]", "[ARGS]", "required", "default", "Options", "Arguments")


def test_help_lists_every_command(shell: Shell) -> None:
    page = shell("--help")

    assert page.code == 0
    assert [name for name in COMMANDS if f"│ {name.split()[0]} " not in page.out] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_pages_are_indonesian(command: str, shell: Shell) -> None:
    page = shell(*command.split(), "--help")

    assert page.code == 0
    assert page.out.strip().startswith(f"Pemakaian: kinerja-mailbot {command}".strip())
    assert [word for word in ENGLISH if word in page.out] == []


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        pytest.param("formm", "Perintah 'formm' tidak dikenal. Mungkin maksudnya: 'form'.", id="unknown command"),
        pytest.param("open", "Argumen PERIODE belum diisi.", id="missing argument"),
        pytest.param("form umum 2026-TW3", "Opsi --output belum diisi.", id="missing option"),
        pytest.param("status --jso", "Opsi --jso tidak dikenal. Mungkin maksudnya: --json.", id="unknown option"),
        pytest.param("status sekarang", "Argumen berlebih: sekarang.", id="too many arguments"),
        pytest.param("form umum 2026-TW3 -o", "Opsi -o memerlukan isi.", id="option without its value"),
        pytest.param("replay satu", "Isi ID tidak dapat dipakai: harus bilangan bulat.", id="not a number"),
        pytest.param("inspect", "", id="half a command shows its help"),
    ],
)
def test_a_mistake_is_explained_with_exit_code_2(command: str, sentence: str, shell: Shell) -> None:
    result = shell(*command.split())

    assert result.code == 2
    assert sentence in result.err


def test_output_to_a_file_has_no_colours(shell: Shell) -> None:
    shell.set_up()
    result = subprocess.run(
        [sys.executable, "-m", "kinerja_mailbot", "check"], cwd=shell.folder, capture_output=True, check=False
    )

    assert result.returncode == 1
    assert b"\x1b" not in result.stdout + result.stderr
    assert b"Traceback" not in result.stderr
