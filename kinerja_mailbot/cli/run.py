"""Commands that work the mail: `run`, `once`."""

from __future__ import annotations

import gc
import os

import typer

from kinerja_mailbot.adapters.calendar import IndonesianCalendar
from kinerja_mailbot.adapters.systemd import Supervisor
from kinerja_mailbot.cli.causes import plain
from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, load, say, working_service


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Jalankan layanan sampai dihentikan.")(run)
    app.command(help="Kerjakan semua yang menunggu satu kali, lalu selesai.")(once)


def run(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Serve until SIGTERM or Ctrl+C."""
    settings = load(config, require_secrets=True, serving=True)
    IndonesianCalendar().prepare()  # its process loads beside our own imports; the first beat will ask
    from kinerja_mailbot.running import run as run_until_stopped  # noqa: PLC0415  hangs on the service's imports

    gc.freeze()  # all is loaded and stays; what the work leaves behind is looked for apart from it
    gc.enable()
    with working_service(settings) as service:
        run_until_stopped(service, Supervisor.from_environment(os.environ, os.getpid()))


def once(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Beat once; exit 1 when a server or the disk failed."""
    with working_service(load(config, require_secrets=True)) as service:
        beat = service.beat()
    say(
        f"Surel baru: {beat.arrived}; diputuskan: {beat.decided}; surat dibuat: {beat.written}; "
        f"surat terkirim: {beat.sent}."
    )
    if beat.faults:
        raise CommandError("Sebagian pekerjaan tertunda:\n" + "\n".join(map(_told, beat.faults)))


def _told(fault: str) -> str:
    """Return a fault, which begins with the name of what failed, for people."""
    what, _, said = fault.partition(": ")
    return f"  - {'basis data' if what == 'store' else what}: {plain(said)}"
