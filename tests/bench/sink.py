"""An SMTP server in a process of its own that takes every letter and keeps only the count: aiosmtpd with PIPELINING."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.relay import ListeningAhead
from tests.servers import HOST, free_ports


@dataclass(frozen=True, slots=True)
class Sink:
    """Where the server listens."""

    port: int


class _Counting(ListeningAhead):
    """aiosmtpd's hooks."""

    def __init__(self) -> None:
        self.letters = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # likewise
        del server, session, envelope
        self.letters += 1
        return "250 2.0.0 taken"


@contextmanager
def running_sink() -> Iterator[Sink]:
    """Run the server in another process until the end of the block."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "tests.bench.sink", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield Sink(port)
        finally:
            process.terminate()


if __name__ == "__main__":
    controller = Controller(_Counting(), hostname=HOST, port=int(sys.argv[1]))
    controller.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    threading.Event().wait()
