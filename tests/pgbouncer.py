"""A PgBouncer between the service and a PostgreSQL server of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from types import TracebackType
from typing import Self

from sqlalchemy import make_url

from tests.postgresql import PostgreSQL

_PROGRAM = shutil.which("pgbouncer", path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
MISSING = _PROGRAM is None
_PORT = 6432
_SETTINGS = """
[databases]
* = host={folder} user=kinerja
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = {mode}
"""


class PgBouncer:
    """Lends the server's connections; `mode` is "transaction" or "session"."""

    def __init__(self, server: PostgreSQL, mode: str) -> None:
        self._server, self._mode = server, mode

    def __enter__(self) -> Self:
        folder = self._server.folder
        file = folder / "pgbouncer.ini"
        file.write_text(_SETTINGS.format(folder=folder, port=_PORT, mode=self._mode))
        as_owner = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
        command = [*as_owner, str(_PROGRAM), "-q", str(file)]
        self._process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        while not (folder / f".s.PGSQL.{_PORT}").exists():
            assert self._process.poll() is None, "it did not start"
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()

    def url(self, url: str) -> str:
        """Return the way to a database of the server through this pooler."""
        return make_url(url).update_query_dict({"port": str(_PORT)}).render_as_string()
