"""What the daily rounds look at: the mailbox as a list, the store as counts, the machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kinerja_mailbot.domain.mail.health import DayCounts, LoopBack, Queues
from kinerja_mailbot.usecases.ports.mail_servers import Arrived


@dataclass(frozen=True, slots=True)
class Listing:
    """The UIDs of a folder's mails that came on some day or later."""

    uidvalidity: int
    uids: frozenset[int]


class Shelf(Protocol):
    """A mailbox that tells what it holds, beside handing over what is new."""

    def listed(self, folder: str, since: date, first: int, last: int) -> Listing:
        """Return what the folder holds between two UIDs; mails of the day before `since` may be among it.

        Raises:
            InboxError: the connection failed.
        """
        ...

    def drawers(self, path: Sequence[str]) -> tuple[str, ...]:
        """Return the folders inside the one with this path, which need not be there.

        Raises:
            InboxError: the connection failed.
        """
        ...

    def fetch_these(self, folder: str, listing: Listing, since: date) -> Iterator[Sequence[Arrived]]:
        """Yield these mails in batches, those from before `since` left out; none if the folder was made anew.

        Raises:
            InboxError: the connection failed; batches already yielded are good.
        """
        ...


class RoundsBook(Protocol):
    """The part of the store that only the rounds need."""

    def queues(self) -> Queues:
        """Return how much waits or has failed."""
        ...

    def loop_back(self, prefix: str) -> LoopBack | None:
        """Return what became of the newest letter whose key begins so."""
        ...

    def counts(self, since: datetime, until: datetime) -> DayCounts:
        """Return what passed through from one moment to another; copies of our own letters do not count."""
        ...

    def sighted(self, folder: str, uidvalidity: int, after: int, most: int) -> tuple[int, ...]:
        """Return the UIDs under which archived mails were seen in the folder: the lowest ones above `after`."""
        ...


class Machine(Protocol):
    """The computer that the service runs on."""

    def free_space(self) -> int | None:
        """Return how many bytes are free where the database grows, None where that can't be known."""
        ...
