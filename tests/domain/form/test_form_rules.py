"""The rules between cells: what must be filled, what may not exceed what, what is unlikely."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm, StoredCell
from kinerja_mailbot.domain.form.definition import (
    AdaDi,
    BatasHari,
    Column,
    ColumnType,
    Form,
    Jumlah,
    PredikatSesuai,
    Row,
    Rule,
    Sheet,
    TidakMelebihi,
    TidakMenurun,
    Unik,
    WajibBila,
)
from kinerja_mailbot.domain.form.earlier import Earlier, with_earlier
from kinerja_mailbot.domain.form.value import CellOutcome, Mark, RawCell, RawValue, Value
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook
from kinerja_mailbot.domain.periode import parse_periode

T = ColumnType
ACCEPTED, INFO, CHECK, FIX = CellOutcome.ACCEPTED, CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX


def entry(kunci: str, jenis: ColumnType, *, wajib: bool = False, boleh_tidak_diukur: bool = False) -> Column:
    return Column(
        kunci=kunci,
        judul=kunci.replace("_", " ").capitalize(),
        jenis=jenis,
        isian=True,
        wajib=wajib,
        boleh_tidak_diukur=boleh_tidak_diukur,
    )


def printed(kunci: str, jenis: ColumnType = T.TEKS) -> Column:
    return Column(kunci=kunci, judul=kunci.replace("_", " ").capitalize(), jenis=jenis)


def fill(form: Form, *tables: tuple[tuple[RawValue, ...], ...]) -> RawWorkbook:
    """Return the form filled in: a table for each sheet, every row from its first column on."""
    sheets = tuple(
        RawSheet(
            name=sheet.judul,
            rows=(
                tuple(RawCell(column.judul) for column in sheet.kolom),
                *(tuple(RawCell(value) for value in row) for row in table),
            ),
        )
        for sheet, table in zip(form.lembar, tables, strict=True)
    )
    return RawWorkbook(kind=FileKind.XLSX, sheets=sheets)


def cell_of(checked: CheckedForm, baris: str, kolom: str) -> CheckedCell:
    return next(cell for cell in checked.sel if (cell.baris, cell.kolom) == (baris, kolom))


def indicators(*rows: tuple[str, tuple[tuple[str, Value], ...]], rules: tuple[Rule, ...] = ()) -> Form:
    sheet = Sheet(
        id="capaian",
        judul="Capaian",
        kolom=(
            printed("kode"),
            printed("satuan"),
            printed("target_tw", T.UKURAN),
            entry("realisasi_tw", T.UKURAN),
            entry("realisasi_kum", T.UKURAN, wajib=True, boleh_tidak_diukur=True),
            printed("capaian", T.PERSEN),
            entry("penghambat", T.TEKS),
            entry("bukti", T.TEKS),
        ),
        baris=tuple(Row(kode, values) for kode, values in rows),
        aturan=rules,
    )
    return Form(id="f", versi=1, judul="Format", lembar=(sheet,))


REASONS = (
    WajibBila(kolom="penghambat", bila="capaian", kurang_dari=Decimal(100)),
    WajibBila(kolom="penghambat", bila="realisasi_kum", isi=("tidak diukur",)),
    WajibBila(kolom="bukti", bila="realisasi_kum"),
)
TARGET_80 = (("satuan", "%"), ("target_tw", Decimal(80)), ("rumus", "POS"))
ONE = indicators(("IK-01", TARGET_80), rules=REASONS)


@pytest.mark.parametrize(
    ("realisasi", "reason", "proof", "faults"),
    [
        pytest.param(83, None, "a.pdf", [], id="reached"),
        pytest.param(60, None, "a.pdf", ["penghambat"], id="missed without a reason"),
        pytest.param(60, "-", "a.pdf", ["penghambat"], id="a dash is no reason"),
        pytest.param(60, "Anggaran", "a.pdf", [], id="missed with a reason"),
        pytest.param(83, None, None, ["bukti"], id="no proof"),
        pytest.param("Tidak diukur", None, None, ["penghambat"], id="not measured, no reason"),
        pytest.param("Tidak diukur", "Bukan tahun pemilihan", None, [], id="not measured with a reason"),
        pytest.param(None, None, None, ["realisasi_kum"], id="empty is asked for once"),
        pytest.param("12.500", None, None, ["realisasi_kum"], id="unclear is asked for once"),
    ],
)
def test_reasons_and_proofs_are_asked_for_where_they_are_due(
    realisasi: RawValue, reason: RawValue, proof: RawValue, faults: list[str]
) -> None:
    checked = check_form(ONE, fill(ONE, (("IK-01", "%", 80, None, realisasi, None, reason, proof),)))

    assert [cell.kolom for cell in checked.to_fix] == faults


def test_a_missing_reason_says_which_capaian_asks_for_it() -> None:
    checked = check_form(ONE, fill(ONE, (("IK-01", "%", 80, None, 60, None, None, "a.pdf"),)))

    assert cell_of(checked, "IK-01", "penghambat").pesan == (
        "Sel ini belum terisi; mohon diisi karena capaian menurut hitungan kami 75,00%."
    )


def test_a_predikat_below_its_target_needs_a_reason_too() -> None:
    form = indicators(("IK-01", (("satuan", "predikat"), ("target_tw", "BB"), ("rumus", "PREDIKAT"))), rules=REASONS)
    checked = check_form(form, fill(form, (("IK-01", "predikat", "BB", None, "CC", None, None, "a.pdf"),)))

    assert [(cell.kolom, cell.pesan) for cell in checked.to_fix] == [
        ("penghambat", "Sel ini belum terisi; mohon diisi karena realisasi masih di bawah target.")
    ]
    assert cell_of(checked, "IK-01", "realisasi_kum").hasil is ACCEPTED


@pytest.mark.parametrize(
    ("target", "rumus", "realisasi", "outcome"),
    [
        pytest.param(Decimal(80), "POS", 80, ACCEPTED, id="reached"),
        pytest.param(Decimal(20), "POS", 50, CHECK, id="capaian 250"),
        pytest.param(Decimal(80), "POS", 4, CHECK, id="capaian 5"),
        pytest.param(Decimal(80), "POS", 0, CHECK, id="a real zero"),
        pytest.param(Decimal(0), "POS", 5, CHECK, id="target 0 but something done"),
        pytest.param(Decimal(0), "POS", 0, ACCEPTED, id="target 0 and nothing done"),
        pytest.param(Decimal(2), "NEG_LAN", 2, ACCEPTED, id="less is better, met"),
        pytest.param(Decimal(2), "NEG_LAN", 9, CHECK, id="less is better, far off"),
        pytest.param("80-90", "RENTANG", 85, ACCEPTED, id="within a range"),
    ],
)
def test_an_unlikely_figure_is_stored_and_confirmed(
    target: Value, rumus: str, realisasi: int, outcome: CellOutcome
) -> None:
    form = indicators(("IK-01", (("satuan", "%"), ("target_tw", target), ("rumus", rumus))))
    checked = check_form(form, fill(form, (("IK-01", "%", None, None, realisasi),)))

    cell = cell_of(checked, "IK-01", "realisasi_kum")
    assert (cell.hasil, cell.nilai) == (outcome, Decimal(realisasi))
    assert checked.is_complete


def test_a_stored_figure_is_not_doubted_again() -> None:
    prior = (StoredCell(lembar="capaian", baris="IK-01", kolom="realisasi_kum", nilai=Decimal(4)),)
    form = indicators(("IK-01", TARGET_80))
    checked = check_form(form, fill(form, (("IK-01", "%", 80, None, None),)), prior)

    assert cell_of(checked, "IK-01", "realisasi_kum").hasil is ACCEPTED


@pytest.mark.parametrize(("capaian", "remarks"), [(103.75, 0), (103.8, 0), (100, 1), ("", 0), (None, 0)])
def test_our_capaian_counts_and_another_one_is_mentioned(capaian: RawValue, remarks: int) -> None:
    form = indicators(("IK-01", TARGET_80))
    checked = check_form(form, fill(form, (("IK-01", "%", 80, None, 83, capaian),)))

    assert len(checked.catatan) == remarks
    assert checked.is_complete


def test_a_total_smaller_than_its_part_is_asked_about() -> None:
    form = indicators(("IK-01", (*TARGET_80, ("sifat", "akumulatif"))))
    checked = check_form(form, fill(form, (("IK-01", "%", 80, 70, 60),)))

    assert [cell.kolom for cell in checked.to_fix] == ["realisasi_kum"]


def test_figures_that_all_equal_their_targets_are_softly_mentioned() -> None:
    kodes = ("IK-01", "IK-02", "IK-03")
    form = indicators(*((kode, TARGET_80) for kode in kodes))
    checked = check_form(form, fill(form, tuple((kode, "%", 80, None, 80) for kode in kodes)))

    assert checked.is_complete
    assert len(checked.catatan) == 1


BUDGET = Form(
    id="f",
    versi=1,
    judul="Format",
    lembar=(
        Sheet(
            id="anggaran",
            judul="Anggaran",
            kolom=(printed("kode"), printed("pagu", T.RUPIAH), entry("realisasi", T.RUPIAH, wajib=True)),
            baris=(Row("6639", (("pagu", Decimal(5000000)),)),),
            aturan=(TidakMelebihi(kolom="realisasi", batas="pagu"),),
        ),
    ),
)


def test_nobody_spends_more_than_the_pagu() -> None:
    prior = (StoredCell(lembar="anggaran", baris="6639", kolom="realisasi", nilai=Decimal(1000000)),)
    checked = check_form(BUDGET, fill(BUDGET, (("6639", 5000000, 6000000),)), prior)

    [cell] = checked.to_fix
    assert cell.pesan == 'Terbaca Rp6.000.000, melebihi "Pagu" sebesar Rp5.000.000; mohon diperiksa dan diperbaiki.'
    assert checked.tersimpan == prior


LHE = Form(
    id="f",
    versi=1,
    judul="Format",
    lembar=(
        Sheet(
            id="lhe",
            judul="LHE",
            kolom=(
                printed("kode"),
                printed("bobot", T.NILAI),
                printed("satuan"),
                entry("isian", T.UKURAN, wajib=True),
            ),
            baris=(
                Row("A", (("bobot", Decimal(30)), ("satuan", "nilai"))),
                Row("B", (("bobot", Decimal(70)), ("satuan", "nilai"))),
                Row("TOTAL", (("satuan", "nilai"),)),
                Row("PREDIKAT", (("satuan", "predikat"),)),
            ),
            nihil="Tidak ada LHE pada periode ini",
            aturan=(
                TidakMelebihi(kolom="isian", batas="bobot"),
                Jumlah(kolom="isian", total="TOTAL", bagian=("A", "B")),
                PredikatSesuai(kolom="isian", nilai="TOTAL", predikat="PREDIKAT"),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("figures", "faults"),
    [
        pytest.param(("21,75", "52,5", "74,25", "BB"), [], id="agrees"),
        pytest.param((21.75, 52.5, 74.26, "bb"), [], id="within a hundredth"),
        pytest.param((21.75, 52.5, 75, "BB"), ["TOTAL"], id="wrong sum"),
        pytest.param((21.75, 52.5, 74.25, "A"), ["PREDIKAT"], id="wrong predikat"),
        pytest.param((20, 50, 70, "BB"), ["PREDIKAT"], id="exactly 70 is still B"),
        pytest.param((31, 43, 74, "BB"), ["A"], id="above its weight"),
        pytest.param((None, 52.5, 74.25, "BB"), ["A"], id="a part is missing"),
        pytest.param((None, None, None, None), ["*"], id="blank: one question for the sheet"),
    ],
)
def test_an_lhe_agrees_with_itself(figures: tuple[RawValue, ...], faults: list[str]) -> None:
    weights: tuple[RawValue, ...] = (30, 70, None, None)
    units = ("nilai", "nilai", "nilai", "predikat")
    rows = zip(("A", "B", "TOTAL", "PREDIKAT"), weights, units, figures, strict=True)
    checked = check_form(LHE, fill(LHE, tuple(rows)))

    assert [cell.baris for cell in checked.to_fix] == faults


LHP_SHEET = Sheet(
    id="lhp",
    judul="LHP",
    kolom=(entry("no_lhp", T.TEKS, wajib=True), entry("judul", T.TEKS), entry("tahun", T.TAHUN)),
    kunci=("no_lhp",),
    baris_kosong=5,
    nihil="Tidak ada LHP",
    aturan=(Unik(kolom=("no_lhp",)),),
)
TL_SHEET = Sheet(
    id="tl_hp",
    judul="TL HP",
    kolom=(entry("no_lhp", T.TEKS, wajib=True), entry("temuan", T.TEKS), entry("nilai_rp", T.RUPIAH)),
    kunci=("no_lhp", "temuan"),
    baris_kosong=5,
    aturan=(AdaDi(kolom="no_lhp", lembar="lhp", kolom_lain="no_lhp"),),
)
AUDIT = Form(id="f", versi=1, judul="Format", lembar=(LHP_SHEET, TL_SHEET))


def test_two_rows_with_one_key_are_both_seen_and_one_is_asked_about() -> None:
    checked = check_form(AUDIT, fill(AUDIT, (("1/LHP", "Satu", 2025), ("1/lhp ", "Dua", 2025), ("1/LHP", "Tiga")), ()))

    assert [cell.sel for cell in checked.to_fix] == ["A3", "A4"]


@pytest.mark.parametrize(
    ("reports", "outcome"),
    [
        pytest.param((("1/LHP", "Satu", 2025),), ACCEPTED, id="known"),
        pytest.param((("2/LHP", "Satu", 2025),), FIX, id="unknown"),
        pytest.param((("NIHIL",),), CHECK, id="of an earlier period"),
        pytest.param((), ACCEPTED, id="the reports are asked for themselves"),
    ],
)
def test_a_finding_belongs_to_a_report(reports: tuple[tuple[RawValue, ...], ...], outcome: CellOutcome) -> None:
    checked = check_form(AUDIT, fill(AUDIT, reports, (("1/LHP", "A.1", 0),)))

    assert cell_of(checked, "1/LHP|A.1", "no_lhp").hasil is outcome


def test_labels_of_open_rows_carry_their_key_only() -> None:
    checked = check_form(AUDIT, fill(AUDIT, (("1/LHP", "Satu", 2025),), (("1/LHP", "A.1", "?"),)))

    assert [cell.label for cell in checked.to_fix] == ["1/LHP / A.1 · Nilai rp"]


def test_a_declared_nil_needs_no_proof() -> None:
    row = (("satuan", "laporan"), ("target_tw", Decimal(0)), ("rumus", "POS"))
    form = indicators(("IK-01", row), rules=REASONS)
    checked = check_form(form, fill(form, (("IK-01", "laporan", 0, None, "Nihil"),)))

    assert cell_of(checked, "IK-01", "realisasi_kum").nilai is Mark.NIHIL
    assert checked.is_complete


LALU = Sheet(
    id="capaian",
    judul="Capaian",
    kolom=(
        printed("kode"),
        printed("target_tw", T.UKURAN),
        replace(printed("realisasi_lalu", T.UKURAN), lalu="realisasi_kum"),
        entry("realisasi_kum", T.UKURAN, wajib=True),
        entry("penghambat", T.TEKS),
    ),
    baris=(
        Row("SUM", (("satuan", "laporan"), ("rumus", "POS"), ("sifat", "akumulatif"), ("target_tw", Decimal(50)))),
        Row("POS", (("satuan", "laporan"), ("rumus", "POS"), ("sifat", "posisi_akhir"), ("target_tw", Decimal(50)))),
        Row("NEG", (("satuan", "orang"), ("rumus", "NEG_LAN"), ("sifat", "posisi_akhir"), ("target_tw", Decimal(50)))),
    ),
    aturan=(TidakMenurun(kolom="realisasi_kum", dari="realisasi_lalu", catatan="penghambat"),),
)
_EARLIER = Earlier(
    parse_periode("2026-TW2"),
    tuple(
        StoredCell(lembar="capaian", baris=baris, kolom="realisasi_kum", nilai=Decimal(40))
        for baris in ("SUM", "POS", "NEG")
    ),
)
CHANGES: dict[str, tuple[str, RawValue, RawValue, CellOutcome, str]] = {
    "a count grows": ("SUM", 41, None, ACCEPTED, ""),
    "a count stays": ("SUM", 40, None, ACCEPTED, ""),
    "a count falls": (
        "SUM",
        39,
        None,
        FIX,
        "Terbaca 39, lebih kecil daripada realisasi periode lalu (40); mohon diperiksa, atau mohon alasannya diisi "
        'pada kolom "Penghambat".',
    ),
    "a count falls with a reason": (
        "SUM",
        39,
        "Dua laporan digabung.",
        INFO,
        'Terbaca 39, lebih kecil daripada realisasi periode lalu (40); alasannya terbaca pada kolom "Penghambat".',
    ),
    "a position falls": ("POS", 39, None, INFO, "Terbaca 39, sedangkan realisasi periode lalu 40; posisinya menurun."),
    "less of what shall be little": ("NEG", 39, None, ACCEPTED, ""),
    "a tenth": (
        "NEG",
        4,
        None,
        INFO,
        "Terbaca 4, sedangkan realisasi periode lalu 40; penurunannya menjadi sepersepuluh atau kurang.",
    ),
}


@pytest.mark.parametrize(("baris", "now", "note", "outcome", "message"), CHANGES.values(), ids=CHANGES)
def test_a_figure_is_compared_with_the_period_before(
    baris: str, now: RawValue, note: RawValue, outcome: CellOutcome, message: str
) -> None:
    form = with_earlier(Form(id="f", versi=1, judul="F", lembar=(LALU,)), _EARLIER)

    checked = check_form(form, fill(form, ((baris, 50, 40, now, note),)))

    cell = next(c for c in checked.sel if (c.baris, c.kolom) == (baris, "realisasi_kum"))
    assert (cell.hasil, cell.pesan) == (outcome, message)


def test_ten_times_the_figure_before_is_a_notice_and_no_error() -> None:
    form = with_earlier(Form(id="f", versi=1, judul="F", lembar=(LALU,)), _EARLIER)

    checked = check_form(form, fill(form, (("NEG", 50, 40, 400, None),)))

    cell = next(c for c in checked.sel if (c.baris, c.kolom) == ("NEG", "realisasi_kum"))
    assert "kenaikannya sepuluh kali lipat atau lebih" in cell.pesan
    assert cell.hasil is not FIX


def test_without_an_earlier_record_nothing_is_compared() -> None:
    form = with_earlier(Form(id="f", versi=1, judul="F", lembar=(LALU,)), None)

    checked = check_form(form, fill(form, (("SUM", 50, 20, None),)))

    assert [c.hasil for c in checked.sel if c.baris == "SUM"] == [ACCEPTED, ACCEPTED]


def verdicts(form: CheckedForm) -> dict[tuple[str, str], CellOutcome]:
    return {(cell.baris, cell.kolom): cell.hasil for cell in form.sel if cell.hasil is not ACCEPTED}


GATED = Sheet(
    id="capaian",
    judul="Capaian",
    kolom=(
        printed("kode"),
        printed("target_tw", T.UKURAN),
        entry("realisasi_tw", T.UKURAN),
        entry("realisasi_kum", T.UKURAN, wajib=True),
        entry("penghambat", T.TEKS),
        entry("bukti", T.TEKS),
    ),
    baris=(Row("A", (("satuan", "%"), ("rumus", "POS"), ("sifat", "akumulatif"), ("target_tw", Decimal(80)))),),
    aturan=(
        WajibBila(kolom="penghambat", bila="capaian", kurang_dari=Decimal(100)),
        WajibBila(kolom="bukti", bila="realisasi_kum"),
        TidakMelebihi(kolom="realisasi_kum", batas="target_tw"),
    ),
)
GATED_FORM = Form(id="f", versi=1, judul="F", lembar=(GATED,))
EARLIER_CELL = (StoredCell(lembar="capaian", baris="A", kolom="realisasi_kum", nilai=Decimal(40)),)


@pytest.mark.parametrize("prior", [(), EARLIER_CELL], ids=["first time", "with an earlier figure"])
@pytest.mark.parametrize("typed", [0.85, "12.500", "lOO", "80-90", "-"], ids=str)
def test_rules_that_need_a_cell_stay_silent_until_it_is_mended(typed: RawValue, prior: tuple[StoredCell, ...]) -> None:
    checked = check_form(GATED_FORM, fill(GATED_FORM, (("A", 80, 5, typed, None, None),)), prior)

    if typed == "-" and prior:
        assert verdicts(checked) != {}  # nothing new was typed: the earlier figure stands, and asks for its reasons
    else:
        assert verdicts(checked) == {("A", "realisasi_kum"): FIX}


def test_once_it_is_mended_the_rules_speak() -> None:
    checked = check_form(GATED_FORM, fill(GATED_FORM, (("A", 80, 5, 40, None, None),)))

    assert verdicts(checked) == {("A", "penghambat"): FIX, ("A", "bukti"): FIX}


def test_a_row_is_not_called_a_stranger_while_the_list_that_names_it_is_being_mended() -> None:
    names = Sheet(
        id="lhp",
        judul="LHP",
        kolom=(entry("tahun", T.TAHUN), entry("judul", T.TEKS), entry("no", T.TEKS)),
        baris_kosong=3,
        kunci=("judul",),
    )
    rows = Sheet(
        id="tl",
        judul="TL",
        kolom=(entry("tahun", T.TAHUN), entry("uraian", T.TEKS), entry("pic", T.TEKS)),
        baris_kosong=3,
        kunci=("uraian",),
        aturan=(AdaDi(kolom="tahun", lembar="lhp", kolom_lain="tahun"),),
    )
    form = Form(id="f", versi=1, judul="F", lembar=(names, rows))

    checked = check_form(form, fill(form, ((("dua ribu", "Satu", "1"), (2024, "Dua", "2"))), ((2025, "Tindak", "A"),)))

    assert verdicts(checked) == {("Satu", "tahun"): FIX}


FOLLOWED = Form(
    id="f",
    versi=1,
    judul="Format",
    lembar=(
        Sheet(
            id="lhp",
            judul="LHP",
            kolom=(entry("no_lhp", T.TEKS), entry("tanggal_terima", T.TANGGAL), entry("judul", T.TEKS)),
            baris_kosong=3,
            kunci=("no_lhp",),
        ),
        Sheet(
            id="tl",
            judul="TL HP",
            kolom=(entry("no_lhp", T.TEKS), entry("batas_waktu", T.TANGGAL), entry("status", T.TEKS)),
            baris_kosong=3,
            kunci=("no_lhp",),
            aturan=(
                BatasHari(
                    kolom="batas_waktu",
                    status="status",
                    selesai=("SESUAI",),
                    lembar="lhp",
                    kunci="no_lhp",
                    mulai="tanggal_terima",
                    hari=60,
                ),
            ),
        ),
    ),
)
META = (("format", "f"), ("versi", "1"), ("unit", "umum"), ("periode", "2026-TW3"), ("nonce", "x"))
META_SHEET = RawSheet(name="_meta", rows=tuple(tuple(RawCell(word) for word in pair) for pair in META))


@pytest.mark.parametrize(
    ("received", "own", "status", "due"),
    [
        pytest.param("2 Agustus 2026", None, "PROSES", None, id="due on the last day but one"),
        pytest.param("31 Juli 2026", None, "PROSES", "29 September 2026", id="sixty days have passed"),
        pytest.param("1 Maret 2026", None, "SESUAI", None, id="settled"),
        pytest.param("1 Maret 2026", "31 Desember 2026", "PROSES", None, id="a later day of its own"),
        pytest.param("20 September 2026", "25 September 2026", "PROSES", "25 September 2026", id="an earlier one"),
        pytest.param(None, None, "PROSES", None, id="nobody knows when it was received"),
    ],
)
def test_a_recommendation_past_its_sixty_days_is_mentioned_and_stored(
    received: RawValue, own: RawValue, status: str, due: str | None
) -> None:
    filled = fill(FOLLOWED, (("12/LHP", received, "Satu"),), (("12/lhp", own, status),))

    checked = check_form(FOLLOWED, replace(filled, sheets=(*filled.sheets, META_SHEET)))

    said = [cell.pesan for cell in checked.sel if cell.kolom == "status" and cell.pesan]
    expected = f'Batas tindak lanjutnya {due}, sedangkan pada akhir periode statusnya "{status}".'
    assert said == ([expected] if due else [])
    assert checked.is_complete
