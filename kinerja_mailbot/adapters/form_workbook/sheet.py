"""One data sheet of a form: head, Nihil cell, table, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kinerja_mailbot.adapters.form_workbook.guard import guards_of, highlights_of
from kinerja_mailbot.adapters.form_workbook.lists import ListSheet
from kinerja_mailbot.adapters.form_workbook.look import Look, height_for, lines_of
from kinerja_mailbot.adapters.form_workbook.table import (
    Cell,
    Line,
    Place,
    Table,
    holding,
    open_table,
    printed_table,
    widths_of,
)
from kinerja_mailbot.adapters.form_workbook.worksheet import Guard, Page, Worksheet
from kinerja_mailbot.adapters.sheet_xml import column_letter, element_xml
from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.definition import Column, Sheet
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.unit import Kertas

NIHIL = ("*", "nihil")  # how a stored or asked cell names the Nihil cell: row and column
_SPARE_ROWS = 3  # empty lines below the stored ones of an open list
_OPEN_ROW = (20.0, 28.0)  # points, least and most; as much room as one page with the signature gives
# Points that the margins leave of the landscape page.
_PAGE = {Kertas.A4: (770.0, 500.0), Kertas.F4: (863.0, 514.0)}
_ABOVE_AND_BELOW = 270.0  # points: head, header and signature
_MAX_FROZEN = 24.0  # characters; a wider frozen part leaves no room on a small screen
_SIGNATURE_WIDTH = 44.0  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above every table, and who signs below it."""

    kantor: str
    alamat: str
    kota: str
    form: str
    unit: str
    periode: str
    batas: str  # "Paling lambat Selasa, 6 Oktober 2026 pukul 16.00 WIT"
    tahun: int
    jabatan: str
    pejabat: str
    kertas: Kertas


