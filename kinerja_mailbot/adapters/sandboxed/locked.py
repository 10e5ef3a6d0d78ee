"""Telling a password-protected .xls from a broken one; only ever called in the child process.

calamine calls both broken, but their senders need different advice.
"""

from __future__ import annotations

import io
import struct

from olefile import OleFileIO

_STREAMS = ("Workbook", "Book")
_FILEPASS = 0x002F  # [MS-XLS] 2.4.117: everything behind it is encrypted
_END = 0x000A
_MOST_RECORDS = 64  # FILEPASS stands right behind BOF and the protection of writing


def is_locked_xls(content: bytes) -> bool:
    """Tell whether a BIFF workbook can't be read without a password; one that is broken is not locked."""
    try:
        return _has_password(content)
    except (OSError, IndexError, struct.error):  # what olefile raises on broken files; calamine may still read them
        return False


def _has_password(content: bytes) -> bool:
    with OleFileIO(io.BytesIO(content)) as ole:
        name = next((stream for stream in _STREAMS if ole.exists(stream)), None)
        if name is None:
            return False
        stream = ole.openstream(name)
        for _ in range(_MOST_RECORDS):
            header = stream.read(4)
            if len(header) < 4:
                return False
            kind, length = struct.unpack("<HH", header)
            if kind in {_FILEPASS, _END}:
                return bool(kind == _FILEPASS)
            stream.read(length)
    return False
