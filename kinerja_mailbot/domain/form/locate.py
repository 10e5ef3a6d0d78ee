"""Finding a form's tables in a received workbook: the sheet, its header row, its rows and its Nihil cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kinerja_mailbot.domain.form.catalogue import remarks as messages
from kinerja_mailbot.domain.form.definition import ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.grid import Grid
from kinerja_mailbot.domain.form.identity import META_SHEET
from kinerja_mailbot.domain.form.labels import address, header_names, kode_key, label_key
from kinerja_mailbot.domain.form.readers.absence import is_blank, says_nihil
from kinerja_mailbot.domain.form.readers.typed import typed_text
from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import RawSheet, RawWorkbook
from kinerja_mailbot.domain.same import Same

HEADER_ROWS = 30  # titles, logos and notes above a table take fewer lines (DOMAIN 7.2)
_HEADER_COLUMNS = 80
_FEWEST_LABELS = 3
_MOST_SHEETS = 40
_LONGEST_TABLE = 2000  # lines: a bound on the work that a monstrous file can cause
_NO_CELL = RawCell(None)

Header = tuple[int, tuple[tuple[str, int], ...]]
"""The line of a table's header, and which column of the form stands in which of the file."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of the table: its line in the file (from 0), and the printed row when the form has one; None if added."""

    line: int
    printed: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """Where one sheet of the form lies in the file."""

    grid: Grid
    header_line: int
    columns: tuple[tuple[str, int], ...]  # (column key, column number from 0)
    rows: tuple[FoundRow, ...]
    nihil: tuple[int, int] | None  # line and column of the answer beside the Nihil sentence
    doubled: frozenset[str] = frozenset()  # kode that stand in two rows with different contents
    remarks: tuple[str, ...] = ()

    def column(self, kunci: str) -> int | None:
        """Return the number of this column, or None when the file lacks it."""
        for key, number in self.columns:
            if key == kunci:
                return number
        return None

    def cell(self, sheet: Sheet, line: int, kunci: str) -> RawCell:
        """Return the cell of a row; text columns look through merged cells, figures never do."""
        number = self.column(kunci)
        if number is None:
            return _NO_CELL
        column = sheet.column(kunci)
        is_text = column is not None and column.jenis is ColumnType.TEKS
        return self.grid.filled(line, number) if is_text else self.grid.cell(line, number)

    def address(self, line: int, kunci: str) -> str:
        """Return the address that people see, empty when the column is missing."""
        number = self.column(kunci)
        return "" if number is None else address(line, number)

    def header(self, kunci: str) -> str:
        """Return the header of this column as it stands in the file."""
        number = self.column(kunci)
        return "" if number is None else typed_text(self.grid.cell(self.header_line, number))


def locate_sheets(form: Form, workbook: RawWorkbook) -> tuple[tuple[Sheet, FoundSheet | None], ...]:
    """Find every sheet of the form: by the tab's name where the headers agree, else by the headers alone."""
    grids = [Grid(raw) for raw in workbook.sheets if raw.name.strip().casefold() != META_SHEET][:_MOST_SHEETS]
    taken: dict[str, tuple[Grid, Header]] = {}
    for by_name in (True, False):
        for sheet in form.lembar:
            if sheet.id not in taken:
                used = [grid for grid, _ in taken.values()]
                free = [grid for grid in grids if grid not in used and (not by_name or _is_named(grid.raw, sheet))]
                headed = [(grid, header) for grid in free if (header := find_header(sheet, grid)) is not None]
                if headed:
                    # Alone it needs no comparing; of several equally alike the first one counts.
                    taken[sheet.id] = max(headed, key=lambda one: _likeness(sheet, *one)) if headed[1:] else headed[0]
    return tuple((sheet, _found(sheet, *taken[sheet.id]) if sheet.id in taken else None) for sheet in form.lembar)


def _is_named(raw: RawSheet, sheet: Sheet) -> bool:
    name = label_key(raw.name)
    return name in (label_key(sheet.id), label_key(sheet.judul), label_key(sheet.judul[:31]))  # Excel cuts at 31


