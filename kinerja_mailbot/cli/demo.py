"""The command `demo`: one quarter on a fast clock, with embedded mail servers and simulated staff."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinerja_mailbot.cli.context import CommandError, console


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Peragakan satu triwulan dengan server surel tertanam; tanpa konfigurasi dan jaringan.")(demo)


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder hasil.")] = Path(
        "hasil-demo"
    ),
) -> None:
    """Play the story; exit 1 if anything ended otherwise than it should."""
    try:
        from kinerja_mailbot.demo.story import DemoError, play  # noqa: PLC0415  its servers are an extra
    except ModuleNotFoundError as error:
        raise CommandError(
            f"Paket {error.name} belum terpasang. Jalankan: pip install 'kinerja-mailbot[demo]'"
        ) from error
    try:
        play(output, console)
    except DemoError as error:
        raise CommandError(f"Peragaan berakhir tidak sebagaimana mestinya: {error}") from error
