"""The schema is brought up to date, the database can be checked and copied, the journal can't be rewritten."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.tables import Table
from kinerja_mailbot.usecases.ports import JournalEntry, StoreError
from tests.adapters.store_cases import NOW, archive_one, new_store, open_period, outcome, submission


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


def test_migrations_lead_from_nothing_to_the_tables_of_the_program(store: Store, tmp_path: Path) -> None:
    assert store.check() == ()

    engine = create_engine(f"sqlite:///{tmp_path / 'kinerja.db'}")
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True}), Table.metadata
        )
    engine.dispose()

    assert differences == []


def test_migrating_again_changes_nothing(store: Store) -> None:
    open_period(store)
    before = store.periods()

    store.migrate()

    assert store.periods() == before


def test_a_database_of_a_newer_program_is_not_touched(store: Store, tmp_path: Path) -> None:
    _tamper(tmp_path, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StoreError, match="only a newer version"):
        store.migrate()

    [problem] = store.check()
    assert problem.startswith("the schema is at 9999, this program needs ")


def test_the_file_belongs_to_its_owner_alone(store: Store, tmp_path: Path) -> None:
    store.secret_key()

    assert stat.S_IMODE((tmp_path / "kinerja.db").stat().st_mode) == 0o600


def test_the_secret_is_made_once(store: Store, tmp_path: Path) -> None:
    key = store.secret_key()

    with new_store(tmp_path) as other:
        assert other.secret_key() == key
    assert len(key) == 32


@pytest.mark.parametrize("statement", ["UPDATE jurnal SET oleh = 'orang lain'", "DELETE FROM jurnal"])
def test_the_journal_can_only_grow(store: Store, tmp_path: Path, statement: str) -> None:
    entry = JournalEntry(at=NOW, oleh="bot", peristiwa="started", rincian="versi 0.1")
    store.write_journal((entry,))

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        _tamper(tmp_path, statement)

    assert store.journal() == (entry,)


def test_the_journal_of_one_period_leaves_out_the_others(store: Store) -> None:
    open_period(store)
    store.write_journal((JournalEntry(at=NOW, oleh="bot", peristiwa="started"),))

    assert {entry.periode for entry in store.journal("2026-TW3")} == {"2026-TW3"}
    assert len(store.journal()) == len(store.journal("2026-TW3")) + 1


def test_a_backup_is_one_whole_file(store: Store, tmp_path: Path) -> None:
    open_period(store)
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(submission(mail_id)), (), NOW)
    copy = tmp_path / "salinan" / "kinerja.db"
    copy.parent.mkdir()

    store.backup(copy)

    assert list(copy.parent.iterdir()) == [copy]
    with Store(f"sqlite:///{copy}") as restored:
        assert restored.check() == ()
        assert restored.periods() == store.periods()
        assert restored.mail(mail_id) == store.mail(mail_id)


def test_a_backup_never_overwrites_a_file(store: Store, tmp_path: Path) -> None:
    existing = tmp_path / "ada.db"
    existing.write_bytes(b"jangan ditimpa")

    with pytest.raises(FileExistsError):
        store.backup(existing)

    assert existing.read_bytes() == b"jangan ditimpa"


def test_a_broken_reference_is_found_by_the_check(store: Store, tmp_path: Path) -> None:
    _tamper(tmp_path, "INSERT INTO penampakan (folder, uidvalidity, uid, surel_id) VALUES ('INBOX', 1, 1, 99)")

    assert store.check() == ("a row of penampakan refers to nothing",)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not open"):
        Store(f"sqlite:///{tmp_path / 'x.db'}").periods()


def _tamper(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "kinerja.db")
    try:
        connection.execute(statement)
        connection.commit()
    finally:
        connection.close()
