"""The computer that the service runs on."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import stat
import sys
from collections.abc import Iterable
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


def leave_to_the_folders_owner(files: Iterable[Path]) -> None:
    """Give these files, and what is named after them, to the owner of their folder, where root has made them.

    Whoever tries `check` or puts a backup back as root must not leave a database that the service, which has a user of
    its own, can't write to. Only plain files of root's with one name are given away: the owner of the folder could
    have laid a link to a foreign file into it. Whoever is not root, or on Windows, gives nothing.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return
    for file in files:
        with suppress(OSError):  # no such folder
            folder = file.parent.stat()
            for path in file.parent.glob(f"{glob.escape(file.name)}*") if folder.st_uid else ():
                _give(path, folder)


def _give(path: Path, folder: os.stat_result) -> None:
    with suppress(OSError):  # a link; a network disk whose owners nobody may change
        # By its descriptor: under the name, another file could stand between the look and the gift.
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            found = os.fstat(file)
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and found.st_uid == 0:
                os.fchown(file, folder.st_uid, folder.st_gid)
        finally:
            os.close(file)
