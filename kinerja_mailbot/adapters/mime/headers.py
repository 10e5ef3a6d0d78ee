"""Header values as people meant them: decoded, unfolded, bounded, without control characters."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses
from itertools import islice
from typing import TypeAlias

MAX_HEADERS = 500
MAX_VALUE = 16_384  # characters; 60,000 recipients are cut here
MAX_IDS = 500
_MAX_FROM = 4_096

Parsed: TypeAlias = "Message[str, str]"
"""What the standard library's parser makes under its `compat32` policy."""

_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?[^?\s]{1,60}\?[bBqQ]\?)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,128}@[^\s<>()\[\],;:\"@]{1,255}")
_ID = re.compile(r"<[^<>\s]{1,900}>")
_BARE_ID = re.compile(r"[^\s<>@]{1,400}@[^\s<>@]{1,255}")
_QUOTED_OR_ADDRESS = re.compile(r'"(?:\\.|[^"\\])*"|<[^>]*>|\([^()]*\)')
# Codecs of Python that are no charset of mail, some of them slow on purpose-made input.
_NO_CHARSET = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})


def raw_headers(message: Parsed, only: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Yield lower-case names and undecoded values, of the first `MAX_HEADERS`; `only` those of these names."""
    for name, value in islice(message.raw_items(), MAX_HEADERS):
        plain_name = name.strip().lower()
        if not only or plain_name in only:
            yield plain_name, unfold(str(value)[:MAX_VALUE])


def unfold(value: str) -> str:
    """Return the value on one line, raw 8-bit read as UTF-8 or, failing that, Windows-1252."""
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    return " ".join(_CONTROL.sub(" ", decode_bytes(_to_bytes(value), "")).split())


def decode_words(value: str) -> str:
    """Decode RFC 2047 encoded words; what can't be decoded stays as it was typed.

    >>> decode_words("=?utf-8?q?Triwulan_III?= =?utf-8?b?IOKAkyBVbXVt?=")
    'Triwulan III – Umum'
    """
    if "=?" not in value and value.isascii() and value.isprintable():
        return " ".join(value.split())
    joined = _BETWEEN.sub(r"\1\2", value)
    return " ".join(_CONTROL.sub(" ", _ENCODED.sub(_decode_word, joined)).split())


def decode_bytes(content: bytes, charset: str) -> str:
    """Decode text whose charset may be missing or wrong; never raises."""
    name = charset.strip().strip("\"'").lower()
    if name in {"", "us-ascii", "ascii", "utf8", "utf-8", "unknown-8bit", "8bit"} or name in _NO_CHARSET:
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace")
    try:
        return content.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return content.decode("utf-8", "replace")


def senders(values: list[str]) -> tuple[str, ...]:
    """Return the addr-specs of all From headers, lower case; a single unequivocal sender gives exactly one.

    A group gives none. An address hidden in a display name counts as a second sender: mail programs show it as the
    first one.

    >>> senders(["Budi <Budi@kpu.example>"]), senders(['"ketua@kpu.example" <budi@mail.example>'])
    (('budi@kpu.example',), ('ketua@kpu.example', 'budi@mail.example'))
    """
    found: list[str] = []
    for value in values:
        if len(value) >= _MAX_FROM or re.search(r"[:;]", _QUOTED_OR_ADDRESS.sub("", value)):
            return ()
        found += _senders_of(value)
    return tuple(found)


def _senders_of(value: str) -> list[str]:
    try:
        specs = [spec.strip().lower() for _, spec in getaddresses([value]) if "@" in spec]
    except (RecursionError, IndexError, ValueError, TypeError):
        return []
    shown = [spec.strip(".'").lower() for spec in _ADDRESS.findall(decode_words(value))]
    others = [spec for spec in dict.fromkeys(shown) if spec not in specs]
    # Newer Pythons give nothing for what could be read in two ways: all that is shown is named, none is believed.
    return [*others, *specs] if specs or len(others) > 1 else []


def subject(values: list[str]) -> str:
    """Return the first Subject, decoded, at most 500 characters."""
    return decode_words(values[0])[:500] if values else ""


def recipients(values: list[str], limit: int = 200) -> tuple[str, ...]:
    """Return the addr-specs in To and Cc, lower case, the first ones only."""
    specs = (spec.lower() for value in values for spec in _ADDRESS.findall(value))
    return tuple(dict.fromkeys(specs))[:limit]


def message_ids(values: list[str]) -> tuple[str, ...]:
    """Return the ids with their angle brackets; programs that forget the brackets are forgiven."""
    found = [each for value in values for each in _ID.findall(value)]
    if not found:
        found = [f"<{each}>" for value in values for each in _BARE_ID.findall(value)]
    return tuple(found if len(found) <= MAX_IDS else found[: MAX_IDS // 2] + found[-MAX_IDS // 2 :])


def return_path(values: list[str]) -> str | None:
    """Return the topmost Return-Path without brackets; "" is the null path, None means that there is no header."""
    return values[0].strip().strip("<>").strip().lower() if values else None


def _decode_word(found: re.Match[str]) -> str:
    charset, kind, text = found[1].partition("*")[0], found[2].lower(), found[3]
    data = text.encode("utf-8", "surrogateescape")
    if kind == "q":
        return decode_bytes(binascii.a2b_qp(data, header=True), charset)
    try:
        return decode_bytes(base64.b64decode(data + b"=" * (-len(data) % 4)), charset)
    except (binascii.Error, ValueError):
        return found[0]


def _to_bytes(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")
