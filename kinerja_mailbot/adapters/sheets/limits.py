"""What is refused before anything is unpacked, from what a zip says of itself."""

from __future__ import annotations

from kinerja_mailbot.adapters.filekind import MAX_ZIP_ENTRIES, zip_entries
from kinerja_mailbot.domain.form.workbook import Obstacle

MAX_SIZE = 25 * 1024 * 1024  # bytes of a file
MAX_UNPACKED = 100 * 1024 * 1024  # bytes of all parts of a zip together
MAX_RATIO = 100  # unpacked to packed
_RATIO_COUNTS_FROM = 20 * 1024 * 1024  # bytes; small parts of spaces pack well, and hurt nobody


def zip_obstacle(content: bytes) -> Obstacle | None:
    """Return why a zip is not opened: cut, or a bomb by its own declaration."""
    entries = zip_entries(content)
    if not entries:
        return Obstacle.DAMAGED
    unpacked = sum(entry.unpacked for entry in entries)
    is_bomb = unpacked > _RATIO_COUNTS_FROM and unpacked > MAX_RATIO * len(content)
    return Obstacle.TOO_LARGE if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNPACKED or is_bomb else None
