"""The whole workbook: guide, data sheets, list of repairs, hidden identity; written by openpyxl."""

from __future__ import annotations

import io
import re
from datetime import UTC
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from kinerja_mailbot.adapters.form_workbook.lists import ListSheet
from kinerja_mailbot.adapters.form_workbook.look import (
    GOLD,
    ORANGE,
    PINK,
    YELLOW,
    Look,
    height_for,
    lines_of,
    paint,
    protect,
    put,
)
from kinerja_mailbot.adapters.form_workbook.sheet import DataSheet, Head
from kinerja_mailbot.adapters.office_paper import add_identity, set_page
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import ColumnType, Sheet
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.text import waktu
from kinerja_mailbot.domain.unit import Kantor, Pejabat

_AUTHOR = "Data Kinerja"
_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\']")
_GUIDE_WIDTHS = (5.0, 92.0)
_REPAIR_WIDTHS = (5.0, 22.0, 8.0, 42.0, 22.0, 66.0)
_REPAIR_HEADERS = ("No", "Lembar", "Sel", "Isian", "Tertulis", "Masalah dan cara memperbaiki")
_LEGEND = (
    (YELLOW, "Kuning: sel yang diisi."),
    (GOLD, "Kuning tua: masih perlu diisi karena baris ini sudah mulai diisi."),
    (PINK, "Merah muda: isian terbaca janggal, mohon diperiksa kembali."),
)
_EXAMPLE = "CONTOH: indikator dan target dalam berkas ini adalah contoh, bukan data resmi."


def official_of(file: FormFile, kantor: Kantor) -> Pejabat:
    """Return who signs the form: whoever is in charge on the day of its deadline."""
    return file.unit.official_on(file.batas_at.astimezone(ZoneInfo(kantor.zona)).date())


def write_form(file: FormFile, kantor: Kantor) -> bytes:
    """Return the .xlsx of a form."""
    return _Book(file, kantor).make()


