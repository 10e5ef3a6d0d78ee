"""A sheet of the rekap with tables: head, rows, totals, statements and footnotes, ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import set_page
from kinerja_mailbot.adapters.rekap_workbook.look import (
    INDENT,
    Content,
    Kind,
    Look,
    Tone,
    height_for,
    lines_of,
    put,
    tone_of,
)

_BOLD = 0.74  # bold letters, and room for the filter's arrow

_HIGHEST_HEADER = 8  # a head further down, frozen, would leave no room to scroll


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table: its title, what it holds, its width in characters."""

    judul: str
    jenis: Kind = Kind.TEXT
    lebar: float = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What stands above every sheet."""

    kantor: str
    alamat: str
    subjudul: str  # period, edition, moment
    kaki: str  # left foot of each printed page


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
        self._sheet, self._look = sheet, look
        self._columns = tuple(columns)
        self._widths = tuple(max(c.lebar, _longest_word(c.judul)) for c in columns)
        for number, width in enumerate(self._widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        self._row = 1
        self._head(head, title)
        set_page(sheet, head.kaki)

    def _head(self, head: Letterhead, title: str) -> None:
        lines = ((head.kantor.upper(), "kantor", 18.0), (head.alamat, "alamat", 13.0))
        for text, role, height in (*lines, (title, "judul", 26.0), (head.subjudul, "anak judul", 16.0)):
            put(self._sheet, self._row, 1, text, self._look.text(role))
            if role == "alamat":
                for column in range(2, len(self._columns) + 1):
                    put(self._sheet, self._row, column, None, self._look.text(role))
            self._sheet.row_dimensions[self._row].height = height
            self._row += 1
        self._row += 1

    def table(self, rows: Sequence[Sequence[Content]], total: Sequence[Content] | None = None) -> None:
        """Write the main table with its frozen head, repeated on each page, its filter, and a line of totals."""
        header = self._row
        self._header(self._columns)
        for values in rows:
            self._cells(values)
        last = self._row - 1
        letter = get_column_letter(len(self._columns))
        if rows:
            self._sheet.auto_filter.ref = f"A{header}:{letter}{last}"
        if header <= _HIGHEST_HEADER:
            self._sheet.freeze_panes = f"A{header + 1}"
        self._sheet.print_title_rows = f"{header}:{header}"
        if total is not None and rows:
            self._cells(total, Tone.TOTAL)

    def side_table(self, title: str, spans: Sequence[Span], rows: Sequence[Sequence[Content]]) -> None:
        """Write a smaller table, each of its columns as wide as several of the first one's."""
        self.title(title)
        self._spanned([span.judul for span in spans], spans, header=True)
        for values in rows:
            self._spanned(values, spans)

    def statement(self, text: str, role: str = "pernyataan") -> None:
        """Write a sentence over the whole width."""
        self._sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=len(self._columns))
        put(self._sheet, self._row, 1, text, self._look.text(role))
        self._sheet.row_dimensions[self._row].height = height_for(lines_of(text, sum(self._widths)))
        self._row += 1

    def title(self, words: str) -> None:
        """Write a title over what follows, a line below what stands above."""
        self._row += 1
        put(self._sheet, self._row, 1, words, self._look.text("tebal"))
        self._row += 1

    def footnotes(self, notes: Sequence[str]) -> None:
        """Write numbered footnotes below everything."""
        if not notes:
            return
        self.title("Keterangan")
        for number, note in enumerate(notes, start=1):
            self.statement(f"{number}. {note}", "kaki")

    def end(self) -> None:
        """Fix the area to print."""
        self._sheet.print_area = f"A1:{get_column_letter(len(self._columns))}{max(self._row - 1, 1)}"

    def _header(self, columns: Sequence[Heading]) -> None:
        most = 1
        for number, column in enumerate(columns, start=1):
            put(self._sheet, self._row, number, column.judul, self._look.header())
            most = max(most, lines_of(column.judul, self._widths[number - 1] * _BOLD))
        self._sheet.row_dimensions[self._row].height = height_for(most) + 4
        self._row += 1

    def _cells(self, values: Sequence[Content], tone: Tone = Tone.PLAIN) -> None:
        most = 1
        for number, (value, column) in enumerate(zip(values, self._columns, strict=True), start=1):
            put(self._sheet, self._row, number, value, self._style(value, column.jenis, tone))
            most = max(most, lines_of(_shown(value), self._widths[number - 1] - INDENT))
        self._sheet.row_dimensions[self._row].height = height_for(most)
        self._row += 1

    def _spanned(self, values: Sequence[Content], spans: Sequence[Span], *, header: bool = False) -> None:
        most = 1
        for value, span in zip(values, spans, strict=True):
            style = self._look.header() if header else self._style(value, span.jenis, Tone.PLAIN)
            put(self._sheet, self._row, span.dari, value, style)
            for column in range(span.dari + 1, span.sampai + 1):
                put(self._sheet, self._row, column, None, style)
            if span.sampai > span.dari:
                self._sheet.merge_cells(None, self._row, span.dari, self._row, span.sampai)
            width = sum(self._widths[span.dari - 1 : span.sampai])
            most = max(most, lines_of(_shown(value), width * _BOLD if header else width - INDENT))
        self._sheet.row_dimensions[self._row].height = height_for(most) + (4 if header else 0)
        self._row += 1

    def _style(self, value: Content, kind: Kind, tone: Tone) -> str:
        # A word in a column of numbers reads like a word.
        worded = isinstance(value, str) and kind is not Kind.TEXT
        shade = tone if tone is not Tone.PLAIN else tone_of(value)
        return self._look.cell(Kind.CENTRED if worded else kind, shade, bold=tone is Tone.TOTAL)


def _shown(value: Content) -> str:
    return value if isinstance(value, str) else ""


def _longest_word(title: str) -> float:
    """Return the width that a header's longest word needs in bold, in characters.

    >>> _longest_word("No Rekomendasi") > len("Rekomendasi")
    True
    """
    return max((len(word) for word in title.split()), default=0) * 1.05 + 1.5
