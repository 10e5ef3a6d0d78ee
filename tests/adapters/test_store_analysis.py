"""The analysis of step 6 on record: revisions follow each other, none is overwritten, the first complete one counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.mail.outcome import StoreAnalysis
from kinerja_mailbot.domain.sop.state import AnalysisState, RekapState
from kinerja_mailbot.usecases.ports import Plan, StoreError
from kinerja_mailbot.usecases.verify import verify_store
from tests.adapters.store_cases import LATER, NOW, archive_one, new_store, open_period, outcome

KODE = "2026-TW3"
WORDS = StoredCell(lembar="analisis", baris="UKL-01", kolom="analisis", nilai="=Baik", tertulis="=Baik")
MORE = replace(WORDS, baris="UMUM", nilai="Cukup")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


def analysis(mail_id: int, revisi: int, *cells: StoredCell, lengkap: bool = False) -> StoreAnalysis:
    return StoreAnalysis(
        periode=KODE,
        revisi=revisi,
        surel_id=mail_id,
        oleh="Kasubbag",
        tiba_at=NOW + timedelta(hours=revisi),
        cara="teks",
        isian=cells[-1:],
        sel=cells,
        lengkap=lengkap,
    )


def state(store: Store) -> AnalysisState | None:
    (period,) = store.periods((KODE,))
    return period.analisis


def test_nothing_is_known_before_the_first_one(store: Store) -> None:
    assert state(store) is None


def test_the_newest_revision_holds_everything(store: Store) -> None:
    first, second = archive_one(store, "analisis", 1), archive_one(store, "lanjutan", 2)

    store.apply(first, outcome(analysis(first, 1, WORDS)), (), LATER)
    store.apply(second, outcome(analysis(second, 2, WORDS, MORE, lengkap=True)), (), LATER)

    assert state(store) == AnalysisState(
        revisi=2, sel=(WORDS, MORE), lengkap_at=NOW + timedelta(hours=2), oleh="Kasubbag", surel_id=second
    )
    assert [e.rincian for e in store.journal(KODE) if e.peristiwa == "analysis stored"] == [
        "revision 1 by teks, not complete",
        "revision 2 by teks, complete",
    ]


def test_the_mail_that_completed_it_first_stays_its_evidence(store: Store) -> None:
    first, second = archive_one(store, "analisis", 1), archive_one(store, "lanjutan", 2)

    store.apply(first, outcome(analysis(first, 1, WORDS, lengkap=True)), (), LATER)
    store.apply(second, outcome(analysis(second, 2, WORDS, MORE, lengkap=True)), (), LATER)

    found = state(store)
    assert found is not None
    assert (found.revisi, found.lengkap_at, found.surel_id) == (2, NOW + timedelta(hours=1), first)


def test_a_replay_makes_no_second_revision(store: Store) -> None:
    mail_id = archive_one(store, "analisis")

    for _ in range(2):
        store.apply(mail_id, outcome(analysis(mail_id, 1, WORDS)), (), LATER)

    found = state(store)
    assert found is not None
    assert found.revisi == 1


def test_what_was_decided_from_an_older_state_is_decided_again(store: Store) -> None:
    first, second = archive_one(store, "analisis", 1), archive_one(store, "bersamaan", 2)
    store.apply(first, outcome(analysis(first, 1, WORDS)), (), LATER)

    with pytest.raises(StoreError, match="is at revision 1, not 0"):
        store.apply(second, outcome(analysis(second, 1, MORE)), (), LATER)


def test_an_edition_remembers_the_analysis_in_it(store: Store) -> None:
    edition = RekapState(edisi=1, lengkap=True, revisi=(("umum", 1),), dibuat_at=NOW, analisis=2)

    store.carry_out(Plan(rekap=((KODE, edition),)), (), NOW)

    (period,) = store.periods((KODE,))
    assert period.rekap == (edition,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE analisis SET sel = replace(sel, 'Baik', 'Buruk')",
        "UPDATE analisis SET lengkap = 1",
        "UPDATE analisis SET oleh = 'orang lain'",
        "DELETE FROM analisis",
    ],
)
def test_a_changed_analysis_contradicts_the_journal(store: Store, tmp_path: Path, change: str) -> None:
    mail_id = archive_one(store, "analisis", 1)
    store.apply(mail_id, outcome(analysis(mail_id, 1, WORDS)), (), LATER)
    before = list(verify_store(store, lambda _mail: frozenset()))
    with closing(sqlite3.connect(tmp_path / "kinerja.db")) as connection:
        connection.execute(change)
        connection.commit()

    after = list(verify_store(store, lambda _mail: frozenset()))

    assert (before, [difference.tempat for difference in after]) == ([], [f"analisis {KODE} 1"])