@dataclass(slots=True, kw_only=True)
class DataSheet:
    """Writes one sheet and remembers where each cell came to stand."""

    target: Worksheet
    definition: Sheet
    head: Head
    look: Look
    lists: ListSheet
    isian: tuple[StoredCell, ...]
    ditanyakan: tuple[CheckedCell, ...]
    places: dict[Place, str] = field(default_factory=dict)  # "E7"
    _stored: dict[Place, Value] = field(default_factory=dict)
    _asked: frozenset[Place] = frozenset()
    _least_height: float = 0.0  # of a line of the table, in points
    _widths: Mapping[str, float] = field(default_factory=dict)  # column key -> characters

    def write(self) -> None:
        """Write everything."""
        self._widths = widths_of(self.definition)
        self._stored = {(c.baris, c.kolom): c.nilai for c in self.isian}
        self._asked = frozenset((c.baris, c.kolom) for c in self.ditanyakan)
        header = self._write_head()
        self._write_header(header)
        table = self._table(header + 1)
        self.places |= table.places
        self._least_height = self._open_row_height(len(table.lines)) if self.definition.is_open else 0.0
        for line in table.lines:
            self._write_line(line)
        if any(column.isian for column in self.definition.kolom):
            self.target.guards += guards_of(self.definition, table.grid, self.lists.source)
            self.target.highlights += highlights_of(self.definition, table.grid, self._asked_cells())
        last = self._write_signature(table.lines[-1].number + 2)
        self._finish(header, last)

    def _write_head(self) -> int:
        """Write the head and return the row of the table's header."""
        sheet, head = self.target, self.head
        again = " Sel jingga bertanda ▲ mohon diperbaiki." if self.ditanyakan else ""
        lines = (
            (head.kantor.upper(), "kantor", 20.0),
            (head.alamat, "garis", 15.0),
            (self.definition.judul, "judul", 26.0),
            (f"{head.unit}  ·  {head.periode}", "tebal", 17.0),
            (f"{head.batas}  ·  Isi sel berwarna kuning saja.{again}", "pesan", 17.0),
        )
        for number, column in enumerate(self.definition.kolom, start=1):
            sheet.widths[number] = self._width(column)
        for number, (text, role, height) in enumerate(lines, start=1):
            sheet.put(number, 1, text, self.look.text(role))
            sheet.set_height(number, height)
        for number in range(2, len(self.definition.kolom) + 1):
            sheet.put(2, number, None, self.look.text("garis"))
        if not self.definition.nihil:
            return len(lines) + 1
        self._write_nihil(len(lines) + 1)
        return len(lines) + 2

    def _write_nihil(self, row: int) -> None:
        """Write the sentence right-aligned before its yellow cell: it runs to the left over empty cells, unmerged."""
        sentence = self.definition.nihil
        label = self._first_reaching(len(sentence) * 1.1)
        self.target.put(row, label, sentence, self.look.text("nihil"))
        role = "tanya" if NIHIL in self._asked else "isian"
        cell = self.target.put(row, label + 1, "Ya" if NIHIL in self._stored else None, self.look.cell(role))
        self.target.set_height(row, height_for(1))
        self.places[NIHIL] = cell
        hint = ("Nihil", "Pilih Ya apabila tidak ada data; biarkan kosong apabila ada.")
        refusal = ("Mohon diperiksa kembali", "Mohon memilih Ya, atau mengosongkan sel ini.")
        self.target.guards.append(Guard(cells=cell, kind="list", formulas=('"Ya"',), hint=hint, refusal=refusal))

    def _write_header(self, row: int) -> None:
        most = 1
        for number, column in enumerate(self.definition.kolom, start=1):
            style = self.look.text("kolom isian" if column.isian else "kolom")
            self.target.put(row, number, column.judul, style)
            most = max(most, lines_of(column.judul, self._width(column), bold=True))
        self.target.set_height(row, height_for(most) + 4)

    def _table(self, first: int) -> Table:
        """Return the table; the stored rows of an open list stand first, in the order of the record."""
        if not self.definition.is_open:
            return printed_table(self.definition, first)
        named = (*(cell.baris for cell in self.isian), *(cell.baris for cell in self.ditanyakan))
        keys = tuple(key for key in dict.fromkeys(named) if key != NIHIL[0])
        count = max(self.definition.baris_kosong, len(keys) + _SPARE_ROWS)
        return open_table(self.definition, (*keys, *("",) * (count - len(keys))), first)

    def _write_line(self, line: Line) -> None:
        cells: list[str] = []
        most = 1
        for blank in line.cells:
            cell = self._reported(line, blank) if blank.column.isian else blank
            style = self.look.cell(cell.role, cell.kind)
            if cell.is_risky:
                style = self.look.styles.quoted(style)
            cells.append(element_xml(cell.at, style, cell.content))
            most = max(most, cell.lines)
        self.target.put_line(line.number, cells)
        self.target.set_height(line.number, max(self._least_height, height_for(most)), grows=True)

    def _reported(self, line: Line, cell: Cell) -> Cell:
        """Return an input cell with what was reported in it, or as one that is asked again."""
        place, width = (line.kunci, cell.column.kunci), self._width(cell.column)
        if place in self._asked:  # what was typed stands in the comment; it would only be read wrongly again
            return replace(holding(cell, None, width), role="tanya")
        if place not in self._stored:
            return cell
        value = self._stored[place]
        if isinstance(value, str) and not isinstance(value, Mark):
            value = self.definition.shown(cell.column.kunci, value)
        return holding(cell, value, width)

    def _asked_cells(self) -> frozenset[str]:
        return frozenset(self.places[place] for place in self._asked if place in self.places)

    def _write_signature(self, row: int) -> int:
        """Write the place for the official's signature, and return its last row."""
        head = self.head
        column = self._signature_column()
        lines = (
            (f"{head.kota}, ....................................... {head.tahun}", "teks"),
            (f"{head.jabatan},", "tebal"),
            *(("", "teks"),) * 3,
            (head.pejabat, "nama"),
        )
        for number, (text, role) in enumerate(lines, start=row):
            self.target.put(number, column, text or None, self.look.text(role))
            self.target.set_height(number, 15.0)
        return row + len(lines) - 1

    def _signature_column(self) -> int:
        """Return the last column from which the signature still fits on the page."""
        room = 0.0
        for number in range(len(self.definition.kolom), 0, -1):
            room += self._width(self.definition.kolom[number - 1])
            if room >= _SIGNATURE_WIDTH:
                return number
        return 1

    def _finish(self, header: int, last: int) -> None:
        sheet, head = self.target, self.head
        sheet.frozen = self._frozen(), header
        sheet.page = Page(
            paper=head.kertas,
            foot=f"{head.form} – {head.unit} – {head.periode}",
            area=f"A1:{column_letter(len(self.definition.kolom))}{last}",
            header=header,
        )
        sheet.selected = next((p for (_, k), p in self.places.items() if self._is_input(k)), f"A{header + 1}")

    def _frozen(self) -> int:
        """Return how many columns stay in view: up to the one that names the row, when that leaves room."""
        width = 0.0
        for number, column in enumerate(self.definition.kolom[:-1], start=1):
            width += self._width(column)
            if width > _MAX_FROZEN or column.isian:
                return 0
            if column.kunci in self.definition.kunci:
                return number
        return 0

    def _is_input(self, kunci: str) -> bool:
        column = self.definition.column(kunci)
        return column is not None and column.isian

    def _first_reaching(self, width: float) -> int:
        """Return the first column whose right edge is this far from the left, or the last but one."""
        reached = 0.0
        for number, column in enumerate(self.definition.kolom[:-1], start=1):
            reached += self._width(column)
            if reached >= width:
                return number
        return max(1, len(self.definition.kolom) - 1)

    def _open_row_height(self, count: int) -> float:
        """Return the height at which an empty list and its signature share one page, where that is possible."""
        width = sum(self._width(column) * 7 + 5 for column in self.definition.kolom) * 0.75
        across, down = _PAGE[self.head.kertas]
        page = down * max(1.0, width / across)
        least, most = _OPEN_ROW
        return round(min(most, max(least, (page - _ABOVE_AND_BELOW) / count)), 1)

    def _width(self, column: Column) -> float:
        return self._widths[column.kunci]
