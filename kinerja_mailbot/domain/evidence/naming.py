"""Names of files in an archive: short, in ASCII, safe on every system, never twice the same."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60


def plain_name(name: str) -> str:
    """Return the name in letters, digits, dots, dashes and underscores; its extension stays when it is cut.

    >>> plain_name("Laporan Triwulan III (final) é.xlsx"), plain_name("..//x"), plain_name("資料")
    ('Laporan-Triwulan-III-final-e.xlsx', 'x', 'berkas')
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    clean = re.sub(r"[^A-Za-z0-9._-]+", "-", ascii_only)
    clean = re.sub(r"-+\.", ".", re.sub(r"-{2,}", "-", clean)).strip(".-_")
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > 8:
        return clean[:_LONGEST].strip(".-_") or "berkas"
    return f"{stem[: _LONGEST - len(extension) - 1].strip('.-_') or 'berkas'}.{extension}"


class FreeNames:
    """Hands out names that nobody has yet, whatever the case of their letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        """Return the name, or the same with a number before its extension.

        >>> names = FreeNames()
        >>> names.take("a/isian.xlsx"), names.take("a/Isian.xlsx")
        ('a/isian.xlsx', 'a/Isian-2.xlsx')
        """
        folder, slash, file = name.rpartition("/")
        stem, dot, extension = file.rpartition(".")
        stem = stem if dot else file
        candidate, number = name, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{folder}{slash}{stem}-{number}{dot}{extension if dot else ''}"
        self._taken.add(candidate.casefold())
        return candidate
