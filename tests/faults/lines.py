"""A TCP line on loopback that can be slow, swallow everything, or turn bits on their way."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from types import TracebackType
from typing import Self

from tests.servers import HOST


class Line:
    """Passes bytes between its port and `target`.

    `delay` in seconds holds for each piece; while `is_dead` connections are taken and nothing passes, on old ones
    neither; with `forbidden`, whoever says these words to the server is hung up on; `garbled` turns one bit of the
    byte at each of these places in what the server says on a connection.
    """

    def __init__(self, target: int) -> None:
        self.delay = 0.0
        self.is_dead = False
        self.forbidden: re.Pattern[bytes] | None = None
        self.garbled: frozenset[int] = frozenset()
        self._target = target
        self._listener = socket.create_server((HOST, 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._begin(threading.Thread(target=self._accept, daemon=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in (self._listener, *self._sockets):
            _hang_up(each)
        for thread in self._threads:
            thread.join(5)
        for each in (self._listener, *self._sockets):
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection((HOST, self._target))
                self._sockets += (client, server)
                self._begin(threading.Thread(target=self._ask, args=(client, server), daemon=True))
                self._begin(threading.Thread(target=self._answer, args=(server, client), daemon=True))

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := client.recv(65_536):
                if self.forbidden is not None and self.forbidden.search(piece):
                    break
                self._pass(piece, server)
        _hang_up(client)
        _hang_up(server)

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        said = 0
        with contextlib.suppress(OSError):
            while piece := server.recv(65_536):
                wrong = {place - said for place in self.garbled}
                said += len(piece)
                self._pass(bytes(byte ^ (place in wrong) for place, byte in enumerate(piece)), client)
        _hang_up(client)
        _hang_up(server)

    def _pass(self, piece: bytes, sink: socket.socket) -> None:
        if self.delay:
            time.sleep(self.delay)
        if not self.is_dead:
            sink.sendall(piece)

    def _begin(self, thread: threading.Thread) -> None:
        self._threads.append(thread)
        thread.start()


def _hang_up(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
