"""Commands that work the mail: `run`, `once`."""

from __future__ import annotations

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, console, load
from kinerja_mailbot.service import Service


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Jalankan layanan sampai dihentikan.")(run)
    app.command(help="Kerjakan semua yang menunggu satu kali, lalu selesai.")(once)


def run(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    with Service(load(config, require_secrets=True)) as service, service.exclusive():
        service.run()


def once(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Beat once; exit 1 when a server or the disk failed."""
    with Service(load(config, require_secrets=True)) as service, service.exclusive():
        beat = service.beat()
    console.print(
        f"surel baru {beat.arrived}, diputuskan {beat.decided}, surat dibuat {beat.written}, terkirim {beat.sent}",
        highlight=False,
    )
    if beat.faults:
        raise CommandError("Sebagian pekerjaan tertunda:\n" + "\n".join(f"  - {fault}" for fault in beat.faults))
