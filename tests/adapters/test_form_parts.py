"""The file of a form from inside: parts that hang together, and words that are read as they were given."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from posixpath import dirname, join, normpath
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, Sheet
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.unit import Pejabat
from tests.adapters.test_form_workbook import CAPAIAN, FORM, KANTOR, UNIT, asked, file_of, stored

MARKED = file_of(
    isian=(stored("capaian", "IK-02", "realisasi", Decimal(3)), stored("lhp", "A", "nomor", "1/LHP")),
    ditanyakan=(asked("capaian", "IK-01", "realisasi", "0,85"), asked("lhp", "A", "tanggal", "")),
)
# ECMA-376 18.3.1.99: the children of a worksheet, as far as a form has them.
ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetProtection",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "legacyDrawing",
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def parts(file: FormFile) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(FormWorkbookWriter(KANTOR).write(file))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def named(unit: str, jabatan: str, nama: str) -> FormFile:
    official = Pejabat(nama=nama, jabatan=jabatan, alamat=())
    return replace(file_of(), unit=replace(UNIT, nama=unit, pejabat=(official,)))


@pytest.mark.parametrize("file", [pytest.param(file_of(), id="blank"), pytest.param(MARKED, id="marked")])
def test_a_sheet_has_its_parts_in_the_order_of_the_standard(file: FormFile) -> None:
    sheets = [part for name, part in parts(file).items() if name.startswith("xl/worksheets/sheet")]

    for part in sheets:
        names = [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(part)]  # noqa: S314  our own file
        assert names == sorted(names, key=ORDER.index)


@pytest.mark.parametrize("file", [pytest.param(file_of(), id="blank"), pytest.param(MARKED, id="marked")])
def test_every_part_is_led_to_and_its_kind_is_named(file: FormFile) -> None:
    found = parts(file)

    led_to = {
        normpath(join(dirname(dirname(name)), relation.attrib["Target"]))
        for name, part in found.items()
        if name.endswith(".rels")
        for relation in ElementTree.fromstring(part)  # noqa: S314  our own file
    }
    kinds = ElementTree.fromstring(found["[Content_Types].xml"])  # noqa: S314  our own file
    named_parts = {kind.attrib["PartName"].lstrip("/") for kind in kinds if "PartName" in kind.attrib}
    proper = {name for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert led_to == proper
    assert named_parts == {name for name in proper if not name.endswith(".vml")}


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_whatever_the_words_are_cells_and_feet_read_as_given(unit: str, jabatan: str, nama: str) -> None:
    book = load_workbook(io.BytesIO(FormWorkbookWriter(KANTOR).write(named(unit, jabatan, nama))))

    texts = {cell for row in book["Petunjuk"].values for cell in row} | {
        cell for row in book["Capaian Kinerja"].values for cell in row
    }
    assert {as_read(f"{jabatan},"), as_read(nama) or None} <= texts


def as_read(words: str) -> str:
    """Return a text as openpyxl gives it back: what XML can't hold is gone, an escape of Excel's keeps its escape."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", UNWRITABLE.sub("", words))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Subbagian <Hukum> & 'SDM'", "Subbagian <Hukum> && 'SDM'", id="an ampersand is doubled"),
        pytest.param("Subbagian \x07Hukum", "Subbagian Hukum", id="what XML can't hold is left out"),
    ],
)
def test_the_foot_names_the_unit(name: str, shown: str) -> None:
    sheets = [part.decode() for name, part in parts(named(name, "Kepala", "X")).items() if "/sheet2" in name]

    [foot] = [ElementTree.fromstring(part).findtext(".//{*}oddFooter") for part in sheets]  # noqa: S314  our own file
    assert foot == f"&L&8 Format Data Kinerja – {shown} – Triwulan III Tahun 2026&R&8 Halaman &P dari &N"


def test_a_day_is_shown_as_a_day_whatever_its_column_holds() -> None:
    column = Column(kunci="tgl", judul="Tanggal LHP", jenis=ColumnType.TEKS)
    rows = (Row("IK-01", (("tgl", date(2026, 5, 20)),)),)
    sheet: Sheet = replace(CAPAIAN, kolom=(*CAPAIAN.kolom, column), baris=rows)

    book = load_workbook(
        io.BytesIO(FormWorkbookWriter(KANTOR).write(replace(file_of(), form=replace(FORM, lembar=(sheet,)))))
    )

    assert book["Capaian Kinerja"]["H7"].is_date


def test_a_marked_form_says_beside_the_cell_what_is_asked() -> None:
    book = load_workbook(io.BytesIO(FormWorkbookWriter(KANTOR).write(MARKED)))

    notes = {
        (sheet.title, cell.coordinate): cell.comment.text.splitlines()[-1]
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert notes == {
        ("Capaian Kinerja", "E7"): "Tertulis: “0,85”",
        ("LHP  2026", "B8"): "Sel ini belum diisi.",
    }
