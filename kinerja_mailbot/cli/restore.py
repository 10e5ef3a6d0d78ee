"""The command `restore`: put a copy of the database back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, busy, load, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Pulihkan basis data dari salinan.")(restore)


def restore(
    source: Annotated[Path, typer.Argument(metavar="BERKAS", help="Salinan hasil perintah backup.")],
    overwrite: Annotated[bool, typer.Option("--timpa", help="Ganti basis data yang ada; yang lama disimpan.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Verify a copy and put it into the place of the database, while no service runs."""
    from kinerja_mailbot.restoring import RestoreError  # noqa: PLC0415  hangs on the service's imports
    from kinerja_mailbot.restoring import restore as put_back  # noqa: PLC0415
    from kinerja_mailbot.service import AlreadyRunningError, system_clock  # noqa: PLC0415

    if not source.is_file():
        raise CommandError(f"Berkas {source} tidak ada.", 2)
    try:
        with busy("Memeriksa dan memulihkan"):
            kept = put_back(load(config), source, system_clock, overwrite=overwrite)
    except RestoreError as error:
        raise CommandError(str(error)) from error
    except AlreadyRunningError as error:
        raise CommandError(f"Layanan sedang berjalan (kunci: {error}). Hentikan layanan itu dahulu.") from error
    say(f"Basis data dipulihkan dari {source}.")
    if kept is not None:
        say(f"Basis data sebelumnya disimpan sebagai {kept}.")
    say("Saat layanan dijalankan, kotak surat dibaca seluruhnya sebelum ada surat yang dikirim.")
