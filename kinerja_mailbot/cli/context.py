"""What all commands share: their options, the configuration and service they work with, what they print."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from decimal import Decimal
from logging.handlers import RotatingFileHandler, TimedRotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.status import Status

from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.cli.causes import plain
from kinerja_mailbot.config import Config, load_config
from kinerja_mailbot.config.bundled import are_unchanged
from kinerja_mailbot.config.settings import LogSettings
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import PeriodState

if TYPE_CHECKING:
    from kinerja_mailbot.service import Service

console = Console()
console_err = Console(stderr=True)

ConfigOption = Annotated[
    Path,
    typer.Option(
        "--config",
        "-c",
        envvar="KINERJA_CONFIG",
        metavar="BERKAS",
        help="Berkas konfigurasi.",
        show_default="config.toml",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Cetak satu objek JSON per baris.")]
OutputOption = Annotated[Path, typer.Option("--output", "-o", metavar="BERKAS", help="Berkas hasil.")]
PeriodeArgument = Annotated[str, typer.Argument(metavar="PERIODE", help="Misalnya 2026-TW3, 2026-SM1, 2026.")]
DEFAULT_CONFIG = Path("config.toml")


class CommandError(Exception):
    """The command can't do what was asked; the sentence says what to do next."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def load(path: Path, *, require_secrets: bool = False, serving: bool = False) -> Config:
    """Read the configuration and start logging as it says; only the one service that runs writes to the log's file.

    Raises:
        CommandError: there is no such file.
        ConfigError: everything that is wrong with it.
    """
    if not path.exists():
        raise CommandError(
            f"Berkas konfigurasi {path} tidak ada. Jalankan `kinerja-mailbot init` untuk membuatnya, "
            "atau sebut letaknya dengan --config.",
            2,
        )
    with SandboxedSheetReader() as sheets:  # starts its process only where the indicators are a spreadsheet
        config = load_config(path, os.environ, require_secrets=require_secrets, read=sheets.read)
    _start_logging(config.log, serving=serving)
    return config


def service_for(config: Config) -> Service:
    """Return the service, not yet opened."""
    # Most of the program's imports hang on this one, and `--help` or a typing mistake should not wait for them.
    from kinerja_mailbot.service import Service  # noqa: PLC0415

    return Service(config)


@contextmanager
def working_service(config: Config) -> Iterator[Service]:
    """Open the service that alone may work the mail.

    Raises:
        CommandError: another one works on the same database, or a letter could not be written from its template.
    """
    from kinerja_mailbot.service import AlreadyRunningError  # noqa: PLC0415  as above

    try:
        with service_for(config) as service, service.exclusive():
            # Better now than in the middle of the work, perhaps months from now.
            if not are_unchanged(config.templat) and (problems := service.letterhead.check_templates()):
                told = "\n".join(f"  - {plain(problem)}" for problem in problems)
                raise CommandError(f"Templat surat tidak dapat dipakai:\n{told}", 2)
            yield service
    except AlreadyRunningError as error:
        raise CommandError(
            f"Layanan lain sedang berjalan dengan basis data yang sama (kunci: {error}). "
            "Hentikan layanan itu dahulu, atau biarkan layanan itu yang bekerja."
        ) from error


def known_period(service: Service, text: str) -> PeriodState:
    """Return the stored period that the text names.

    Raises:
        PeriodeError: the text names no period.
        CommandError: no such period has been opened.
    """
    periode = parse_periode(text)
    found = service.store.periods((periode.kode,))
    if not found:
        known = ", ".join(p.periode.kode for p in service.store.periods()) or "belum ada"
        raise CommandError(
            f"Periode {periode.kode} belum pernah dibuka. Periode yang ada: {known}. "
            f"Periode dibuka dengan `kinerja-mailbot open {periode.kode}`.",
            2,
        )
    return found[0]


def say(sentence: str) -> None:
    """Print a sentence as it is; paths in it stay whole for copying."""
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def busy(what: str) -> Status | nullcontext[None]:
    """Show that long work goes on, to a person who watches the terminal."""
    return console_err.status(f"{what} …") if console_err.is_terminal else nullcontext()


def print_json(record: Mapping[str, object]) -> None:
    """Print one object on one line."""
    print(json.dumps(record, ensure_ascii=False, default=_as_text))  # noqa: T201  machine output, not for rich to wrap


def for_machines(value: Value | None) -> str | int | float | None:
    """Return a stored value for JSON: a number where JSON can hold it exactly, ISO dates, words for marks.

    >>> for_machines(Decimal("85")), for_machines(Decimal("0.15")), for_machines(date(2026, 9, 30))
    (85, 0.15, '2026-09-30')
    >>> for_machines(Mark.TIDAK_DIUKUR), for_machines(Decimal("0.12345678901234567890"))
    ('tidak diukur', '0.12345678901234567890')
    """
    match value:
        case None:
            return None
        case Decimal():
            return _number(value)
        case Mark():
            return value.value
        case date():
            return value.isoformat()
        case str():
            return value


def refuse_overwriting(path: Path) -> None:
    """Raise `CommandError` when the file exists: nothing is ever overwritten."""
    if path.exists():
        raise CommandError(f"Berkas {path} sudah ada dan tidak ditimpa. Pilih nama lain, atau pindahkan berkas itu.")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet.

    Raises:
        CommandError: it exists.
        OSError: it can't be written.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        refuse_overwriting(path)
        raise


def _number(value: Decimal) -> str | int | float:
    if value == value.to_integral_value():
        return int(value)
    # A float that reads back as the same decimal has lost nothing.
    return float(value) if Decimal(repr(float(value))) == value else str(value)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _start_logging(settings: LogSettings, *, serving: bool) -> None:
    handler = _log_file(settings.berkas, settings) if serving and settings.berkas else logging.StreamHandler()
    handler.setFormatter(_JsonLines() if settings.format == "json" else logging.Formatter(_TEXT))
    # The level is for our own lines; libraries speak up when something is wrong.
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("kinerja_mailbot").setLevel(settings.tingkat.upper())
    # Its detectors stumble over odd mails and write a traceback each time; the other detectors go on.
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)


def _log_file(path: Path, settings: LogSettings) -> logging.Handler:
    """Return the handler that begins a new file each day, or after so many bytes, and keeps only the newest ones."""
    if settings.ukuran:
        return RotatingFileHandler(path, maxBytes=settings.ukuran, backupCount=settings.simpan, encoding="utf-8")
    return TimedRotatingFileHandler(path, when="midnight", backupCount=settings.simpan, encoding="utf-8")


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
