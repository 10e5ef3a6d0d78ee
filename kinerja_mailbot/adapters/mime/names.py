"""File names of attachments: decoded by every way in use, and safe to show and to store."""

from __future__ import annotations

import re
import unicodedata

from kinerja_mailbot.adapters.mime.headers import Parsed, decode_words

_MAX_LENGTH = 120
_UNSAFE = re.compile(r'[<>:"|?*]')


def clean_name(part: Parsed) -> str:
    """Return the name by RFC 2231, RFC 2047 in a parameter or raw 8-bit; NFC, without path and control characters.

    "" when there is none. The name is only ever shown; what a file is, its bytes say.
    """
    return safe_name(decode_words(_declared_name(part)))


def safe_name(name: str) -> str:
    r"""Return a name that is no path, holds no control or direction character, and keeps its extension when cut.

    >>> safe_name("C:\\data\\..\\rekap\u202e.xlsx"), safe_name("../../etc/passwd")
    ('rekap.xlsx', 'passwd')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    clean = " ".join(_UNSAFE.sub("", printable).split()).lstrip(".").strip()
    if len(clean) <= _MAX_LENGTH:
        return clean
    stem, dot, extension = clean.rpartition(".")
    if not dot or len(extension) > 10:
        return clean[:_MAX_LENGTH]
    return stem[: _MAX_LENGTH - len(extension) - 1] + dot + extension


def _declared_name(part: Parsed) -> str:
    try:
        return str(part.get_filename("") or "")
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""  # contradictory RFC 2231 pieces
