"""A copy of the database for looking only: everything but the raw mails and letters; the original is left untouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from kinerja_mailbot.adapters.store.database import translated
from kinerja_mailbot.adapters.tables import LetterBytesRow, MailBytesRow

# They are nearly all of the file, and nothing that looks at periods reads them.
_LEFT_OUT = frozenset({str(MailBytesRow.__tablename__), str(LetterBytesRow.__tablename__)})


def snapshot(source: Path, target: Path) -> None:
    """Copy a SQLite database into a new file, as of one moment; a service may be writing to it meanwhile.

    Raises:
        StoreError: the source is no database, or can't be read.
    """
    with translated(), closing(sqlite3.connect(f"{target.as_uri()}?mode=rwc", uri=True)) as copy:
        copy.isolation_level = None
        copy.execute("ATTACH ? AS source", (_untouched(source),))
        copy.execute("BEGIN")
        for statement in tuple(_statements(copy)):
            copy.execute(statement)
        copy.execute("COMMIT")


def _untouched(source: Path) -> str:
    """Return the URI that opens the file without a trace.

    A read-only connection to a file in WAL mode still makes -wal and -shm beside it when they are missing. They are
    missing when nobody has the file open; then nobody changes it either, and SQLite may be told so.
    """
    busy = source.with_name(f"{source.name}-wal").exists()
    return f"{source.resolve().as_uri()}?{'mode=ro' if busy else 'immutable=1'}"


def _statements(copy: sqlite3.Connection) -> Iterator[str]:
    listed = "SELECT type, name, sql FROM source.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    tables_first = f"{listed} ORDER BY type = 'table' DESC"
    for kind, name, sql in copy.execute(tables_first).fetchall():
        yield str(sql)
        if kind == "table" and name not in _LEFT_OUT:
            yield f'INSERT INTO main."{name}" SELECT * FROM source."{name}"'  # noqa: S608 - the name is the database's own
