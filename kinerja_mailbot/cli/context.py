"""What all commands share: the configuration they name, the consoles, the error that carries an exit code."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kinerja_mailbot.config import Config, load_config
from kinerja_mailbot.config.settings import LogSettings
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.service import Service

console = Console()
console_err = Console(stderr=True)

ConfigOption = Annotated[
    Path,
    typer.Option("--config", "-c", envvar="KINERJA_CONFIG", help="Berkas konfigurasi.", show_default="config.toml"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Cetak satu objek JSON per baris.")]
OutputOption = Annotated[Path, typer.Option("--output", "-o", help="Berkas hasil.")]
PeriodeArgument = Annotated[str, typer.Argument(metavar="PERIODE", help="Misalnya 2026-TW3, 2026-SM1, 2026.")]
DEFAULT_CONFIG = Path("config.toml")


class CommandError(Exception):
    """The command can't do what was asked; the sentence says what to do next."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def load(path: Path, *, require_secrets: bool = False) -> Config:
    """Read the configuration and start logging as it says.

    Raises:
        ConfigError: everything that is wrong with it.
    """
    config = load_config(path, os.environ, require_secrets=require_secrets)
    _start_logging(config.log)
    return config


def known_period(service: Service, text: str) -> PeriodState:
    """Return the stored period that the text names.

    Raises:
        CommandError: no such period has been opened.
    """
    periode = parse_periode(text)
    found = service.store.periods((periode.kode,))
    if not found:
        known = ", ".join(p.periode.kode for p in service.store.periods()) or "belum ada"
        raise CommandError(f"Periode {periode.kode} belum pernah dibuka. Periode yang ada: {known}.", 2)
    return found[0]


def print_json(record: Mapping[str, object]) -> None:
    """Print one object on one line."""
    print(json.dumps(record, ensure_ascii=False, default=_plain))  # noqa: T201  machine output, not for rich to wrap


def refuse_overwriting(path: Path) -> None:
    """Raise `CommandError` when the file exists: nothing is ever overwritten."""
    if path.exists():
        raise CommandError(f"Berkas {path} sudah ada dan tidak ditimpa. Pilih nama lain dengan --output.")


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _start_logging(settings: LogSettings) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines() if settings.format == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=settings.tingkat.upper(), handlers=[handler], force=True)
    for chatty in ("apscheduler", "alembic", "yagmail"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _JsonLines(logging.Formatter):
    """One JSON object a line, for machines that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
