"""Keeping the database in good order: its schema, its health, its copy, its secret."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from kinerja_mailbot.adapters.store.addresses import forget_unregistered
from kinerja_mailbot.adapters.store.database import Database, translated
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.schema import known_revisions, revision_of, upgrade
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.tables import JournalRow, SecretRow
from kinerja_mailbot.usecases.ports import JournalEntry, StoreError

_SECRET = "hmac"  # noqa: S105 - the name of the row, not the secret
_SECRET_BYTES = 32
_BEGAN = "service began"
_PAGES_AT_ONCE = 1000  # the service may write between two portions of the copy


class KeepingStore(Database):
    """What an administrator's commands and the start of the service need."""

    def migrate(self) -> None:
        """Bring the schema up to date, in one transaction; a second service that starts now waits for it.

        Raises:
            StoreError: the database is locked, full or read-only, or a newer version of the program has written it.
        """
        with self.changing_schema() as connection:
            upgrade(connection)

    def schema(self) -> str | None:
        """Return the revision of the schema that the database is at, None for one that is no store.

        Raises:
            StoreError: it can't be read, or is no database.
        """
        with translated(), self.engine.connect() as connection:
            return revision_of(connection)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the database, in English sentences for the administrator; nothing when it is well.

        Raises:
            StoreError: it can't be read at all.
        """
        with translated(), self.engine.connect() as connection:
            here, newest = revision_of(connection), known_revisions()[-1]
        problems = () if here == newest else (f"the schema is at {here}, this program needs {newest}",)
        if not self.is_sqlite:
            return problems
        with self.sqlite_connection() as sqlite:
            return (*problems, *_sqlite_problems(sqlite))

    def backup(self, path: Path) -> None:
        """Copy the database into a new file while the service works, and check the copy.

        Raises:
            FileExistsError: there is a file already; it is not touched.
            OSError: the file can't be made.
            StoreError: it is not SQLite, the disk is full, or the copy is not sound; no file is left.
        """
        with self.sqlite_connection() as source:
            path.touch(mode=0o600, exist_ok=False)
            try:
                _copy(source, path)
            except (sqlite3.Error, StoreError):
                path.unlink()
                raise

    def in_service_since(self, now: datetime) -> datetime:
        """See `MailArchive.in_service_since`; the journal's first line says it."""
        began = select(JournalRow.at).where(JournalRow.peristiwa == _BEGAN).order_by(col(JournalRow.id)).limit(1)
        with self.reading() as session:
            if (at := session.exec(began).first()) is not None:
                return at
        with self.writing() as session:
            if (at := session.exec(began).first()) is not None:
                return at
            note(session, JournalEntry(at=now, oleh=BOT, peristiwa=_BEGAN))
        return now

    def forget_unregistered(self, registered: frozenset[str], now: datetime) -> tuple[str, ...]:
        """Forget what is known of addresses that nobody has any more; `registered` are case-folded; return them."""
        with self.writing() as session:
            return forget_unregistered(session, registered, now)

    def secret_key(self) -> bytes:
        """Return the key that signs Message-IDs and forms; made once, the same for ever."""
        with self.writing() as session:
            insert_new(session, SecretRow(nama=_SECRET, nilai=secrets.token_bytes(_SECRET_BYTES)))
            return session.get_one(SecretRow, _SECRET).nilai


def _sqlite_problems(sqlite: sqlite3.Connection) -> tuple[str, ...]:
    found = tuple(str(row[0]) for row in sqlite.execute("PRAGMA integrity_check") if row[0] != "ok")
    orphans = tuple(f"a row of {row[0]} refers to nothing" for row in sqlite.execute("PRAGMA foreign_key_check"))
    return (*found, *dict.fromkeys(orphans))


def _copy(source: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(path)
    try:
        source.backup(target, pages=_PAGES_AT_ONCE)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
        if problems := _sqlite_problems(target):
            raise StoreError(f"the copy is not sound: {problems[0]}")
    finally:
        target.close()
