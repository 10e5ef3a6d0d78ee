"""A sheet of the rekap with tables: head, rows, totals, statements and footnotes, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import set_page
from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, shown
from kinerja_mailbot.adapters.rekap_workbook.grid import Grid
from kinerja_mailbot.adapters.rekap_workbook.look import INDENT, Kind, Look, Tone, height_for, lines_of, tone_of
from kinerja_mailbot.adapters.rekap_workbook.paging import Paging
from kinerja_mailbot.domain.unit import Kertas

_BOLD = 0.74  # bold letters, and room for the filter's arrow

_EMPTY_ROW = 15.0  # points, where nothing is said

_HIGHEST_HEADER = 8  # a head further down, frozen, would leave no room to scroll


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table: its title, what it holds, its width in characters."""

    judul: str
    jenis: Kind = Kind.TEXT
    lebar: float = 14.0


ORIGIN = Heading("Penerimaan (Surel)", Kind.TEXT, 13)
"""The last column of a table of reported rows: the receipts and mails that brought the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands above every sheet."""

    kantor: str
    alamat: str
    subjudul: str  # period, edition, moment
    kaki: str  # left foot of each printed page
    kertas: Kertas


@dataclass(frozen=True, slots=True)
class Span:
    """One column of a side table: its title, what it holds, from which column of the sheet to which."""

    judul: str
    jenis: Kind
    dari: int
    sampai: int


