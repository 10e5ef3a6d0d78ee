"""What changed between two editions: exactly the cells that differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.kinerja.changes import Butir, find_changes
from kinerja_mailbot.domain.kinerja.history import cells_of
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.sop.state import FileOnRecord
from tests.domain.kinerja.quarter import (
    FILLED_UMUM,
    SEKRETARIS,
    UMUM,
    budget,
    cells,
    compiled,
    indicator,
    quarter,
    request,
)


def of_umum(*given: StoredCell) -> Rekap:
    return compiled(quarter(request("umum", given)))


def changed(before: Rekap, after: Rekap) -> list[tuple[str, str, object, object]]:
    found = find_changes(cells_of(before), cells_of(after))
    return [(c.kode, c.kolom, c.sebelum, c.sesudah) for c in found]


def without(kode: str, given: tuple[StoredCell, ...]) -> tuple[StoredCell, ...]:
    return tuple(cell for cell in given if cell.baris != kode)


def test_the_same_data_shows_no_change_whenever_it_is_compiled() -> None:
    assert changed(of_umum(*UMUM), of_umum(*reversed(UMUM))) == []


def test_a_corrected_realisasi_changes_what_follows_from_it_and_nothing_else() -> None:
    corrected = (*without("UKL-03", UMUM), *indicator("UKL-03", Decimal("40"), bukti="", penghambat="Gudang penuh"))

    assert changed(of_umum(*UMUM), of_umum(*corrected)) == [
        ("UKL-03", "Realisasi", Decimal("83.5"), Decimal(40)),
        ("UKL-03", "Capaian (%)", Decimal("104.38"), Decimal("50.00")),
        ("UKL-03", "Predikat", "Sangat Tinggi", "Sangat Rendah"),
        ("UKL-03", "Status", "tercapai", "belum tercapai"),
        ("UKL-03", "Faktor Penghambat", None, "Gudang penuh"),
    ]


def test_the_same_amount_written_differently_is_no_change() -> None:
    rewritten = (*without("UKL-03", UMUM), *indicator("UKL-03", Decimal("83.50"), bukti=""))

    assert changed(of_umum(*UMUM), of_umum(*rewritten)) == []


def test_a_budget_line_changes_with_its_rest_and_its_share() -> None:
    corrected = (*without("6709.EBD.955", UMUM), *budget("6709.EBD.955", Decimal(60_000_000)))

    assert changed(of_umum(*UMUM), of_umum(*corrected)) == [
        ("6709.EBD.955", "Realisasi (Rp)", Decimal(51_200_000), Decimal(60_000_000)),
        ("6709.EBD.955", "Sisa (Rp)", Decimal(35_200_000), Decimal(26_400_000)),
        ("6709.EBD.955", "Serapan (%)", Decimal("59.26"), Decimal("69.44")),
    ]


def test_a_row_that_came_and_one_that_went_are_told_cell_by_cell() -> None:
    before = compiled(quarter(request("sekretaris", SEKRETARIS)))
    rows = tuple(cell for cell in SEKRETARIS if cell.baris != "12.a/lhp|1|2")
    added = cells("tl_hp", "12.a/lhp|3|1", no_lhp="12.A", no_rekomendasi="3.1", status="BELUM_TL")
    after = compiled(quarter(request("sekretaris", (*rows, *added))))

    found = changed(before, after)

    assert [change[:1] + change[2:] for change in found if change[1] == "Status"] == [
        ("12.A / 3.1", None, "BELUM_TL"),
        ("12.A/LHP/XIX.MAN/05/2026 / 1.2", "BELUM_SESUAI", None),
    ]
    assert not [change for change in found if "1.1" in change[0] or "2.1" in change[0]]


def test_a_file_that_came_later_is_told() -> None:
    file = FileOnRecord(nama="Foto.jpg", ukuran=10, sha256="ab" * 32, surel_id=31)
    more = replace(FILLED_UMUM, data_dukung=(*FILLED_UMUM.data_dukung, file))

    assert changed(compiled(quarter(FILLED_UMUM)), compiled(quarter(more))) == [
        ("Foto.jpg", "Nama Berkas", None, "Foto.jpg")
    ]


@pytest.mark.parametrize(
    ("surel", "told"),
    [((), ()), ((("UKL", 14), ("TEK", 15), ("UKL", 19)), (14, 19))],
    ids=["no mail is known", "mails of the unit only"],
)
def test_each_change_names_the_mails_of_its_unit(surel: tuple[tuple[str, int], ...], told: tuple[int, ...]) -> None:
    cell = Butir(lembar="Anggaran", unit="UKL", baris="A", kode="A", kolom="Kendala", nilai="ada")

    (change,) = find_changes((), (cell,), surel)

    assert change.surel == told
