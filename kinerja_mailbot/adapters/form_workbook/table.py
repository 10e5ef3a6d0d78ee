"""The table of a sheet before anything is reported in it: its lines and cells, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from kinerja_mailbot.adapters.form_workbook.guard import Grid, live_formula
from kinerja_mailbot.adapters.form_workbook.look import lines_of, measure_in_row, width_of, written
from kinerja_mailbot.adapters.sheet_xml import RISKY, column_letter, content_xml, formula_xml
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, Sheet
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.same import Same

Place = tuple[str, str]  # row key, column key
_PADDING = 1.5  # characters between a text and the lines around its cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of the table: how it looks, and what it holds as the file says it, behind the number of its style."""

    column: Column
    ukuran: ColumnType  # what a measure of its line is
    at: str  # "E7"
    role: str  # of `Look.cell`
    kind: ColumnType
    content: str = "/>"
    is_risky: bool = False  # a spreadsheet would take its text for a formula
    lines: int = 1  # of text, in a column of this width


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table: its row in the file, the key of what it is about ("" for an empty one), its cells."""

    number: int
    kunci: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All lines, where each named cell stands, and what guards of the input cells have to know."""

    lines: tuple[Line, ...]
    places: Mapping[Place, str]
    grid: Grid


def printed_table(sheet: Sheet, first: int) -> Table:
    """Return the table of a sheet with printed rows, from this row of the file on; it is made once for each sheet."""
    return _printed_table(Same(sheet), first)


@lru_cache(maxsize=16)  # the sheets of a period's forms; one of them may take a hundred kilobytes
def _printed_table(same: Same[Sheet], first: int) -> Table:
    sheet = same.value
    return _table(sheet, tuple((row.kode, row) for row in sheet.baris), first)


def open_table(sheet: Sheet, keys: tuple[str, ...], first: int) -> Table:
    """Return the table of an open list with a line for each of these keys, empty ones included."""
    return _table(sheet, tuple((key, None) for key in keys), first)


def _table(sheet: Sheet, rows: tuple[tuple[str, Row | None], ...], first: int) -> Table:
    numbered = tuple(enumerate(rows, start=first))
    lines = tuple(_line(sheet, key, row, number, number - first + 1) for number, (key, row) in numbered)
    places = {(line.kunci, cell.column.kunci): cell.at for line in lines if line.kunci for cell in line.cells}
    letters = {column.kunci: column_letter(number) for number, column in enumerate(sheet.kolom, start=1)}
    return Table(lines=lines, places=places, grid=Grid(letters, tuple((number, row) for number, (_, row) in numbered)))


def _line(sheet: Sheet, key: str, row: Row | None, number: int, order: int) -> Line:
    printed = {"kode": row.kode} | dict(reversed(row.nilai)) if row else {}  # of two with one key the first counts
    ukuran = measure_in_row(row)
    cells: list[Cell] = []
    for place, column in enumerate(sheet.kolom, start=1):
        role = "isian" if column.isian else "hitung" if column.rumus else "cetak"
        at = f"{column_letter(place)}{number}"
        blank = Cell(column=column, ukuran=ukuran, at=at, role=role, kind=_kind(column, ukuran, None))
        value = printed.get(column.kunci)
        cell = holding(blank, value, widths_of(sheet)[column.kunci])
        if not column.isian and column.rumus and (formula := live_formula(column, row, number, sheet)):
            cell = replace(cell, content=formula_xml(formula), is_risky=False)
        elif not column.isian and column.kunci == "no" and value is None:
            cell = replace(cell, content=content_xml(order))
        cells.append(cell)
    return Line(number=number, kunci=key, cells=tuple(cells))


def holding(cell: Cell, value: Value | None, width: float) -> Cell:
    """Return the cell with this value instead, in a column of this width (in characters)."""
    shown = written(value)
    return replace(
        cell,
        kind=_kind(cell.column, cell.ukuran, value),
        content=content_xml(shown),
        is_risky=isinstance(shown, str) and shown.startswith(RISKY),
        lines=lines_of(value, width - _PADDING) if isinstance(value, str) else 1,
    )


def _kind(column: Column, ukuran: ColumnType, value: Value | None) -> ColumnType:
    """Return what a cell is shown as."""
    if isinstance(value, date):
        return ColumnType.TANGGAL  # a number to whoever does not see it as a day
    words = isinstance(value, str) and not column.isian  # "–" or "Tidak diukur" where a figure might stand
    if column.kunci == "no" or (words and column.jenis is not ColumnType.TEKS):
        return ColumnType.PREDIKAT  # centred
    return ukuran if column.jenis is ColumnType.UKURAN else column.jenis


def widths_of(sheet: Sheet) -> Mapping[str, float]:
    """Return the width of each column by its key, in characters."""
    return _widths_of(Same(sheet))


@lru_cache(maxsize=64)
def _widths_of(same: Same[Sheet]) -> Mapping[str, float]:
    sheet = same.value
    return {column.kunci: width_of(column, _printed(sheet, column.kunci)) for column in sheet.kolom}


def _printed(sheet: Sheet, kunci: str) -> tuple[str, ...]:
    values = (row.kode if kunci == "kode" else row.get(kunci) for row in sheet.baris)
    return tuple(value for value in values if isinstance(value, str))
