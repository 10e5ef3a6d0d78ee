"""The sheet `Analisis` of the rekap comes back from the office as it was written, and says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.domain.form.check import check_form, find_meta, recognise
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.identity import is_genuine
from kinerja_mailbot.domain.form.workbook import RawWorkbook
from kinerja_mailbot.domain.kinerja.analysis import FORMAT, analysis_form, analysis_sheet, for_reading, missing_cells
from tests.domain.kinerja.quarter import KANTOR, compiled
from tests.domain.kinerja.sixth_step import PERIOD

KEY = b"kunci"
REKAP = compiled(PERIOD)
FORM = analysis_form(REKAP)
STORED = StoredCell(lembar=FORMAT, baris="UKL-01", kolom="analisis", nilai='=HYPERLINK("http://jahat.example")')


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    reader = SandboxedSheetReader()
    yield reader
    reader.close()


def written() -> bytes:
    sheet = analysis_sheet(REKAP, (STORED,), KEY)
    asked = replace(sheet, ditanyakan=missing_cells(FORM, (STORED,)))
    return RekapWorkbookWriter(KANTOR).write(replace(REKAP, analisis=asked))


def read(reader: SandboxedSheetReader, content: bytes) -> RawWorkbook:
    found = reader.read(content)
    assert isinstance(found, RawWorkbook)
    return found


def test_what_the_kasubbag_typed_is_read_beside_what_stood_there(reader: SandboxedSheetReader) -> None:
    typed = fill_in(
        written(),
        (
            Entry("Analisis", "TEK-03", "Rekomendasi Tindak Lanjut", "Data pemilih dipadankan."),
            Entry("Analisis", "UMUM", "Analisis dan Evaluasi", "Kinerja baik.\nDua sasaran perlu perhatian."),
        ),
    )

    checked = check_form(for_reading(FORM), read(reader, typed))

    assert {(cell.baris, cell.kolom): cell.nilai for cell in checked.tersimpan} == {
        ("UKL-01", "analisis"): STORED.nilai,
        ("TEK-03", "tindak_lanjut"): "Data pemilih dipadankan.",
        ("UMUM", "analisis"): "Kinerja baik.\nDua sasaran perlu perhatian.",
    }


def test_it_says_whose_it_is(reader: SandboxedSheetReader) -> None:
    workbook = read(reader, written())

    meta = find_meta(workbook)

    assert meta is not None
    assert (meta.format, meta.unit, meta.periode, is_genuine(meta, KEY)) == (FORMAT, FORMAT, "2026-TW3", True)


def test_without_its_identity_it_is_known_by_its_looks(reader: SandboxedSheetReader) -> None:
    book = load_workbook(BytesIO(written()))
    del book["_meta"]
    out = BytesIO()
    book.save(out)

    workbook = read(reader, out.getvalue())

    assert recognise(workbook, ((FORMAT, for_reading(FORM)),)) == FORMAT
    assert check_form(for_reading(FORM), workbook).tersimpan[0].nilai == STORED.nilai


def test_words_never_become_a_formula_and_only_yellow_cells_are_open() -> None:
    sheet = load_workbook(BytesIO(written()))["Analisis"]

    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    assert cells[STORED.nilai].data_type == "s"
    assert sheet.protection.sheet
    assert not cells[STORED.nilai].protection.locked
    assert cells["UKL-01"].protection.locked


def test_without_step_6_there_is_no_such_sheet() -> None:
    book = load_workbook(BytesIO(RekapWorkbookWriter(KANTOR).write(REKAP)))

    assert "Analisis" not in book.sheetnames
    assert "_meta" not in book.sheetnames
