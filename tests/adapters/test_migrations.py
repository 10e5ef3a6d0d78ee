"""Databases of every earlier version come to the newest schema with everything that was in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.store.schema import known_revisions
from tests.adapters.store_cases import upgrade
from tests.postgresql import PostgreSQL

EARLIER = known_revisions()[:-1]
AT = datetime(2026, 10, 1, tzinfo=UTC)
# What a value must be for a migration to read it; any other column takes whatever fits its type.
MEANT = {
    "kode": "2026-TW3",
    "periode": "2026-TW3",
    "keadaan": "berjalan",
    "jenis": "triwulan",
    "nilai": "[]",
    "sel": "[]",
    "revisi": "[]",
    "penerima": "[]",
    "sop": "{}",
    "form": "{}",
}
Row = dict[str, object]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kinerja.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.empty()


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@pytest.mark.parametrize("revision", EARLIER)
def test_nothing_that_an_earlier_version_kept_is_lost(url: str, revision: str) -> None:
    with connected(url) as connection:
        upgrade(connection, revision)
        before = fill(connection)

    with Store(url) as store:
        store.migrate()
        problems = store.check()

    with connected(url) as connection:
        after = contents(connection)
    assert problems == ()
    for table, kept in before.items():
        (row,) = after[table]
        assert {name: row[name] for name in kept if name in row} == kept, table


def fill(connection: sa.Connection) -> dict[str, Row]:
    """Put one row into each table; return them as the database gives them back."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for table in metadata.sorted_tables:
        if table.name != "alembic_version":
            connection.execute(sa.insert(table).values(_row(table)))
    return {name: rows[0] for name, rows in contents(connection).items()}


def contents(connection: sa.Connection) -> dict[str, list[Row]]:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return {
        table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        for table in metadata.sorted_tables
        if table.name != "alembic_version"
    }


def _row(table: sa.Table) -> Row:
    return {column.name: _value(column) for column in table.columns if not column.nullable or column.primary_key}


def _value(column: sa.Column[object]) -> object:
    kind = column.type.python_type
    if kind is str:
        return MEANT.get(column.name, "x")
    return {int: 1, bool: False, bytes: b"x", datetime: AT, date: AT.date(), float: 1.0}[kind]
