"""The words that typer says by itself, in Indonesian: help pages and mistakes in the use of a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter
    from typer.core import TyperOption

_HELP = "Tampilkan bantuan ini."
_OPTIONS, _COMMANDS = "[OPSI]", "PERINTAH [ARGUMEN]…"

# What typer writes, and what we write instead; more than one may apply to a message.
_WORDS = tuple(
    (re.compile(english), indonesian)
    for english, indonesian in (
        (r"^Missing argument '([^']+)'\.?.*", r"Argumen \1 belum diisi."),
        (r"^Missing option '([^']+)'\.?.*", r"Opsi \1 belum diisi."),
        (r"^Missing command\.?", "Perintah belum disebut."),
        (r"^No such command ('[^']+')\.?", r"Perintah \1 tidak dikenal."),
        (r"^No such option: ([^ ]+)", r"Opsi \1 tidak dikenal."),
        (r"[. ]*\(Possible options?: ([^)]+)\)", r". Mungkin maksudnya: \1."),
        (r"[. ]*Did you mean ([^?]+)\?", r". Mungkin maksudnya: \1."),
        (r"^Got unexpected extra argument\(?s?\)? \((.*)\)", r"Argumen berlebih: \1."),
        (r"^Option '([^']+)' requires an argument\.?", r"Opsi \1 memerlukan isi."),
        (r"^Option '([^']+)' does not take a value\.?", r"Opsi \1 tidak memerlukan isi."),
        (r"^Invalid value for '([^']+)': ", r"Isi \1 tidak dapat dipakai: "),
        (r"Input should be a valid integer.*|'[^']*' is not a valid int(eger)?\.?", "harus bilangan bulat."),
        (r"[Ff]ile ('[^']+') does not exist\.?", r"berkas \1 tidak ada."),
        (r"([Ff]ile|[Pp]ath) ('[^']+') is a directory\.?", r"\2 adalah folder."),
    )
)


class IndonesianCommand(TyperCommand):
    """A command whose help page is Indonesian throughout."""

    def get_usage(self, ctx: Context) -> str:
        """Return the line that shows how to call it."""
        return _in_words(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return `--help` with our sentence."""
        return _our_help(super().get_help_option(ctx))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        _name_the_panels()
        super().format_help(ctx, formatter)


class IndonesianGroup(TyperGroup):
    """A group of commands whose help page is Indonesian throughout."""

    def get_usage(self, ctx: Context) -> str:
        """Return the line that shows how to call it."""
        return _in_words(super().get_usage(ctx))

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return `--help` with our sentence."""
        return _our_help(super().get_help_option(ctx))

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Name what may follow; typer lets nobody set it for a group."""
        self.subcommand_metavar = _COMMANDS
        return super().get_params(ctx)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        _name_the_panels()
        super().format_help(ctx, formatter)


def in_indonesian(app: typer.Typer) -> None:
    """Give every command and group of the app these words; called when all are added."""
    app.info.cls, app.info.options_metavar = IndonesianGroup, _OPTIONS
    for command in app.registered_commands:
        command.cls, command.options_metavar = IndonesianCommand, _OPTIONS
    for group in app.registered_groups:
        if group.typer_instance is not None:
            group.cls, group.options_metavar = IndonesianGroup, _OPTIONS
            in_indonesian(group.typer_instance)


def usage_sentence(message: str) -> str:
    """Return typer's message about a mistake in Indonesian; one that is not known stays as it is.

    >>> usage_sentence("No such command 'formm'. Did you mean 'form'?")
    "Perintah 'formm' tidak dikenal. Mungkin maksudnya: 'form'."
    >>> usage_sentence("Missing argument 'PERIODE'.")
    'Argumen PERIODE belum diisi.'
    """
    for pattern, words in _WORDS:
        message = pattern.sub(words, message)
    return message


def _name_the_panels() -> None:
    from typer import rich_utils  # noqa: PLC0415  a tenth of a second that only a help page needs

    rich_utils.OPTIONS_PANEL_TITLE = "Opsi"
    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
    rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
    rich_utils.DEFAULT_STRING = "[bawaan: {}]"
    rich_utils.ENVVAR_STRING = "[variabel: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[wajib]"


def _in_words(usage: str) -> str:
    return usage.replace("Usage: ", "Pemakaian: ", 1)


def _our_help(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = _HELP
    return option
