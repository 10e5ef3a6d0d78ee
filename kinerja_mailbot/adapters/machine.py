"""The computer that the service runs on."""

from __future__ import annotations

import ctypes
import shutil
import sys
from contextlib import suppress
from pathlib import Path

_M_MMAP_THRESHOLD = -3  # mallopt(3)
_LARGE = 1024 * 1024  # bytes


class ThisMachine:
    """See `Machine`; `place` is the folder whose disk fills, None where the database is another machine's."""

    def __init__(self, place: Path | None) -> None:
        self._place = place

    def free_space(self) -> int | None:
        """See `Machine`."""
        try:
            return None if self._place is None else shutil.disk_usage(self._place).free
        except OSError:
            return None


def give_back_large_blocks() -> None:
    """Let the C library return blocks of a megabyte and more to the system as soon as they are free.

    Left to itself, glibc raises that bound with each large mail, to 32 MB at most, and keeps the holes that they leave:
    164 MB instead of 118 after twelve mails of 6 MB. Other systems have other libraries, and nothing happens there.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a Linux without glibc
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
