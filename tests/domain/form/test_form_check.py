"""A received workbook: found whatever was moved in it, judged, and merged with what was stored before."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.check import check_form, find_meta, is_mapped, recognise
from kinerja_mailbot.domain.form.checked import CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.value import CellError, CellOutcome, Mark, RawCell, RawValue
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook

T = ColumnType
CAPAIAN = Sheet(
    id="capaian",
    judul="Capaian Kinerja",
    kolom=(
        Column(kunci="kode", judul="Kode Indikator", jenis=T.TEKS),
        Column(kunci="indikator", judul="Indikator Kinerja", jenis=T.TEKS),
        Column(kunci="satuan", judul="Satuan", jenis=T.TEKS),
        Column(kunci="target_tw", judul="Target s.d. Triwulan", jenis=T.UKURAN),
        Column(
            kunci="realisasi_kum",
            judul="Realisasi s.d. Triwulan",
            jenis=T.UKURAN,
            isian=True,
            wajib=True,
            boleh_tidak_diukur=True,
            padanan=("Realisasi",),
        ),
        Column(kunci="penghambat", judul="Faktor Penghambat", jenis=T.TEKS, isian=True),
    ),
    baris=(
        Row("IK-01", (("indikator", "Partisipasi"), ("satuan", "%"), ("target_tw", Decimal(80)), ("rumus", "POS"))),
        Row("IK-02", (("indikator", "Laporan"), ("satuan", "laporan"), ("target_tw", Decimal(3)), ("rumus", "POS"))),
    ),
)
LHP = Sheet(
    id="lhp",
    judul="LHP",
    kolom=(
        Column(kunci="no_lhp", judul="Nomor LHP", jenis=T.TEKS, isian=True, wajib=True),
        Column(kunci="judul", judul="Judul", jenis=T.TEKS, isian=True, wajib=True),
        Column(kunci="jumlah", judul="Jumlah Temuan", jenis=T.JUMLAH, isian=True, wajib=True),
    ),
    baris_kosong=5,
    kunci=("no_lhp",),
    nihil="Tidak ada LHP pada periode ini",
)
FORM = Form(id="f", versi=1, judul="Format", lembar=(CAPAIAN,))
OPEN_FORM = Form(id="g", versi=1, judul="Format", lembar=(LHP,))

HEADER = (
    "Kode Indikator",
    "Indikator Kinerja",
    "Satuan",
    "Target s.d. Triwulan",
    "Realisasi s.d. Triwulan",
    "Faktor Penghambat",
)
FIRST = ("IK-01", "Partisipasi", "%", 80, 83, None)
SECOND = ("IK-02", "Laporan", "laporan", 3, 3, None)
LHP_HEADER = ("Nomor LHP", "Judul", "Jumlah Temuan")


def sheet(name: str, *rows: tuple[RawValue, ...], merged: tuple[tuple[int, int, int, int], ...] = ()) -> RawSheet:
    return RawSheet(name=name, rows=tuple(tuple(RawCell(value) for value in row) for row in rows), merged=merged)


def book(*sheets: RawSheet) -> RawWorkbook:
    return RawWorkbook(kind=FileKind.XLSX, sheets=sheets)


def capaian(*rows: tuple[RawValue, ...], name: str = "Capaian Kinerja") -> RawWorkbook:
    return book(sheet(name, ("KPU",), (), HEADER, *rows))


def lhp(*rows: tuple[RawValue, ...], answer: RawValue = None) -> RawWorkbook:
    return book(sheet("LHP", ("LHP",), ("Tidak ada LHP pada periode ini", answer), LHP_HEADER, *rows))


def values(form: CheckedForm) -> dict[tuple[str, str], object]:
    return {(cell.baris, cell.kolom): cell.nilai for cell in form.tersimpan}


def to_fix(form: CheckedForm) -> list[tuple[str, str, str]]:
    return [(cell.baris, cell.kolom, cell.sel) for cell in form.to_fix]


GOOD = {("IK-01", "realisasi_kum"): Decimal(83), ("IK-02", "realisasi_kum"): Decimal(3)}


def test_a_well_filled_form_is_complete() -> None:
    checked = check_form(FORM, capaian(FIRST, SECOND))

    assert checked.is_complete
    assert values(checked) == GOOD
    assert (checked.terisi, checked.seluruh) == (2, 2)
    assert checked.catatan == ()


def test_a_cell_is_named_as_people_see_it() -> None:
    checked = check_form(FORM, capaian((*FIRST[:4], "12.500", None), SECOND))

    [cell] = checked.to_fix
    assert (cell.sel, cell.lembar_terlihat, cell.tertulis) == ("E4", "Capaian Kinerja", "12.500")
    assert cell.label == "IK-01 Partisipasi · Realisasi s.d. Triwulan"


@pytest.mark.parametrize(
    "workbook",
    [
        pytest.param(capaian(FIRST, SECOND, name="Sheet1"), id="tab renamed"),
        pytest.param(capaian(SECOND, FIRST), id="rows reordered"),
        pytest.param(capaian(("ik–01 ", *FIRST[1:]), SECOND), id="kode in small letters with another dash"),
        pytest.param(book(sheet("Capaian Kinerja", *[()] * 20, HEADER, FIRST, SECOND)), id="moved down"),
        pytest.param(
            book(sheet("X", tuple(reversed(HEADER)), tuple(reversed(FIRST)), tuple(reversed(SECOND)))),
            id="columns reordered",
        ),
        pytest.param(
            book(sheet("X", ("KODE\nindikator", "Indikator  kinerja", "satuan ", "x", "REALISASI"), FIRST, SECOND)),
            id="other wordings",
        ),
        pytest.param(
            book(sheet("X", (*HEADER[:4], "Realisasi s.d. Triwulam", HEADER[5]), FIRST, SECOND)), id="typo in a header"
        ),
        pytest.param(book(sheet("Petunjuk", ("Isi",)), sheet("Y", HEADER, FIRST, SECOND)), id="among other sheets"),
        pytest.param(
            book(RawSheet(name="X", first_row=6, first_column=3, rows=capaian(FIRST, SECOND).sheets[0].rows)),
            id="does not begin at A1",
        ),
        pytest.param(book(sheet("X", ("Nomor", *HEADER[1:]), FIRST, SECOND)), id="header of the kode lost"),
        pytest.param(
            capaian(FIRST, SECOND, (), (None, "Kepala Subbagian"), (None, None, None, None, "Nama")), id="signed"
        ),
    ],
)
def test_a_table_is_found_whatever_was_moved(workbook: RawWorkbook) -> None:
    checked = check_form(FORM, workbook)

    assert {key: value for key, value in values(checked).items() if key in GOOD} == GOOD
    assert checked.is_complete


def test_the_address_counts_from_where_the_file_begins() -> None:
    rows = capaian((*FIRST[:4], "?", None)).sheets[0].rows
    checked = check_form(FORM, book(RawSheet(name="X", first_row=6, first_column=3, rows=rows)))

    assert checked.to_fix[0].sel == "H10"


def test_a_missing_row_is_asked_for_once() -> None:
    checked = check_form(FORM, capaian(FIRST))

    assert to_fix(checked) == [("IK-02", "realisasi_kum", "")]
    assert (checked.terisi, checked.seluruh) == (1, 2)


@pytest.mark.parametrize("typed", [None, "", "-", "  "], ids=["empty", "empty text", "dash", "spaces"])
def test_an_empty_required_cell_is_asked_for_and_never_becomes_zero(typed: RawValue) -> None:
    checked = check_form(FORM, capaian((*FIRST[:4], typed, None), SECOND))

    assert to_fix(checked) == [("IK-01", "realisasi_kum", "E4")]
    assert values(checked) == {("IK-02", "realisasi_kum"): Decimal(3)}
    assert "belum terisi" in checked.to_fix[0].pesan


def test_added_rows_and_columns_are_mentioned_and_left_alone() -> None:
    workbook = book(
        sheet("Capaian Kinerja", (*HEADER, "Warna"), (*FIRST, "merah"), SECOND, ("IK-99", "Baru", "%", 10, 20, None))
    )
    checked = check_form(FORM, workbook)

    assert checked.is_complete
    assert len(checked.catatan) == 2
    assert "Warna" in checked.catatan[0]
    assert "IK-99" in checked.catatan[1]


def test_a_kode_that_stands_twice_with_other_figures_is_asked_about() -> None:
    checked = check_form(FORM, capaian(FIRST, (*FIRST[:4], 70, None), SECOND))

    assert to_fix(checked) == [("IK-01", "realisasi_kum", "E4")]


def test_a_changed_target_is_mentioned_and_ours_stays() -> None:
    checked = check_form(FORM, capaian((*FIRST[:3], 75, 83, None), SECOND))

    assert checked.is_complete
    assert checked.catatan == (
        'Lembar "Capaian Kinerja" sel D4 (IK-01 Partisipasi · Target s.d. Triwulan): tertulis "75", sedangkan pada '
        'format tercantum "80"; yang kami gunakan tetap yang tercantum pada format.',
    )


def test_a_lost_sheet_leaves_its_cells_open_and_says_so() -> None:
    checked = check_form(FORM, book(sheet("Catatan", ("apa saja",))))

    assert [cell.baris for cell in checked.to_fix] == ["IK-01", "IK-02"]
    assert checked.is_blank
    assert checked.catatan == ('Lembar "Capaian Kinerja" tidak ditemukan pada berkas.',)


def test_what_was_stored_is_replaced_but_never_erased() -> None:
    prior = (
        StoredCell(lembar="capaian", baris="IK-01", kolom="realisasi_kum", nilai=Decimal(70)),
        StoredCell(lembar="capaian", baris="IK-02", kolom="realisasi_kum", nilai=Decimal(2)),
        StoredCell(lembar="capaian", baris="IK-02", kolom="penghambat", nilai="Anggaran"),
    )
    checked = check_form(FORM, capaian(FIRST, (*SECOND[:4], None, None)), prior)

    assert checked.is_complete
    assert values(checked) == {
        ("IK-01", "realisasi_kum"): Decimal(83),
        ("IK-02", "realisasi_kum"): Decimal(2),
        ("IK-02", "penghambat"): "Anggaran",
    }


def test_a_cell_typed_wrongly_keeps_the_earlier_value_and_must_still_be_mended() -> None:
    prior = (StoredCell(lembar="capaian", baris="IK-01", kolom="realisasi_kum", nilai=Decimal(70)),)
    checked = check_form(FORM, capaian((*FIRST[:4], "12.500", None), SECOND), prior)

    assert values(checked)["IK-01", "realisasi_kum"] == Decimal(70)
    assert to_fix(checked) == [("IK-01", "realisasi_kum", "E4")]


def test_text_is_filled_down_in_merged_cells_and_figures_are_not() -> None:
    rows = (HEADER, (*FIRST[:5], "Anggaran"), (*SECOND[:4], None, None))
    checked = check_form(FORM, book(sheet("Capaian Kinerja", *rows, merged=((1, 5, 2, 5), (1, 4, 2, 4)))))

    assert values(checked)["IK-02", "penghambat"] == "Anggaran"
    assert to_fix(checked) == [("IK-02", "realisasi_kum", "E3")]


def test_rows_of_an_open_list_are_stored_under_their_key() -> None:
    checked = check_form(OPEN_FORM, lhp(("12/LHP", "Laporan Keuangan", 3), ("13/LHP", "Kinerja", "Nihil")))

    assert checked.is_complete
    assert values(checked) == {
        ("12/LHP", "no_lhp"): "12/LHP",
        ("12/LHP", "judul"): "Laporan Keuangan",
        ("12/LHP", "jumlah"): Decimal(3),
        ("13/LHP", "no_lhp"): "13/LHP",
        ("13/LHP", "judul"): "Kinerja",
        ("13/LHP", "jumlah"): Mark.NIHIL,
    }
    assert (checked.terisi, checked.seluruh) == (1, 1)


def test_a_skipped_line_loses_nobodys_data_and_a_signature_is_no_data() -> None:
    checked = check_form(
        OPEN_FORM,
        lhp(
            ("12/LHP", "Satu", 3), (), ("13/LHP", "Dua", 1), (), (), (), (), ("Sorong, 5 Oktober 2026",), ("NIP", "NIP")
        ),
    )

    assert {cell.baris for cell in checked.tersimpan} == {"12/LHP", "13/LHP"}


def test_an_open_list_is_replaced_as_a_whole() -> None:
    prior = (
        StoredCell(lembar="lhp", baris="1/LHP", kolom="no_lhp", nilai="1/LHP"),
        StoredCell(lembar="lhp", baris="12/LHP", kolom="jumlah", nilai=Decimal(5)),
    )
    checked = check_form(OPEN_FORM, lhp(("12/LHP", "Satu", "dua puluh")), prior)

    assert values(checked) == {
        ("12/LHP", "no_lhp"): "12/LHP",
        ("12/LHP", "judul"): "Satu",
        ("12/LHP", "jumlah"): Decimal(5),
    }
    assert to_fix(checked) == [("12/LHP", "jumlah", "C4")]


NIHIL_CELL = StoredCell(lembar="lhp", baris="*", kolom="nihil", nilai=Mark.NIHIL, tertulis="Ya")


@pytest.mark.parametrize("answer", ["Ya", "ya ", "NIHIL", "v", "√", "x", True, 1], ids=str)
def test_a_whole_sheet_is_declared_empty_in_its_nihil_cell(answer: RawValue) -> None:
    checked = check_form(OPEN_FORM, lhp(answer=answer))

    assert [replace(cell, tertulis="Ya") for cell in checked.tersimpan] == [NIHIL_CELL]
    assert checked.is_complete
    assert (checked.terisi, checked.seluruh) == (1, 1)


def test_a_whole_sheet_is_declared_empty_in_its_first_row() -> None:
    checked = check_form(OPEN_FORM, lhp(("NIHIL", "-", None)))

    assert [replace(cell, tertulis="Ya") for cell in checked.tersimpan] == [NIHIL_CELL]
    assert checked.is_complete


@pytest.mark.parametrize("answer", [None, "Tidak", "-"], ids=["empty", "no", "dash"])
def test_an_empty_list_without_nihil_is_asked_about_once(answer: RawValue) -> None:
    checked = check_form(OPEN_FORM, lhp(answer=answer))

    assert to_fix(checked) == [("*", "nihil", "B2")]
    assert (checked.terisi, checked.seluruh) == (0, 1)


def test_nihil_beside_a_filled_list_is_asked_about() -> None:
    checked = check_form(OPEN_FORM, lhp(("12/LHP", "Satu", 3), answer="Ya"))

    assert to_fix(checked) == [("*", "nihil", "B2")]
    assert ("12/LHP", "jumlah") in values(checked)


def test_nihil_and_rows_replace_each_other() -> None:
    rows = check_form(OPEN_FORM, lhp(("12/LHP", "Satu", 3))).tersimpan
    declared = check_form(OPEN_FORM, lhp(answer="Ya"), rows)
    filled = check_form(OPEN_FORM, lhp(("12/LHP", "Satu", 3)), declared.tersimpan)

    assert declared.tersimpan == (NIHIL_CELL,)
    assert filled.tersimpan == rows


def test_a_blank_list_leaves_the_stored_rows_alone() -> None:
    rows = check_form(OPEN_FORM, lhp(("12/LHP", "Satu", 3))).tersimpan
    checked = check_form(OPEN_FORM, lhp(), rows)

    assert checked.tersimpan == rows
    assert checked.is_complete


def test_a_blank_form_is_known_as_one() -> None:
    assert check_form(FORM, capaian((*FIRST[:4], None, None), (*SECOND[:4], None, None))).is_blank


def test_remarks_of_the_reader_come_first() -> None:
    workbook = replace(capaian(FIRST, SECOND), remarks=("Makro pada berkas tidak dijalankan.",))

    assert check_form(FORM, workbook).catatan == ("Makro pada berkas tidak dijalankan.",)


META = FormMeta(format="f", versi=2, unit="umum", periode="2026", nonce="0123", tanda="abc")


@pytest.mark.parametrize(
    ("rows", "meta"),
    [
        pytest.param(
            (("format", "f"), ("versi", 2), ("unit", "umum"), ("periode", 2026.0), ("nonce", "0123"), ("tanda", "abc")),
            META,
            id="numbers come back as numbers",
        ),
        pytest.param((("format", "f"), ("versi", "dua")), None, id="damaged"),
        pytest.param((("format", "f"), ("versi", CellError("#REF!"))), None, id="error"),
        pytest.param((), None, id="empty"),
    ],
)
def test_the_hidden_identity_is_read(rows: tuple[tuple[RawValue, ...], ...], meta: FormMeta | None) -> None:
    assert find_meta(book(sheet("LHP"), sheet("_meta", *rows))) == meta


def test_a_workbook_without_the_hidden_sheet_has_no_identity() -> None:
    assert find_meta(capaian(FIRST)) is None


OTHER = replace(FORM, lembar=(replace(CAPAIAN, baris=(Row("HK-01"), Row("HK-02"))),))


@pytest.mark.parametrize(
    ("forms", "unit"),
    [
        pytest.param((("umum", FORM), ("hukum", OTHER)), "umum", id="by kode"),
        pytest.param((("umum", FORM), ("kembar", FORM)), None, id="two alike"),
        pytest.param((("hukum", OTHER),), None, id="another unit's kode"),
        pytest.param((("sekretaris", OPEN_FORM),), None, id="other headers"),
        pytest.param((), None, id="no forms"),
    ],
)
def test_a_form_without_identity_is_recognised_by_headers_and_kode(
    forms: tuple[tuple[str, Form], ...], unit: str | None
) -> None:
    assert recognise(capaian(FIRST, SECOND, name="Sheet1"), forms) == unit


def test_an_open_form_is_recognised_by_its_headers() -> None:
    assert recognise(lhp(("12/LHP", "Satu", 3)), (("umum", FORM), ("sekretaris", OPEN_FORM))) == "sekretaris"


def test_a_fix_is_never_stored_and_everything_else_is() -> None:
    checked = check_form(FORM, capaian((*FIRST[:4], "85 persen", "sda"), (*SECOND[:4], "2 Lap", "idem")))

    stored = set(values(checked))
    assert stored == {(c.baris, c.kolom) for c in checked.sel if c.nilai is not None}
    assert all(c.nilai is None for c in checked.sel if c.hasil is CellOutcome.FIX)


@pytest.mark.parametrize(
    ("name", "versi", "expected"),
    [
        pytest.param("f", 3, True, id="the version in force"),
        pytest.param("f", 1, True, id="an older one"),
        pytest.param("f", 4, False, id="a newer one"),
        pytest.param("f", 0, False, id="none that ever was"),
        pytest.param("g", 3, False, id="another format"),
    ],
)
def test_a_version_up_to_the_one_in_force_is_mapped(name: str, versi: int, expected: bool) -> None:
    assert is_mapped(replace(META, format=name, versi=versi), replace(FORM, versi=3)) is expected


def test_an_older_version_is_read_and_told() -> None:
    older = capaian(FIRST, SECOND)
    meta = (("format", "f"), ("versi", "1"), ("unit", "umum"), ("periode", "2026-TW3"), ("nonce", "x"))

    checked = check_form(replace(FORM, versi=2), book(*older.sheets, sheet("_meta", *meta)))

    assert (checked.is_complete, values(checked)) == (True, GOOD)
    assert checked.catatan == (
        "Berkas memakai format versi 1, sedangkan yang berlaku versi 2; isian pada kolom yang masih digunakan tetap "
        "kami baca.",
    )
