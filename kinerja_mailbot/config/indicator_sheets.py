"""Reading `templates/indikator.xlsx`: the indicators and budget lines as an office worker keeps them, row by row."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from kinerja_mailbot.config.problems import Findings
from kinerja_mailbot.config.table import Placed, Table, shown
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Sheet
from kinerja_mailbot.domain.form.locate import FoundSheet, locate_sheets
from kinerja_mailbot.domain.form.periodic import TARGET_KEYS
from kinerja_mailbot.domain.form.readers.absence import is_blank
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.readers.typed import clean, is_percent_format, to_decimal, typed_text
from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import RawWorkbook, ReadResult, Unreadable
from kinerja_mailbot.domain.unit import Unit

ReadWorkbook = Callable[[bytes], ReadResult]
"""Reads a spreadsheet where it can do no harm."""

_EXAMPLE = "contoh"  # a line above the table that begins with this word marks the forms as examples
_ABOVE = 5  # lines looked at for it
_TARGETS = ("target_tahun", *TARGET_KEYS)
_LISTS = (
    (
        "indikator",
        "Indikator",
        "unit kode sasaran indikator satuan rumus sifat target_tahun",
        _TARGETS[1:],
        "pic tahun",
    ),
    ("anggaran", "Anggaran", "unit kode uraian pagu tahun", (), ""),
)
_TITLES = {
    "unit": ("Unit", "Subbagian", "Unit Kerja"),
    "kode": ("Kode", "Kode Indikator", "Kode RO / Komponen"),
    "sasaran": ("Sasaran", "Sasaran Strategis / Sasaran Kegiatan"),
    "indikator": ("Indikator", "Indikator Kinerja"),
    "satuan": ("Satuan",),
    "rumus": ("Rumus",),
    "sifat": ("Sifat",),
    "target_tahun": ("Target Tahun", "Target Tahunan"),
    "target_tw1": ("Target TW I", "Target s.d. TW I", "Target Triwulan I"),
    "target_tw2": ("Target TW II", "Target s.d. TW II", "Target Triwulan II"),
    "target_tw3": ("Target TW III", "Target s.d. TW III", "Target Triwulan III"),
    "target_tw4": ("Target TW IV", "Target s.d. TW IV", "Target Triwulan IV"),
    "pic": ("Penanggung Jawab", "PIC"),
    "tahun": ("Tahun",),
    "uraian": ("Uraian", "Uraian Kegiatan"),
    "pagu": ("Pagu", "Pagu (DIPA terakhir)"),
}


def _sheet(name: str, title: str, keys: tuple[str, ...]) -> Sheet:
    columns = tuple(
        Column(kunci=key, judul=_TITLES[key][0], jenis=ColumnType.TEKS, isian=True, padanan=_TITLES[key][1:])
        for key in keys
    )
    return Sheet(id=name, judul=title, kolom=columns, baris_kosong=2000)


SHEETS = Form(
    id="indikator",
    versi=1,
    judul="Indikator",
    lembar=tuple(
        _sheet(name, title, (*first.split(), *targets, *last.split())) for name, title, first, targets, last in _LISTS
    ),
)
"""The two sheets of the spreadsheet and their columns; headings may be worded as in the forms."""


def open_sheets(path: Path, read: ReadWorkbook, units: tuple[Unit, ...], findings: Findings) -> Table | None:
    """Return the spreadsheet in the shape of `indikator.toml`; None when it can't be read, with the reason noted."""
    result = read(path.read_bytes())
    match result:
        case Unreadable(_, obstacle):
            found = f"berkas yang tidak terbaca ({obstacle.value})"
            findings.add(path.name, found, "buku kerja .xlsx tanpa kata sandi", berkas=path.name)
            return None
        case RawWorkbook():
            return _Reading(path.name, units, findings).table(result)


class _Reading:
    """One spreadsheet being read; what is wrong is noted by sheet and cell."""

    def __init__(self, file: str, units: tuple[Unit, ...], findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._ids = {name.casefold(): unit.id for unit in units for name in (unit.nama, unit.kode, unit.id)}
        self._known = ", ".join(unit.id for unit in units)

    def table(self, workbook: RawWorkbook) -> Table:
        """Return what all sheets say, by unit."""
        by_unit: dict[str, dict[str, list[Placed]]] = {}
        example = False
        for sheet, found in locate_sheets(SHEETS, workbook):
            if found is None:
                titles = ", ".join(column.judul for column in sheet.kolom)
                self._note(f'lembar "{sheet.judul}"', "tidak ada", f"lembar dengan judul kolom: {titles}")
                continue
            example = example or _is_example(found)
            for line in (row.line for row in found.rows):
                row = self._row(sheet, found, line)
                unit = self._unit(row)
                if unit:
                    by_unit.setdefault(unit, {}).setdefault(sheet.id, []).append(row)
        return Table({"contoh": example, "tahun": 2000, "unit": by_unit}, self._findings, file=self._file)

    def _row(self, sheet: Sheet, found: FoundSheet, line: int) -> Placed:
        values: dict[str, object] = {}
        for column in sheet.kolom:
            cell = found.cell(sheet, line, column.kunci)
            if not is_blank(cell):
                values[column.kunci] = _value(column.kunci, cell, clean(typed_text(found.cell(sheet, line, "rumus"))))
        if values.get("sifat") == "tahunan":
            values = {key: value for key, value in values.items() if key not in TARGET_KEYS[:-1]}
        name = f'lembar "{found.grid.raw.name}"'
        cells = {column.kunci: found.address(line, column.kunci) for column in sheet.kolom}
        places = {key: f"{name} sel {cell}" for key, cell in cells.items() if cell}
        row = Placed(values, places | {"": f"{name} baris {line + 1}"})
        if "tahun" not in values:
            self._note(row.place("tahun"), "tidak ada", "tahun anggaran, misalnya 2026")
        return row

    def _unit(self, row: Placed) -> str:
        written = row.pop("unit", "")
        unit = self._ids.get(str(written).casefold(), "")
        if not unit:
            self._note(row.place("unit"), shown(written), f"salah satu dari: {self._known}")
        return unit

    def _note(self, place: str, found: str, expected: str) -> None:
        self._findings.add(place, found, expected, berkas=self._file)


def _is_example(found: FoundSheet) -> bool:
    texts = found.grid.texts(min(_ABOVE, found.header_line))
    return any(typed_text(cell).casefold().startswith(_EXAMPLE) for line, _, cell in texts if line < found.header_line)


def _value(key: str, cell: RawCell, rumus: str) -> object:
    """Return a cell as TOML would have it; what is no number stays a text, for the check to name."""
    text = clean(typed_text(cell))
    match key:
        case "rumus":
            return text.upper()
        case "sifat":
            return text.casefold().replace(" ", "_")
        case "tahun":
            number = _number(cell, ColumnType.TAHUN)
            return int(number) if number is not None else text
        case "pagu":
            number = _number(cell, ColumnType.RUPIAH)
            return text if number is None else number
        case _ if key in _TARGETS and rumus.upper() not in {"RENTANG", "YATIDAK", "PREDIKAT"}:
            number = _number(cell, ColumnType.NILAI)
            return text if number is None else number
        case _:
            return text


def _number(cell: RawCell, kind: ColumnType) -> Decimal | None:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        number = to_decimal(cell.value)
        return number * 100 if number is not None and is_percent_format(cell.number_format) else number
    value = read_cell(RawCell(cell.value), CellContext(jenis=kind)).value
    return value if isinstance(value, Decimal) else None