def _likeness(sheet: Sheet, grid: Grid, header: Header) -> float:
    """Return how much a table looks like this sheet: the share of its headers, and of its kode."""
    line, columns = header
    share = len(columns) / len(sheet.kolom)
    if sheet.is_open:
        return share
    known = kodes_of(sheet).keys()
    number = _kode_column(sheet, grid, line, columns)
    return share + len(known & _kodes(grid, line, number)) / len(known) if number is not None else share / 2


def find_header(sheet: Sheet, grid: Grid) -> Header | None:
    """Return the first line with the most known labels, and which column stands where; None below three labels."""
    names = header_names(sheet.kolom)
    numbers = _header_range(grid)
    best: Header | None = None
    for line in range(grid.first_line, min(grid.last_line, HEADER_ROWS) + 1):
        columns: dict[str, int] = {}
        for number, cell in zip(numbers, grid.raw.rows[line - grid.first_line], strict=False):
            kunci = names.match(cell.value) if isinstance(cell.value, str) else None
            if kunci is not None:
                columns.setdefault(kunci, number)
        if len(columns) >= min(_FEWEST_LABELS, len(sheet.kolom)) and (best is None or len(columns) > len(best[1])):
            best = (line, tuple(columns.items()))
        if len(columns) == len(sheet.kolom):
            break  # no line below can have more
    return best


def _header_range(grid: Grid) -> range:
    return range(grid.first_column, min(grid.last_column, grid.first_column + _HEADER_COLUMNS) + 1)


def _found(sheet: Sheet, grid: Grid, header: Header) -> FoundSheet:
    line, columns = header
    nihil = _nihil_cell(sheet, grid)
    remarks = _column_remarks(sheet, grid, line, columns)
    if sheet.is_open:
        rows = tuple(FoundRow(row, None) for row in _open_lines(sheet, grid, line, columns))
        return FoundSheet(grid=grid, header_line=line, columns=columns, rows=rows, nihil=nihil, remarks=remarks)
    printed, doubled, more = _printed_rows(sheet, grid, line, columns)
    return FoundSheet(
        grid=grid,
        header_line=line,
        columns=columns,
        rows=printed,
        nihil=nihil,
        doubled=doubled,
        remarks=(*remarks, *more),
    )


