"""What is watched over the year: memory, reviews of the SOP, letters that do not leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.delivery import SendingTrouble
from kinerja_mailbot.domain.sop.reviewed import RecordReview, Review
from kinerja_mailbot.usecases.ports import Plan, PutOff, Rejected
from tests.adapters.store_cases import (
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
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def test_what_was_told_is_remembered_until_something_newer_is(store: Store) -> None:
    assert store.remembered("kabar pagi") == ""

    store.carry_out(Plan(ingatan=(("kabar pagi", "satu"), ("lain", "dua"))), (), NOW)
    store.carry_out(Plan(ingatan=(("kabar pagi", "tiga"),)), (), LATER)

    assert (store.remembered("kabar pagi"), store.remembered("lain")) == ("tiga", "dua")


def test_a_review_is_recorded_once_for_each_mail(store: Store) -> None:
    effect = RecordReview(oleh="Kasubbag", catatan="Waktu baku dipertahankan", sop=SOP.nomor)
    first, second = archive_one(store, "TINJAU satu"), archive_one(store, "TINJAU dua", uid=2)

    for mail_id, now in ((first, NOW), (first, LATER), (second, LATER)):
        store.apply(mail_id, outcome(effect), (), now)

    assert store.reviews(NOW) == tuple(
        Review(at=at, oleh="Kasubbag", catatan="Waktu baku dipertahankan", sop=SOP.nomor) for at in (NOW, LATER)
    )
    assert store.reviews(NOW + timedelta(minutes=1)) == store.reviews(NOW)[1:]
    assert events(store).count("sop reviewed") == 2


def test_letters_that_were_tried_and_not_taken_are_counted_by_unit(store: Store) -> None:
    open_period(store)
    names = ("gagal", "tertunda", "baru", "terkirim")
    written = tuple(replace(letter(f"2026-TW3.{name}.umum"), periode="2026-TW3", unit="umum") for name in names)
    store.carry_out(Plan(), written, NOW)
    ids = {queued.kunci.split(".")[1]: queued.id for queued in store.due(NOW, 10)}
    for name in ("gagal", "tertunda", "terkirim"):
        begin(store, ids[name], NOW)

    end(store, ids["gagal"], NOW, Rejected("550"))
    end(store, ids["tertunda"], LATER, PutOff(LATER, "451"))
    end(store, ids["terkirim"], NOW)

    assert store.sending_troubles() == (SendingTrouble(periode="2026-TW3", unit="umum", gagal=1, tertunda=1),)

    store.carry_out(Plan(tutup=("2026-TW3",)), (), LATER)
    assert store.sending_troubles() == ()


def test_the_hour_of_a_version_comes_back(store: Store) -> None:
    newer = replace(SOP, pukul=time(13))

    store.carry_out(Plan(periode_baru=(replace(period(), sop=newer),)), (), NOW)

    assert [one.sop for one in store.periods()] == [newer]
