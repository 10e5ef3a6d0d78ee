"""The outbox as the flows see it: letters to be sent, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kinerja_mailbot.usecases.ports.mail_servers import Refusal
from kinerja_mailbot.usecases.ports.turns import Turns


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMail:
    """A letter in the outbox that may be sent now."""

    id: int
    kunci: str
    message_id: str
    penerima: tuple[str, ...]
    percobaan: int
    mentah: bytes = field(repr=False)
    periode: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the letter, for everybody but these."""

    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """The server refused it for good, or nobody tries any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class PutOff:
    """The server certainly has not got it; it is tried again at this time."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody knows whether the server has got it; the own copy will tell."""

    reason: str


@dataclass(frozen=True, slots=True)
class Untried:
    """It was in hand and its turn did not come: as if it had never been taken."""


Fate = Accepted | Rejected | PutOff | Unclear | Untried


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a letter in hand, and when (aware UTC)."""

    letter_id: int
    at: datetime
    fate: Fate


class Outbox(Turns, Protocol):
    """The part of the store that `deliver` needs; each method is one transaction."""

    def recover(self, now: datetime) -> int:
        """Letters left in `sending` by a service that is dead become `uncertain`; return how many."""
        ...

    def requeue_unproven(self, before: datetime, now: datetime) -> int:
        """Queue again the uncertain letters whose own copy has not come since `before`."""
        ...

    def due(self, now: datetime, limit: int, prefix: str = "") -> tuple[QueuedMail, ...]:
        """Return the letters whose time has come and whose key begins so, oldest first."""
        ...

    def take(
        self, letters: Sequence[QueuedMail], now: datetime, most_an_hour: int | None = None
    ) -> tuple[QueuedMail, ...]:
        """Commit `sending` before the network is touched; return the letters that are ours to send now.

        Left out are those that another service or their own copy has settled since they were read, and those beyond
        `most_an_hour`, which holds for all services together.
        """
        ...

    def record(self, reports: Sequence[Report]) -> None:
        """Write down what became of letters in hand; acceptance starts the request's clock where one is a request."""
        ...

    def sent_since(self, since: datetime) -> int:
        """Return how many letters left, or may have left, since then, and how many are leaving now."""
        ...


def letter_turn(letter_id: int) -> str:
    """Return the name of the turn to send this letter, held from before `sending` is committed until it is settled."""
    return f"surat.{letter_id}"
