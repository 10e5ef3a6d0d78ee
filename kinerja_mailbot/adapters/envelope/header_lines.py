"""Headers as they stand in a mail: folded between words, and nothing that somebody typed begins one of its own."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from email.header import Header
from email.utils import encode_rfc2231, formataddr

HeaderLine = tuple[str, str]
"""Name and value; the value is ASCII and already folded."""

_WIDTH = 76
# What may stand in a header unquoted (RFC 5322 section 3.2.3, dot-atom); registered addresses are checked by it before.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_CONTROLS = frozenset({"Cc", "Zl", "Zp", "Cs"})


def one_line(text: str) -> str:
    r"""Return the text without line ends and other control characters, so that it can't begin a header of its own.

    >>> one_line("Rekap\r\nBcc: orang@mail.example")
    'Rekap Bcc: orang@mail.example'
    """
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(char) in _CONTROLS else char for char in text)
    return " ".join(text.split())


def unstructured(name: str, text: str) -> str:
    """Return the value of a header that holds free text, as encoded words where it is not plain (RFC 2047).

    >>> unstructured("Subject", "Rekap"), unstructured("Subject", "Rekap – TW III")
    ('Rekap', '=?utf-8?q?Rekap_=E2=80=93_TW_III?=')
    """
    words = one_line(text)
    if not _is_plain(words):
        return _encoded(words, len(name))
    # Between words only: a break inside "2026-TW3" would come back as a space.
    lines = textwrap.wrap(f"{name}: {words}", _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\r\n ".join(lines)[len(name) + 2 :]


def mailbox(name: str, spec: str) -> str:
    """Return an address with its owner's name.

    >>> mailbox("Budi, S.H.", "budi@kpu.example")
    '"Budi, S.H." <budi@kpu.example>'

    Raises:
        ValueError: it is no address that a header may hold.
    """
    if _ADDRESS.fullmatch(spec) is None:
        raise ValueError(f"not an address: {spec!r}")
    words = one_line(name)
    if _is_plain(words):
        return formataddr((words, spec))
    return f"{_encoded(words, len('From'))}\r\n <{spec}>"


def wrapped(ids: Iterable[str]) -> str:
    """Return the Message-IDs one a line: split or encoded, no mail program could match them."""
    return "\r\n ".join(ids)


def parameter(name: str, text: str) -> str:
    r"""Return a parameter of a Content header, quoted or in the extended notation (RFC 2231).

    >>> parameter("filename", "a.xlsx"), parameter("filename", "é.xlsx")
    ('filename="a.xlsx"', "filename*=utf-8''%C3%A9.xlsx")
    """
    words = one_line(text)
    if _is_plain(words):
        quoted = words.replace("\\", "\\\\").replace('"', '\\"')
        return f'{name}="{quoted}"'
    return f"{name}*={encode_rfc2231(words, 'utf-8')}"


def _is_plain(words: str) -> bool:
    """Tell whether the words can stand as they are; what looks like an encoded word would be read as one."""
    return words.isascii() and "=?" not in words


def _encoded(words: str, taken: int) -> str:
    # Lone surrogates have no bytes; `one_line` took them away.
    return Header(words, "utf-8", maxlinelen=_WIDTH, header_name="x" * taken).encode(linesep="\r\n")
