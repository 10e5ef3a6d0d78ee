"""The database in trouble: the store says so, nothing is half written, and it goes on when the trouble is over."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.usecases.ports import Arrived, Cursor, StoreError
from tests.adapters.store_cases import (
    NOW,
    archive_one,
    arrived,
    letter,
    new_store,
    open_period,
    outcome,
    submission,
    umum,
)


def test_a_full_disk_is_no_archive_and_no_cursor_until_there_is_room(tmp_path: Path) -> None:
    big = Arrived(folder="INBOX", uidvalidity=7, uid=1, tiba_at=NOW, mentah=bytes(3_000_000))
    with new_store(tmp_path) as store:
        with store.sqlite_connection() as connection:
            connection.execute("PRAGMA max_page_count = 100")

        with pytest.raises(StoreError, match="full"):
            store.archive("INBOX", (big,), Cursor(7, 1), NOW)

        assert store.cursor("INBOX") is None
        with store.sqlite_connection() as connection:
            connection.execute("PRAGMA max_page_count = 1073741823")
        assert store.archive("INBOX", (big,), Cursor(7, 1), NOW) == 1


def test_a_locked_database_is_told_and_works_again_afterwards(tmp_path: Path) -> None:
    with new_store(tmp_path, busy_seconds=0.05) as store:
        holder = sqlite3.connect(tmp_path / "kinerja.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="locked"):
            store.archive("INBOX", (arrived("satu"),), Cursor(7, 1), NOW)
        assert store.undecided(9) == ()
        with pytest.raises(StoreError, match="locked"):
            store.migrate()
        holder.execute("ROLLBACK")
        holder.close()

        assert store.archive("INBOX", (arrived("satu"),), Cursor(7, 1), NOW) == 1


def test_a_reader_is_never_locked_out_by_a_writer(tmp_path: Path) -> None:
    with new_store(tmp_path, busy_seconds=0.05) as store:
        open_period(store)
        holder = sqlite3.connect(tmp_path / "kinerja.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        assert len(store.periods()) == 1

        holder.close()


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'tidak' / 'ada.db'}")

    with pytest.raises(StoreError, match="can't be opened"):
        store.open()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "kinerja.db").write_bytes(b"ini bukan basis data" * 100)

    with Store(f"sqlite:///{tmp_path / 'kinerja.db'}") as store, pytest.raises(StoreError, match="not a database"):
        store.migrate()


def test_a_read_only_database_is_told(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.sqlite_connection() as connection:
            connection.execute("PRAGMA query_only = ON")

        with pytest.raises(StoreError, match="readonly"):
            store.archive("INBOX", (arrived("satu"),), Cursor(7, 1), NOW)


def test_a_server_that_is_not_there_is_told() -> None:
    with (
        Store("postgresql+psycopg://nobody@127.0.0.1:1/x?connect_timeout=2") as store,
        pytest.raises(StoreError, match="connection"),
    ):
        store.migrate()


def test_a_backup_that_breaks_leaves_no_file(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        archive_one(store, "satu")
    file = tmp_path / "kinerja.db"
    content = bytearray(file.read_bytes())
    content[4096 * 10 : 4096 * 40] = bytes(4096 * 30)
    file.write_bytes(content)

    with Store(f"sqlite:///{file}") as store:
        with pytest.raises(StoreError):
            store.backup(tmp_path / "salinan.db")

        assert not (tmp_path / "salinan.db").exists()


def test_two_services_that_write_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    mails = [arrived(f"surel {uid}", uid) for uid in range(1, 41)]

    def archive_all(store: Store) -> None:
        for mail in mails:
            store.archive("INBOX", (mail,), Cursor(7, mail.uid), NOW)

    with new_store(tmp_path) as one, new_store(tmp_path) as two:
        threads = [threading.Thread(target=archive_all, args=(store,)) for store in (one, two, one)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(mail.mentah for mail in one.undecided(99)) == sorted(mail.mentah for mail in mails)
        assert two.cursor("INBOX") == Cursor(7, 40)


def test_a_new_store_that_many_open_at_once_is_there_for_all_of_them(tmp_path: Path) -> None:
    stores = [Store(f"sqlite:///{tmp_path / f'{number}.db'}") for number in range(40) for _ in range(8)]
    for store in stores:
        store.open()

    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(Store.check, stores))

    assert len(states) == len(stores)
    for store in stores:
        store.close()


def test_two_services_that_start_at_once_migrate_once(tmp_path: Path) -> None:
    stores = [Store(f"sqlite:///{tmp_path / 'kinerja.db'}") for _ in range(4)]
    for store in stores:
        store.open()
    threads = [threading.Thread(target=store.migrate) for store in stores]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [store.check() for store in stores] == [()] * 4
    for store in stores:
        store.close()


KILLED_WHILE_WRITING = """
import os, signal, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tests.adapters.store_cases import NOW, archive_one, letter, new_store, open_period, outcome, submission

class Killer(tuple):
    def __iter__(self):
        yield letter("surel.1.tanda-terima")
        os.kill(os.getpid(), signal.SIGKILL)

with new_store(Path(sys.argv[1])) as store:
    open_period(store)
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(submission(mail_id)), Killer(), NOW)
"""


def test_killed_in_the_middle_of_applying_a_mail_is_decided_again_from_the_start(tmp_path: Path) -> None:
    here = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(here)},
        check=False,
    )

    with new_store(tmp_path) as store:
        waiting, revision, letters = store.undecided(9), umum(store).revisi, store.letters("surel.")
        store.apply(1, outcome(submission(1)), (letter("surel.1.tanda-terima"),), NOW)

        assert child.returncode == -signal.SIGKILL
        assert ([mail.id for mail in waiting], revision, letters) == ([1], 0, ())
        assert (umum(store).revisi, len(store.letters("surel."))) == (1, 1)
        assert store.check() == ()
