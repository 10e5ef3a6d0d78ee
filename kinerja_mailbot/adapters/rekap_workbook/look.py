"""The look of the rekap: colours, shared styles, number formats, row heights, page set-up."""

from __future__ import annotations

import textwrap
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import DATE_FORMAT, FONT, GREY, NAVY, PALE, AnyCell, put_text, solid
from kinerja_mailbot.domain.form.value import Mark

Content = Decimal | datetime | date | str | int | None
"""What a cell of the rekap may hold; a datetime is naive and in office time."""

AMBER, RED = "C9822B", "A4463F"
_LINE = "B8C1CB"
_GOOD, _SHORT, _QUIET, _MISSING = "E3F0EA", "FBEBD3", "ECEFF2", "F6DEDC"
INDENT = 2.6  # characters of a table cell's width that its margins take
_LETTERS_A_WIDTH, _CAPITALS_A_WIDTH = 1.3, 1.0  # letters of Arial 9 in a column one character wide
_POINTS_A_LINE = 11.8


class Kind(Enum):
    """What a column holds: how it is aligned and written."""

    TEXT = "teks"
    CENTRED = "tengah"
    MEASURE = "ukuran"  # a number with as many decimals as it needs, or a word
    COUNT = "jumlah"
    PERCENT = "persen"
    RUPIAH = "rupiah"
    DATE = "tanggal"
    MOMENT = "saat"


class Tone(Enum):
    """The pale colour behind a word; the word itself always says the same."""

    PLAIN = None
    GOOD = _GOOD
    SHORT = _SHORT
    QUIET = _QUIET
    MISSING = _MISSING
    TOTAL = PALE


# "_-" keeps a hyphen's width free on the right; an indent is forgotten by LibreOffice where it prints decimals.
_WHOLE, _DECIMAL = "#,##0_-", "#,##0.00_-"
_FORMATS = {
    Kind.COUNT: _WHOLE,
    Kind.PERCENT: _DECIMAL,
    Kind.RUPIAH: _WHOLE,
    Kind.DATE: DATE_FORMAT,
    Kind.MOMENT: '[$-421]d mmm yyyy hh"."mm',
}
_RIGHT = frozenset({Kind.MEASURE, Kind.COUNT, Kind.PERCENT, Kind.RUPIAH})
_CENTRED = frozenset({Kind.CENTRED, Kind.DATE, Kind.MOMENT})

_TONES = {
    "tercapai": Tone.GOOD,
    "belum tercapai": Tone.SHORT,
    "tidak diukur": Tone.QUIET,
    "nihil": Tone.QUIET,
    "belum diisi": Tone.MISSING,
    "belum diterima": Tone.MISSING,
    "lengkap": Tone.GOOD,
    "perlu perbaikan": Tone.SHORT,
    "tepat waktu": Tone.GOOD,
    "setelah batas": Tone.SHORT,
    "sesuai waktu baku": Tone.GOOD,
    "melampaui waktu baku": Tone.SHORT,
    "berjalan, melampaui waktu baku": Tone.SHORT,
    "telah sesuai": Tone.GOOD,
    "belum sesuai": Tone.SHORT,
    "belum ditindaklanjuti": Tone.MISSING,
}


