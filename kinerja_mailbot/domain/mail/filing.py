"""Where a mail belongs on the server once it is settled: a drawer for each period, one for our own copies."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "Terkirim"
OTHERS = "Umum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A settled mail where it lies now, and what was decided about it."""

    folder: str
    uidvalidity: int
    uid: int
    verdict: str
    periode: str | None = None


def drawer(place: Place) -> str:
    """Return the name of the drawer.

    >>> mail = Place(folder="INBOX", uidvalidity=1, uid=7, verdict="reply", periode="2026-TW3")
    >>> drawer(mail), drawer(Place(folder="INBOX", uidvalidity=1, uid=8, verdict="own", periode="2026-TW3"))
    ('2026-TW3', 'Terkirim')
    """
    return OWN if place.verdict == "own" else place.periode or OTHERS
