"""Mail servers whose mailboxes can be put back to how they were, so that one scene can be played many times."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from tests.faults.quarter import ADDRESSES, PASSWORD
from tests.servers import Dovecot, MailSystem


class World(Protocol):
    """A mail system with a clock."""

    clock: StageClock

    @property
    def system(self) -> MailSystem:
        """Return the servers."""
        ...

    def keep(self, name: str) -> None:
        """Remember all mailboxes under a name."""
        ...

    def go_back(self, name: str) -> None:
        """Put all mailboxes back to how they were."""
        ...


class EmbeddedWorld:
    """aiosmtpd and pymap: their mailboxes are made anew, as after a restored backup, with another UIDVALIDITY."""

    def __init__(self, clock: StageClock) -> None:
        self.clock = clock
        self.system = MailServers(clock)
        self._kept: dict[str, Mapping[str, Sequence[bytes]]] = {}

    def __enter__(self) -> Self:
        self.system.__enter__()
        for address in ADDRESSES:
            self.system.add_mailbox(address, PASSWORD)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.system.__exit__(kind, error, trace)

    def keep(self, name: str) -> None:
        """See `World`."""
        self._kept[name] = {address: [raw for _, raw in self.system.mails(address)] for address in ADDRESSES}

    def go_back(self, name: str) -> None:
        """See `World`."""
        for address, mails in self._kept[name].items():
            self.system.add_mailbox(address, PASSWORD)
            for raw in mails:
                came_from, _, _, came_at, rest = raw.split(b"\r\n", 4)  # the trace that the server has put before it
                self.clock.now = parsedate_to_datetime(came_at.decode().strip())
                self.system.deliver(rest, address, came_from.partition(b"<")[2].rstrip(b">").decode())


class DovecotWorld:
    """Dovecot: its Maildirs are copied and put back as files."""

    def __init__(self, clock: StageClock) -> None:
        self.clock = clock
        self.system = Dovecot()
        self._folder = Path(tempfile.mkdtemp(prefix="kept-"))

    def __enter__(self) -> Self:
        self.system.__enter__()
        for address in ADDRESSES:
            self.system.add_mailbox(address, PASSWORD)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.system.__exit__(kind, error, trace)
        shutil.rmtree(self._folder)

    def keep(self, name: str) -> None:
        """See `World`."""
        _copy(self.system.home(""), self._folder / name)

    def go_back(self, name: str) -> None:
        """See `World`."""
        home = self.system.home("")
        shutil.rmtree(home)
        _copy(self._folder / name, home)


def _copy(source: Path, target: Path) -> None:
    """Copy with owners and times, which `shutil.copytree` leaves behind."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
