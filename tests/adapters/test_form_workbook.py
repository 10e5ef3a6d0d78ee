from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.sheets import SandboxedSheetReader
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.definition import (
    Choice,
    Column,
    ColumnType,
    Form,
    Row,
    Sheet,
    TidakMelebihi,
    WajibBila,
)
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.value import CellOutcome, Mark, RawCell
from kinerja_mailbot.domain.form.workbook import RawWorkbook
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.unit import Kantor, Pejabat, Unit

KANTOR = Kantor(nama="KPU Kabupaten Sorong", alamat="Aimas, Kabupaten Sorong", kota="Aimas")
UNIT = Unit(
    id="umum",
    kode="UKL",
    nama="Subbagian Keuangan, Umum, dan Logistik",
    pejabat=(Pejabat(nama="Nama Contoh", jabatan="Kepala Subbagian Keuangan", alamat=("umum@example.id",)),),
    format="kinerja",
)
META = FormMeta(format="kinerja", versi=3, unit="umum", periode="2026-TW3", nonce="n0nce", tanda="ab" * 16)
CAPAIAN = Sheet(
    id="capaian",
    judul="Capaian Kinerja",
    kolom=(
        Column(kunci="no", judul="No", jenis=ColumnType.JUMLAH, lebar=5),
        Column(kunci="kode", judul="Kode Indikator", jenis=ColumnType.TEKS, lebar=10),
        Column(kunci="indikator", judul="Indikator Kinerja", jenis=ColumnType.TEKS, lebar=30),
        Column(kunci="target", judul="Target", jenis=ColumnType.UKURAN),
        Column(
            kunci="realisasi",
            judul="Realisasi",
            jenis=ColumnType.UKURAN,
            isian=True,
            wajib=True,
            boleh_tidak_diukur=True,
            petunjuk="Angka sejak awal tahun.",
        ),
        Column(kunci="capaian", judul="Capaian (%)", jenis=ColumnType.PERSEN, rumus="={realisasi}/{target}*100"),
        Column(kunci="kendala", judul="Kendala", jenis=ColumnType.TEKS, isian=True, lebar=20),
    ),
    baris=(
        Row("IK-01", (("indikator", "Persentase partisipasi"), ("satuan", "%"), ("target", Decimal(80)))),
        Row("IK-02", (("indikator", "=1+1"), ("satuan", "laporan"), ("target", Decimal(4)))),
    ),
    aturan=(
        WajibBila(kolom="kendala", bila="capaian", kurang_dari=Decimal(100)),
        TidakMelebihi(kolom="realisasi", batas="target"),
    ),
)
LHP = Sheet(
    id="lhp",
    judul="LHP [2026]",
    kolom=(
        Column(kunci="nomor", judul="Nomor LHP", jenis=ColumnType.TEKS, isian=True, wajib=True, lebar=24),
        Column(kunci="tanggal", judul="Tanggal", jenis=ColumnType.TANGGAL, isian=True, lebar=24),
        Column(
            kunci="jenis",
            judul="Jenis",
            jenis=ColumnType.PILIHAN,
            isian=True,
            pilihan=(Choice("LK"), Choice("PDTT, lanjutan")),
        ),
    ),
    baris_kosong=5,
    kunci=("nomor",),
    nihil="Tidak ada LHP pada periode ini",
)
FORM = Form(
    id="kinerja",
    versi=3,
    judul="Format Data Kinerja",
    lembar=(CAPAIAN, LHP),
    petunjuk=("Mohon mengisi sel kuning saja.", "Mohon tidak mengubah kode."),
    contoh=True,
)


def file_of(isian: tuple[StoredCell, ...] = (), ditanyakan: tuple[CheckedCell, ...] = ()) -> FormFile:
    return FormFile(
        nama="Format.xlsx",
        form=FORM,
        meta=META,
        unit=UNIT,
        periode=parse_periode("2026-TW3"),
        batas_at=datetime(2026, 10, 6, 7, tzinfo=UTC),
        isian=isian,
        ditanyakan=ditanyakan,
    )


def stored(lembar: str, baris: str, kolom: str, nilai: Decimal | date | Mark | str) -> StoredCell:
    return StoredCell(lembar=lembar, baris=baris, kolom=kolom, nilai=nilai)


def asked(lembar: str, baris: str, kolom: str, tertulis: str) -> CheckedCell:
    return CheckedCell(
        lembar=lembar,
        lembar_terlihat="Capaian",
        sel="Z99",
        baris=baris,
        kolom=kolom,
        label=f"{baris} Persentase partisipasi · Realisasi",
        tertulis=tertulis,
        nilai=None,
        hasil=CellOutcome.FIX,
        pesan="Mohon pastikan apakah yang dimaksud 0,85% atau 85%.",
    )


