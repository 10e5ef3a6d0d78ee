"""A received sheet under absolute coordinates, merged cells included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import RawSheet

_EMPTY = RawCell(None)
_MOST_MERGED = 500  # merged ranges looked at: a bound on the work that a monstrous file can cause
_WIDE = 3  # filled cells that make a line part of a table rather than a signature


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet by line and column as Excel counts them, from 0."""

    raw: RawSheet
    _tall: tuple[tuple[int, int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the merged ranges of several lines aside: only they can hold the text of a line below (column, lines)."""
        tall = tuple((left, top, bottom) for top, left, bottom, _ in self.raw.merged[:_MOST_MERGED] if top < bottom)
        object.__setattr__(self, "_tall", tall)

    @property
    def first_line(self) -> int:
        """Return the first line that the file has."""
        return self.raw.first_row

    @property
    def last_line(self) -> int:
        """Return the last line that the file has; before the first one when there are none."""
        return self.raw.first_row + len(self.raw.rows) - 1

    @property
    def first_column(self) -> int:
        """Return the first column that the file has."""
        return self.raw.first_column

    @property
    def last_column(self) -> int:
        """Return the last column that any line has."""
        return self.raw.first_column + max((len(row) for row in self.raw.rows), default=0) - 1

    def cell(self, line: int, column: int) -> RawCell:
        """Return a cell; outside of what the file has, an empty one."""
        raw = self.raw
        row, place = line - raw.first_row, column - raw.first_column
        if 0 <= row < len(raw.rows) and 0 <= place < len(raw.rows[row]):
            return raw.rows[row][place]
        return _EMPTY

    def filled(self, line: int, column: int) -> RawCell:
        """Return a cell, or the text at the top of the merged range that it lies in (DOMAIN 7.2: text only)."""
        here = self.cell(line, column)
        if here.value is not None and here.value != "":
            return here
        for left, top, bottom in self._tall:
            if left == column and top < line <= bottom:
                above = self.cell(top, left)
                return above if isinstance(above.value, str) else here
        return here

    def right_of(self, line: int, column: int) -> int:
        """Return the column to the right of a cell, behind the merged range that begins or lies there."""
        for top, left, bottom, right in self.raw.merged[:_MOST_MERGED]:
            if top <= line <= bottom and left <= column <= right:
                return right + 1
        return column + 1

    def texts(self, lines: int) -> Iterator[tuple[int, int, RawCell]]:
        """Yield the text cells of the first lines, in reading order."""
        for line in range(self.first_line, min(self.last_line, lines) + 1):
            for place, cell in enumerate(self.raw.rows[line - self.first_line]):
                if isinstance(cell.value, str) and cell.value.strip():
                    yield line, self.first_column + place, cell

    def is_wide(self, line: int) -> bool:
        """Tell whether enough cells of a line are filled for a row of a table."""
        row = line - self.first_line
        if not 0 <= row < len(self.raw.rows):
            return False
        return sum(cell.value is not None and cell.value != "" for cell in self.raw.rows[row]) >= _WIDE
