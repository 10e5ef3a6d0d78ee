"""What a letter asked under which number comes back from the store as it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail.asked import Asked
from tests.adapters.store_cases import LATER, NOW, archive_one, cell, known, open_period, outcome, submission

AMBIGUOUS = replace(
    cell("E7", None, CellOutcome.FIX, "Mohon pastikan (a) 12,5 atau (b) 12500."),
    pesan_id=("K-109",),
    pilihan=(Decimal("12.5"), Decimal(12500)),
    nomor=1,
)
REFUSED = replace(
    cell("F7", None, CellOutcome.FIX, "Mohon diperiksa."), kolom="tanggal", terbaca=date(2026, 3, 8), nomor=2
)
DOUBTED = replace(cell("G7", Decimal(250), CellOutcome.CHECK, "Mohon dipastikan."), kolom="persen", nomor=3)
RIGHT = replace(cell("H7", Decimal(80)), kolom="lain")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'kinerja.db'}") as store:
        store.migrate()
        open_period(store)
        yield store


def test_questions_come_back_as_they_were_asked_the_newest_first(store: Store) -> None:
    first, second = archive_one(store, "isian", 1), archive_one(store, "perbaikan", 2)
    wrong = submission(first, complete=False)
    asking = replace(wrong, hasil=replace(wrong.hasil, sel=(AMBIGUOUS, REFUSED, DOUBTED, RIGHT)))

    store.apply(first, outcome(asking), (), NOW)
    store.apply(second, outcome(submission(second, 2)), (), LATER)

    older = Asked(
        periode="2026-TW3",
        unit="umum",
        revisi=1,
        nomor="TRM-2026-TW3-UKL-01",
        surel_id=first,
        sel=(AMBIGUOUS, REFUSED, DOUBTED),
    )
    newer = replace(older, revisi=2, nomor="TRM-2026-TW3-UKL-02", surel_id=second, sel=())
    assert known(store, bernomor=("umum", "teknis")).pertanyaan == {"umum": (newer, older), "teknis": ()}
