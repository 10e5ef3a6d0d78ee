"""Rows that change are fixed by the journal: what is changed past the program is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.mail.outcome import Effect
from kinerja_mailbot.domain.mail.people import FilePetition, ProposeActing, SettleActing
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock
from kinerja_mailbot.domain.sop.changes import MovedDeadline, MovedStep
from kinerja_mailbot.domain.sop.reviewed import RecordReview
from kinerja_mailbot.usecases.verify import verify_store
from tests.adapters.store_cases import DEADLINE, LATER, NOW, archive_one, events, new_store, open_period, outcome
from tests.adapters.test_store_editions import PLAN
from tests.adapters.test_store_timing import STEP_DUE, UNTIL

RINA = Penunjukan(
    surel_id=1,
    unit="umum",
    sebutan="Plh.",
    nama="Rina Osok",
    alamat="rina@kpu.example",
    nomor="12/SPT/2026",
    sejak=date(2026, 10, 1),
    sampai=date(2026, 10, 9),
    diusulkan_oleh="Kasubbag",
)
EFFECTS: tuple[Effect, ...] = (
    ProposeActing(RINA),
    SettleActing(surel_id=1, unit="umum", keadaan=KeadaanPenunjukan.BERLAKU, oleh="Sekretaris"),
    FilePetition(Permohonan(surel_id=3, periode="2026-TW3", unit="umum", lama="2 hari", alasan="listrik padam")),
    ExtendDeadline(
        periode="2026-TW3",
        batas=MovedDeadline("umum", DEADLINE, UNTIL),
        langkah=(MovedStep(5, STEP_DUE, UNTIL),),
        lama="2 hari kerja",
        alasan="banjir",
        oleh="Kasubbag",
    ),
    PauseClock(periode="2026-TW3", mulai_at=NOW, alasan="banjir", oleh="Kasubbag"),
    RecordReview(oleh="Kasubbag", catatan="dipertahankan", sop="5.16"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store in which one mail after the other has had each of the effects, and an edition was made."""
    with new_store(tmp_path) as store:
        open_period(store)
        for uid, effect in enumerate(EFFECTS, start=1):
            store.apply(archive_one(store, f"surel {uid}", uid), outcome(effect), (), LATER)
        store.carry_out(PLAN, (), LATER)
        yield store


def differences(store: Store) -> list[Difference]:
    return list(verify_store(store, lambda _mail: frozenset()))


def test_what_nobody_has_touched_agrees_with_the_journal(store: Store) -> None:
    assert differences(store) == []


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE langkah SET selesai_at = '2026-10-01 05:00:00' WHERE nomor = 5", "langkah 2026-TW3/5"),
        ("DELETE FROM langkah WHERE nomor = 5", "langkah 2026-TW3/5"),
        ("UPDATE perpanjangan SET alasan = 'lain'", "perpanjangan 4/2026-TW3/umum"),
        ("UPDATE penundaan SET sampai_at = '2026-10-02 05:00:00'", "penundaan 5/2026-TW3"),
        ("UPDATE penunjukan SET alamat = 'lain@kpu.example'", "penunjukan 1"),
        ("UPDATE penunjukan SET keadaan = 'menunggu', diputuskan_oleh = ''", "penunjukan 1"),
        ("UPDATE permohonan_waktu SET keadaan = 'disetujui'", "permohonan_waktu 3"),
        ("DELETE FROM permohonan_waktu", "permohonan_waktu 3"),
        ("UPDATE rekap_edisi SET lengkap = 0", "rekap_edisi 2026-TW3/1"),
        ("UPDATE rekap_nilai SET nilai = x'00'", "rekap_nilai 2026-TW3/1"),
        ("UPDATE reviu_sop SET catatan = 'lain'", "reviu_sop 1"),
    ],
    ids=lambda value: value if "/" not in value and "=" in value else "",
)
def test_what_is_changed_past_the_program_is_named(store: Store, tmp_path: Path, statement: str, row: str) -> None:
    store.close()
    with closing(sqlite3.connect(next(tmp_path.glob("*.db*")))) as connection:
        assert connection.execute(statement).rowcount == 1
        connection.commit()
    store.open()

    assert {difference.tempat for difference in differences(store)} == {row}


def test_a_transaction_that_writes_no_such_row_has_no_such_line(store: Store) -> None:
    before = events(store).count("rows kept")

    store.carry_out(PLAN, (), LATER)
    store.apply(archive_one(store, "biasa", 9), outcome(), (), LATER)

    assert events(store).count("rows kept") == before