class TableSheet:
    """Writes one sheet from top to bottom; the first table decides widths, frozen head and filter."""

    def __init__(self, sheet: Worksheet, look: Look, head: Letterhead, title: str, columns: Sequence[Heading]) -> None:
        self.grid = Grid(sheet, look)
        self.rows = (0, 0)  # first and last row of the main table, once it is written
        self._sheet, self._look = sheet, look
        self._columns = tuple(columns)
        self._widths = tuple(max(c.lebar, _longest_word(c.judul)) for c in columns)
        for number, width in enumerate(self._widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self._row = 1
        self._paging = Paging(head.kertas, sum(self._widths))
        self._head(head, title)
        set_page(sheet, head.kaki, head.kertas)

    def _head(self, head: Letterhead, title: str) -> None:
        lines = ((head.kantor.upper(), "kantor", 18.0), (head.alamat, "alamat", 13.0))
        for text, role, height in (*lines, (title, "judul", 26.0), (head.subjudul, "anak judul", 16.0)):
            self.grid.put(self._row, 1, text, self._look.text(role))
            if role == "alamat":
                for column in range(2, len(self._columns) + 1):
                    self.grid.put(self._row, column, None, self._look.text(role))
            self._next(height)
        self._skip()

    @property
    def next_side_row(self) -> int:
        """Return the first row that a side table begun now would have, below its title and its head."""
        return self._row + 3

    def note(self, words: str, value: Content, column: int) -> str:
        """Write a value with its name above the main table; return its absolute address, for formulas."""
        row = self._row - 1
        self.grid.put(row, 1, words, self._look.text("anak judul"))
        self.grid.put(row, column, value, self._look.text("tanggal"))
        return f"${get_column_letter(column)}${row}"

    def table(self, rows: Iterable[Sequence[Content]], total: Sequence[Content] | None = None) -> None:
        """Write the main table with its frozen head, repeated on each page, its filter, and a line of totals.

        In the formulas of the line of totals `{a}` and `{z}` stand for the table's first and last row.
        """
        header = self._row
        self._header(self._columns)
        for values in rows:
            self._cells(values)
        last = self._row - 1
        self.rows = (header + 1, last)
        letter = get_column_letter(len(self._columns))
        if last > header:
            self._sheet.auto_filter.ref = f"A{header}:{letter}{last}"
        if header <= _HIGHEST_HEADER:
            self._sheet.freeze_panes = f"A{header + 1}"
        self._sheet.print_title_rows = f"{header}:{header}"
        if total is not None and last > header:
            self._cells([self._spanning(value) for value in total], Tone.TOTAL)

    def range(self, column: int, *, sheet: str = "") -> str:
        """Return the main table's cells of this column as formulas name them, e.g. `$F$7:$F$18`."""
        letter, (first, last) = get_column_letter(column), self.rows
        place = f"'{sheet}'!" if sheet else ""
        return f"{place}${letter}${first}:${letter}${last}"

    def side_table(self, title: str, spans: Sequence[Span], rows: Sequence[Sequence[Content]]) -> None:
        """Write a smaller table, each of its columns as wide as several of the first one's."""
        self.title(title)
        self._spanned([span.judul for span in spans], spans, header=True)
        for values in rows:
            self._spanned(values, spans)

    def statement(self, text: str, role: str = "pernyataan") -> None:
        """Write a sentence over the whole width."""
        self.grid.merge(self._row, 1, len(self._columns))
        self.grid.put(self._row, 1, text, self._look.text(role))
        self._next(height_for(lines_of(text, sum(self._widths))))

    def title(self, words: str) -> None:
        """Write a title over what follows, a line below what stands above."""
        if self.rows[1]:
            self._paging.begin_tail(self._row)
        self._skip()
        self.grid.put(self._row, 1, words, self._look.text("tebal"))
        self._skip()

    def footnotes(self, notes: Sequence[str]) -> None:
        """Write numbered footnotes below everything."""
        if not notes:
            return
        self.title("Keterangan")
        for number, note in enumerate(notes, start=1):
            self.statement(f"{number}. {note}", "kaki")

    def end(self) -> None:
        """Fix the area to print, and where its last page begins."""
        self._sheet.print_area = f"A1:{get_column_letter(len(self._columns))}{max(self._row - 1, 1)}"
        if (row := self._paging.break_below) is not None:
            self._sheet.row_breaks.append(Break(id=row))

    def _header(self, columns: Sequence[Heading]) -> None:
        most = 1
        for number, column in enumerate(columns, start=1):
            self.grid.put(self._row, number, column.judul, self._look.header())
            most = max(most, lines_of(column.judul, self._widths[number - 1] * _BOLD))
        self._next(height_for(most) + 4)
        self._paging.repeat(height_for(most) + 4)

    def _cells(self, values: Sequence[Content], tone: Tone = Tone.PLAIN) -> None:
        most = 1
        for number, (value, column) in enumerate(zip(values, self._columns, strict=True), start=1):
            self.grid.put(self._row, number, value, self._style(value, column.jenis, tone))
            most = max(most, lines_of(shown(value), self._widths[number - 1] - INDENT))
        self._next(height_for(most))

    def _spanned(self, values: Sequence[Content], spans: Sequence[Span], *, header: bool = False) -> None:
        most = 1
        for value, span in zip(values, spans, strict=True):
            style = self._look.header() if header else self._style(value, span.jenis, Tone.PLAIN)
            self.grid.put(self._row, span.dari, value, style)
            for column in range(span.dari + 1, span.sampai + 1):
                self.grid.put(self._row, column, None, style)
            self.grid.merge(self._row, span.dari, span.sampai)
            width = sum(self._widths[span.dari - 1 : span.sampai])
            most = max(most, lines_of(shown(value), width * _BOLD if header else width - INDENT))
        self._next(height_for(most) + (4 if header else 0))

    def _spanning(self, value: Content) -> Content:
        if not isinstance(value, Live):
            return value
        first, last = self.rows
        return replace(value, rumus=value.rumus.replace("{a}", str(first)).replace("{z}", str(last)))

    def _next(self, height: float) -> None:
        self.grid.set_height(self._row, height)
        self.grid.flush()
        self._paging.add(height)
        self._row += 1

    def _skip(self) -> None:
        self._paging.add(_EMPTY_ROW)
        self._row += 1

    def _style(self, value: Content, kind: Kind, tone: Tone) -> str:
        # A word in a column of numbers reads like a word.
        worded = bool(shown(value)) and kind is not Kind.TEXT
        shade = tone if tone is not Tone.PLAIN else tone_of(value)
        return self._look.cell(Kind.CENTRED if worded else kind, shade, bold=tone is Tone.TOTAL)


def _longest_word(title: str) -> float:
    """Return the width that a header's longest word needs in bold, in characters.

    >>> _longest_word("No Rekomendasi") > len("Rekomendasi")
    True
    """
    return max((len(word) for word in title.split()), default=0) * 1.05 + 1.5
