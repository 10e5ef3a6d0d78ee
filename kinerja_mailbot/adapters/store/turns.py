"""Turns: what only one of several services on the same database may have in hand at a moment.

On PostgreSQL a turn is an advisory lock of a connection that this service keeps for nothing else. The server frees it
when that connection ends, so a service that is killed loses its turns at once, and no lease can run out under a living
one. On SQLite a file lock keeps a second service away: every turn is free, and costs nothing.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import DBAPIError

from kinerja_mailbot.adapters.store.database import Database, translated
from kinerja_mailbot.usecases.ports import StoreError

SERVICE = "kinerja-mailbot "
"""How the name begins by which a service's connection for its turns is known to the server."""

_OFFICE = "kantor"
_NAMES = "FROM unnest(CAST(:names AS text[])) AS name"
_TAKE = text(f"SELECT name {_NAMES} WHERE pg_try_advisory_lock(hashtextextended(name, 0))")
_WAIT_ALONE = text("SELECT pg_advisory_lock(hashtextextended(:name, 0))")
_WAIT_TOGETHER = text("SELECT pg_advisory_lock_shared(hashtextextended(:name, 0))")
_FREE = text(f"SELECT pg_advisory_unlock(hashtextextended(name, 0)) {_NAMES}")
_FREE_ALONE = text("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
_FREE_TOGETHER = text("SELECT pg_advisory_unlock_shared(hashtextextended(:name, 0))")
# A machine that loses its power says no goodbye: the server asks after it, within a minute, where the network is TCP.
_NOTICE_DEATH = ("SET tcp_keepalives_idle = 30", "SET tcp_keepalives_interval = 10", "SET tcp_keepalives_count = 3")

_NAME = text("SELECT set_config('application_name', :name, false)")
_POOLED = 4  # connections that a pooler in transaction mode would have to have at hand to keep its nature to itself


class TurnStore(Database):
    """See `Turns`; for one thread, the one that works."""

    def __init__(self, url: str, busy_seconds: float = 5.0) -> None:
        super().__init__(url, busy_seconds)
        self._turns: Connection | None = None

    def close(self) -> None:
        """Give all turns back, and close all connections."""
        self._drop()
        super().close()

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """See `Turns`."""
        with self.turns((name,)) as ours:
            yield bool(ours)

    @contextmanager
    def turns(self, names: Sequence[str]) -> Iterator[frozenset[str]]:
        """See `Turns`."""
        if self.is_sqlite or not names:
            yield frozenset(names)
            return
        ours = self._ask(_TAKE, names=list(names))
        try:
            yield frozenset(ours)
        finally:
            if ours:
                self._free(_FREE, names=ours)

    @contextmanager
    def at_the_office(self, *, alone: bool) -> Iterator[None]:
        """See `Turns`."""
        if self.is_sqlite:
            yield
            return
        self._ask(_WAIT_ALONE if alone else _WAIT_TOGETHER, name=_OFFICE)
        try:
            yield
        finally:
            self._free(_FREE_ALONE if alone else _FREE_TOGETHER, name=_OFFICE)

    def _ask(self, statement: TextClause, **values: object) -> list[str]:
        try:
            with translated():
                return [str(name) for name in self._connection().execute(statement, values).scalars()]
        except BaseException:
            self._drop()  # whatever happened to it: its locks must not outlive what we know of them
            raise

    def _free(self, statement: TextClause, **values: object) -> None:
        """Give locks back; where the connection is gone, so are they."""
        if self._turns is None:
            return
        try:
            self._turns.execute(statement, values)
        except DBAPIError:
            self._drop()

    def _connection(self) -> Connection:
        if self._turns is None:
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._turns = connection
            for statement in _NOTICE_DEATH:
                connection.exec_driver_sql(statement)
            connection.execute(_NAME, {"name": f"{SERVICE}{socket.gethostname()[:30]} {os.getpid()}"})
            if not turns_hold(self.engine, connection):
                raise StoreError("advisory locks do not hold: there is a pooler in transaction mode before the server")
        return self._turns

    def _drop(self) -> None:
        """End the connection itself, and with it every lock: back in the pool it would keep them."""
        if self._turns is not None:
            with suppress(DBAPIError):
                self._turns.invalidate()
                self._turns.close()
            self._turns = None


def turns_hold(engine: Engine, alone: Connection) -> bool:
    """Tell whether what a connection has taken stays with it; `alone` commits each statement by itself.

    Between two statements a pooler in transaction mode lends the server's connection to somebody else, and with it the
    locks. There, what the server calls a connection is not what its client was told when it connected; only then is it
    worth the trouble to look whether others, who keep what they were lent, get this one's connection.
    """
    server_calls_it = text("SELECT pg_backend_pid()")
    first = alone.execute(server_calls_it).scalar_one()
    told = alone.connection.driver_connection
    if told is not None and told.info.backend_pid == first:
        return True
    with ExitStack() as others:
        for _ in range(_POOLED):
            other = others.enter_context(engine.connect())
            if other.execute(server_calls_it).scalar_one() == first:
                return False
        return bool(alone.execute(server_calls_it).scalar_one() == first)