def opened(file: FormFile) -> Workbook:
    return load_workbook(io.BytesIO(FormWorkbookWriter(KANTOR).write(file)))


def sheet_of(workbook: Workbook, name: str) -> Worksheet:
    return next(sheet for sheet in workbook.worksheets if sheet.title == name)


def column_of(sheet: Worksheet, number: int) -> list[object]:
    return [row[0] for row in sheet.iter_rows(min_col=number, max_col=number, values_only=True)]


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedSheetReader]:
    with SandboxedSheetReader() as reader:
        yield reader


def test_the_same_form_gives_the_same_bytes() -> None:
    first = FormWorkbookWriter(KANTOR).write(file_of())
    second = FormWorkbookWriter(KANTOR).write(file_of())

    assert first == second


def test_what_one_form_held_is_not_in_the_next_one_of_the_same_sheets() -> None:
    writer = FormWorkbookWriter(KANTOR)
    blank = writer.write(file_of())
    cells = (stored("capaian", "IK-02", "realisasi", Decimal(3)), stored("lhp", "A", "nomor", "=1/LHP"))
    writer.write(file_of(isian=cells, ditanyakan=(asked("capaian", "IK-01", "realisasi", "0,85"),)))

    again = writer.write(file_of())

    assert again == blank


def test_office_unit_period_and_deadline_stand_above_the_table() -> None:
    sheet = sheet_of(opened(file_of()), "Capaian Kinerja")

    assert column_of(sheet, 1)[:8] == [
        "KPU KABUPATEN SORONG",
        "Aimas, Kabupaten Sorong",
        "Capaian Kinerja",
        "Subbagian Keuangan, Umum, dan Logistik  ·  Triwulan III Tahun 2026",
        "Paling lambat Selasa, 6 Oktober 2026 pukul 16.00 WIT  ·  Isi sel berwarna kuning saja.",
        "No",
        1,
        2,
    ]


def test_only_the_yellow_cells_are_open() -> None:
    sheet = sheet_of(opened(file_of()), "Capaian Kinerja")

    open_cells = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    yellow = {c.coordinate for row in sheet.iter_rows() for c in row if c.fill.start_color.rgb == "00FFF3B8"}
    assert sheet.protection.sheet
    assert open_cells == yellow == {"E7", "G7", "E8", "G8"}


def test_numbers_are_plain_and_percent_is_only_shown() -> None:
    sheet = sheet_of(
        opened(file_of(isian=(stored("capaian", "IK-01", "realisasi", Decimal("85.5")),))), "Capaian Kinerja"
    )

    assert (sheet["E7"].value, sheet["E7"].number_format) == (85.5, '0.00"%"')
    assert (sheet["D8"].value, sheet["D8"].number_format) == (4, "#,##0")


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    sheet = sheet_of(opened(file_of(isian=(stored("capaian", "IK-01", "kendala", "+62 812"),))), "Capaian Kinerja")

    assert (sheet["C8"].value, sheet["C8"].data_type, sheet["C8"].quotePrefix) == ("=1+1", "s", True)
    assert (sheet["G7"].value, sheet["G7"].data_type, sheet["G7"].quotePrefix) == ("+62 812", "s", True)


def test_capaian_is_computed_live_once_both_numbers_are_there() -> None:
    sheet = sheet_of(opened(file_of()), "Capaian Kinerja")

    assert sheet["F7"].value == '=IF(AND(ISNUMBER(E7),ISNUMBER(D7)),IFERROR(E7/D7*100,""),"")'


def test_every_input_cell_is_guarded_in_indonesian() -> None:
    workbook = opened(file_of())

    found = {
        (sheet.title, str(v.sqref)): (v.type, v.formula1, v.prompt, v.error)
        for sheet in workbook.worksheets
        for v in sheet.data_validations.dataValidation
    }
    assert found["Capaian Kinerja", "E7"] == (
        "custom",
        'OR(AND(ISNUMBER(E7),E7>=0),LEFT(TRIM(E7),12)="Tidak diukur")',
        "Angka sejak awal tahun.",
        'Tuliskan angka persen tanpa tanda %, misalnya 85,5. Boleh juga ditulis "Tidak diukur".',
    )
    assert found["LHP  2026", "C6"][:2] == ("list", '"Ya"')
    assert found["LHP  2026", "B8:B12"][0] == "date"
    assert found["LHP  2026", "C8:C12"][:2] == ("list", "'_daftar'!$A$1:$A$2")


