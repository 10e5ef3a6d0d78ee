"""Every figure of a rekap against answers worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kinerja_mailbot.domain.kinerja.rekap import StatusCapaian
from tests.domain.kinerja.known_answers import BUDGET, COUNTS, EVERY, GOALS, MEAN, SUMS, WORD, Answer, known

REKAP = known()
ROWS = {row.kode: row for row in REKAP.capaian}


def number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


@pytest.mark.parametrize("answer", EVERY, ids=lambda answer: f"{answer.kode} {answer.rumus}")
def test_each_indicator_is_what_pencil_and_paper_say(answer: Answer) -> None:
    row = ROWS[answer.kode]

    assert (row.capaian, row.capaian_rata, row.predikat, row.status.value) == (
        number(answer.capaian),
        number(answer.rata),
        answer.predikat,
        answer.status,
    )


def test_the_averages_are_those_of_the_measured_indicators() -> None:
    assert (REKAP.rata_capaian, REKAP.predikat) == (Decimal(MEAN), WORD)
    assert [(g.sasaran, g.terukur, g.indikator, g.rata_capaian, g.predikat) for g in REKAP.sasaran] == [
        (name, measured, every, Decimal(mean), word) for name, measured, every, mean, word in GOALS
    ]


def test_each_status_is_counted() -> None:
    assert {status.value: REKAP.count(status) for status in StatusCapaian} == COUNTS


def test_the_budget_is_what_pencil_and_paper_say() -> None:
    assert [(line.kode, line.pagu, line.realisasi, line.sisa, line.serapan) for line in REKAP.anggaran] == [
        (kode, pagu, spent, rest, number(share)) for kode, pagu, spent, rest, share in BUDGET
    ]
    assert REKAP.serapan == Decimal(SUMS[3])
