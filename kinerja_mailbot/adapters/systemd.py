"""Telling systemd how the service is (sd_notify): datagrams on a Unix socket, and nothing where nobody listens."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress


class Supervisor:
    """Whoever started the service and wants to hear of it; without an `address` nobody does."""

    def __init__(self, address: str = "", watchdog: float | None = None) -> None:
        """Take the socket's name, and after how many seconds of silence the service will be ended."""
        self._address = address
        self.watchdog = watchdog

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], pid: int) -> Supervisor:
        """Return the supervisor that systemd names to the process `pid` (sd_notify(3), sd_watchdog_enabled(3)).

        >>> Supervisor.from_environment({"NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": "300000000"}, 7).watchdog
        300.0
        >>> Supervisor.from_environment({"WATCHDOG_USEC": "300000000", "WATCHDOG_PID": "8"}, 7).watchdog is None
        True
        """
        microseconds = environ.get("WATCHDOG_USEC", "")
        is_ours = environ.get("WATCHDOG_PID", str(pid)) == str(pid)
        watched = is_ours and microseconds.isdecimal() and int(microseconds) > 0
        return cls(environ.get("NOTIFY_SOCKET", ""), int(microseconds) / 1_000_000 if watched else None)

    def tell(self, *lines: str) -> None:
        """Send assignments such as `READY=1`; whether they are heard changes nothing for us.

        Windows has no such sockets, and a container may have lost the one that it was promised.
        """
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        address = (
            f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        )  # @: no file, a name only
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.settimeout(1.0)
            line.sendto("\n".join(" ".join(each.split()) for each in lines).encode(), address)
