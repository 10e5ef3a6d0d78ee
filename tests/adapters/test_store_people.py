"""People in the store: named and confirmed once, away until they write, wishes settled once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.people import (
    EndAbsence,
    FilePetition,
    NoteAbsence,
    ProposeActing,
    SettleActing,
    SettlePetition,
)
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan, Permohonan
from tests.adapters.store_cases import LATER, NOW, TW3, archive_one, events, new_store, open_period, outcome

TODAY = date(2026, 10, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


def named(mail_id: int) -> Penunjukan:
    return Penunjukan(
        surel_id=mail_id,
        unit="umum",
        sebutan="Plh.",
        nama="Rina Osok",
        alamat="rina@kpu.example",
        nomor="12/SPT/2026",
        sejak=TODAY,
        sampai=date(2026, 10, 9),
        diusulkan_oleh="Kasubbag",
    )


def yes(mail_id: int, state: KeadaanPenunjukan = KeadaanPenunjukan.BERLAKU) -> SettleActing:
    return SettleActing(surel_id=mail_id, unit="umum", keadaan=state, oleh="Sekretaris")


def test_an_acting_official_is_confirmed_once_and_stays_so(store: Store) -> None:
    first = archive_one(store, "plh")
    store.apply(first, outcome(ProposeActing(named(first))), (), NOW)
    assert store.appointments(TODAY) == (named(first),)

    store.apply(archive_one(store, "setuju"), outcome(yes(first)), (), LATER)
    store.apply(archive_one(store, "tolak"), outcome(yes(first, KeadaanPenunjukan.DITOLAK)), (), LATER)

    in_force = replace(
        named(first), keadaan=KeadaanPenunjukan.BERLAKU, diputuskan_oleh="Sekretaris", diputuskan_at=LATER
    )
    assert store.appointments(date(2026, 10, 9)) == (in_force,)
    assert store.appointments(date(2026, 10, 10)) == ()
    assert [event for event in events(store) if "acting" in event] == [
        "acting official proposed",
        "acting official confirmed",
    ]


def test_a_robot_that_repeats_itself_tells_of_one_absence(store: Store) -> None:
    away = Absence("umum", date(2026, 10, 9), alamat="umum@kpu.example")
    store.apply(archive_one(store, "cuti"), outcome(NoteAbsence(away)), (), NOW)

    store.apply(archive_one(store, "masih cuti"), outcome(NoteAbsence(away)), (), LATER)

    assert store.absences(LATER, TODAY) == (replace(away, sejak=NOW),)


def test_whoever_has_written_is_back_until_his_robot_speaks_again(store: Store) -> None:
    away = Absence("umum", date(2026, 10, 9), alamat="umum@kpu.example")
    first = archive_one(store, "cuti")
    store.apply(first, outcome(NoteAbsence(away)), (), NOW)

    store.apply(archive_one(store, "isian"), outcome(EndAbsence("umum")), (), NOW)
    store.reset_for_replay(first, NOW)
    store.apply(first, outcome(NoteAbsence(away)), (), NOW)

    assert store.absences(NOW, TODAY) == ()

    store.apply(archive_one(store, "cuti lagi"), outcome(NoteAbsence(away)), (), LATER)

    assert store.absences(LATER, TODAY) == (replace(away, sejak=LATER),)


def test_a_wish_for_time_is_settled_once(store: Store) -> None:
    first = archive_one(store, "minta waktu")
    wish = Permohonan(surel_id=first, periode=TW3.kode, unit="umum", lama="2 hari", alasan="listrik padam")
    store.apply(first, outcome(FilePetition(wish)), (), NOW)
    assert store.petitions() == (wish,)

    for word, state in (("setuju", KeadaanPermohonan.DISETUJUI), ("tolak", KeadaanPermohonan.DITOLAK)):
        settled = SettlePetition(surel_id=first, unit="umum", periode=TW3.kode, keadaan=state, oleh="Kasubbag")
        store.apply(archive_one(store, word), outcome(settled), (), LATER)

    assert store.petitions() == (replace(wish, keadaan=KeadaanPermohonan.DISETUJUI),)


def test_an_order_given_at_the_machine_waits_as_a_proven_mail(store: Store) -> None:
    mail_id = store.archive_given(b"From: a@kpu.example\r\n\r\nStatus\r\n", "budi", NOW)

    (waiting,) = store.undecided(10)
    assert (waiting.id, waiting.dilepas) == (mail_id, True)
    given = store.journal()[-1]
    assert (given.oleh, given.peristiwa, given.rincian) == (
        "budi",
        "order given at the machine",
        "as a@kpu.example: Status",
    )