def test_the_identity_is_hidden_well() -> None:
    meta = sheet_of(opened(file_of()), "_meta")

    assert meta.sheet_state == "veryHidden"
    assert [*meta.iter_rows(values_only=True)] == [
        ("format", "kinerja"),
        ("versi", "3"),
        ("unit", "umum"),
        ("periode", "2026-TW3"),
        ("nonce", "n0nce"),
        ("tanda", "ab" * 16),
    ]


def test_the_first_sheet_tells_how_and_that_it_is_an_example() -> None:
    workbook = opened(file_of())

    texts = [value for value in column_of(workbook.worksheets[0], 2) if value]
    assert workbook.sheetnames[0] == "Petunjuk"
    assert texts[:3] == [
        "CONTOH: indikator dan target dalam berkas ini adalah contoh, bukan data resmi.",
        "Mohon mengisi sel kuning saja.",
        "Mohon tidak mengubah kode.",
    ]


def test_open_lists_are_filled_in_the_order_of_the_record_and_nihil_is_kept() -> None:
    rows = (
        stored("lhp", "B", "nomor", "12/LHP/2026"),
        stored("lhp", "B", "tanggal", date(2026, 5, 20)),
        stored("lhp", "A", "nomor", "3/LHP/2026"),
        stored("lhp", "*", "nihil", Mark.NIHIL),
    )

    sheet = sheet_of(opened(file_of(isian=rows)), "LHP  2026")

    assert (sheet["B6"].value, sheet["C6"].value) == ("Tidak ada LHP pada periode ini", "Ya")
    assert [sheet["A8"].value, sheet["A9"].value, sheet["A10"].value] == ["12/LHP/2026", "3/LHP/2026", None]
    assert sheet["B8"].value == datetime(2026, 5, 20)  # noqa: DTZ001


@pytest.mark.parametrize(("target", "is_odd"), [(Decimal(80), True), (Decimal("0.2"), False)], ids=["80%", "0,2%"])
def test_less_than_one_percent_looks_odd_only_beside_a_larger_target(target: Decimal, is_odd: bool) -> None:
    row = Row("IK-01", (("satuan", "%"), ("target", target)))
    form = replace(FORM, lembar=(replace(CAPAIAN, baris=(row,)),))

    sheet = opened(replace(file_of(), form=form))["Capaian Kinerja"]

    tests = [test for span in sheet.conditional_formatting for rule in span.rules for test in rule.formula]
    assert any("<=1)" in test for test in tests) == is_odd


def test_what_is_asked_again_is_marked_by_colour_words_and_a_list() -> None:
    workbook = opened(file_of(ditanyakan=(asked("capaian", "IK-01", "realisasi", "0,85"),)))

    cell, repairs = sheet_of(workbook, "Capaian Kinerja")["E7"], workbook.worksheets[0]
    assert (cell.value, cell.fill.start_color.rgb) == (None, "00F7B977")
    assert cell.comment is not None
    assert cell.comment.text == "▲ Mohon pastikan apakah yang dimaksud 0,85% atau 85%.\nTertulis: “0,85”"
    assert repairs.title == "Perbaikan"
    assert [c.value for c in repairs[9]] == [
        "1",
        "Capaian Kinerja",
        "E7",
        "IK-01 Persentase partisipasi · Realisasi",
        "0,85",
        "▲ Mohon pastikan apakah yang dimaksud 0,85% atau 85%.",
    ]
    assert repairs["C9"].hyperlink is not None
    assert repairs["C9"].hyperlink.location == "'Capaian Kinerja'!E7"


def test_it_prints_on_a4_with_the_header_on_every_page() -> None:
    sheet = sheet_of(opened(file_of()), "Capaian Kinerja")

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.print_title_rows == "$6:$6"
    assert sheet.freeze_panes == "C7"
    assert not sheet.merged_cells.ranges
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.right.text == "Halaman &P dari &N"


