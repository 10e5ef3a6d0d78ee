"""The commands in one list, and every error that people may meet as one sentence with an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from kinerja_mailbot.cli import (
    archive,
    check,
    demo,
    evidence,
    files,
    inspect,
    login,
    mailbox,
    order,
    period,
    prune,
    restore,
    run,
    status,
    trace,
)
from kinerja_mailbot.cli.causes import plain
from kinerja_mailbot.cli.context import CommandError, console_err
from kinerja_mailbot.cli.usage import in_indonesian, usage_sentence
from kinerja_mailbot.config import ConfigError
from kinerja_mailbot.domain.periode import PeriodeError
from kinerja_mailbot.usecases.ports import (
    InboxError,
    SendError,
    StoreError,
    TemplateError,
    TokenError,
    UncertainSendError,
)

_NAME = "kinerja-mailbot"

app = typer.Typer(
    help="Pengumpulan data kinerja melalui surel, sesuai SOP.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for room in (
    files,
    restore,
    check,
    run,
    status,
    period,
    prune,
    order,
    evidence,
    archive,
    trace,
    inspect,
    mailbox,
    login,
    demo,
):
    room.register(app)
in_indonesian(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; errors that people can mend end in a sentence, never in a traceback.

    Without `arguments` they are the process's own. The exit code is 0 for success, 1 for failure, 2 for a mistake in
    the command or the configuration.
    """
    try:
        sys.exit(app(arguments, standalone_mode=False, prog_name=_NAME))
    except typer.TyperException as error:
        _explain_usage(error)
    except typer.Abort:
        _fail("Dibatalkan.", 1)
    except (ConfigError, PeriodeError) as error:
        _fail(str(error), 2)
    except CommandError as error:
        _fail(str(error), error.code)
    except TemplateError as error:
        _fail(f"Templat surat tidak dapat dipakai: {plain(str(error))}.", 2)
    except StoreError as error:
        _fail(f"Basis data tidak dapat dipakai: {plain(str(error))}.", 1)
    except InboxError as error:
        _fail(f"Kotak surat (IMAP) tidak dapat dibaca: {plain(str(error))}. Jalankan `kinerja-mailbot check`.", 1)
    except (SendError, UncertainSendError) as error:
        _fail(f"Surat tidak dapat dikirim (SMTP): {plain(str(error))}. Jalankan `kinerja-mailbot check`.", 1)
    except ModuleNotFoundError as error:
        _fail(f"Paket {error.name} belum terpasang; pasang dengan `python -m pip install {error.name}`.", 1)
    except TokenError as error:
        _fail(f"Layanan masuk (OAuth) tidak dapat dipakai: {plain(str(error))}.", 1)
    except OSError as error:
        _fail(f"Berkas tidak dapat dipakai: {plain(str(error))}.", 1)


def _explain_usage(error: typer.TyperException) -> None:
    sentence = usage_sentence(error.format_message())
    if not sentence.strip():  # called without arguments: the help page was the answer
        sys.exit(error.exit_code)
    # Where the mistake was made; typer's errors about a whole command carry it, others do not.
    command = getattr(getattr(error, "ctx", None), "command_path", _NAME)
    _fail(f"{sentence}\nBantuan: {command} --help", error.exit_code)


def _fail(sentence: str, code: int) -> None:
    console_err.print(sentence, style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(code)
