"""The command `export`: every stored value of a period as CSV and JSON."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Annotated

import typer

from kinerja_mailbot.adapters.store import StoredValue
from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    ConfigOption,
    PeriodeArgument,
    console,
    known_period,
    load,
    refuse_overwriting,
)
from kinerja_mailbot.service import Service


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Ekspor semua nilai suatu periode ke CSV dan JSON.")(export)


def export(
    periode: PeriodeArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder hasil.")] = Path(),
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write `<periode>.csv` and `<periode>.json`: every judged cell of every revision."""
    with Service(load(config)) as service:
        kode = known_period(service, periode).periode.kode
        rows = [_record(kode, value) for value in service.store.stored_values(kode)]
    table, lines = output / f"{kode}.csv", output / f"{kode}.json"
    for path in (table, lines):
        refuse_overwriting(path)
    output.mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8-sig", newline="") as file:  # the mark lets Excel read the accents
        writer = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["periode"], delimiter=";")
        writer.writeheader()
        writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    lines.write_text(json.dumps(rows, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    console.print(f"{len(rows)} nilai: {table}, {lines}", highlight=False, soft_wrap=True)


def _record(kode: str, value: StoredValue) -> dict[str, object]:
    return {
        "periode": kode,
        "unit": value.unit,
        "revisi": value.revisi,
        "tanda_terima": value.nomor,
        "surel": value.surel_id,
        "tiba": value.tiba_at.isoformat(),
        "lembar": value.lembar,
        "sel": value.sel,
        "baris": value.baris,
        "kolom": value.kolom,
        "label": value.label,
        "tertulis": value.tertulis,
        "nilai": None if value.nilai is None else str(value.nilai),
        "hasil": value.hasil.value,
        "pesan": value.pesan,
    }


def _inert(value: object) -> object:
    """Keep a typed text from becoming a formula where the file is opened."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
