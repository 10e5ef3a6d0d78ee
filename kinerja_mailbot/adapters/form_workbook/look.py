"""The look of the office's forms: colours, styles by what a cell is for, number formats, widths and heights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from kinerja_mailbot.adapters.form_workbook.stylesheet import Border, Style, Stylesheet
from kinerja_mailbot.adapters.house_style import DATE_FORMAT, GREY, NAVY, PALE, TEAL
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, type_of_satuan
from kinerja_mailbot.domain.form.value import Mark, Value

YELLOW = "FFF3B8"  # to be filled in
ORANGE = "F7B977"  # asked again; always together with a comment that begins with ▲
GOLD = "FFD24D"  # required, still empty
PINK = "F6C1C1"  # please look again
HIGHLIGHTS = (GOLD, PINK)  # the colours that come and go while the form is filled in
_LINK = "1F5FA8"

NUMBER_FORMATS = {
    ColumnType.PERSEN: '0.00"%"',  # the sign is a literal: 85,5 stays 85.5 in the cell
    ColumnType.JUMLAH: "#,##0",
    ColumnType.NILAI: "#,##0.00",
    ColumnType.RUPIAH: "#,##0",
    ColumnType.TAHUN: "0",
    ColumnType.TANGGAL: DATE_FORMAT,
}
_RIGHT = frozenset({ColumnType.PERSEN, ColumnType.JUMLAH, ColumnType.NILAI, ColumnType.RUPIAH})
_CENTRED = frozenset({ColumnType.TAHUN, ColumnType.TANGGAL, ColumnType.PREDIKAT, ColumnType.YA_TIDAK})
_POINTS_A_LINE = 13.0
_WIDEST_WORD = 24.0  # characters; longer ones (file names, links) are broken
_BOLDER = 1.08
_PIXELS_AN_EM = 13.9  # 10 points at 96 dots an inch, and a little more: LibreOffice sets slightly wider


def type_in_row(column: Column, row: Row | None) -> ColumnType:
    """Return what this cell holds: the column's type, or what the row's satuan says."""
    return measure_in_row(row) if column.jenis is ColumnType.UKURAN else column.jenis


def measure_in_row(row: Row | None) -> ColumnType:
    """Return how the measures of a row are counted: by its satuan, else in pieces."""
    satuan = row.get("satuan") if row else None
    return type_of_satuan(satuan) if isinstance(satuan, str) else ColumnType.JUMLAH


class Look:
    """The styles of one workbook, by what a cell is for."""

    def __init__(self) -> None:
        self.styles = Stylesheet()
        self._known: dict[tuple[str, ColumnType | None], int] = {}

    def cell(self, role: str, kind: ColumnType = ColumnType.TEKS) -> int:
        """Return the style of a table cell.

        Roles: `cetak` (printed), `isian` (yellow), `tanya` (orange), `hitung` (computed), `tautan` (a link).
        """
        if (role, kind) not in self._known:
            self._known[role, kind] = self.styles.number(_cell_style(role, kind))
        return self._known[role, kind]

    def text(self, role: str) -> int:
        """Return the style of text outside tables, or of a column's header.

        Roles: `kantor`, `garis` (the address, over a rule), `judul`, `tebal`, `pesan` (small), `teks`, `isi` (wrapped),
        `arti` (beside a swatch), `contoh` (a banner), `nihil` (to the right), `nama` (who signs), `kolom` (a header),
        `kolom isian` (of a column to fill in).
        """
        if (role, None) not in self._known:
            self._known[role, None] = self.styles.number(_TEXT_STYLES[role])
        return self._known[role, None]

    def swatch(self, color: str) -> int:
        """Return the style of a box of this colour, as the legend shows it."""
        return self.styles.number(replace(_cell_style("cetak", ColumnType.TEKS), fill=color))


@cache
def _cell_style(role: str, kind: ColumnType) -> Style:
    horizontal = "right" if kind in _RIGHT else "center" if kind in _CENTRED else "left"
    return Style(
        color={"hitung": GREY, "tautan": _LINK}.get(role, "000000"),
        underline=role == "tautan",
        fill={"isian": YELLOW, "tanya": ORANGE, "hitung": PALE}.get(role, ""),
        border=Border.BOX,
        horizontal=horizontal,
        # LibreOffice forgets the indent of a wrapped number; words are only typed into input cells.
        wrap=horizontal != "right" or role in {"isian", "tanya"},
        indent=0 if horizontal == "center" else 1,
        number_format=NUMBER_FORMATS.get(kind, "General"),
        locked=role not in {"isian", "tanya"},
    )


_HEADER = Style(bold=True, color="FFFFFF", border=Border.BOX, horizontal="center", wrap=True)
_TEXT_STYLES = {
    "kantor": Style(size=13, bold=True, color=NAVY),
    "garis": Style(size=9, color=GREY, border=Border.RULE),
    "judul": Style(size=13, bold=True, color=NAVY),
    "tebal": Style(bold=True),
    "pesan": Style(size=9),
    "teks": Style(),
    "isi": Style(vertical="top", wrap=True),
    "arti": Style(horizontal="left", indent=1),
    "contoh": Style(bold=True, color="8A2F2F", fill=PINK, wrap=True),
    "nihil": Style(bold=True, horizontal="right", indent=1),
    "nama": Style(bold=True, underline=True),
    "kolom": replace(_HEADER, fill=NAVY),
    "kolom isian": replace(_HEADER, fill=TEAL),
}


def written(value: Value | None) -> Decimal | date | str | None:
    """Return a value as a cell shows it: a declared absence by its word, with a capital."""
    return value.value.capitalize() if isinstance(value, Mark) else value


def width_of(column: Column, printed: Iterable[str] = ()) -> float:
    """Return the column's width in characters: as defined, or what the longest word of header and cells needs.

    >>> column = Column(kunci="n", judul="No", jenis=ColumnType.TEKS, lebar=8.0)
    >>> width_of(column), width_of(column, ["dokumen"]) > 8
    (8.0, True)
    """
    words = (word for text in (column.judul, *printed) for word in text.split())
    longest = max(map(_ems, words), default=0.0)
    return max(column.lebar, min(_WIDEST_WORD, round(longest * _PIXELS_AN_EM / 7 + 2.0, 1)))


@lru_cache(maxsize=4096)  # indicators and headers are the same in all forms of a period, and so are most words
def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes in a column of this width (in characters), set in Arial 10.

    >>> lines_of("Persentase partisipasi pemilih", 14), lines_of("Persentase partisipasi pemilih", 30), lines_of("", 14)
    (3, 1, 1)
    """
    room = (width * 7 - 3) / (_PIXELS_AN_EM * (_BOLDER if bold else 1.0))  # a column has 7 pixels a character
    return sum(_lines_of_paragraph(line, room) for line in text.splitlines() or [""])


def _lines_of_paragraph(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = _ems(word)
        if used and used + _ems(" ") + length > room:
            lines, used = lines + 1, 0.0
        used += length + (_ems(" ") if used else 0.0)
        if used > room:  # a word longer than the line is broken inside
            lines, used = lines + int(used / room), used % room
    return lines


@lru_cache(maxsize=8192)
def _ems(word: str) -> float:
    """Return the width of a word in Arial, in ems, roughly."""
    return sum(map(_ems_of_letter, word))


def _ems_of_letter(letter: str) -> float:
    if letter in " .,;:'!()[]|/ijltfrI-":
        return 0.3
    return 0.72 if letter.isupper() or letter in "mw%—" else 0.556


def height_for(lines: int) -> float:
    """Return a row height in points that shows so many lines of 10 points, in Excel and in LibreOffice."""
    return lines * _POINTS_A_LINE + 6