class Look:
    """The styles of one workbook; each is made once and shared by all cells that need it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: set[str] = set()
        thin = Side(style="thin", color=_LINE)
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def cell(self, kind: Kind, tone: Tone = Tone.PLAIN, *, bold: bool = False) -> str:
        """Return the style of a table cell."""
        name = f"rekap {kind.value} {tone.name.lower()}{' tebal' if bold else ''}"
        if self._is_new(name):
            horizontal = "right" if kind in _RIGHT else "center" if kind in _CENTRED else "left"
            self._add(
                NamedStyle(
                    name=name,
                    font=Font(name=FONT, size=9, bold=bold),
                    fill=solid(tone.value),
                    border=self._box,
                    alignment=Alignment(
                        horizontal=horizontal,
                        vertical="center",
                        wrap_text=kind not in _RIGHT,
                        indent=0 if horizontal == "center" else 1,
                    ),
                    number_format=_FORMATS.get(kind, "General"),
                )
            )
        return name

    def header(self) -> str:
        """Return the style of a table's head."""
        if self._is_new("rekap kepala"):
            self._add(
                NamedStyle(
                    name="rekap kepala",
                    font=Font(name=FONT, size=9, bold=True, color="FFFFFF"),
                    fill=solid(NAVY),
                    border=self._box,
                    alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
                )
            )
        return "rekap kepala"

    def text(self, role: str) -> str:
        """Return the style of text outside tables.

        Roles: `kantor`, `alamat` (over a rule), `judul`, `anak judul`, `tebal`, `isi` (wrapped), `kaki` (a footnote),
        `angka` (a figure that stands out), `label` (under it), `pernyataan` (a declaration).
        """
        name = f"rekap {role}"
        if self._is_new(name):
            size = {"kantor": 12, "judul": 14, "anak judul": 10, "angka": 15, "kaki": 8, "alamat": 8, "label": 8}
            color = {"kantor": NAVY, "judul": NAVY, "tebal": NAVY, "angka": NAVY}
            color |= dict.fromkeys(("alamat", "anak judul", "kaki", "label"), GREY)
            central = role in {"angka", "label"}
            self._add(
                NamedStyle(
                    name=name,
                    font=Font(
                        name=FONT,
                        size=size.get(role, 9),
                        bold=role in {"kantor", "judul", "tebal", "angka"},
                        italic=role == "pernyataan",
                        color=color.get(role, "000000"),
                    ),
                    fill=solid(PALE if central else None),
                    border=Border(bottom=Side(style="medium", color=NAVY)) if role == "alamat" else Border(),
                    alignment=Alignment(
                        horizontal="center" if central else "left",
                        vertical="center" if role in {"angka", "judul", "kantor"} else "top",
                        wrap_text=role in {"isi", "kaki", "label", "pernyataan"},
                    ),
                )
            )
        return name

    def _is_new(self, name: str) -> bool:
        if name in self._made:
            return False
        self._made.add(name)
        return True

    def _add(self, style: NamedStyle) -> None:
        self._workbook.add_named_style(style)


def put(sheet: Worksheet, row: int, column: int, value: Content, style: str) -> AnyCell:
    """Write a value; a text stays a text whatever it begins with, so that no formula can be smuggled in."""
    cell = sheet.cell(row, column)
    cell.style = style
    match value:
        case None:
            pass
        case str():
            put_text(cell, value.value if isinstance(value, Mark) else value)
        case Decimal():
            cell.value = int(value) if value == value.to_integral_value() else float(value)
            if cell.number_format == "General":
                cell.number_format = _WHOLE if isinstance(cell.value, int) else _DECIMAL
        case _:
            cell.value = value
    return cell


def tone_of(value: Content) -> Tone:
    """Return the colour that goes with a word of the rekap; most have none."""
    return _TONES.get(value.casefold(), Tone.PLAIN) if isinstance(value, str) else Tone.PLAIN


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of this width (in characters), set in Arial 9.

    >>> lines_of("Persentase partisipasi pemilih", 12), lines_of("", 14)
    (3, 1)
    """
    shouted = sum(map(str.isupper, text)) * 2 > len(text)
    room = max(int(width * (_CAPITALS_A_WIDTH if shouted else _LETTERS_A_WIDTH)), 1)
    return sum(max(len(textwrap.wrap(line, room)), 1) for line in text.splitlines() or [""])


def height_for(lines: int) -> float:
    """Return a row height in points for so many lines of 9 points; Excel allows 409."""
    return min(lines * _POINTS_A_LINE + 6, 409.0)
