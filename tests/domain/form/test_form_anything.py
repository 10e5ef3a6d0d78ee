"""Whatever stands in a cell or a workbook: reading never crashes, and doubt is never stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.definition import Choice, Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.value import CellError, CellOutcome, RawCell, RawValue, Uncalculated
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook

_TYPED = st.text(alphabet="0123456789.,-%()/ RpMjtrblOox≥±'\"√\u00a0", max_size=12)
_VALUES: st.SearchStrategy[RawValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    _TYPED,
    st.datetimes(),
    st.dates(),
    st.times(),
    st.builds(CellError, st.text(max_size=8)),
    st.builds(Uncalculated, st.text(max_size=8)),
)
_FORMATS = st.sampled_from((None, "General", "0%", '0.00"%"', "#,##0", "[Red]0.0\\%"))
_CELLS = st.builds(RawCell, _VALUES, _FORMATS)
_CONTEXTS = st.builds(
    CellContext,
    jenis=st.sampled_from(tuple(ColumnType)),
    judul=st.sampled_from(("Realisasi", "Nilai (dalam juta)")),
    satuan=st.sampled_from(("", "%", "laporan", "nilai")),
    target=st.one_of(st.none(), st.just(Decimal("0.2")), st.just(Decimal(80)), st.just("BB"), st.just("80-90")),
    pilihan=st.sampled_from(((), (Choice("SESUAI", ("S",)), Choice("BELUM_TL")))),
    boleh_tidak_diukur=st.booleans(),
    boleh_nihil=st.booleans(),
    rentang=st.booleans(),
    atas=st.one_of(st.none(), st.just("di atas")),
    awal=st.just(date(2026, 7, 1)),
    akhir=st.just(date(2026, 9, 30)),
)


@given(_CELLS, _CONTEXTS)
def test_any_cell_ends_in_one_of_four_ways(cell: RawCell, context: CellContext) -> None:
    reading = read_cell(cell, context)

    assert (reading.outcome is CellOutcome.FIX) <= (reading.value is None)
    assert (reading.outcome is CellOutcome.ACCEPTED) is (reading.message == "")
    assert reading.message == "" or reading.message.endswith(".")
    assert not isinstance(reading.value, Decimal) or (reading.value.is_finite() and reading.value >= 0)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_three_digits_behind_one_mark_are_never_a_percentage_or_a_score(whole: int, rest: int, mark: str) -> None:
    cell = RawCell(f"{whole}{mark}{rest:03}")

    for kind in (ColumnType.PERSEN, ColumnType.NILAI):
        assert read_cell(cell, CellContext(jenis=kind)).outcome is CellOutcome.FIX


@given(st.floats(min_value=1e-9, max_value=1.0), st.sampled_from((None, "General", "0.00")))
def test_a_bare_fraction_is_never_a_percentage(number: float, number_format: str | None) -> None:
    reading = read_cell(RawCell(number, number_format), CellContext(jenis=ColumnType.PERSEN, target=Decimal(80)))

    assert reading.outcome is CellOutcome.FIX


@given(st.decimals(min_value=2, max_value=200, places=2))
def test_a_percentage_in_indonesian_is_read_back_exactly(number: Decimal) -> None:
    reading = read_cell(RawCell(f"{number} %".replace(".", ",")), CellContext(jenis=ColumnType.PERSEN))

    assert (reading.outcome, reading.value) == (CellOutcome.ACCEPTED, number)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_between_slashes_is_day_month_year(day: date) -> None:
    reading = read_cell(RawCell(f"{day:%d/%m/%Y}"), CellContext(jenis=ColumnType.TANGGAL))

    assert reading.value == day


_FORM = Form(
    id="f",
    versi=1,
    judul="Format",
    lembar=(
        Sheet(
            id="a",
            judul="A",
            kolom=(
                Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
                Column(kunci="nilai", judul="Nilai", jenis=ColumnType.PERSEN, isian=True, wajib=True),
                Column(kunci="ket", judul="Ket", jenis=ColumnType.TEKS, isian=True),
            ),
            baris=(Row("X"), Row("Y")),
            nihil="Tidak ada",
        ),
        Sheet(
            id="b",
            judul="B",
            kolom=(
                Column(kunci="no", judul="No", jenis=ColumnType.TEKS, isian=True, wajib=True),
                Column(kunci="tanggal", judul="Tanggal", jenis=ColumnType.TANGGAL, isian=True),
                Column(kunci="rp", judul="Rupiah", jenis=ColumnType.RUPIAH, isian=True),
            ),
            baris_kosong=3,
            kunci=("no",),
            nihil="Tidak ada B",
        ),
    ),
)
_LABELS = st.sampled_from(("Kode", "Nilai", "Ket", "No", "Tanggal", "Rupiah", "X", "Y", "Nihil", "Tidak ada", "Ya"))
_SHEETS = st.builds(
    RawSheet,
    name=st.sampled_from(("A", "B", "_meta", "Sheet1")),
    rows=st.lists(st.lists(st.one_of(_CELLS, st.builds(RawCell, _LABELS)), max_size=5).map(tuple), max_size=8).map(
        tuple
    ),
    first_row=st.integers(0, 3),
    first_column=st.integers(0, 3),
    merged=st.lists(st.tuples(*[st.integers(0, 5)] * 4), max_size=3).map(tuple),
)


@given(st.lists(_SHEETS, max_size=4))
def test_any_workbook_is_judged_and_no_fault_is_stored(sheets: list[RawSheet]) -> None:
    checked = check_form(_FORM, RawWorkbook(kind=FileKind.XLSX, sheets=tuple(sheets)))

    faulty = {(cell.lembar, cell.baris, cell.kolom) for cell in checked.to_fix}
    assert not faulty & {(cell.lembar, cell.baris, cell.kolom) for cell in checked.tersimpan}
    assert checked.terisi <= checked.seluruh
    assert checked.is_complete is (checked.terisi == checked.seluruh)
