"""What an order changes about time is written once, with its line in the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock
from kinerja_mailbot.domain.sop.changes import MovedDeadline, MovedStep, Penundaan, Perpanjangan
from kinerja_mailbot.domain.sop.state import StepState
from kinerja_mailbot.usecases.ports import Plan, StoreError
from tests.adapters.store_cases import DEADLINE, LATER, NOW, archive_one, events, new_store, open_period, outcome, umum

UNTIL = DEADLINE + timedelta(days=2)
STEP_DUE = NOW + timedelta(days=1)
EXTENSION = ExtendDeadline(
    periode="2026-TW3",
    batas=MovedDeadline("umum", DEADLINE, UNTIL),
    langkah=(MovedStep(5, STEP_DUE, UNTIL),),
    lama="2 hari kerja",
    alasan="banjir",
    oleh="Kasubbag",
)
PAUSE = PauseClock(periode="2026-TW3", mulai_at=NOW, alasan="banjir", oleh="Kasubbag")
RESUMPTION = ResumeClock(
    periode="2026-TW3",
    sampai_at=LATER,
    permintaan=(MovedDeadline("umum", DEADLINE, UNTIL),),
    langkah=(MovedStep(5, STEP_DUE, UNTIL),),
    oleh="Kasubbag",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        running = StepState(nomor=5, mulai_at=NOW, batas_at=STEP_DUE)
        store.carry_out(Plan(langkah=(("2026-TW3", running),)), (), NOW)
        yield store


def test_an_extension_moves_the_deadline_and_the_step_and_is_remembered(store: Store) -> None:
    mail_id = archive_one(store, "perpanjang")

    store.apply(mail_id, outcome(EXTENSION), (), LATER)

    [period] = store.periods()
    assert (umum(store).batas_at, umum(store).tingkat, period.step(5).batas_at) == (UNTIL, -1, UNTIL)
    assert period.perpanjangan == (
        Perpanjangan(
            unit="umum",
            dari_at=DEADLINE,
            menjadi_at=UNTIL,
            lama="2 hari kerja",
            alasan="banjir",
            oleh="Kasubbag",
            at=LATER,
        ),
    )
    assert [entry.rincian[-20:] for entry in store.journal() if entry.peristiwa == "deadline extended"] == [
        "2 hari kerja: banjir"
    ]


def test_the_same_mail_decided_again_extends_nothing_more(store: Store) -> None:
    mail_id = archive_one(store, "perpanjang")
    store.apply(mail_id, outcome(EXTENSION), (), LATER)
    store.reset_for_replay(mail_id, LATER)

    store.apply(mail_id, outcome(EXTENSION), (), LATER)

    assert (umum(store).batas_at, events(store).count("deadline extended")) == (UNTIL, 1)


def test_an_order_decided_from_another_deadline_is_decided_again(store: Store) -> None:
    first, second = archive_one(store, "perpanjang"), archive_one(store, "perpanjang lagi", 2)
    store.apply(first, outcome(EXTENSION), (), LATER)

    with pytest.raises(StoreError, match="deadline of 2026-TW3 umum has changed"):
        store.apply(second, outcome(EXTENSION), (), LATER)

    assert len(store.periods()[0].perpanjangan) == 1


def test_a_clock_stands_once_and_goes_on_once(store: Store) -> None:
    first, second = archive_one(store, "tunda"), archive_one(store, "tunda lagi", 2)
    third, fourth = archive_one(store, "lanjut", 3), archive_one(store, "lanjut lagi", 4)

    for mail_id, effect in ((first, PAUSE), (second, PAUSE), (third, RESUMPTION), (fourth, RESUMPTION)):
        store.apply(mail_id, outcome(effect), (), LATER)

    [period] = store.periods()
    assert period.penundaan == (Penundaan(mulai_at=NOW, alasan="banjir", oleh="Kasubbag", sampai_at=LATER),)
    assert (umum(store).batas_at, period.step(5).batas_at) == (UNTIL, UNTIL)
    assert (events(store).count("clock paused"), events(store).count("clock resumed")) == (1, 1)


def test_a_step_that_finished_meanwhile_does_not_move(store: Store) -> None:
    done = StepState(nomor=5, mulai_at=NOW, batas_at=STEP_DUE, selesai_at=LATER, oleh="umum")
    store.carry_out(Plan(langkah=(("2026-TW3", done),)), (), LATER)

    store.apply(archive_one(store, "tunda"), outcome(PAUSE), (), LATER)
    store.apply(archive_one(store, "lanjut", 2), outcome(RESUMPTION), (), LATER)

    assert store.periods()[0].step(5) == done
