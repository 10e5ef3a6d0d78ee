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
_PROGRAMS = {name: shutil.which(name, path=_PLACES) for name in ("initdb", "pg_ctl", "pg_dump", "pg_restore")}
MISSING = [name for name, place in _PROGRAMS.items() if place is None]
_MIGRATED = "jadi"


class PostgreSQL:
    """One server; as root under Debian's account. `durable`: what is committed is on the disk, as in an office."""

    def __init__(self, *, durable: bool = False) -> None:
        self._fsync = "on" if durable else "off"
        # Not pytest's tmp_path: its parents are closed to the server's user, and socket names must stay short.
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._numbers = count(1)
        self._has_template = False
        self._engine: Engine | None = None

    def __enter__(self) -> Self:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._call("initdb", "-D", self._files, "-U", "kinerja", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._engine is not None:
            self._engine.dispose()
        self.stop("immediate")
        shutil.rmtree(self.folder)

    @property
    def socket(self) -> Path:
        """The socket that it listens on."""
        return self.folder / ".s.PGSQL.5432"

    def start(self) -> None:
        """Start it."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync={self._fsync} -c max_connections=200"
        self._call("pg_ctl", "-D", self._files, "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: "fast" ends all connections, "immediate" is a crash."""
        self._call("pg_ctl", "-D", self._files, "-w", "-m", how, "stop")

    def dump(self, url: str, file: Path) -> None:
        """Write a database into a file, as README says."""
        self._call_as_anybody("pg_dump", "-Fc", "-f", str(file), "-d", _name(url))

    def restore(self, url: str, file: Path) -> None:
        """Put a dump into a database without tables."""
        self._call_as_anybody("pg_restore", "-d", _name(url), str(file))

    def execute(self, statement: str) -> list[object]:
        """Let the server's owner do this, outside of any transaction; return the first column of what it says."""
        if self._engine is None:
            self._engine = create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        with self._engine.connect() as connection:
            result = connection.execute(text(statement))
            return list(result.scalars()) if result.returns_rows else []

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
        """Let a database be as its copy is, whoever is still connected to it; to its services it is the same one."""
        (number,) = self.execute(f"SELECT oid FROM pg_database WHERE datname = '{_name(url)}'")  # noqa: S608  ours
        self.drop(url)
        self.execute(f"CREATE DATABASE {_name(url)} OID = {number} TEMPLATE {_name(kept)}")

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def _create(self, template: str, name: str = "") -> str:
        name = name or f"uji{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    @property
    def _files(self) -> str:
        return str(self.folder / "db")

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://kinerja@/{database}?host={self.folder}"

    def _call(self, program: str, *arguments: str) -> None:
        as_owner = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*as_owner, str(_PROGRAMS[program]), *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)

    def _call_as_anybody(self, program: str, *arguments: str) -> None:
        command = [str(_PROGRAMS[program]), "-h", str(self.folder), "-U", "kinerja", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _name(url: str) -> str:
    return str(make_url(url).database)
