"""The command `export`: every stored value of a period as CSV and JSON."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    ConfigOption,
    PeriodeArgument,
    busy,
    for_machines,
    known_period,
    load,
    refuse_overwriting,
    say,
    service_for,
    write_new,
)
from kinerja_mailbot.domain.form.value import Value

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.store import StoredValue

_COLUMNS = (
    "periode",
    "unit",
    "revisi",
    "tanda_terima",
    "surel",
    "tiba",
    "lembar",
    "sel",
    "baris",
    "kolom",
    "label",
    "tertulis",
    "nilai",
    "hasil",
    "pesan",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Ekspor semua nilai suatu periode ke CSV dan JSON.")(export)


def export(
    periode: PeriodeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder hasil.")] = Path(),
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write `<periode>.csv` and `<periode>.json`: every judged cell of every revision."""
    with service_for(load(config)) as service:
        kode = known_period(service, periode).periode.kode
        table, records = output / f"{kode}.csv", output / f"{kode}.json"
        for path in (table, records):
            refuse_overwriting(path)
        with busy("Mengekspor"):
            values = service.store.stored_values(kode)
            output.mkdir(parents=True, exist_ok=True)
            write_new(table, _csv(kode, values))
            write_new(records, _json(kode, values))
    say(f"{len(values)} nilai: {table}, {records}")


def _csv(kode: str, values: tuple[StoredValue, ...]) -> bytes:
    """Return a table that Excel in Indonesian opens at once: semicolons, decimal commas, a byte order mark."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_COLUMNS)
    writer.writerows([_for_excel(field) for field in _record(kode, value)] for value in values)
    return text.getvalue().encode("utf-8-sig")


def _json(kode: str, values: tuple[StoredValue, ...]) -> bytes:
    """Return one list of objects, one on a line."""
    lines = (
        json.dumps(dict(zip(_COLUMNS, map(_for_json, _record(kode, value)), strict=True)), ensure_ascii=False)
        for value in values
    )
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _record(kode: str, value: StoredValue) -> tuple[Value | datetime | int | None, ...]:
    """Return what `_COLUMNS` names."""
    receipt = (kode, value.unit, value.revisi, value.nomor, value.surel_id, value.tiba_at)
    place = (value.lembar, value.sel, value.baris, value.kolom, value.label)
    return (*receipt, *place, value.tertulis, value.nilai, value.hasil.value, value.pesan)


def _for_excel(value: Value | datetime | int | None) -> str:
    match value:
        case None:
            return ""
        case int() | Decimal():
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case str():
            # A typed text must not become a formula where the file is opened.
            return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _for_json(value: Value | datetime | int | None) -> str | int | float | None:
    return value if isinstance(value, int) else for_machines(value)
