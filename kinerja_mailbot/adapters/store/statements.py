"""Statements past the rows of the ORM, which cost more than the statements themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVarTuple, overload

from sqlalchemy import CursorResult, Executable, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.selectable import TypedReturnsRows
from sqlmodel import Session

from kinerja_mailbot.adapters.store.vouching import touch
from kinerja_mailbot.adapters.tables import Table

Ts = TypeVarTuple("Ts")


def insert_new(session: Session, row: Table) -> bool:
    """Insert the row unless its key or another unique value is there already; tell whether it is new.

    Two services may do this at the same moment: the database decides, not a look before.
    """
    values = row.model_dump(exclude={"id"} if getattr(row, "id", 0) is None else None)
    is_new = straight(session, insert_of(session, type(row)), values).first() is not None
    if is_new:
        touch(session, row)
    return is_new


def insert_of(session: Session, kind: type[Table], *returning: str) -> Executable:
    """Return the statement that inserts rows unless they are there, and returns these columns, or the key, of the new.

    What RETURNING gives tells which rows were written; the drivers' row counts do not agree with each other.
    """
    return _insert_of(kind, session.connection().dialect.name, returning)


@overload
def straight(
    session: Session, statement: TypedReturnsRows[*Ts], values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> CursorResult[*Ts]: ...
@overload
def straight(
    session: Session, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> CursorResult[*tuple[object, ...]]: ...
def straight(
    session: Session, statement: Executable, values: Mapping[str, object] | Sequence[Mapping[str, object]]
) -> CursorResult[*tuple[object, ...]]:
    """Execute a statement past the session's rows, after what they hold is written.

    A row of the ORM costs as much as several statements, so what each mail leads to goes this way. Whoever changes what
    the session may have read expires it.
    """
    session.flush()
    return session.connection().execute(statement, values)


def pour(
    session: Session, kind: type[Table], columns: Sequence[str], rows: Sequence[tuple[int | str | None, ...]]
) -> None:
    """Insert hundreds of rows as they are, by position: texts have to be safe already (`safe_text`)."""
    session.flush()
    connection = session.connection()
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = ", ".join([mark] * len(columns))
    into = f"INSERT INTO {kind.__tablename__} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    connection.exec_driver_sql(into, list(rows))


@lru_cache(maxsize=64)
def _insert_of(kind: type[Table], dialect: str, returning: tuple[str, ...]) -> Executable:
    table = inspect(kind).local_table
    columns = [table.c[name] for name in returning] or list(table.primary_key)
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing().returning(*columns)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415  2 MB that an office on SQLite does not need

    return postgresql.insert(table).on_conflict_do_nothing().returning(*columns)
