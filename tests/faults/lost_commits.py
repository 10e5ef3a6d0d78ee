"""A line to a PostgreSQL server that now and then breaks after COMMIT has arrived and before its answer is heard."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.servers import HOST


class LostCommits:
    """Passes bytes between its port and a server's socket; the answer to each `every`-th COMMIT is lost."""

    def __init__(self, server: Path, every: int) -> None:
        self.lost = 0
        self._every, self._commits = every, 0
        self._server = server
        self._listener = socket.create_server((HOST, 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._sockets = [self._listener]

    def __enter__(self) -> Self:
        self._begin(threading.Thread(target=self._accept, daemon=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._sockets:
            _hang_up(each)
        for thread in self._threads:
            thread.join(5)
        for each in self._sockets:
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                self._sockets += (client, server)
                self._begin(threading.Thread(target=self._pass, args=(client, server), daemon=True))

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        loses = False
        with contextlib.suppress(OSError):
            while True:
                ready, _, _ = select.select((client, server), (), ())
                source = ready[0]
                if not (piece := source.recv(65_536)):
                    break
                if source is client:
                    loses = self._is_to_lose(piece)
                elif loses:  # the answer: what was committed is committed
                    break
                (server if source is client else client).sendall(piece)
        _hang_up(client)
        _hang_up(server)

    def _is_to_lose(self, said: bytes) -> bool:
        if b"COMMIT" not in said:
            return False
        self._commits += 1
        loses = self._commits % self._every == 0
        self.lost += loses
        return loses

    def _begin(self, thread: threading.Thread) -> None:
        self._threads.append(thread)
        thread.start()


def _hang_up(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
