"""The sheet `Analisis` of the rekap: grey cells with the figures, yellow ones for the Kasubbag's words (step 6)."""

from __future__ import annotations

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.house_style import FONT, GREY, NAVY, PALE
from kinerja_mailbot.adapters.office_paper import add_identity, put_text, set_page, solid
from kinerja_mailbot.adapters.rekap_workbook.look import height_for, lines_of
from kinerja_mailbot.adapters.rekap_workbook.table import Letterhead
from kinerja_mailbot.domain.form.definition import Column, Row
from kinerja_mailbot.domain.kinerja.analysed import LembarAnalisis
from kinerja_mailbot.domain.kinerja.analysis import UMUM

TITLE = "Analisis"
_YELLOW, _ORANGE, _LINE = "FFF3B8", "F7B977", "B8C1CB"
_CENTRED = frozenset({"target_kini", "realisasi_kini", "capaian_kini", "predikat", "status"})
_LEAST_HEIGHT = 42.0  # points: room for a sentence in each yellow cell
_ASKED = "▲ Mohon diisi."
_AUTHOR = "Data Kinerja"
_NOTES = (
    "Sel kuning diisi oleh Subbagian Perencanaan, Data, dan Informasi; setelah disimpan, surel pengantar rekap dibalas "
    "dengan melampirkan berkas ini.",
    "Analisis diisi untuk setiap indikator yang diukur; rekomendasi tindak lanjut diisi untuk indikator yang belum "
    f"mencapai target. Baris {UMUM} memuat kesimpulan dan rekomendasi untuk keseluruhan.",
    "Faktor pendukung dan penghambat yang dibiarkan kosong mengikuti uraian unit.",
)


def write_analysis(workbook: Workbook, head: Letterhead, analisis: LembarAnalisis) -> None:
    """Write the sheet, and the hidden identity by which it is known when it comes back."""
    _Sheet(workbook, head, analisis).write()
    if analisis.meta is not None:
        add_identity(workbook, analisis.meta).protection.sheet = True


class _Sheet:
    """Writes the sheet from top to bottom."""

    def __init__(self, workbook: Workbook, head: Letterhead, analisis: LembarAnalisis) -> None:
        self._sheet: Worksheet = workbook.create_sheet(TITLE)
        self._head, self._written, self._asked = head, analisis.words(), frozenset(analisis.ditanyakan)
        self._definition = analisis.form.lembar[0]
        _add_styles(workbook)

    def write(self) -> None:
        sheet, columns = self._sheet, self._definition.kolom
        for number, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = column.lebar
        header = self._write_head()
        for number, column in enumerate(columns, start=1):
            style = "analisis kepala isian" if column.isian else "analisis kepala"
            self._put(header, number, column.judul, style)
        most = max(lines_of(column.judul, column.lebar * 0.74) for column in columns)
        sheet.row_dimensions[header].height = height_for(most) + 4
        for line, row in enumerate(self._definition.baris, start=header + 1):
            self._write_row(line, row)
        last = header + len(self._definition.baris)
        last = self._write_notes(last + 2)
        sheet.freeze_panes = f"C{header + 1}"
        sheet.print_title_rows = f"{header}:{header}"
        sheet.print_area = f"A1:{get_column_letter(len(columns))}{last}"
        set_page(sheet, self._head.kaki, self._head.kertas)
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = False

    def _write_head(self) -> int:
        lines = (
            (self._head.kantor.upper(), "analisis kantor", 18.0),
            (self._head.alamat, "analisis alamat", 13.0),
            ("Analisis dan Evaluasi Capaian Kinerja", "analisis judul", 26.0),
            (self._head.subjudul, "analisis anak judul", 16.0),
        )
        for number, (words, style, height) in enumerate(lines, start=1):
            self._put(number, 1, words, style)
            self._sheet.row_dimensions[number].height = height
        for number in range(2, len(self._definition.kolom) + 1):
            self._put(2, number, "", "analisis alamat")
        return len(lines) + 2

    def _write_row(self, line: int, row: Row) -> None:
        most = 1
        for number, column in enumerate(self._definition.kolom, start=1):
            words = self._words(row, column)
            is_asked = (row.kode, column.kunci) in self._asked
            self._put(line, number, words, _style(column, row, is_asked=is_asked))
            if is_asked:
                self._sheet.cell(line, number).comment = Comment(_ASKED, _AUTHOR, width=160, height=40)
            most = max(most, lines_of(words, column.lebar - 2))
        self._sheet.row_dimensions[line].height = max(height_for(most), _LEAST_HEIGHT)

    def _words(self, row: Row, column: Column) -> str:
        if column.isian:
            return self._written.get((row.kode, column.kunci), "")
        return row.kode if column.kunci == "kode" else str(row.get(column.kunci) or "")

    def _write_notes(self, line: int) -> int:
        width = sum(column.lebar for column in self._definition.kolom)
        for number, note in enumerate(_NOTES, start=1):
            words = f"{number}. {note}"
            self._sheet.merge_cells(None, line, 1, line, len(self._definition.kolom))
            self._put(line, 1, words, "analisis kaki")
            self._sheet.row_dimensions[line].height = height_for(lines_of(words, width))
            line += 1
        return line - 1

    def _put(self, line: int, column: int, words: str, style: str) -> None:
        cell = self._sheet.cell(line, column)
        cell.style = style
        if words:
            put_text(cell, words)


