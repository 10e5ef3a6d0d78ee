"""The command `prune`: let raw mails go after the years that the office has set."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, busy, load, say, service_for
from kinerja_mailbot.domain import text

_YEAR = timedelta(days=366)  # a day more rather than one less


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Lepaskan isi mentah surel lama sesuai retensi.")(prune)


def prune(
    carry_out: Annotated[bool, typer.Option("--laksanakan", help="Hapus; tanpa pilihan ini hanya dihitung.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Count the raw mails past their time, or let them go; forms, data dukung and the journal stay for ever."""
    loaded = load(config)
    if not loaded.simpan_surel_tahun:
        raise CommandError("Surel disimpan selamanya (retensi.surel_mentah_tahun = 0); tidak ada yang dilepaskan.", 2)
    with service_for(loaded) as service, busy("Menghitung"):
        now = service.clock()
        before = now - loaded.simpan_surel_tahun * _YEAR
        found = service.store.prunable(before)
        size = text.ukuran_berkas(sum(size for _, size in found))
        if carry_out:
            service.store.prune(before, now, getpass.getuser())
    done = "dilepaskan" if carry_out else "dapat dilepaskan dengan --laksanakan"
    say(f"{len(found)} isi mentah surel ({size}) yang tiba sebelum {text.tanggal(before.date())} {done}.")
