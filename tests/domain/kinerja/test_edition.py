"""When an edition of the rekap is owed, and what it is called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.kinerja.edition import OwedEdition, owed_edition, revisions
from kinerja_mailbot.domain.sop.state import AnalysisState, KeadaanPeriode, KeadaanPermintaan, PeriodState, RekapState
from tests.domain.kinerja.quarter import FILLED_SEKRETARIS, FILLED_UMUM, PERIOD, POLICY, SILENT_HUKUM, quarter
from tests.domain.office import wit

# The last deadline is Friday 2 October 08.30; 480 net minutes later it is Monday 5 October 09.00.
OVER = wit("2026-10-05 09.00")
WAITING = quarter(FILLED_UMUM, SILENT_HUKUM)
COMPLETE = quarter(FILLED_UMUM, FILLED_SEKRETARIS)


def with_editions(period: PeriodState, *editions: RekapState) -> PeriodState:
    return replace(period, rekap=editions)


def edition(number: int, period: PeriodState, *, lengkap: bool) -> RekapState:
    return RekapState(edisi=number, lengkap=lengkap, revisi=revisions(period), dibuat_at=OVER)


def revised(period: PeriodState, revisi: int) -> PeriodState:
    return replace(period, permintaan=(replace(period.permintaan[0], revisi=revisi), *period.permintaan[1:]))


def test_a_complete_rekap_is_owed_as_soon_as_the_last_unit_is_complete() -> None:
    owed = owed_edition(COMPLETE, POLICY, wit("2026-10-01 20.00"))

    assert owed == OwedEdition(1, "lengkap", lengkap=True)


def test_what_was_made_from_the_same_revisions_is_not_made_again() -> None:
    made = with_editions(COMPLETE, edition(1, COMPLETE, lengkap=True))

    assert owed_edition(made, POLICY, OVER) is None


def test_each_later_revision_makes_a_corrected_edition() -> None:
    first = edition(1, COMPLETE, lengkap=True)
    second_state = revised(COMPLETE, 2)
    second = edition(2, second_state, lengkap=True)

    assert owed_edition(with_editions(second_state, first), POLICY, OVER) == OwedEdition(2, "perbaikan 1", lengkap=True)
    assert owed_edition(with_editions(revised(COMPLETE, 3), first, second), POLICY, OVER) == OwedEdition(
        3, "perbaikan 2", lengkap=True
    )


def test_a_correction_under_way_is_waited_for() -> None:
    open_again = replace(
        revised(COMPLETE, 2),
        permintaan=(replace(FILLED_UMUM, revisi=2, keadaan=KeadaanPermintaan.PERLU_PERBAIKAN), FILLED_SEKRETARIS),
    )

    assert owed_edition(with_editions(open_again, edition(1, COMPLETE, lengkap=True)), POLICY, OVER) is None


@pytest.mark.parametrize(
    ("now", "owed"),
    [
        pytest.param("2026-10-05 08.59", None, id="a minute before"),
        pytest.param("2026-10-05 09.00", OwedEdition(1, "sementara", lengkap=False), id="on time"),
        pytest.param("2026-10-05 12.30", None, id="not in the rest"),
        pytest.param("2026-10-06 07.30", OwedEdition(1, "sementara", lengkap=False), id="after a night off"),
        pytest.param("2026-10-10 10.00", None, id="not on a Saturday"),
    ],
)
def test_a_provisional_rekap_is_owed_in_office_time_when_the_time_is_over(now: str, owed: OwedEdition | None) -> None:
    assert owed_edition(WAITING, POLICY, wit(now)) == owed


def test_a_provisional_rekap_is_made_once_whatever_comes_in_afterwards() -> None:
    made = with_editions(revised(WAITING, 2), edition(1, WAITING, lengkap=False))

    assert owed_edition(made, POLICY, wit("2026-10-08 10.00")) is None


def test_after_a_provisional_rekap_the_first_whole_one_is_called_complete() -> None:
    accepted = quarter(FILLED_UMUM, replace(SILENT_HUKUM, keadaan=KeadaanPermintaan.LENGKAP))  # TERIMA hukum NIHIL
    made = with_editions(accepted, edition(1, WAITING, lengkap=False))

    assert owed_edition(made, POLICY, OVER) == OwedEdition(2, "lengkap", lengkap=True)


def test_a_later_deadline_moves_the_provisional_rekap() -> None:
    extended = quarter(FILLED_UMUM, replace(SILENT_HUKUM, batas_at=wit("2026-10-05 08.30")))

    assert owed_edition(extended, POLICY, OVER) is None


@pytest.mark.parametrize("keadaan", [KeadaanPeriode.MENUNGGU_PERINTAH, KeadaanPeriode.DITUTUP])
def test_a_period_that_waits_or_is_closed_owes_nothing(keadaan: KeadaanPeriode) -> None:
    assert owed_edition(replace(COMPLETE, keadaan=keadaan), POLICY, OVER) is None


def test_a_period_without_requests_owes_nothing() -> None:
    assert owed_edition(quarter(), POLICY, OVER) is None


def test_a_mixed_quarter_is_compiled_provisionally() -> None:
    assert owed_edition(PERIOD, POLICY, OVER) == OwedEdition(1, "sementara", lengkap=False)


def analysed(period: PeriodState, revisi: int, *, done: bool = True) -> PeriodState:
    return replace(period, analisis=AnalysisState(revisi=revisi, sel=(), lengkap_at=OVER if done else None))


def name_of_owed(period: PeriodState) -> str:
    owed = owed_edition(period, POLICY, OVER)
    return owed.nama if owed is not None else ""


def test_a_finished_analysis_makes_the_final_edition_and_an_unfinished_one_none() -> None:
    first = with_editions(COMPLETE, edition(1, COMPLETE, lengkap=True))

    assert name_of_owed(analysed(first, 1, done=False)) == ""
    assert owed_edition(analysed(first, 2), POLICY, OVER) == OwedEdition(2, "final", lengkap=True, analisis=2)


def test_after_the_final_edition_data_makes_corrections_and_words_another_final_one() -> None:
    first = edition(1, COMPLETE, lengkap=True)
    final = replace(edition(2, COMPLETE, lengkap=True), analisis=1)
    corrected = replace(edition(3, revised(COMPLETE, 2), lengkap=True), analisis=1)

    assert name_of_owed(analysed(with_editions(COMPLETE, first, final), 1)) == ""
    assert name_of_owed(analysed(with_editions(revised(COMPLETE, 2), first, final), 1)) == "perbaikan 1"
    assert name_of_owed(analysed(with_editions(COMPLETE, first, final), 2)) == "final 2"
    assert name_of_owed(analysed(with_editions(revised(COMPLETE, 3), first, final, corrected), 1)) == "perbaikan 2"


def test_a_period_closed_with_its_analysis_still_owes_the_final_edition_and_nothing_else() -> None:
    first = edition(1, COMPLETE, lengkap=True)
    final = replace(edition(2, COMPLETE, lengkap=True), analisis=1)
    closed = replace(COMPLETE, keadaan=KeadaanPeriode.DITUTUP)

    assert name_of_owed(analysed(with_editions(closed, first), 1)) == "final"
    assert name_of_owed(with_editions(revised(closed, 2), first)) == ""
    assert name_of_owed(analysed(with_editions(revised(closed, 2), first, final), 1)) == ""


def test_a_final_edition_waits_for_a_correction_under_way() -> None:
    open_again = replace(
        revised(COMPLETE, 2),
        permintaan=(replace(FILLED_UMUM, revisi=2, keadaan=KeadaanPermintaan.PERLU_PERBAIKAN), FILLED_SEKRETARIS),
    )

    assert name_of_owed(analysed(with_editions(open_again, edition(1, COMPLETE, lengkap=True)), 1)) == ""