def _style(column: Column, row: Row, *, is_asked: bool) -> str:
    if is_asked:
        return "analisis tanya"
    if column.isian:
        return "analisis isian"
    if row.kode == UMUM:
        return "analisis umum tengah" if column.kunci in _CENTRED else "analisis umum"
    return "analisis tengah" if column.kunci in _CENTRED else "analisis cetak"


def _add_styles(workbook: Workbook) -> None:
    thin = Side(style="thin", color=_LINE)
    box = Border(left=thin, right=thin, top=thin, bottom=thin)

    def table(name: str, fill: str | None, *, bold: bool = False, central: bool = False, white: bool = False) -> None:
        is_open = name in {"isian", "tanya"}
        workbook.add_named_style(
            NamedStyle(
                name=f"analisis {name}",
                font=Font(name=FONT, size=9, bold=bold, color="FFFFFF" if white else "000000"),
                fill=solid(fill),
                border=box,
                alignment=Alignment(
                    horizontal="center" if central else "left",
                    vertical="top" if is_open else "center",
                    wrap_text=True,
                    indent=0 if central else 1,
                ),
                number_format="@" if is_open else "General",
                protection=Protection(locked=not is_open),
            )
        )

    def plain(name: str, size: int, color: str, *, ruled: bool = False, wrap: bool = False) -> None:
        workbook.add_named_style(
            NamedStyle(
                name=f"analisis {name}",
                font=Font(name=FONT, size=size, bold=color == NAVY, color=color),
                border=Border(bottom=Side(style="medium", color=NAVY)) if ruled else Border(),
                alignment=Alignment(vertical="top" if ruled or wrap else "center", wrap_text=wrap),
            )
        )

    table("kepala", NAVY, bold=True, central=True, white=True)
    table("kepala isian", "8A6A00", bold=True, central=True, white=True)
    table("cetak", PALE)
    table("tengah", PALE, central=True)
    table("umum", "DDE5EC", bold=True)
    table("umum tengah", "DDE5EC", bold=True, central=True)
    table("isian", _YELLOW)
    table("tanya", _ORANGE)
    plain("kantor", 12, NAVY)
    plain("alamat", 8, GREY, ruled=True)
    plain("judul", 14, NAVY)
    plain("anak judul", 10, GREY)
    plain("kaki", 8, GREY, wrap=True)
