"""The look of the rekap: colours, shared styles, number formats, row heights, page set-up."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.workbook import Workbook

from kinerja_mailbot.adapters.house_style import DATE_FORMAT, FONT, GREY, NAVY, PALE
from kinerja_mailbot.adapters.office_paper import solid
from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live, is_risky, shown

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


# "_-_-" keeps two hyphens' width free on the right: LibreOffice forgets an indent where it prints decimals.
# 421 is Indonesian: LibreOffice then writes a decimal comma whatever its own language is; Excel follows the system's.
_WHOLE, _DECIMAL = "[$-421]#,##0_-_-", "[$-421]#,##0.00_-_-"
_FIGURE = '[$-421]0.00"%"'
_SIZES = {"kantor": 12, "judul": 14, "anak judul": 10, "angka": 15, "persen": 15, "kaki": 8, "alamat": 8, "label": 8}
_COLORS = dict.fromkeys(("kantor", "judul", "tebal", "angka", "persen"), NAVY) | dict.fromkeys(
    ("alamat", "anak judul", "kaki", "label"), GREY
)
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
        self._numbers: dict[tuple[str, str, bool], int] = {}
        self._scratch = WriteOnlyCell(workbook.create_sheet())
        workbook.remove(workbook.worksheets[-1])
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
                        indent=1 if horizontal == "left" else 0,
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
        `angka` (a figure that stands out), `persen` (such a percentage), `label` (under it), `pernyataan` (a
        declaration), `tanggal` (a day), `tanda` (centred, where people sign).
        """
        name = f"rekap {role}"
        if self._is_new(name):
            central = role in {"angka", "persen", "label", "tanda"}
            self._add(
                NamedStyle(
                    name=name,
                    font=Font(
                        name=FONT,
                        size=_SIZES.get(role, 9),
                        bold=role in {"kantor", "judul", "tebal", "angka", "persen"},
                        italic=role == "pernyataan",
                        color=_COLORS.get(role, "000000"),
                    ),
                    fill=solid(PALE if central and role != "tanda" else None),
                    border=Border(bottom=Side(style="medium", color=NAVY)) if role == "alamat" else Border(),
                    alignment=Alignment(
                        horizontal="center" if central else "left",
                        vertical="center" if role in {"angka", "persen", "judul", "kantor"} else "top",
                        wrap_text=role in {"isi", "kaki", "label", "pernyataan", "tanda"},
                    ),
                    number_format={"persen": _FIGURE, "tanggal": DATE_FORMAT}.get(role, "General"),
                )
            )
        return name

    def number_of(self, name: str, value: Content) -> int:
        """Return the number of the style's format in the workbook, as this value needs it.

        An amount in a style for anything gets as many decimals as it needs; a whole number (a year, a line's number)
        stays without dots; a text that begins like a formula is
        marked, so that it stays a text even when somebody edits its cell.
        """
        now, form = value.nilai if isinstance(value, Live) else value, ""
        if isinstance(now, Decimal):
            form = _WHOLE if now % 1 == 0 else _DECIMAL
        key = (name, form, is_risky(value))
        if key not in self._numbers:
            cell = self._scratch
            cell.style = name
            if form and cell.number_format == "General":
                cell.number_format = form
            cell.quotePrefix = key[2]
            self._numbers[key] = cell.style_id
        return self._numbers[key]

    def _is_new(self, name: str) -> bool:
        if name in self._made:
            return False
        self._made.add(name)
        return True

    def _add(self, style: NamedStyle) -> None:
        self._workbook.add_named_style(style)


def tone_of(value: Content) -> Tone:
    """Return the colour that goes with a word of the rekap; most have none."""
    return _TONES.get(shown(value).casefold(), Tone.PLAIN)


@lru_cache(maxsize=20_000)
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
