"""Periods, steps and requests are written by plans; what is finished stays as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, RekapState, StepState
from kinerja_mailbot.usecases.ports import JournalEntry, Plan, StoreError
from tests.adapters.store_cases import (
    DEADLINE,
    LATER,
    NOW,
    SOP,
    archive_one,
    begin,
    end,
    events,
    letter,
    new_store,
    open_period,
    outcome,
    period,
    request,
    submission,
    umum,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def test_a_period_comes_back_as_it_was_opened(store: Store) -> None:
    requests = (request("umum"), request("teknis"), request("hukum"))

    store.carry_out(Plan(periode_baru=(replace(period(), permintaan=requests),)), (), NOW)

    assert store.periods() == (replace(period(), permintaan=requests),)


def test_a_known_period_keeps_the_sop_that_it_began_with(store: Store) -> None:
    store.carry_out(Plan(periode_baru=(period(),)), (), NOW)

    store.carry_out(Plan(periode_baru=(replace(period(), sop=replace(SOP, nomor="baru")),)), (), LATER)

    assert store.periods() == (period(),)


def test_carrying_out_the_same_plan_twice_changes_nothing(store: Store) -> None:
    edition = RekapState(edisi=1, lengkap=True, revisi=(("umum", 1),), dibuat_at=NOW)
    entry = JournalEntry(at=NOW, oleh="jadwal", peristiwa="period opened", periode="2026-TW3")
    plan = Plan(
        periode_baru=(period(),),
        permintaan=(request(),),
        langkah=(("2026-TW3", StepState(nomor=1, mulai_at=NOW, batas_at=LATER, selesai_at=NOW)),),
        rekap=(("2026-TW3", edition),),
        jurnal=(entry,),
    )
    letters = (letter("2026-TW3.permintaan.umum"),)
    store.carry_out(plan, letters, NOW)
    before = store.periods(), store.letters(), store.journal()

    store.carry_out(plan, letters, NOW)

    assert (store.periods(), store.letters(), store.journal()) == before
    assert store.periods()[0].rekap == (edition,)


def test_a_finished_step_never_changes(store: Store) -> None:
    finished = StepState(nomor=1, mulai_at=NOW, batas_at=LATER, selesai_at=LATER, oleh="jadwal", bukti="b")
    store.carry_out(Plan(periode_baru=(period(),), langkah=(("2026-TW3", finished),)), (), NOW)

    for _ in range(2):
        changed = replace(finished, selesai_at=None, oleh="orang lain")
        store.carry_out(Plan(langkah=(("2026-TW3", changed),)), (), LATER)

    assert store.periods()[0].step(1) == finished
    assert events(store).count("step change refused") == 1


def test_a_running_step_moves_on(store: Store) -> None:
    store.carry_out(Plan(periode_baru=(period(),)), (), NOW)
    started = StepState(nomor=2, mulai_at=NOW, batas_at=LATER)

    store.carry_out(Plan(langkah=(("2026-TW3", started),)), (), NOW)
    store.carry_out(Plan(langkah=(("2026-TW3", replace(started, selesai_at=LATER, oleh="bot")),)), (), LATER)

    assert store.periods()[0].step(2) == replace(started, selesai_at=LATER, oleh="bot")


def test_a_tick_counts_reminders_and_moves_the_deadline(store: Store) -> None:
    open_period(store)
    moved = DEADLINE + timedelta(hours=4)
    reminded = replace(umum(store), pengingat=1, pengingat_terakhir_at=LATER, tingkat=0, batas_at=moved)

    store.carry_out(Plan(permintaan=(reminded,)), (), LATER)

    assert umum(store) == reminded


def test_a_tick_can_never_undo_an_answer(store: Store) -> None:
    open_period(store)
    seen = umum(store)
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(submission(mail_id)), (), LATER)

    with pytest.raises(StoreError, match="has changed since it was read"):
        store.carry_out(Plan(permintaan=(replace(seen, pengingat=1),)), (letter("2026-TW3.pengingat.1.umum"),), LATER)

    assert umum(store).keadaan is KeadaanPermintaan.LENGKAP
    assert store.letter_keys("2026-TW3.pengingat") == frozenset()


def test_a_tick_can_never_undo_the_sending(store: Store) -> None:
    open_period(store)
    seen = umum(store)
    begin(store, 1, NOW)
    end(store, 1, LATER)

    store.carry_out(Plan(permintaan=(replace(seen, pengingat=1),)), (), LATER)

    assert (umum(store).dikirim_at, umum(store).keadaan, umum(store).pengingat) == (
        LATER,
        KeadaanPermintaan.MENUNGGU,
        1,
    )


def test_a_plan_starts_and_closes_periods(store: Store) -> None:
    store.carry_out(Plan(periode_baru=(period(keadaan=KeadaanPeriode.MENUNGGU_PERINTAH),)), (), NOW)

    store.carry_out(Plan(mulai=("2026-TW3",)), (), NOW)
    started = store.periods()[0].keadaan
    store.carry_out(Plan(tutup=("2026-TW3",)), (), LATER)

    assert (started, store.periods()[0].keadaan) == (KeadaanPeriode.BERJALAN, KeadaanPeriode.DITUTUP)


def test_periods_closed_over_a_year_ago_are_shown_only_by_name(store: Store) -> None:
    older = replace(period(), periode=Periode(2025, JenisPeriode.TAHUN), dibuka_at=NOW - timedelta(days=500))
    store.carry_out(Plan(periode_baru=(older, period())), (), NOW - timedelta(days=400))
    store.carry_out(Plan(tutup=("2025",)), (), NOW - timedelta(days=400))
    store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="started"),))

    lately, by_name = store.periods(), store.periods(("2025", "2030"))

    assert [p.periode.kode for p in lately] == ["2026-TW3"]
    assert [p.periode.kode for p in by_name] == ["2025"]


def test_a_period_closed_lately_is_still_shown(store: Store) -> None:
    store.carry_out(Plan(periode_baru=(period(),)), (), NOW)

    store.carry_out(Plan(tutup=("2026-TW3",)), (letter("x"),), NOW + timedelta(days=300))

    assert [p.periode.kode for p in store.periods()] == ["2026-TW3"]


@pytest.mark.parametrize(
    ("prefix", "keys"),
    [
        ("2026-TW3.pengingat.", {"2026-TW3.pengingat.1.umum", "2026-TW3.pengingat.2.umum"}),
        ("2026-tw3", set()),
        ("2026-TW3_", set()),
        ("%", set()),
        ("", {"2026-TW3.pengingat.1.umum", "2026-TW3.pengingat.2.umum", "uji.x"}),
    ],
    ids=["prefix", "other case", "underscore is no wildcard", "percent is no wildcard", "all"],
)
def test_letters_are_found_by_the_beginning_of_their_key(store: Store, prefix: str, keys: set[str]) -> None:
    letters = tuple(letter(k) for k in ("2026-TW3.pengingat.1.umum", "2026-TW3.pengingat.2.umum", "uji.x"))
    store.carry_out(Plan(), letters, NOW)

    assert store.letter_keys(prefix) == keys


def test_a_debt_is_never_paid_twice(store: Store) -> None:
    store.carry_out(Plan(), (letter("2026-TW3.pengingat.1.umum"),), NOW)
    first = store.letters()

    again = replace(letter("2026-TW3.pengingat.1.umum"), mentah=b"other bytes")
    store.carry_out(Plan(), (again,), LATER)

    assert store.letters() == first


def test_all_of_a_plan_is_written_or_nothing(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        store.carry_out(Plan(periode_baru=(period(),), permintaan=(replace(request(), periode="2030"),)), (), NOW)

    assert store.periods() == ()
