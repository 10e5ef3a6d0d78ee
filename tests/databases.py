"""Which database an office of the tests has: SQLite's file in its folder, or one on the PostgreSQL server of this run.

An office is its folder. `database_in` names its database to whoever opens it, in this process or in one of its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.postgresql import PostgreSQL

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)

_SERVERS: dict[Path, PostgreSQL] = {}
_URLS: dict[Path, str] = {}


def server_for(request: pytest.FixtureRequest) -> PostgreSQL | None:
    """Return the server for the kind of database that a fixture's parameter names; SQLite needs none."""
    if request.param == SQLITE:
        return None
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server


@contextmanager
def databases_of(server: PostgreSQL | None, folder: Path) -> Iterator[None]:
    """Let the offices in this folder, and in those below it, have databases of this server; None is SQLite."""
    if server is None:
        yield
        return
    _SERVERS[folder] = server
    try:
        yield
    finally:
        del _SERVERS[folder]
        for office in [one for one in _URLS if one.is_relative_to(folder)]:
            server.drop(_URLS.pop(office))


def database_in(folder: Path) -> str:
    """Return the URL of the office's database; on PostgreSQL it is made, with the newest schema, when first asked for.

    >>> database_in(Path("/kantor"))
    'sqlite:////kantor/kinerja.db'
    """
    server = _server_of(folder)
    if server is None:
        return f"sqlite:///{folder / 'kinerja.db'}"
    if folder not in _URLS:
        _URLS[folder] = server.migrated()
    return _URLS[folder]


def copy_office(folder: Path, to: Path) -> str:
    """Copy an office whose database nobody has open; return the URL of the copy's database."""
    shutil.copytree(folder, to)
    server = _server_of(folder)
    if server is not None:
        _URLS[to] = server.copy(database_in(folder))
    return database_in(to)


def put_back(kept: Path, folder: Path) -> None:
    """Let an office be as its copy is; its database keeps its URL."""
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    server = _server_of(folder)
    if server is not None:
        server.put_back(_URLS[kept], _URLS[folder])


def _server_of(folder: Path) -> PostgreSQL | None:
    return next((_SERVERS[one] for one in (folder, *folder.parents) if one in _SERVERS), None)
