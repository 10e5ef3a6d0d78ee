"""A TCP proxy on loopback that cuts the line after so many bytes from the server."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

from tests.servers import HOST


class CuttingProxy:
    """Passes bytes to `target` and back; each connection ends after `allowance` bytes from the server (None: never)."""

    def __init__(self, target: int, allowance: int | None = None) -> None:
        self.allowance = allowance
        self._going = threading.Event()
        self._going.set()
        self._target = target
        self._listener = socket.create_server((HOST, 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up(self._listener)
        for each in self._sockets:
            self._hang_up(each)
        for thread in self._threads:
            thread.join(5)
        for each in (self._listener, *self._sockets):
            each.close()

    def hold(self) -> None:
        """From now on a byte of each answer passes now and then: no line breaks, and none gets anywhere."""
        self._going.clear()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                server = socket.create_connection((HOST, self._target))
                self._sockets.append(server)
                self._begin(self._pump, client, server, None)
                self._begin(self._pump, server, client, self.allowance)

    def _pump(self, source: socket.socket, sink: socket.socket, allowance: int | None) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(16_384):
                if allowance is not None:
                    piece, allowance = piece[:allowance], allowance - len(piece[:allowance])
                for byte in piece if not self._going.is_set() else ():
                    sink.sendall(bytes((byte,)))
                    self._going.wait(1.0)
                if self._going.is_set():
                    sink.sendall(piece)
                if allowance == 0:
                    break
        self._hang_up(source)
        self._hang_up(sink)

    def _begin(self, work: object, *arguments: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    @staticmethod
    def _hang_up(each: socket.socket) -> None:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
