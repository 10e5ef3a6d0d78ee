"""How a store stood at one moment, to go back to as often as wanted while the service has it open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import text

from kinerja_mailbot.adapters.store import Store

# The journal's own guard, and the order that keys ask for, are off for this transaction. Rows are deleted, since the
# new files that TRUNCATE makes for each table and index cost more than these few rows.
_KEEP = text("""
DO $$ DECLARE name text; BEGIN
    CREATE SCHEMA lama;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE lama.%1$I AS TABLE public.%1$I', name);
    END LOOP;
    CREATE TABLE lama.urutan AS SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public';
END $$
""")
_PUT_BACK = text("""
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DELETE FROM public.%1$I', name);
        EXECUTE format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM lama.%1$I', name);
    END LOOP;
    PERFORM setval(format('public.%I', sequencename)\\:\\:regclass, coalesce(last_value, 1), last_value IS NOT NULL)
        FROM lama.urutan;
END $$
""")


class Copy(Protocol):
    """How the store stood."""

    def put_back(self) -> None:
        """Let it stand so again."""
        ...


@contextmanager
def copy_of(store: Store) -> Iterator[Copy]:
    """Remember how an open store stands now."""
    if not store.is_sqlite:
        with store.engine.begin() as connection:
            connection.execute(_KEEP)
        yield _Tables(store)
        return
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as memory:
        with store.sqlite_connection() as file:
            file.backup(memory)
        yield _File(store, memory)


@dataclass(frozen=True, slots=True)
class _File:
    store: Store
    memory: sqlite3.Connection

    def put_back(self) -> None:
        """See `Copy`."""
        with self.store.sqlite_connection() as file:
            self.memory.backup(file)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows in tables of the same names, in a schema beside."""

    store: Store

    def put_back(self) -> None:
        """See `Copy`."""
        with self.store.engine.begin() as connection:
            connection.execute(_PUT_BACK)
