"""Catching up: what a store that is an older copy of itself does before it sends anything."""

from __future__ import annotations

from datetime import datetime

from kinerja_mailbot.domain.tick.rounds import RESTORED
from kinerja_mailbot.usecases.ports import PeriodBook, Plan
from kinerja_mailbot.usecases.ports.rounds import Shelf


def is_behind(book: PeriodBook) -> bool:
    """Tell whether an older copy was put back whose mailbox has not been read since."""
    return bool(book.remembered(RESTORED))


def drawers_to_read(book: PeriodBook, shelf: Shelf | None, cabinet: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders to read beside the usual ones: after an older copy was put back, where mail was moved since.

    Raises:
        InboxError: the connection failed.
    """
    return shelf.drawers(cabinet) if shelf is not None and cabinet and is_behind(book) else ()


def may_send(book: PeriodBook, proven_until: datetime | None, now: datetime) -> bool:
    """Tell whether letters may leave: only when every copy of what has left before was seen.

    `proven_until` is when the mailbox was last read with no mail left undecided.
    """
    if not is_behind(book):
        return True
    if proven_until is None:
        return False
    book.carry_out(Plan(ingatan=((RESTORED, ""),)), (), now)
    return True
