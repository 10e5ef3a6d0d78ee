"""The command `trace`: where a figure of the rekap comes from."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    JsonOption,
    PeriodeArgument,
    for_machines,
    known_period,
    load,
    print_json,
    say,
    service_for,
)
from kinerja_mailbot.config import Config
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.evidence.trace import Trace, TracedValue
from kinerja_mailbot.domain.form.record import WHOLE_SHEET
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.usecases.trace import known_rows, trace_rows

_OUTCOMES = {
    CellOutcome.ACCEPTED: "diterima",
    CellOutcome.INFO: "diterima dengan catatan",
    CellOutcome.CHECK: "diterima, menunggu kepastian",
    CellOutcome.FIX: "perlu diperbaiki, tidak disimpan",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Telusuri asal suatu angka: sel, berkas, surel, pengirim, dan semua nilai sebelumnya.")(trace)


def trace(
    periode: PeriodeArgument,
    kode: Annotated[str, typer.Argument(metavar="KODE", help="Kode baris, misalnya UKL-01.")],
    unit: Annotated[str, typer.Option("--unit", help="Hanya unit ini (id, kode, atau panggilan).")] = "",
    as_json: JsonOption = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Tell value, revision, file, sheet, cell, mail, time and sender of a row, and every earlier value."""
    loaded = load(config)
    unit_id = _unit_id(loaded, unit)
    with service_for(loaded) as service:
        period = known_period(service, periode)
        code = period.periode.kode
        with service.store.evidence() as record:
            found = trace_rows(record, service.desk.parser, period, kode, unit_id)
            known = () if found else known_rows(record, code)
    if not found:
        rows = ", ".join(dict.fromkeys(row for _, row in known if row != WHOLE_SHEET)) or "belum ada"
        raise CommandError(f"Tidak ada baris {kode} pada {code}. Baris yang pernah dilaporkan: {rows}.", 2)
    for column in found:
        if as_json:
            print_json(_record(code, column))
        else:
            _print(loaded, column)


def _unit_id(config: Config, name: str) -> str | None:
    if not name:
        return None
    unit = config.daftar.find_unit(name)
    if unit is None:
        known = ", ".join(u.id for u in config.daftar.responden)
        raise CommandError(f"Unit '{name}' tidak dikenal. Unit yang ada: {known}.", 2)
    return unit.id


def _print(config: Config, column: Trace) -> None:
    told = tuple(value for value in column.riwayat if value.tertulis or value.nilai is not None or value.pesan)
    if not told:
        return  # a cell that was always left empty
    unit = config.daftar.unit(column.unit)
    say(f"{unit.nama if unit else column.unit} · {column.label}")
    for value in told:
        _print_value(config, value, is_current=value is column.berlaku)
    say("")


def _print_value(config: Config, value: TracedValue, *, is_current: bool) -> None:
    office = config.kebijakan.kantor
    when = text.waktu(value.tiba_at, ZoneInfo(office.zona), office.singkatan_zona)
    shown = "–" if value.nilai is None else text.ukuran(value.nilai)
    typed = f' (tertulis "{value.tertulis}")' if value.tertulis != shown else ""
    say(f"  {'berlaku ' if is_current else 'riwayat '} {shown}{typed}: {_OUTCOMES[value.hasil]}")
    say(f"           kiriman ke-{value.revisi}, {value.tanda_terima}, lembar {value.lembar}, sel {value.sel}")
    say(f"           berkas {value.berkas} (sha256 {value.berkas_sha256[:16]}…)")
    say(f"           surel {value.surel} {value.message_id}, {value.pengirim}, {when}")
    if value.pesan:
        say(f"           {value.pesan}")


def _record(code: str, column: Trace) -> dict[str, object]:
    return {
        "periode": code,
        "unit": column.unit,
        "row": column.baris,
        "sheet": column.lembar_id,
        "column": column.kolom,
        "label": column.label,
        "values": [_value(value, is_current=value is column.berlaku) for value in column.riwayat],
    }


def _value(value: TracedValue, *, is_current: bool) -> dict[str, object]:
    return {
        "current": is_current,
        "value": for_machines(value.nilai),
        "typed": value.tertulis,
        "outcome": value.hasil.value,
        "message": value.pesan,
        "revision": value.revisi,
        "receipt": value.tanda_terima,
        "file": value.berkas,
        "sha256": value.berkas_sha256,
        "sheet": value.lembar,
        "cell": value.sel,
        "mail": value.surel,
        "message_id": value.message_id,
        "sender": value.pengirim,
        "arrived": value.tiba_at.isoformat(),
    }
