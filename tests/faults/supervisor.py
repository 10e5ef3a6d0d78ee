"""systemd's end of sd_notify: a real datagram socket and what it has heard."""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType
from typing import Self


class Listener:
    """Hears what the service tells its supervisor; `watchdog` is the patience in seconds that it announces."""

    def __init__(self, path: Path, watchdog: float) -> None:
        self.environment = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": str(int(watchdog * 1_000_000))}
        self.heard: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def hear(self, seconds: float) -> tuple[str, ...]:
        """Return the next message's lines, or none when it stays silent for so long."""
        self._socket.settimeout(seconds)
        try:
            lines = tuple(self._socket.recv(4096).decode().splitlines())
        except TimeoutError:
            return ()
        self.heard += lines
        return lines

    def hear_until(self, line: str, seconds: float = 40.0) -> bool:
        """Listen until this line comes; tell whether it did before a silence of so many seconds."""
        while lines := self.hear(seconds):
            if line in lines:
                return True
        return False
