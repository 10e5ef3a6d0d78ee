"""The rows of one sheet, written as they come and kept outside memory where there are many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, cell_xml
from kinerja_mailbot.adapters.rekap_workbook.look import Look

_IN_MEMORY, _PIECE = 4_000_000, 1 << 20  # bytes


def _spool() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


@dataclass(slots=True)
class _Row:
    cells: dict[int, str] = field(default_factory=dict)
    height: float | None = None


class Grid:
    """The cells of one worksheet; rows may be filled in any order until `flush` writes what is there for good."""

    def __init__(self, sheet: Worksheet, look: Look) -> None:
        """Take over the rows of `sheet`; whatever openpyxl knows of its cells is not written."""
        self.sheet, self._look = sheet, look
        self._pending: dict[int, _Row] = {}
        self._written = _spool()
        self._last = (1, 1)

    def put(self, row: int, column: int, value: Content, style: str) -> None:
        """Write a value in a named style; a text stays a text whatever it begins with."""
        number = self._look.number_of(style, value)
        self._row(row).cells[column] = cell_xml(row, column, value, number)
        self._last = max(self._last[0], row), max(self._last[1], column)

    def merge(self, row: int, first: int, last: int) -> None:
        """Make one cell of these columns; each of them keeps its own border."""
        if last > first:
            self.sheet.merged_cells.add(CellRange(min_col=first, min_row=row, max_col=last, max_row=row).coord)

    def set_height(self, row: int, points: float) -> None:
        """Set a row's height."""
        self._row(row).height = points

    def flush(self) -> None:
        """Write the pending rows; rows above them can't be filled any more."""
        for number, row in sorted(self._pending.items()):
            height = "" if row.height is None else f' ht="{row.height:g}" customHeight="1"'
            cells = "".join(cell for _, cell in sorted(row.cells.items()))
            self._written.write(f'<row r="{number}"{height}>{cells}</row>'.encode())
        self._pending.clear()

    @property
    def dimension(self) -> str:
        """Return the range that the cells fill: "A1:F20"."""
        return CellRange(min_col=1, min_row=1, max_col=self._last[1], max_row=self._last[0]).coord

    def pieces(self) -> Iterator[bytes]:
        """Return the rows as SpreadsheetML, in pieces."""
        self.flush()
        self._written.seek(0)
        while piece := self._written.read(_PIECE):
            yield piece

    def close(self) -> None:
        """Let go of the memory and of the file."""
        self._written.close()

    def _row(self, number: int) -> _Row:
        return self._pending.setdefault(number, _Row())
