"""When to try a mail server again: growing pauses, so that a server in trouble is never hammered."""

from __future__ import annotations

from datetime import timedelta

_PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60))
MOST_ATTEMPTS = 80  # with an hour between the later ones: three days and more, longer than any weekend outage


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after this many failures in a row.

    >>> [pause_after(n).seconds // 60 for n in (1, 2, 3, 4, 5, 6, 99)]
    [1, 2, 5, 15, 30, 60, 60]
    """
    return _PAUSES[min(max(failures, 1), len(_PAUSES)) - 1]
