"""What the child answers: sheets as plain JSON values, dates and errors under a tag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite

from kinerja_mailbot.adapters.sandboxed.scan import SheetScan

Json = None | bool | int | float | str | dict[str, "Json"] | list["Json"]
CellValue = None | bool | int | float | str | datetime | date | time | timedelta
_MAX_TEXT = 32_767  # characters of a cell, Excel's own limit
_NOTHING: tuple[Json, ...] = (None, [])


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as a library gave it, with what the scan knows about it."""

    name: str
    hidden: bool
    first: tuple[int, int]
    rows: list[list[CellValue]]
    merged: list[tuple[int, int, int, int]]
    is_cut: bool
    scan: SheetScan | None


def encode_sheet(sheet: Table) -> Json:
    """Return the sheet as JSON values, without the empty cells at the ends of rows."""
    top, left = sheet.first
    scan = sheet.scan or SheetScan(sheet.name)
    rows: list[list[CellValue]] = sheet.rows
    places = [*scan.errors, *scan.uncalculated]
    if places:  # calamine's table ends at the last value; an error or an empty formula may stand beyond it
        top, left, rows = _stretch(top, left, rows, places)
    cells = [[_encode_value(value) for value in row] for row in rows]
    _mark(cells, scan, top, left)
    for row in cells:
        _trim(row)
    encoded: list[Json] = list(cells)
    _trim(encoded)
    merged: list[Json] = [list(area) for area in sheet.merged]
    return {"name": sheet.name, "hidden": sheet.hidden, "first": [top, left], "rows": encoded, "merged": merged}


def _stretch(
    top: int, left: int, rows: list[list[CellValue]], places: list[tuple[int, int]]
) -> tuple[int, int, list[list[CellValue]]]:
    if not rows:
        top, left = min(r for r, _ in places), min(c for _, c in places)
    new_top, new_left = min(top, *(r for r, _ in places)), min(left, *(c for _, c in places))
    height = max(top + len(rows), *(r + 1 for r, _ in places)) - new_top
    width = max(left + max(map(len, rows), default=0), *(c + 1 for _, c in places)) - new_left
    stretched: list[list[CellValue]] = [[None] * width for _ in range(height)]
    for r, row in enumerate(rows, start=top - new_top):
        stretched[r][left - new_left : left - new_left + len(row)] = row
    return new_top, new_left, stretched


def _mark(cells: list[list[Json]], scan: SheetScan, top: int, left: int) -> None:
    """Put what the scan knows of cells into their places."""
    for (r, c), number_format in scan.formats.items():
        if 0 <= r - top < len(cells) and 0 <= c - left < len(cells[r - top]):
            plain = cells[r - top][c - left]
            if isinstance(plain, int | float) and not isinstance(plain, bool):
                cells[r - top][c - left] = {"v": plain, "n": number_format}
    for (r, c), error in scan.errors.items():
        cells[r - top][c - left] = {"e": error}
    for (r, c), formula in scan.uncalculated.items():
        cells[r - top][c - left] = {"f": formula}


def _trim(cells: list[Json]) -> None:
    while cells and cells[-1] in _NOTHING:
        cells.pop()


def _encode_value(value: CellValue) -> Json:
    match value:
        case None | "":
            return None
        case str():
            return value[:_MAX_TEXT]
        case bool() | int():
            return value if abs(value) < 2**63 else float(value)
        case float():
            if not isfinite(value):
                return {"e": "#NUM!"}
            return int(value) if value.is_integer() and abs(value) < 1e15 else value
        case timedelta():
            return value / timedelta(days=1)
        case datetime():
            return {"dt": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time():
            return {"t": value.isoformat()}
