"""Indicators across periods: the trend, and the year made from its quarters, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.annual import with_year
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.timeline import BarisTahunan
from kinerja_mailbot.domain.kinerja.trend import change, find_point, last_year, previous, with_trend
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.sop.steps import BOT, begin_period
from kinerja_mailbot.domain.tick.owed import with_requests
from tests.domain.collection import OPENED
from tests.domain.kinerja.quarter import DAFTAR, NOW, POLICY, cells, request

POSITION = "UKL-03"  # posisi akhir, percent
COUNTED = "UKL-02"  # akumulatif; 3, 6, 9 and 12 reports are due


def reported(kode: str, **figures: Value) -> tuple[StoredCell, ...]:
    return cells("capaian", kode, **figures)


def collected(kode: str, *figures: StoredCell) -> PeriodState:
    """Return a period in which the first unit has reported these figures."""
    periode = parse_periode(kode)
    asked = replace(request("umum", figures), periode=kode, form=form_for_period(POLICY.form_for("umum"), periode))
    return with_requests(begin_period(periode, POLICY.sop, POLICY.jam, OPENED, oleh=BOT), (asked,))


def rekap_of(period: PeriodState) -> Rekap:
    return compile_rekap(period, DAFTAR, POLICY, edisi=1, nama_edisi="lengkap", now=NOW)


def year_of(kode: str, *periods: PeriodState) -> BarisTahunan:
    made = with_year(rekap_of(periods[-1]), periods, DAFTAR)
    return next(row for row in made.tahunan if row.kode == kode)


def test_the_trend_goes_through_the_same_kind_of_period_oldest_first() -> None:
    second = collected("2026-TW2", *reported(COUNTED, realisasi_kum=Decimal(3)))
    year = collected("2025", *reported(COUNTED, realisasi_kum=Decimal(12)))
    first = collected("2025-TW3", *reported(COUNTED, realisasi_kum=Decimal(9)))
    now = rekap_of(collected("2026-TW3", *reported(COUNTED, realisasi_kum=Decimal(6))))

    made = with_trend(now, (second, year, first), DAFTAR, POLICY.rekap)

    (trend,) = (tren for tren in made.tren if tren.kode == COUNTED)
    # 9 of 9, 3 of 6, 6 of 9
    assert [(point.periode.kode, point.capaian) for point in trend.titik] == [
        ("2025-TW3", Decimal("100.00")),
        ("2026-TW2", Decimal("50.00")),
        ("2026-TW3", Decimal("66.67")),
    ]
    before = find_point(trend, previous(made.periode))
    a_year_ago = find_point(trend, last_year(made.periode))
    assert before is not None
    assert a_year_ago is not None
    assert change(trend.titik[-1].capaian, before.capaian) == Decimal("16.67")
    assert change(trend.titik[-1].capaian, a_year_ago.capaian) == Decimal("-33.33")


@pytest.mark.parametrize(
    ("quarters", "expected", "contradictions"),
    [
        pytest.param(
            [(Decimal(3), None), (Decimal(3), None), (Decimal(2), None), (Decimal(4), None)], 12, 0, id="3+3+2+4"
        ),
        pytest.param(
            [(None, Decimal(3)), (None, Decimal(6)), (None, Decimal(8)), (None, Decimal(12))], 12, 0, id="since January"
        ),
        pytest.param(
            [(Decimal(3), Decimal(3)), (Decimal(3), Decimal(6)), (Decimal(2), Decimal(8)), (Decimal(3), Decimal(11))],
            11,
            0,
            id="both, in agreement",
        ),
        pytest.param(
            [(Decimal(3), Decimal(3)), (Decimal(3), Decimal(7)), (Decimal(2), Decimal(9)), (Decimal(3), Decimal(12))],
            12,
            1,
            id="3+3 is not 7",
        ),
        pytest.param(
            [(None, Decimal(3)), (None, Decimal(6)), (None, Decimal(5)), (None, Decimal(12))], 12, 1, id="it fell"
        ),
        pytest.param([(Decimal(3), None), (Mark.NIHIL, None)], 3, 0, id="nothing in a quarter is zero"),
    ],
)
def test_what_is_counted_is_summed_up(
    quarters: list[tuple[Value | None, Value | None]], expected: int, contradictions: int
) -> None:
    periods = [
        collected(
            f"2026-TW{number}",
            *reported(
                COUNTED,
                **{key: value for key, value in (("realisasi_tw", own), ("realisasi_kum", since)) if value is not None},
            ),
        )
        for number, (own, since) in enumerate(quarters, start=1)
    ]
    if len(periods) < 4:
        periods.append(collected("2026-TW4"))

    row = year_of(COUNTED, *periods)

    assert (row.setahun, len(row.pertentangan)) == (Decimal(expected), contradictions)


def test_of_a_position_the_last_measured_one_counts() -> None:
    figures = (Decimal("70.5"), Decimal("81.25"), Mark.TIDAK_DIUKUR, None)
    periods = tuple(
        collected(f"2026-TW{number}", *(reported(POSITION, realisasi_kum=figure) if figure is not None else ()))
        for number, figure in enumerate(figures, start=1)
    )

    row = year_of(POSITION, *periods)

    assert row.setahun == Decimal("81.25")
    assert row.triwulan == figures


def test_a_year_s_own_form_is_compared_with_its_quarters() -> None:
    quarters = tuple(collected(f"2026-TW{n}", *reported(COUNTED, realisasi_tw=Decimal(3))) for n in range(1, 5))
    year = collected("2026", *reported(COUNTED, realisasi_kum=Decimal(11)))

    row = year_of(COUNTED, *quarters, year)

    assert row.triwulan == (Decimal(3), Decimal(6), Decimal(9), Decimal(12))
    assert row.pertentangan == ("isian tahunan tertulis 11 laporan, sedangkan menurut triwulan 12 laporan",)
    assert row.capaian == Decimal("100.00")


def test_a_quarter_in_the_middle_has_no_year() -> None:
    period = collected("2026-TW3", *reported(COUNTED, realisasi_tw=Decimal(3)))

    assert with_year(rekap_of(period), (period,), DAFTAR).tahunan == ()
