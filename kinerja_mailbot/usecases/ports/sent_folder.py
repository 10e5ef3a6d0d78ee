"""The ports of the folder of sent mail: what has been sent, and where people look for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that the server has taken; `at` is aware UTC."""

    id: int
    message_id: str
    at: datetime
    mentah: bytes = field(repr=False)


class SentFolder(Protocol):
    """The mailbox's folder of sent mail."""

    def keep(self, letters: Sequence[SentLetter]) -> None:
        """Put a copy of each letter there that is not there yet.

        Raises:
            InboxError: the connection failed; some copies may have been put there.
        """
        ...


class SentRecord(Protocol):
    """The part of the store that `keep_sent` needs."""

    def sent_after(self, at: datetime, letter_id: int, limit: int) -> tuple[SentLetter, ...]:
        """Return the letters sent later than that one, oldest first."""
        ...
