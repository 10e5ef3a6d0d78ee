"""Every number that the rekap workbook shows against answers worked by hand."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from tests.domain.kinerja.known_answers import BUDGET, COUNTS, EVERY, GOALS, MEAN, SUMS, WORD, known
from tests.domain.kinerja.quarter import KANTOR

WORKBOOK = load_workbook(io.BytesIO(RekapWorkbookWriter(KANTOR).write(known())), data_only=True)
CAPAIAN, ANGGARAN, SUMMARY = (WORKBOOK[title] for title in ("Capaian Kinerja", "Anggaran", "Ringkasan"))
FIRST = 7  # below the head of every main table


def line(sheet: Worksheet, row: int, columns: str) -> list[object]:
    return [sheet[f"{letter}{row}"].value for letter in columns]


def below(sheet: Worksheet, title: str, count: int, columns: str) -> list[list[object]]:
    """Return so many rows of the side table with this title."""
    (start,) = [cell.row for cell in sheet["A"] if cell.value == title]
    return [line(sheet, start + 2 + number, columns) for number in range(count)]


def shown(value: str | Decimal | None) -> object:
    return "–" if value is None else float(value)


def test_every_indicator_shows_its_figures() -> None:
    assert [line(CAPAIAN, FIRST + n, "CKLMN") for n in range(len(EVERY))] == [
        [a.kode, shown(a.capaian), shown(a.rata), a.predikat or "–", a.status] for a in EVERY
    ]


def test_the_line_of_totals_shows_average_and_predikat() -> None:
    assert line(CAPAIAN, FIRST + len(EVERY), "ELM") == ["Rata-rata capaian", float(MEAN), WORD]


def test_every_sasaran_shows_its_average() -> None:
    assert below(CAPAIAN, "Rata-rata capaian per sasaran", len(GOALS), "BFGHK") == [
        [name, measured, every, float(mean), word] for name, measured, every, mean, word in GOALS
    ]


def test_every_status_shows_its_count_and_share() -> None:
    shares = {"tercapai": 41.38, "belum tercapai": 48.28, "tidak diukur": 6.9, "belum diisi": 3.45}  # of 29

    assert below(CAPAIAN, "Jumlah indikator menurut status", 6, "BFG") == [
        *([word, count, shares[word]] for word, count in COUNTS.items()),
        ["belum diterima", 0, 0],
        ["Jumlah", 29, 100],
    ]


def test_the_budget_shows_rest_and_share_and_sums_what_was_reported() -> None:
    assert [line(ANGGARAN, FIRST + n, "CEFGH") for n in range(len(BUDGET))] == [
        [kode, pagu, "belum diisi" if spent is None else spent, "–" if rest is None else rest, shown(share)]
        for kode, pagu, spent, rest, share in BUDGET
    ]
    assert line(ANGGARAN, FIRST + len(BUDGET), "EFGH") == [*map(int, SUMS[:3]), float(SUMS[3])]
    assert below(ANGGARAN, "Realisasi menurut unit", 1, "BEFGH") == [["UKL", *map(int, SUMS[:3]), float(SUMS[3])]]


def test_the_first_sheet_shows_the_same_figures() -> None:
    assert line(SUMMARY, 6, "AEIMQ") == ["1 dari 1", "1 dari 1", "12 dari 26", float(MEAN), float(SUMS[3])]
