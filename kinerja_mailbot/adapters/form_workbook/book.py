"""The whole workbook: guide, data sheets, list of repairs, hidden identity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from kinerja_mailbot.adapters.form_workbook.lists import ListSheet
from kinerja_mailbot.adapters.form_workbook.look import (
    GOLD,
    HIGHLIGHTS,
    ORANGE,
    PINK,
    YELLOW,
    Look,
    height_for,
    lines_of,
)
from kinerja_mailbot.adapters.form_workbook.package import Package, quoted_tab
from kinerja_mailbot.adapters.form_workbook.sheet import DataSheet, Head
from kinerja_mailbot.adapters.form_workbook.table import Place
from kinerja_mailbot.adapters.form_workbook.worksheet import Link, Note, Page, Worksheet
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import ColumnType, Sheet
from kinerja_mailbot.domain.form.identity import META_SHEET, identity_pairs
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.text import waktu
from kinerja_mailbot.domain.unit import Kantor, Pejabat

_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\']")
_GUIDE_WIDTHS = (5.0, 92.0)
_REPAIR_WIDTHS = (5.0, 22.0, 8.0, 42.0, 22.0, 66.0)
_REPAIR_HEADERS = ("No", "Lembar", "Sel", "Isian", "Tertulis", "Masalah dan cara memperbaiki")
_LINKED = 3  # the column whose cells lead to what they name
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
        self._look = Look()
        self._lists = ListSheet(self._look.styles)
        self._head = _head(file, kantor)
        self._tabs = _tab_names(file.form.lembar)
        self._places: dict[str, Mapping[Place, str]] = {}  # sheet id -> where its cells stand

    def make(self) -> bytes:
        """Return the .xlsx."""
        data = {definition.id: self._write_sheet(definition) for definition in self._file.form.lembar}
        for note in map(self._note_of, self._file.ditanyakan):
            if note is not None:
                data[note[0]].notes.append(note[1])
        asked = (self._write_repairs(),) if self._file.ditanyakan else ()
        lists = (self._lists.sheet,) if self._lists.sheet else ()
        return Package(
            sheets=(*asked, self._write_guide(), *data.values(), *lists, self._write_identity()),
            styles=self._look.styles,
            highlights=HIGHLIGHTS,
            creator=self._head.kantor,
            title=f"{self._file.form.judul} – {self._head.unit} – {self._head.periode}",
            written=self._file.batas_at,
        ).pack()

    def _write_sheet(self, definition: Sheet) -> Worksheet:
        sheet = DataSheet(
            target=self._sheet(self._tabs[definition.id]),
            definition=definition,
            head=self._head,
            look=self._look,
            lists=self._lists,
            isian=tuple(c for c in self._file.isian if c.lembar == definition.id),
            ditanyakan=tuple(c for c in self._file.ditanyakan if c.lembar == definition.id),
        )
        sheet.write()
        self._places[definition.id] = sheet.places
        return sheet.target

    def _sheet(self, title: str) -> Worksheet:
        return Worksheet(title=title, styles=self._look.styles)

    def _write_guide(self) -> Worksheet:
        sheet, look, form = self._sheet("Petunjuk"), self._look, self._file.form
        row = self._write_top(sheet, form.judul, _GUIDE_WIDTHS)
        if form.contoh:
            for column in (1, 2):
                sheet.put(row, column, _EXAMPLE if column == 2 else None, look.text("contoh"))
            sheet.set_height(row, height_for(lines_of(_EXAMPLE, _GUIDE_WIDTHS[1])))
            row += 2
        sheet.put(row, 1, "Petunjuk pengisian", look.text("tebal"))
        for number, line in enumerate(form.petunjuk, start=1):
            row += 1
            sheet.put(row, 1, f"{number}.", look.text("isi"))
            sheet.put(row, 2, line, look.text("isi"))
            sheet.set_height(row, height_for(lines_of(line, _GUIDE_WIDTHS[1])))
        row += 2
        sheet.put(row, 1, "Arti warna", look.text("tebal"))
        repair = ((ORANGE, "Jingga dengan tanda ▲: mohon diperbaiki; penjelasannya ada pada catatan sel."),)
        for color, meaning in (*_LEGEND, *(repair if self._file.ditanyakan else ())):
            row += 1
            sheet.put(row, 1, None, look.swatch(color))
            sheet.put(row, 2, meaning, look.text("arti"))
            sheet.set_height(row, height_for(1))
        sheet.page = self._page(form.judul, f"A1:B{row}", landscape=False)
        return sheet

    def _write_top(self, sheet: Worksheet, heading: str, widths: tuple[float, ...]) -> int:
        """Write the head of a sheet without a table, and return the first free row."""
        head = self._head
        lines = (
            (head.kantor.upper(), "kantor", 20.0),
            (head.alamat, "garis", 15.0),
            (heading, "judul", 28.0),
            (head.unit, "tebal", 17.0),
            (head.periode, "tebal", 17.0),
            (f"{head.batas}.", "tebal", 17.0),
        )
        for number, (text, role, height) in enumerate(lines, start=1):
            sheet.put(number, 1, text, self._look.text(role))
            sheet.set_height(number, height)
        for number, width in enumerate(widths, start=1):
            sheet.widths[number] = width
            if number > 1:
                sheet.put(2, number, None, self._look.text("garis"))
        return len(lines) + 2

    def _page(self, name: str, area: str, *, landscape: bool = True, header: int = 0) -> Page:
        foot = f"{name} – {self._head.unit} – {self._head.periode}"
        return Page(paper=self._head.kertas, foot=foot, area=area, landscape=landscape, header=header)

    def _note_of(self, asked: CheckedCell) -> tuple[str, Note] | None:
        """Say beside the cell what is asked: colour alone tells nothing to who can't see it, or prints in grey."""
        place = self._place_of(asked)
        if place is None:
            return None
        written = f"\nTertulis: “{asked.tertulis}”" if asked.tertulis else "\nSel ini belum diisi."
        text = f"▲ {asked.pesan}{written}"
        return asked.lembar, Note(cell=place, text=text, width=320, height=40 + 18 * lines_of(text, 42))

    def _place_of(self, asked: CheckedCell) -> str | None:
        return self._places.get(asked.lembar, {}).get((asked.baris, asked.kolom))

    def _write_repairs(self) -> Worksheet:
        sheet, look = self._sheet("Perbaikan"), self._look
        header = self._write_top(sheet, "Daftar isian yang mohon diperbaiki", _REPAIR_WIDTHS)
        for number, text in enumerate(_REPAIR_HEADERS, start=1):
            sheet.put(header, number, text, look.text("kolom"))
        sheet.set_height(header, height_for(1) + 4)
        for place, asked in enumerate(self._file.ditanyakan, start=1):
            self._write_repair(sheet, header + place, asked.nomor or place, asked)
        last = header + len(self._file.ditanyakan)
        note = "Isian lain sudah kami terima dan tidak perlu diisi ulang."
        sheet.put(last + 2, 1, note, look.text("pesan"))
        sheet.frozen = 0, header
        sheet.page = self._page("Perbaikan", f"A1:F{last + 2}", header=header)
        return sheet

    def _write_repair(self, sheet: Worksheet, row: int, number: int, asked: CheckedCell) -> None:
        tab = self._tabs.get(asked.lembar, asked.lembar_terlihat)
        place = self._place_of(asked)
        texts = (str(number), tab, place or asked.sel, asked.label, asked.tertulis or "(kosong)", f"▲ {asked.pesan}")
        most = 1
        for column, (text, width) in enumerate(zip(texts, _REPAIR_WIDTHS, strict=True), start=1):
            role = "tautan" if column == _LINKED and place else "cetak"
            kind = ColumnType.TAHUN if column in {1, _LINKED} else ColumnType.TEKS
            sheet.put(row, column, text, self._look.cell(role, kind))
            most = max(most, lines_of(text, width - 1.5))
        sheet.set_height(row, height_for(most))
        if place is not None:
            sheet.links.append(Link(cell=f"C{row}", place=f"{quoted_tab(tab)}!{place}", shown=place))

    def _write_identity(self) -> Worksheet:
        """Write the hidden sheet by which a returned workbook is known for ours."""
        sheet = Worksheet(title=META_SHEET, styles=self._look.styles, hidden=True)
        for row, pair in enumerate(identity_pairs(self._file.meta), start=1):
            for column, text in enumerate(pair, start=1):
                sheet.put(row, column, text, 0)
        return sheet


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
