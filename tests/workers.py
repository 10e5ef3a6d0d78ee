"""Several services on one PostgreSQL database, each a process of its own: started, killed, started again.

As a program: `python -m tests.workers URL IMAP-PORT SMTP-PORT RESPONDENTS BEGAN` runs one of them.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kinerja_mailbot.adapters.systemd import Supervisor
from kinerja_mailbot.config import Config
from kinerja_mailbot.running import run
from kinerja_mailbot.service import Service, system_clock
from tests.bench.office import NOON, Servers, config

_INTERVAL = 2  # seconds


def office(url: str, servers: Servers, respondents: int) -> Config:
    """Return the office of the benchmarks on a PostgreSQL database."""
    plain = config(Path("/nonexistent"), servers, respondents)
    return replace(plain, penyimpanan=url, imap=replace(plain.imap, interval_detik=_INTERVAL))


def office_clock(began: datetime) -> Callable[[], datetime]:
    """Return a clock that showed noon of the day of the requests when the test began."""
    return lambda: NOON + (system_clock() - began)


@dataclass(slots=True)
class Workers:
    """The processes of one office; their logs are gathered in one file."""

    url: str
    servers: Servers
    respondents: int
    log: Path
    began: datetime = field(default_factory=system_clock)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def service(self, later: Callable[[datetime], datetime] = lambda now: now) -> Service:
        """Return one more, inside this process."""
        clock = office_clock(self.began)
        return Service(office(self.url, self.servers, self.respondents), clock=lambda: later(clock()))

    def start(self) -> None:
        """Start one more."""
        told = (self.url, self.servers.imap_port, self.servers.smtp_port, self.respondents, self.began.isoformat())
        with self.log.open("ab") as log:
            self.running.append(
                subprocess.Popen([sys.executable, "-m", "tests.workers", *map(str, told)], stdout=log, stderr=log)
            )

    def kill_oldest(self) -> None:
        """End the one that has run longest, in the middle of whatever it does."""
        process = self.running.pop(0)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """Let all of them end what they have in hand."""
        for process in self.running:
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait(30)
        self.running.clear()

    def kill_all(self) -> None:
        while self.running:
            self.kill_oldest()


def _work(url: str, imap_port: str, smtp_port: str, respondents: str, began: str) -> None:
    logging.basicConfig(format=f"%(asctime)s {os.getpid()} %(levelname)s %(message)s")
    logging.getLogger("kinerja_mailbot").setLevel(logging.INFO)
    settings = office(url, Servers(int(imap_port), int(smtp_port)), int(respondents))
    with Service(settings, clock=office_clock(datetime.fromisoformat(began))) as service, service.exclusive():
        run(service, Supervisor())


if __name__ == "__main__":
    _work(*sys.argv[1:])
