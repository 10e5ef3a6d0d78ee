"""The look of the office's forms: colours, shared styles, number formats, row heights, page set-up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from openpyxl.styles import Alignment, Border, Font, NamedStyle, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import DATE_FORMAT, FONT, GREY, NAVY, PALE, TEAL, AnyCell, put_text, solid
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, type_of_satuan
from kinerja_mailbot.domain.form.value import Mark, Value

YELLOW = "FFF3B8"  # to be filled in
ORANGE = "F7B977"  # asked again; always together with a comment that begins with ▲
GOLD = "FFD24D"  # required, still empty
PINK = "F6C1C1"  # please look again
_LINE = "A9B4BF"
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
_BOLD = frozenset({"kantor", "judul", "tebal", "contoh", "nihil", "nama"})


def type_in_row(column: Column, row: Row | None) -> ColumnType:
    """Return what this cell holds: the column's type, or what the row's satuan says."""
    if column.jenis is not ColumnType.UKURAN:
        return column.jenis
    satuan = row.get("satuan") if row else None
    return type_of_satuan(satuan) if isinstance(satuan, str) else ColumnType.JUMLAH


class Look:
    """The styles of one workbook; each is made once and shared by all cells that need it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: set[str] = set()
        thin = Side(style="thin", color=_LINE)
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)
        # Column widths count characters of the Normal style's font; Calibri is missing outside Windows, Arial never.
        # openpyxl has no public way to that style.
        normal: object = vars(workbook)["_named_styles"]["Normal"]
        if isinstance(normal, NamedStyle):
            normal.font = Font(name=FONT, size=10)

    def cell(self, role: str, kind: ColumnType = ColumnType.TEKS) -> str:
        """Return the style of a table cell.

        Roles: `cetak` (printed), `isian` (yellow), `tanya` (orange), `hitung` (computed), `tautan` (a link).
        """
        name = f"kinerja {role} {kind.value}"
        if self._is_new(name):
            fill = {"isian": YELLOW, "tanya": ORANGE, "hitung": PALE}.get(role)
            horizontal = "right" if kind in _RIGHT else "center" if kind in _CENTRED else "left"
            style = NamedStyle(
                name=name,
                font=Font(
                    name=FONT,
                    size=10,
                    color={"hitung": GREY, "tautan": _LINK}.get(role, "000000"),
                    underline="single" if role == "tautan" else None,
                ),
                fill=solid(fill),
                border=self._box,
                alignment=Alignment(
                    horizontal=horizontal,
                    vertical="center",
                    # LibreOffice forgets the indent of a wrapped number; words are only typed into input cells.
                    wrap_text=horizontal != "right" or role in {"isian", "tanya"},
                    indent=0 if horizontal == "center" else 1,
                ),
                number_format=NUMBER_FORMATS.get(kind, "General"),
                protection=Protection(locked=role not in {"isian", "tanya"}),
            )
            self._workbook.add_named_style(style)
        return name

    def header(self, isian: bool) -> str:
        """Return the style of a column's header; columns to fill in stand out."""
        name = "kinerja kolom isian" if isian else "kinerja kolom"
        if self._is_new(name):
            style = NamedStyle(
                name=name,
                font=Font(name=FONT, size=10, bold=True, color="FFFFFF"),
                fill=solid(TEAL if isian else NAVY),
                border=self._box,
                alignment=Alignment(horizontal="center", vertical="center", wrap_text=True),
            )
            self._workbook.add_named_style(style)
        return name

    def text(self, role: str) -> str:
        """Return the style of text outside tables.

        Roles: `kantor`, `garis` (the address, over a rule), `judul`, `tebal`, `pesan` (small), `teks`, `isi` (wrapped),
        `arti` (beside a swatch), `contoh` (a banner), `nihil` (to the right), `nama` (who signs).
        """
        name = f"kinerja {role}"
        if self._is_new(name):
            size = {"kantor": 13, "judul": 13, "garis": 9, "pesan": 9}.get(role, 10)
            color = {"kantor": NAVY, "judul": NAVY, "garis": GREY, "contoh": "8A2F2F"}.get(role, "000000")
            style = NamedStyle(
                name=name,
                font=Font(
                    name=FONT,
                    size=size,
                    bold=role in _BOLD,
                    color=color,
                    underline="single" if role == "nama" else None,
                ),
                fill=solid(PINK if role == "contoh" else None),
                border=Border(bottom=Side(style="medium", color=NAVY)) if role == "garis" else Border(),
                alignment=Alignment(
                    horizontal={"nihil": "right", "arti": "left"}.get(role),
                    indent=1 if role in {"nihil", "arti"} else 0,
                    vertical="top" if role == "isi" else "center",
                    wrap_text=role in {"isi", "contoh"},
                ),
            )
            self._workbook.add_named_style(style)
        return name

    def _is_new(self, name: str) -> bool:
        if name in self._made:
            return False
        self._made.add(name)
        return True


def put(sheet: Worksheet, row: int, column: int, value: Value | None, style: str) -> AnyCell:
    """Write a value; a text stays a text whatever it begins with, so that no formula can be smuggled in."""
    cell = sheet.cell(row, column)
    cell.style = style
    match value:
        case None:
            pass
        case Mark():
            cell.value = value.value.capitalize()
        case str():
            put_text(cell, value)
        case Decimal():
            cell.value = int(value) if value == value.to_integral_value() else float(value)
        case date():
            cell.value = value
    return cell


def paint(cell: AnyCell, color: str) -> None:
    """Give one cell a colour of its own (a swatch in a legend)."""
    cell.fill = solid(color)


def width_of(column: Column, printed: Iterable[str] = ()) -> float:
    """Return the column's width in characters: as defined, or what the longest word of header and cells needs.

    >>> column = Column(kunci="n", judul="No", jenis=ColumnType.TEKS, lebar=8.0)
    >>> width_of(column), width_of(column, ["dokumen"]) > 8
    (8.0, True)
    """
    words = (word for text in (column.judul, *printed) for word in text.split())
    longest = max((sum(map(_ems, word)) for word in words), default=0.0)
    return max(column.lebar, min(_WIDEST_WORD, round(longest * _PIXELS_AN_EM / 7 + 2.0, 1)))


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
        length = sum(map(_ems, word))
        if used and used + _ems(" ") + length > room:
            lines, used = lines + 1, 0.0
        used += length + (_ems(" ") if used else 0.0)
        if used > room:  # a word longer than the line is broken inside
            lines, used = lines + int(used / room), used % room
    return lines


def _ems(letter: str) -> float:
    """Return the width of a letter in Arial, in ems, roughly."""
    if letter in " .,;:'!()[]|/ijltfrI-":
        return 0.3
    return 0.72 if letter.isupper() or letter in "mw%—" else 0.556


def height_for(lines: int) -> float:
    """Return a row height in points that shows so many lines of 10 points, in Excel and in LibreOffice."""
    return lines * _POINTS_A_LINE + 6


class _GrowingRow(RowDimension):
    """A row whose height is only a beginning: programs fit it anew when somebody types a longer text."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  openpyxl's name; there it is true for every row with a height
        """Return that nobody has fixed the height."""
        return False


def let_grow(sheet: Worksheet, number: int, height: float) -> None:
    """Give a row the height that its contents need now, without keeping it from growing."""
    sheet.row_dimensions[number] = _GrowingRow(sheet, index=number, ht=height)


def protect(sheet: Worksheet) -> None:
    """Lock everything but the input cells; without a password, and widths and heights stay free to change."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
