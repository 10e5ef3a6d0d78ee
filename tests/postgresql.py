"""A PostgreSQL server for the tests: in a folder of its own, on a socket only, with as many databases as are wanted."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, create_engine, make_url, text

from kinerja_mailbot.adapters.store import Store

# Debian keeps the server's programs out of the PATH.
_PLACES = os.pathsep.join([os.environ.get("PATH", ""), *sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")))])
_PROGRAMS = {name: shutil.which(name, path=_PLACES) for name in ("initdb", "pg_ctl")}
MISSING = [name for name, place in _PROGRAMS.items() if place is None]
_MIGRATED = "jadi"


class PostgreSQL:
    """One server; as root under Debian's account."""

    def __init__(self) -> None:
        # Not pytest's tmp_path: its parents are closed to the server's user, and socket names must stay short.
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._numbers = count(1)
        self._has_template = False
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        options = f"-k {self._folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        self._call("initdb", "-D", self._files, "-U", "kinerja", "-A", "trust", "-E", "UTF8", "--no-sync")
        self._call("pg_ctl", "-D", self._files, "-w", "-l", str(self._folder / "log"), "-o", options, "start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self._call("pg_ctl", "-D", self._files, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def empty(self) -> str:
        """Return the URL of a new database without tables."""
        return self._url(self._create("template1"))

    def migrated(self) -> str:
        """Return the URL of a new database with the newest schema: a copy, which is made faster than the tables."""
        if not self._has_template:
            with Store(self._url(self._create("template1", _MIGRATED))) as store:
                store.migrate()
            self._has_template = True
        return self._url(self._create(_MIGRATED))

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database to which nobody is connected."""
        return self._url(self._create(_name(url)))

    def put_back(self, kept: str, url: str) -> None:
        """Let a database be as its copy is, whoever is still connected to it."""
        self.drop(url)
        self._create(_name(kept), _name(url))

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def _create(self, template: str, name: str = "") -> str:
        name = name or f"uji{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _execute(self, statement: str) -> None:
        if self._engine is None:
            self._engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    @property
    def _files(self) -> str:
        return str(self._folder / "db")

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://kinerja@/{database}?host={self._folder}"

    def _call(self, program: str, *arguments: str) -> None:
        as_owner = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*as_owner, str(_PROGRAMS[program]), *arguments]
        subprocess.run(command, check=True, cwd=self._folder, stdout=subprocess.DEVNULL)


def _name(url: str) -> str:
    return str(make_url(url).database)