class _Book:
    """One workbook in the making."""

    def __init__(self, file: FormFile, kantor: Kantor) -> None:
        self._file = file
        self._workbook = Workbook()
        for sheet in self._workbook.worksheets:
            self._workbook.remove(sheet)
        self._look = Look(self._workbook)
        self._head = _head(file, kantor)
        self._tabs = _tab_names(file.form.lembar)
        self._places: dict[tuple[str, str, str], str] = {}

    def make(self) -> bytes:
        """Return the .xlsx."""
        guide = self._workbook.create_sheet("Petunjuk")
        lists = ListSheet(self._workbook)
        for definition in self._file.form.lembar:
            self._write_sheet(definition, lists)
        self._write_guide(guide.title)
        if self._file.ditanyakan:
            self._mark_asked()
            self._write_repairs()
        protect(add_identity(self._workbook, self._file.meta))
        self._workbook.active = 0
        return self._pack()

    def _write_sheet(self, definition: Sheet, lists: ListSheet) -> None:
        sheet = DataSheet(
            target=self._workbook.create_sheet(self._tabs[definition.id]),
            definition=definition,
            head=self._head,
            look=self._look,
            lists=lists,
            isian=tuple(c for c in self._file.isian if c.lembar == definition.id),
            ditanyakan=tuple(c for c in self._file.ditanyakan if c.lembar == definition.id),
        )
        sheet.write()
        self._places.update({(definition.id, *place): cell for place, cell in sheet.places.items()})

    def _write_guide(self, title: str) -> None:
        sheet, look, form = self._workbook[title], self._look, self._file.form
        for letter, width in zip("AB", _GUIDE_WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        row = self._write_top(title, form.judul, len(_GUIDE_WIDTHS))
        if form.contoh:
            for column in (1, 2):
                put(sheet, row, column, _EXAMPLE if column == 2 else None, look.text("contoh"))
            sheet.row_dimensions[row].height = height_for(lines_of(_EXAMPLE, _GUIDE_WIDTHS[1]))
            row += 2
        put(sheet, row, 1, "Petunjuk pengisian", look.text("tebal"))
        for number, line in enumerate(form.petunjuk, start=1):
            row += 1
            put(sheet, row, 1, f"{number}.", look.text("isi"))
            put(sheet, row, 2, line, look.text("isi"))
            sheet.row_dimensions[row].height = height_for(lines_of(line, _GUIDE_WIDTHS[1]))
        row += 2
        put(sheet, row, 1, "Arti warna", look.text("tebal"))
        repair = ((ORANGE, "Jingga dengan tanda ▲: mohon diperbaiki; penjelasannya ada pada catatan sel."),)
        for color, meaning in (*_LEGEND, *(repair if self._file.ditanyakan else ())):
            row += 1
            paint(put(sheet, row, 1, None, look.cell("cetak")), color)
            put(sheet, row, 2, meaning, look.text("arti"))
            sheet.row_dimensions[row].height = height_for(1)
        sheet.print_area = f"A1:B{row}"
        set_page(sheet, f"{form.judul} – {self._head.unit} – {self._head.periode}", self._head.kertas, landscape=False)
        protect(sheet)

    def _write_top(self, title: str, heading: str, columns: int) -> int:
        """Write the head of a sheet without a table, and return the first free row."""
        sheet, head = self._workbook[title], self._head
        lines = (
            (head.kantor.upper(), "kantor", 20.0),
            (head.alamat, "garis", 15.0),
            (heading, "judul", 28.0),
            (head.unit, "tebal", 17.0),
            (head.periode, "tebal", 17.0),
            (f"{head.batas}.", "tebal", 17.0),
        )
        for number, (text, role, height) in enumerate(lines, start=1):
            put(sheet, number, 1, text, self._look.text(role))
            sheet.row_dimensions[number].height = height
        for number in range(2, columns + 1):
            put(sheet, 2, number, None, self._look.text("garis"))
        return len(lines) + 2

    def _mark_asked(self) -> None:
        """Say in a comment what is asked: colour alone tells nothing to who can't see it, or prints in grey."""
        for asked in self._file.ditanyakan:
            place = self._places.get((asked.lembar, asked.baris, asked.kolom))
            if place is None:
                continue
            written = f"\nTertulis: “{asked.tertulis}”" if asked.tertulis else "\nSel ini belum diisi."
            comment = Comment(f"▲ {asked.pesan}{written}", _AUTHOR, width=320)
            comment.height = 40 + 18 * lines_of(comment.text, 42)
            self._workbook[self._tabs[asked.lembar]][place].comment = comment

    def _write_repairs(self) -> None:
        sheet, look = self._workbook.create_sheet("Perbaikan", 0), self._look
        for letter, width in zip("ABCDEF", _REPAIR_WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        header = self._write_top("Perbaikan", "Daftar isian yang mohon diperbaiki", len(_REPAIR_WIDTHS))
        for number, text in enumerate(_REPAIR_HEADERS, start=1):
            put(sheet, header, number, text, look.header(isian=False))
        sheet.row_dimensions[header].height = height_for(1) + 4
        for place, asked in enumerate(self._file.ditanyakan, start=1):
            self._write_repair(header + place, asked.nomor or place, asked)
        last = header + len(self._file.ditanyakan)
        note = "Isian lain sudah kami terima dan tidak perlu diisi ulang."
        put(sheet, last + 2, 1, note, look.text("pesan"))
        sheet.freeze_panes = f"A{header + 1}"
        sheet.print_title_rows = f"{header}:{header}"
        sheet.print_area = f"A1:F{last + 2}"
        set_page(sheet, f"Perbaikan – {self._head.unit} – {self._head.periode}", self._head.kertas)
        protect(sheet)

    def _write_repair(self, row: int, number: int, asked: CheckedCell) -> None:
        sheet, look = self._workbook["Perbaikan"], self._look
        tab = self._tabs.get(asked.lembar, asked.lembar_terlihat)
        place = self._places.get((asked.lembar, asked.baris, asked.kolom))
        texts = (str(number), tab, place or asked.sel, asked.label, asked.tertulis or "(kosong)", f"▲ {asked.pesan}")
        most = 1
        for column, (text, width) in enumerate(zip(texts, _REPAIR_WIDTHS, strict=True), start=1):
            put(sheet, row, column, text, look.cell("cetak", ColumnType.TAHUN if column in {1, 3} else ColumnType.TEKS))
            most = max(most, lines_of(text, width - 1.5))
        sheet.row_dimensions[row].height = height_for(most)
        if place is not None:
            cell = sheet.cell(row, 3)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{tab}'!{place}", display=place)
            cell.style = look.cell("tautan", ColumnType.TAHUN)

    def _pack(self) -> bytes:
        """Write through openpyxl's writer; `Workbook.save` would stamp the present moment on file and parts."""
        properties = self._workbook.properties
        stamp = self._file.batas_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.created = properties.modified = stamp
        properties.creator = self._head.kantor
        properties.title = f"{self._file.form.judul} – {self._head.unit} – {self._head.periode}"
        buffer = io.BytesIO()
        with _UndatedZip(buffer, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._workbook, archive).save()
        return buffer.getvalue()


class _UndatedZip(ZipFile):
    """A zip whose entries all bear the first day that a zip can tell."""

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: bytes | str, *_: object) -> None:  # type: ignore[override]  # openpyxl passes these two only
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(ZipInfo(name), data, ZIP_DEFLATED)

    def write(self, filename: str, arcname: str, *_: object) -> None:  # type: ignore[override]  # openpyxl passes these two only
        with open(filename, "rb") as part:  # noqa: PTH123  # openpyxl hands over a name
            super().writestr(ZipInfo(arcname), part.read(), ZIP_DEFLATED)


def _head(file: FormFile, kantor: Kantor) -> Head:
    zone = ZoneInfo(kantor.zona)
    official = official_of(file, kantor)
    return Head(
        kantor=kantor.nama,
        alamat=kantor.alamat,
        kota=kantor.kota,
        form=file.form.judul,
        unit=file.unit.nama,
        periode=file.periode.nama,
        batas=f"Paling lambat {waktu(file.batas_at, zone, kantor.singkatan_zona)}",
        tahun=file.batas_at.astimezone(zone).year,
        jabatan=official.jabatan,
        pejabat=official.nama,
        kertas=kantor.kertas,
    )


def _tab_names(sheets: tuple[Sheet, ...]) -> dict[str, str]:
    """Return a tab's name for each sheet id: at most 31 characters, none that Excel forbids, no two alike."""
    names: dict[str, str] = {}
    for sheet in sheets:
        base = _FORBIDDEN_IN_TAB.sub(" ", sheet.judul).strip()[:28] or sheet.id
        taken = {name.casefold() for name in names.values()} | {"petunjuk", "perbaikan"}
        names[sheet.id] = base if base.casefold() not in taken else f"{base[:25]} {len(names) + 1}"
    return names
