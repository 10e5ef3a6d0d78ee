"""A period whose every figure was worked out with pencil and paper (DOMAIN 3.1 to 3.5), not by the program.

Scale: from 91 Sangat Tinggi, from 76 Tinggi, from 66 Sedang, from 51 Rendah, below Sangat Rendah. Averages cap at 120
and take a negative capaian for 0. Percent are rounded half up to 2 decimals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from tests.domain.kinerja.quarter import budget, compiled, indicator, quarter, request

D = Decimal
ST, T, S, R, SR = "Sangat Tinggi", "Tinggi", "Sedang", "Rendah", "Sangat Rendah"
MET, MISSED, UNMEASURED, EMPTY = "tercapai", "belum tercapai", "tidak diukur", "belum diisi"
NONE = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An indicator, and what becomes of it: raw capaian, capaian in averages, predikat, status."""

    kode: str
    rumus: str
    target: Value
    realisasi: Value | None
    capaian: str | None
    rata: str | None
    predikat: str
    status: str


POSITIVE, NEGATIVE, OTHER = "Sasaran positif", "Sasaran negatif", "Sasaran lain"
ANSWERS: dict[str, tuple[Answer, ...]] = {
    POSITIVE: (
        Answer("P-01", "POS", D("77.5"), D("79.9"), "103.10", "103.10", ST, MET),  # 103,0967…
        Answer("P-02", "POS", D(75), D("40.9"), "54.53", "54.53", R, MISSED),  # 54,5333…
        Answer("P-03", "POS", D(75), D("37.4"), "49.87", "49.87", SR, MISSED),  # 49,8666…
        Answer("P-04", "POS", D(80), D(83), "103.75", "103.75", ST, MET),
        Answer("P-05", "POS", D(800), D(1), "0.13", "0.13", SR, MISSED),  # 0,125: half goes up
        Answer("P-06", "POS", D(80), D(0), "0", "0", SR, MISSED),  # a real zero
        Answer("P-07", "POS", D(0), D(0), NONE, NONE, "", UNMEASURED),  # nothing can be divided by zero
        Answer("P-08", "POS", D(3), Mark.NIHIL, "0", "0", SR, MISSED),  # declared nil counts as zero
        Answer("P-09", "POS", D(80), Mark.TIDAK_DIUKUR, NONE, NONE, "", UNMEASURED),
        Answer("P-10", "POS", D(80), NONE, NONE, NONE, "", EMPTY),  # blank is never zero
    ),
    NEGATIVE: (
        Answer("N-01", "NEG_LAN", D(2), D(1), "150", "120", ST, MET),
        Answer("N-02", "NEG_LAN", D(2), D(0), "200", "120", ST, MET),
        Answer("N-03", "NEG_LAN", D(2), D(3), "50", "50", SR, MISSED),
        Answer("N-04", "NEG_LAN", D(2), D(4), "0", "0", SR, MISSED),
        Answer("N-05", "NEG_LAN", D(2), D(5), "-50", "0", SR, MISSED),
        Answer("N-06", "NEG_LAN", D(0), D(0), "100", "100", ST, MET),
        Answer("N-07", "NEG_LAN", D(0), D(1), "0", "0", SR, MISSED),
        Answer("N-08", "NEG_RASIO", D(2), D(1), "200", "120", ST, MET),
        Answer("N-09", "NEG_RASIO", D(2), D(3), "66.67", "66.67", S, MISSED),
        Answer("N-10", "NEG_RASIO", D(2), D(0), NONE, NONE, "", MET),  # no ratio, yet nothing bad happened
        Answer("N-11", "NEG_SKP", D(2), D(1), "150", "120", ST, MET),
    ),
    OTHER: (
        Answer("L-01", "RENTANG", "80-90", D(95), "105.56", "105.56", ST, MET),  # 95 / 90
        Answer("L-02", "RENTANG", "80-90", D(72), "90", "90", T, MISSED),  # 72 / 80
        Answer("L-03", "RENTANG", "80-90", D(85), "100", "100", ST, MET),
        Answer("L-04", "YATIDAK", "Ya", "Ya", "100", "100", ST, MET),
        Answer("L-05", "YATIDAK", "Ya", "Tidak", "0", "0", SR, MISSED),
        Answer("L-06", "PREDIKAT", "BB", "A", NONE, NONE, "", MET),
        Answer("L-07", "PREDIKAT", "BB", "B", NONE, NONE, "", MISSED),
        Answer("L-08", "PREDIKAT", "WTP", "WDP", NONE, NONE, "", MISSED),
    ),
}
EVERY = tuple(answer for answers in ANSWERS.values() for answer in answers)

MEAN, WORD = "63.80", R  # 1.403,61 / 22
"""Positif 311,38 in 7; negatif 696,67 in 10; lain 395,56 in 5."""

GOALS = (
    (POSITIVE, 7, 10, "44.48", SR),  # 311,38 / 7 = 44,4828…
    (NEGATIVE, 10, 11, "69.67", S),  # 696,67 / 10 = 69,667
    (OTHER, 5, 8, "79.11", T),  # 395,56 / 5 = 79,112
)
COUNTS = {MET: 12, MISSED: 14, UNMEASURED: 2, EMPTY: 1}

BUDGET = (  # kode, pagu, realisasi, sisa, serapan
    ("A.1", D(1_000_000), D(333_333), D(666_667), "33.33"),
    ("A.2", D(2_000_000), D(2_000_001), D(-1), "100.00"),  # 100,00005
    ("A.3", D(500_000), NONE, NONE, NONE),  # not reported: in no sum
)
SUMS = (D(3_000_000), D(2_333_334), D(666_666), "77.78")  # 77,7778


def known() -> Rekap:
    """Return the period compiled by the program."""
    asked = request("umum", _cells(), 29, 30)
    sheets = {"capaian": tuple(_rows()), "anggaran": tuple(_lines())}
    lembar = tuple(replace(sheet, baris=sheets.get(sheet.id, sheet.baris)) for sheet in asked.form.lembar)
    return compiled(quarter(replace(asked, form=replace(asked.form, lembar=lembar))))


def _cells() -> tuple[StoredCell, ...]:
    measured = (cell for a in EVERY if a.realisasi is not None for cell in indicator(a.kode, a.realisasi))
    spent = (cell for kode, _, used, _, _ in BUDGET if used is not None for cell in budget(kode, used))
    return (*measured, *spent)


def _rows() -> list[Row]:
    return [
        Row(a.kode, (("sasaran", goal), ("indikator", a.kode), ("rumus", a.rumus), ("target_tw", a.target)))
        for goal, answers in ANSWERS.items()
        for a in answers
    ]


def _lines() -> list[Row]:
    return [Row(kode, (("uraian", kode), ("pagu", pagu))) for kode, pagu, *_ in BUDGET]
