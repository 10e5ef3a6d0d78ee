"""The commands in one list, and every error that people may meet as one sentence with an exit code."""

from __future__ import annotations

import sys

import typer
from typer import rich_utils

from kinerja_mailbot.adapters.letterhead import TemplateError
from kinerja_mailbot.cli import check, demo, evidence, files, inspect, mailbox, period, run, status
from kinerja_mailbot.cli.context import CommandError, console_err
from kinerja_mailbot.config import ConfigError
from kinerja_mailbot.domain.periode import PeriodeError
from kinerja_mailbot.service import AlreadyRunningError
from kinerja_mailbot.usecases.ports import InboxError, SendError, StoreError

rich_utils.OPTIONS_PANEL_TITLE = "Opsi"
rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
rich_utils.ERRORS_PANEL_TITLE = "Kesalahan"

app = typer.Typer(
    help="Pengumpulan data kinerja melalui surel, sesuai SOP.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (files, check, run, status, period, evidence, inspect, mailbox, demo):
    room.register(app)


def main() -> None:
    """Run the command line; errors that people can mend end in a sentence, never in a traceback."""
    try:
        app()
    except ConfigError as error:
        _fail(str(error), 2)
    except TemplateError as error:
        _fail(f"Templat surat tidak dapat dipakai: {error}", 2)
    except PeriodeError as error:
        _fail(f"Periode tidak dikenal: {error}", 2)
    except CommandError as error:
        _fail(str(error), error.code)
    except AlreadyRunningError as error:
        _fail(f"Layanan lain sedang berjalan dengan basis data yang sama ({error}). Hentikan layanan itu dahulu.", 1)
    except StoreError as error:
        _fail(f"Basis data tidak dapat dipakai: {error}", 1)
    except InboxError as error:
        _fail(f"Kotak surat (IMAP) tidak dapat dibaca: {error}. Jalankan `kinerja-mailbot check`.", 1)
    except SendError as error:
        _fail(f"Surat tidak dapat dikirim (SMTP): {error}. Jalankan `kinerja-mailbot check`.", 1)
    except OSError as error:
        _fail(f"Berkas tidak dapat dipakai: {error}", 1)


def _fail(sentence: str, code: int) -> None:
    console_err.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)
