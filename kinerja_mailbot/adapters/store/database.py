"""The database under the store: connections, transactions, and its errors as ours.

Python's sqlite3 module opens transactions when it sees fit, which is never for SELECT; it is told to leave that to us.
A write transaction begins with BEGIN IMMEDIATE, since a read lock that is upgraded later fails at once instead of
waiting its turn.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from kinerja_mailbot.adapters.store.journal import follow_savepoints, seal
from kinerja_mailbot.adapters.store.vouching import follow_rows, vouch_for_rows
from kinerja_mailbot.usecases.ports import StoreError

_MIGRATION_LOCK = 9601_2023  # any number that only this program uses: PostgreSQL's advisory lock for schema changes
_MIGRATION_PATIENCE = 12  # times as long as for a write: what another service does to the schema may take a minute
_COMMIT_TO_DISK = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
_NOT_ALLOWED = "42501"  # PostgreSQL, appendix A: insufficient_privilege
_SWITCHES, _BETWEEN_SWITCHES = 20, 0.05  # tries, seconds
_WRITES, _BUSY = "kinerja_writes", "kinerja_busy"


class _Shared(threading.local):
    """The sessions that a thread uses for several things at once; another thread has nothing to do with them."""

    session: Session | None = None  # of what is written together
    looking: Session | None = None  # of what is only read


class Database:
    """One database by URL: `sqlite:///file` or `postgresql+psycopg://…`; nothing is opened before `open`."""

    def __init__(self, url: str, busy_seconds: float = 5.0) -> None:
        self._url = make_url(url)
        self._busy_seconds = busy_seconds
        self._engine: Engine | None = None
        self._shared = _Shared()

    @property
    def is_sqlite(self) -> bool:
        """Tell whether it is one file."""
        return self._url.get_backend_name() == "sqlite"

    def open(self) -> None:
        """Prepare connections; a SQLite file is made with rights for its owner only.

        Raises:
            StoreError: the folder is missing or may not be written to; the driver for PostgreSQL is not installed.
        """
        if self._engine is not None:
            return
        if not self.is_sqlite:
            self._engine = _postgresql_engine(self._url)
            return
        file = Path(self._url.database or "")
        try:
            if not file.exists():
                file.touch(mode=0o600)
        except OSError as error:
            raise StoreError(f"the database file can't be opened: {error}") from error
        self._engine = create_engine(self._url, hide_parameters=True, connect_args={"timeout": self._busy_seconds})
        event.listen(self._engine, "connect", _prepare_sqlite)
        event.listen(self._engine, "begin", _begin_sqlite)

    def close(self) -> None:
        """Close all connections; it may be opened again."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @property
    def engine(self) -> Engine:
        """Return the engine.

        Raises:
            StoreError: the store is closed.
        """
        if self._engine is None:
            raise StoreError("the store is not open")
        return self._engine

    @contextmanager
    def together(self) -> Iterator[None]:
        """See `MailArchive`; inside, and in this thread, each `writing` is a savepoint of one transaction.

        On PostgreSQL each stays a transaction of its own: several services write there at once, and whoever holds the
        locks of many mails while it waits for one more would sooner or later wait in a circle.
        """
        if not self.is_sqlite:
            yield
            return
        with self.writing() as session:
            self._shared.session = session
            try:
                yield
            finally:
                self._shared.session = None

    @contextmanager
    def reading_together(self) -> Iterator[None]:
        """Let all that this thread reads inside share one transaction; what it writes meanwhile is written apart.

        Raises:
            StoreError: the database can't be read.
        """
        if self._shared.session is not None or self._shared.looking is not None:
            yield
            return
        with self.reading() as session:
            self._shared.looking = session
            try:
                yield
            finally:
                self._shared.looking = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Run one write transaction: committed as a whole, or nothing at all.

        Raises:
            StoreError: the database is locked, full, read-only or gone.
        """
        if (shared := self._shared.session) is not None:
            with translated(), shared.begin_nested():
                yield shared
                vouch_for_rows(shared)
            shared.expire_all()  # the next one reads for itself, as if in a session of its own
            return
        with translated(), Session(self.engine.execution_options(**{_WRITES: True})) as session, session.begin():
            follow_savepoints(session)
            follow_rows(session)
            yield session
            vouch_for_rows(session)
            seal(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Run one read transaction: everything is seen as of one moment.

        Raises:
            StoreError: the database can't be read.
        """
        if (shared := self._shared.session or self._shared.looking) is not None:
            with translated():
                yield shared
            return
        with translated(), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def changing_schema(self) -> Iterator[Connection]:
        """Run one transaction that may change tables, while a second service that starts now waits.

        Raises:
            StoreError: the database is locked, full, read-only or gone.
        """
        patient = self.engine.execution_options(**{_WRITES: True, _BUSY: self._busy_seconds * _MIGRATION_PATIENCE})
        with translated(), patient.begin() as connection:
            if self.is_sqlite:  # the connection goes back to the pool as it was; its patience was for BEGIN
                connection.exec_driver_sql(_busy_timeout(self._busy_seconds))
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATION_LOCK})
            yield connection

    @contextmanager
    def sqlite_connection(self) -> Iterator[sqlite3.Connection]:
        """Lend the driver's own connection, for what only SQLite can do.

        Raises:
            StoreError: it is not SQLite, or the file can't be read.
        """
        if not self.is_sqlite:
            raise StoreError("this is not a SQLite file; use the tools of the database server")
        with translated():
            borrowed = self.engine.raw_connection()
            try:
                driver = borrowed.driver_connection
                assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the branch above has made sure
                yield driver
            finally:
                borrowed.close()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the database's errors into ours, in this one place.

    A broken promise of uniqueness, or a value that does not fit, is our bug and not the world's trouble: it passes, so
    that the one mail which provokes it is set aside instead of being tried for ever.

    Raises:
        StoreError: the database can't take it now; nothing was written.
    """
    try:
        yield
    except (IntegrityError, DataError, ProgrammingError, NotSupportedError) as error:
        if getattr(error.orig, "sqlstate", "") == _NOT_ALLOWED:  # what the database's owner has not granted
            raise StoreError(str(error.orig)) from error
        raise
    except DBAPIError as error:
        raise StoreError(str(error.orig)) from error
    except (PoolTimeoutError, sqlite3.Error) as error:
        raise StoreError(str(error)) from error


def _postgresql_engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StoreError(f"the driver for PostgreSQL is not installed: {error}") from error
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: DBAPIConnection, _record: object) -> None:
    """Let a commit wait for the disk, whatever the server's default; a stronger promise than that is left alone."""
    cursor = connection.cursor()
    cursor.execute(_COMMIT_TO_DISK)
    cursor.close()
    connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")  # a receipt that was promised survives a power cut
    connection.execute("PRAGMA foreign_keys = ON")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other; of several who say so first to a new file, one is heard.

    SQLite refuses the others at once, whatever patience they have been given, as two that wait would wait for ever.
    """
    for _ in range(_SWITCHES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_BETWEEN_SWITCHES)
        else:
            return
    connection.execute("PRAGMA journal_mode = WAL")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(_WRITES, False)
    if seconds := options.get(_BUSY):
        connection.exec_driver_sql(_busy_timeout(seconds))
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _busy_timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout = {int(seconds * 1000)}"