def _column_remarks(sheet: Sheet, grid: Grid, line: int, columns: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    found = dict(columns)
    missing = [column.judul for column in sheet.kolom if column.isian and column.kunci not in found]
    headers = _header_range(grid)
    extra = [
        typed_text(grid.cell(line, number))
        for number in headers
        if number not in found.values() and isinstance(grid.cell(line, number).value, str)
    ]
    name = grid.raw.name
    return (
        *(messages.COLUMN_MISSING.say(sheet=name, column=judul) for judul in missing),
        *(messages.COLUMN_ADDED.say(sheet=name, column=label[:60]) for label in extra if label.strip()),
    )


def _kode_column(sheet: Sheet, grid: Grid, line: int, columns: tuple[tuple[str, int], ...]) -> int | None:
    """Return the column of the kode; where its header is lost, the one that holds most of our kode."""
    found = dict(columns).get(sheet.kunci[0])
    if found is not None:
        return found
    known = kodes_of(sheet).keys()
    numbers = _header_range(grid)
    best = max(numbers, key=lambda number: len(known & _kodes(grid, line, number)), default=None)
    return best if best is not None and known & _kodes(grid, line, best) else None


def _kodes(grid: Grid, header_line: int, number: int) -> frozenset[str]:
    return frozenset(_kodes_below(grid, header_line, number, header_line + _LONGEST_TABLE)) - {""}


def _kodes_below(grid: Grid, header_line: int, number: int, last: int | None = None) -> tuple[str, ...]:
    end = grid.last_line if last is None else min(grid.last_line, last)
    return tuple(kode_key(typed_text(grid.cell(line, number))) for line in range(header_line + 1, end + 1))


def kodes_of(sheet: Sheet) -> Mapping[str, Row]:
    """Return the printed rows by their kode as it is compared."""
    return _kodes_of(Same(sheet))


@lru_cache(maxsize=64)
def _kodes_of(sheet: Same[Sheet]) -> Mapping[str, Row]:
    return {kode_key(row.kode): row for row in sheet.value.baris}


def _printed_rows(
    sheet: Sheet, grid: Grid, header_line: int, columns: tuple[tuple[str, int], ...]
) -> tuple[tuple[FoundRow, ...], frozenset[str], tuple[str, ...]]:
    number = _kode_column(sheet, grid, header_line, columns)
    if number is None:
        return (), frozenset(), (messages.KODE_MISSING.say(sheet=grid.raw.name),)
    known = kodes_of(sheet)
    inputs = _inputs(sheet, columns)
    kodes = _kodes_below(grid, header_line, number)
    lines: dict[str, int] = {}
    doubled: set[str] = set()
    remarks: list[str] = []
    for line, kode in enumerate(kodes[: _end_of_table(grid, kodes, known, header_line, number)], start=header_line + 1):
        if kode not in known:
            if any(_typed(grid, line, inputs)):
                remarks.append(_stranger(grid, line, number))
        elif kode not in lines:
            lines[kode] = line
        else:
            typed, before = _typed(grid, line, inputs), _typed(grid, lines[kode], inputs)
            if any(typed) and any(before) and typed != before:
                doubled.add(known[kode].kode)
            elif any(typed):
                lines[kode] = line
    rows = tuple(FoundRow(line, known[kode]) for kode, line in lines.items())
    return rows, frozenset(doubled), tuple(remarks)


def _typed(grid: Grid, line: int, numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(typed_text(grid.cell(line, number)) for number in numbers)


def _stranger(grid: Grid, line: int, number: int) -> str:
    kode = typed_text(grid.cell(line, number))
    named = f'dengan kode "{kode[:40]}"' if kode else "tanpa kode"
    return messages.ROW_ADDED.say(sheet=grid.raw.name, line=str(line + 1), named=named)


def _end_of_table(grid: Grid, kodes: tuple[str, ...], known: Mapping[str, Row], header_line: int, number: int) -> int:
    """Return how many lines the table has: below the last known kode, added rows without a gap still belong to it."""
    end = header_line + max((at for at, kode in enumerate(kodes, start=1) if kode in known), default=0)
    while end < grid.last_line and not is_blank(grid.cell(end + 1, number)) and grid.is_wide(end + 1):
        end += 1
    return end - header_line


def _inputs(sheet: Sheet, columns: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    keys = {column.kunci for column in sheet.kolom if column.isian}
    return tuple(number for key, number in columns if key in keys)


def _open_lines(sheet: Sheet, grid: Grid, header_line: int, columns: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    """Return the typed lines of an open list.

    A blank line ends the list, but nobody's data is lost for a skipped line: behind a gap a line still counts when
    several of its cells are filled, which the signature block below the table is not.
    """
    inputs = _inputs(sheet, columns)
    lines: list[int] = []
    gap = False
    for line in range(header_line + 1, min(grid.last_line, header_line + _LONGEST_TABLE) + 1):
        typed = sum(not is_blank(grid.cell(line, number)) for number in inputs)
        within = line <= header_line + sheet.baris_kosong
        enough = 1 if not gap else min(2 if within else 3, len(inputs))
        if typed >= enough and typed:
            lines.append(line)
        gap = gap or not typed
    return tuple(lines)


def _nihil_cell(sheet: Sheet, grid: Grid) -> tuple[int, int] | None:
    """Return the answer cell beside the sentence that declares the sheet empty."""
    wanted = label_key(sheet.nihil)
    if not wanted:
        return None
    for line, number, cell in grid.texts(HEADER_ROWS):
        if wanted in label_key(typed_text(cell)):
            beside = grid.right_of(line, number)
            filled = next(
                (c for c in range(beside, grid.last_column + 1) if grid.cell(line, c).value is not None), beside
            )
            return line, filled
    return None


def is_nihil_row(sheet: Sheet, found: FoundSheet) -> bool:
    """Tell whether the only row of an open list says "Nihil" and nothing else."""
    if not sheet.is_open or len(found.rows) != 1:
        return False
    cells = [found.grid.cell(found.rows[0].line, number) for number in _inputs(sheet, found.columns)]
    typed = [cell for cell in cells if not is_blank(cell)]
    return bool(typed) and all(says_nihil(cell) for cell in typed)
