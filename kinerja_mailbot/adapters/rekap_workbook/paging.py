"""Where the printed pages of a sheet end, so that no footnote stands alone on the last one."""

from __future__ import annotations

from kinerja_mailbot.adapters.office_paper import ABOVE, BELOW, BESIDE
from kinerja_mailbot.domain.unit import Kertas

_POINTS_A_MILLIMETRE = 72 / 25.4
_POINTS_A_CHARACTER = 5.25  # a column's width counts digits of Calibri 11, seven pixels each
_MARGINS = 2 * BESIDE * 72, (ABOVE + BELOW) * 72  # points
_SAFE = 0.97  # programs round rows to their screen's pixels


class Paging:
    """Follows the rows down the pages of a sheet that is scaled to the width of its landscape paper."""

    def __init__(self, kertas: Kertas, width: float) -> None:
        """Begin the first page; `width` is the sum of the columns' widths in characters."""
        short, long = (side * _POINTS_A_MILLIMETRE for side in kertas.milimeter)
        scale = min(1.0, (long - _MARGINS[0]) / (width * _POINTS_A_CHARACTER))
        self._room = (short - _MARGINS[1]) * _SAFE / scale  # points of rows that fit on a page
        self._repeated = 0.0  # the table's head, from the second page on
        self._page, self._used, self._tall = 1, 0.0, 0.0
        self._tail: tuple[int, int, float] | None = None  # the empty row, the page of that, and what stands above

    def add(self, height: float) -> None:
        """Go on by a row of so many points."""
        if self._used + height > self._room:
            self._page, self._used = self._page + 1, self._repeated
        self._used += height
        self._tall += height

    def repeat(self, height: float) -> None:
        """Remember the head that stands on each page."""
        self._repeated = height

    def begin_tail(self, row: int) -> None:
        """Say that what follows this empty row belongs together: tables and notes below the main table."""
        if self._tail is None:
            self._tail = row, self._page, self._tall

    @property
    def break_below(self) -> int | None:
        """Return the row below which a new page should begin: above a tail that is torn though a page would hold it."""
        if self._tail is None:
            return None
        row, page, above = self._tail
        fits = self._repeated + self._tall - above <= self._room
        return row if page != self._page and fits else None
