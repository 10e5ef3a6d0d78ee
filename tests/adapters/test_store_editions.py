"""What an edition said is kept exactly, and told with the mails that have brought data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.changes import Butir
from kinerja_mailbot.domain.sop.state import RekapState
from kinerja_mailbot.usecases.ports import EditionRecord, Plan
from tests.adapters.store_cases import NOW, archive_one, new_store, open_period, outcome, submission


def cell(kolom: str, nilai: Value) -> Butir:
    return Butir(lembar="Capaian Kinerja", unit="UKL", baris="UKL-01", kode="UKL-01", kolom=kolom, nilai=nilai)


CELLS = (
    cell("Realisasi", Decimal("85.50")),
    cell("Target", "85.50"),
    cell("Status", Mark.NIHIL),
    cell("Tanggal", date(2026, 10, 5)),
)
EDITION = RekapState(edisi=1, lengkap=True, revisi=(), dibuat_at=NOW)
PLAN = Plan(rekap=(("2026-TW3", EDITION),), isi_rekap=(("2026-TW3", 1, CELLS),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


def test_what_an_edition_said_comes_back_with_the_kind_of_each_value(store: Store) -> None:
    store.carry_out(PLAN, (), NOW)

    record = store.edition_record("2026-TW3", 1)

    assert record == EditionRecord(butir=CELLS, surel=())
    assert [str(cell.nilai) for cell in record.butir or ()] == ["85.50", "85.50", "nihil", "2026-10-05"]


def test_what_an_edition_said_is_never_overwritten(store: Store) -> None:
    store.carry_out(PLAN, (), NOW)

    store.carry_out(Plan(rekap=PLAN.rekap, isi_rekap=(("2026-TW3", 1, ()),)), (), NOW)

    assert store.edition_record("2026-TW3", 1).butir == CELLS


def test_of_an_edition_that_kept_nothing_nothing_is_known(store: Store) -> None:
    store.carry_out(Plan(rekap=PLAN.rekap), (), NOW)

    assert store.edition_record("2026-TW3", 1).butir is None


def test_the_mails_that_brought_data_are_told_with_their_revisions(store: Store) -> None:
    first = archive_one(store, "satu", 1)
    store.apply(first, outcome(submission(first, 1)), (), NOW)
    second = archive_one(store, "dua", 2)
    store.apply(second, outcome(submission(second, 2)), (), NOW)

    assert store.edition_record("2026-TW3", 1).surel == (("umum", 1, first), ("umum", 2, second))
