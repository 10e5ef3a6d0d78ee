"""When to try a mail server again: growing pauses, so that a server in trouble is never hammered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60))
_LOGIN_FAILURES = 3  # a refused password counts as so many at once: an account is soon locked
MOST_ATTEMPTS = 80  # with an hour between the later ones: three days and more, longer than any weekend outage


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after this many failures in a row.

    >>> [pause_after(n).seconds // 60 for n in (1, 2, 3, 4, 5, 6, 99)]
    [1, 2, 5, 15, 30, 60, 60]
    """
    return _PAUSES[min(max(failures, 1), len(_PAUSES)) - 1]


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a server in trouble is left alone."""

    failures: int = 0
    until: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Tell whether the server may be tried; a clock that was set back never makes the wait longer than an hour."""
        return self.until is None or now >= self.until or self.until - now > _PAUSES[-1]

    def lengthened(self, now: datetime, *, login: bool = False) -> Pause:
        """Return the pause after one more failure, longer when it was the login that failed."""
        failures = max(self.failures + 1, _LOGIN_FAILURES if login else 1)
        return Pause(failures, now + pause_after(failures))
