"""Where a folder that was opened stands, and how to ask for what came on a day or later."""

from __future__ import annotations

from datetime import date, timedelta

from imap_tools import BaseMailBox

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def told(mailbox: BaseMailBox, name: str) -> int | None:
    """Return the number that the server told under this name when the folder was opened, None if it told none."""
    _, answer = mailbox.client.response(name)
    found = answer[-1] if answer else None
    return int(found) if isinstance(found, bytes) and found.isdigit() else None


def came_since(since: date) -> str:
    """Return the words of a SEARCH for mails of that day or later, and perhaps of the day before.

    SINCE is a day in the server's zone, whichever that is: ask from a day earlier, compare in ours.

    >>> came_since(date(2026, 3, 1))
    'SINCE 28-Feb-2026'
    """
    day = since - timedelta(days=1)
    return f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"
