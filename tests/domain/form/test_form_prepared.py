"""What is prepared once for a form and used for every file: it must never show in a judgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.definition import Choice, Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.readers.outcomes import accepted
from kinerja_mailbot.domain.form.value import Mark, RawCell, RawValue, Value
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook
from kinerja_mailbot.domain.periode import parse_periode

TW3 = parse_periode("2026-TW3")
HEADER = ("Kode", "Satuan", "Target", "Realisasi", "Catatan")


def form(target: Value) -> Form:
    columns = (
        Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
        Column(kunci="satuan", judul="Satuan", jenis=ColumnType.TEKS),
        Column(kunci="target", judul="Target", jenis=ColumnType.UKURAN),
        Column(kunci="realisasi", judul="Realisasi", jenis=ColumnType.UKURAN, isian=True, wajib=True),
        Column(kunci="catatan", judul="Catatan", jenis=ColumnType.TEKS, isian=True),
    )
    row = Row("IK-01", (("satuan", "laporan"), ("target", target)))
    return Form(id="f", versi=1, judul="F", lembar=(Sheet(id="s", judul="Capaian", kolom=columns, baris=(row,)),))


def book(*typed: RawValue, tab: str = "Capaian", header: tuple[str, ...] = HEADER, above: int = 0) -> RawWorkbook:
    lines = (*((),) * above, header, ("IK-01", "laporan", *typed))
    rows = tuple(tuple(RawCell(value) for value in line) for line in lines)
    return RawWorkbook(kind=FileKind.XLSX, sheets=(RawSheet(name=tab, rows=rows),))


def with_meta(workbook: RawWorkbook, periode: str) -> RawWorkbook:
    pairs = (("format", "f"), ("versi", "1"), ("unit", "u"), ("nonce", "n"), ("periode", periode))
    meta = RawSheet(name="_meta", rows=tuple((RawCell(key), RawCell(value)) for key, value in pairs))
    return replace(workbook, sheets=(*workbook.sheets, meta))


@pytest.mark.parametrize("jenis", list(ColumnType))
def test_an_untouched_cell_is_empty_for_every_reader(jenis: ColumnType) -> None:
    context = CellContext(
        jenis=jenis,
        judul="Realisasi (Rp juta)",
        satuan="laporan",
        target=Decimal(2),
        pilihan=(Choice("SESUAI"),),
        boleh_tidak_diukur=True,
        boleh_nihil=True,
        rentang=True,
        atas="di atas",
        awal=TW3.first_day,
        akhir=TW3.last_day,
    )

    reading = read_cell(RawCell(None), context)

    assert reading == accepted(None)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(book(2, "dua"), id="what was typed"),
        pytest.param(book(2, 1, tab="Salinan Capaian"), id="another tab"),
        pytest.param(book(2, 1, above=4), id="further down"),
        pytest.param(book(2, 1, header=(*HEADER[:3], "Realisasi (Rp juta)", "Catatan")), id="another header"),
        pytest.param(book(2, None, 1, header=(*HEADER[:3], "Catatan", "Realisasi")), id="other columns"),
        pytest.param(book(3, 1), id="a changed target"),
        pytest.param(RawWorkbook(kind=FileKind.XLSX, sheets=()), id="no table at all"),
    ],
)
def test_the_file_before_leaves_no_trace_in_the_next(other: RawWorkbook) -> None:
    mine, fresh = form(Decimal(2)), form(Decimal(2))
    alone = check_form(fresh, other)

    check_form(mine, book(2, "satu"))
    after = check_form(mine, other)

    assert repr(after) == repr(alone)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(Decimal("85.50"), Decimal("85.5"), id="a zero behind"),
        pytest.param(Mark.NIHIL, "nihil", id="a mark and its word"),
        pytest.param("2", Decimal(2), id="a digit and a number"),
    ],
)
def test_forms_that_are_equal_but_not_the_same_are_prepared_apart(first: Value, second: Value) -> None:
    expected = check_form(form(second), book(7, 1))

    check_form(form(first), book(7, 1))
    after = check_form(form(second), book(7, 1))

    assert repr(after) == repr(expected)


def test_the_period_counts_even_where_form_and_layout_are_the_same() -> None:
    columns = form(Decimal(2)).lembar[0].kolom
    dated = replace(columns[3], jenis=ColumnType.TANGGAL)
    sheet = replace(form(Decimal(2)).lembar[0], kolom=(*columns[:3], dated, columns[4]))
    mine = replace(form(Decimal(2)), lembar=(sheet,))
    swapped = book(2, date(2026, 2, 8))  # 8 February, or 2 August

    read = [check_form(mine, with_meta(swapped, kode)).sel[0].nilai for kode in ("2026-TW1", "2026-TW3", "2026-TW1")]

    assert read == [date(2026, 2, 8), None, date(2026, 2, 8)]
