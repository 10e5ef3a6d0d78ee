"""The command `replay`: decide an archived mail once more."""

from __future__ import annotations

from typing import Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, load, say, service_for


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Putuskan ulang surel dalam arsip, misalnya setelah kesalahan diperbaiki.")(replay)


def replay(
    mail_id: Annotated[int, typer.Argument(metavar="ID", help="Nomor surel pada arsip (lihat status).")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Queue a mail for deciding; what it has led to before stays and is not repeated."""
    with service_for(load(config)) as service:
        if not service.store.reset_for_replay(mail_id, service.clock()):
            raise CommandError(f"Surel nomor {mail_id} tidak ada dalam arsip. Nomor surel tertera pada `status`.", 2)
    say(f"Surel {mail_id} akan diputuskan ulang oleh layanan (`run` atau `once`).")
