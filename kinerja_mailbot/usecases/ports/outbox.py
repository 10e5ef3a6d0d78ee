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


class Outbox(Turns, Protocol):
    """The part of the store that `deliver` needs."""

    def recover(self, now: datetime) -> int:
        """Letters left in `sending` by a service that is dead become `uncertain`; return how many."""
        ...

    def requeue_unproven(self, before: datetime, now: datetime) -> int:
        """Queue again the uncertain letters whose own copy has not come since `before`."""
        ...

    def due(self, now: datetime, limit: int, prefix: str = "") -> tuple[QueuedMail, ...]:
        """Return the letters whose time has come and whose key begins so, oldest first."""
        ...

    def mark_sending(self, letter_id: int, now: datetime, attempts: int | None = None) -> None:
        """Commit the intention before the network is touched.

        Raises:
            OvertakenError: it is not queued any more, or not as it was read, after so many attempts.
        """
        ...

    def mark_sent(self, letter_id: int, now: datetime, refused: Sequence[Refusal] = ()) -> None:
        """Record acceptance; starts the request's clock where the letter is a request."""
        ...

    def mark_failed(self, letter_id: int, reason: str, now: datetime) -> None:
        """Record a final refusal."""
        ...

    def retry_at(self, letter_id: int, at: datetime, reason: str) -> None:
        """Queue it for later."""
        ...

    def sent_since(self, since: datetime) -> int:
        """Return how many letters left, or may have left, since then."""
        ...

    def mark_uncertain(self, letter_id: int, reason: str, now: datetime) -> None:
        """Record that nobody knows; the own copy will tell."""
        ...


def letter_turn(letter_id: int) -> str:
    """Return the name of the turn to send this letter, held from before `sending` is committed until it is settled."""
    return f"surat.{letter_id}"