def test_a_filled_form_comes_back_with_its_values(reader: SandboxedSheetReader) -> None:
    workbook = opened(file_of())
    sheet_of(workbook, "Capaian Kinerja")["E7"].value = 85.5
    sheet_of(workbook, "LHP  2026")["B8"].value = date(2026, 5, 20)
    buffer = io.BytesIO()
    workbook.save(buffer)

    result = reader.read(buffer.getvalue())

    assert isinstance(result, RawWorkbook)
    sheets = {sheet.name: sheet for sheet in result.sheets}
    assert sheets["Capaian Kinerja"].rows[6][4] == RawCell(85.5, '0.00"%"')
    assert sheets["LHP  2026"].rows[7][1] == RawCell(date(2026, 5, 20))
    assert sheets["_meta"].hidden
    assert [cell.value for cell in sheets["_meta"].rows[4]] == ["nonce", "n0nce"]
    assert result.remarks == ()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_a_form_saved_by_libreoffice_keeps_identity_and_values(
    reader: SandboxedSheetReader, tmp_path: Path, ending: str
) -> None:
    content = FormWorkbookWriter(KANTOR).write(file_of(isian=(stored("capaian", "IK-01", "realisasi", Decimal(68)),)))
    (tmp_path / "a.xlsx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run(
        [*command, "--outdir", tmp_path / "b", tmp_path / "a.xlsx"], check=True, capture_output=True, timeout=120
    )

    result = reader.read((tmp_path / "b" / f"a.{ending}").read_bytes())

    assert isinstance(result, RawWorkbook)
    sheets = {sheet.name: sheet for sheet in result.sheets}
    assert [cell.value for cell in sheets["Capaian Kinerja"].rows[6][4:6]] == [68, 85]
    assert [cell.value for cell in sheets["_meta"].rows[3]] == ["periode", "2026-TW3"]


STATUS = Sheet(
    id="tl",
    judul="TL HP",
    kolom=(
        Column(kunci="nomor", judul="Nomor", jenis=ColumnType.TEKS, isian=True, wajib=True, lebar=20),
        Column(
            kunci="status",
            judul="Status",
            jenis=ColumnType.PILIHAN,
            isian=True,
            pilihan=(Choice("SESUAI", tampil="Sesuai"), Choice("BELUM_TL", tampil="Belum ditindaklanjuti")),
        ),
        Column(kunci="bukti", judul="Bukti", jenis=ColumnType.TEKS, isian=True, lebar=20),
    ),
    baris_kosong=3,
    kunci=("nomor",),
    aturan=(WajibBila(kolom="bukti", bila="status", isi=("SESUAI",)),),
)


def status_form(*cells: StoredCell) -> FormFile:
    return replace(file_of(cells), form=replace(FORM, lembar=(STATUS,)))


def test_choices_are_offered_and_filled_in_by_the_words_that_people_know() -> None:
    sheet = sheet_of(opened(status_form(stored("tl", "1", "status", "BELUM_TL"))), "TL HP")

    (words,) = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
    tests = [rule.formula[0] for span in sheet.conditional_formatting for rule in span.rules]
    assert words == '"Sesuai,Belum ditindaklanjuti"'
    assert sheet["B7"].value == "Belum ditindaklanjuti"
    assert any('B7="Sesuai"' in test and 'B7="SESUAI"' in test for test in tests)


def test_what_was_chosen_is_read_back_as_it_was_stored(reader: SandboxedSheetReader) -> None:
    file = status_form(stored("tl", "1", "nomor", "1"), stored("tl", "1", "status", "BELUM_TL"))

    workbook = reader.read(FormWorkbookWriter(KANTOR).write(file))

    assert isinstance(workbook, RawWorkbook)
    cells = check_form(file.form, workbook).sel
    assert [(c.nilai, c.hasil) for c in cells if c.kolom == "status"] == [("BELUM_TL", CellOutcome.ACCEPTED)]


def test_a_row_is_as_high_as_its_text_and_may_grow_with_a_longer_one() -> None:
    long = "Pertanggungjawaban belanja perjalanan dinas belum lengkap. " * 5
    written = FormWorkbookWriter(KANTOR).write(
        status_form(stored("tl", "1", "nomor", "1"), stored("tl", "1", "bukti", long))
    )

    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        xml = next(parts.read(name).decode() for name in parts.namelist() if name.endswith("sheet2.xml"))
    rows = dict(re.findall(r'<row r="(\d+)"([^>]*)>', xml))
    heights = {number: float(re.findall(r'ht="([\d.]+)"', said)[0]) for number, said in rows.items() if "ht=" in said}
    assert heights["7"] > 4 * heights["8"]
    assert "customHeight" not in rows["7"] + rows["8"]
    assert "customHeight" in rows["6"]


def test_the_list_of_repairs_bears_the_numbers_of_the_letter() -> None:
    first, second = (
        replace(asked("capaian", kode, "realisasi", ""), nomor=number) for kode, number in (("IK-01", 3), ("IK-02", 3))
    )
    sheet = sheet_of(opened(file_of(ditanyakan=(first, second))), "Perbaikan")

    assert column_of(sheet, 1)[8:10] == ["3", "3"]
