"""What an IMAP FETCH answer says, whatever shape the server gave it (RFC 3501, section 7.4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = (b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec")
_OPENING = re.compile(rb"\s*\d+ \(")
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(
    rb'\bINTERNALDATE "\s*(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', re.IGNORECASE
)
_QUOTED_BODY = re.compile(rb'\bBODY\[(?:HEADER)?\] "((?:[^"\\]|\\.)*)"', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One mail of a FETCH answer; None is what the answer did not say. `size` in bytes."""

    uid: int
    size: int | None = None
    internaldate: datetime | None = None
    body: bytes | None = None


def read_fetches(parts: Sequence[object]) -> tuple[Fetched, ...]:
    r"""Read imaplib's list of parts; lines without UID (unsolicited flags) are left out.

    A literal comes as a pair, what follows it as plain bytes; the UID may stand on either side.

    >>> read_fetches([(b'1 (UID 7 BODY[] {2}', b'hi'), b')', b'2 (FLAGS (\\Seen))'])
    (Fetched(uid=7, size=None, internaldate=None, body=b'hi'),)
    >>> read_fetches([(b'1 (BODY[] {2}', b'hi'), b' UID 7)', None])
    (Fetched(uid=7, size=None, internaldate=None, body=b'hi'),)
    >>> read_fetches([b'1 (UID 7 RFC822.SIZE 120 INTERNALDATE " 5-Jan-2026 08:00:00 +0900")'])[0].internaldate
    datetime.datetime(2026, 1, 4, 23, 0, tzinfo=datetime.timezone.utc)
    """
    return tuple(fetched for words, body in _items(parts) if (fetched := _read_item(words, body)) is not None)


def _items(parts: Sequence[object]) -> Iterator[tuple[bytes, bytes | None]]:
    """Group the parts into one (words, literal) per answer line."""
    words = b""
    body: bytes | None = None
    for part in parts:
        head = _head(part)
        if _OPENING.match(head) and words:
            yield words, body
            words, body = b"", None
        words += head
        if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
            body = part[1]
    if words:
        yield words, body


def _head(part: object) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, tuple) and part and isinstance(part[0], bytes):
        return part[0]
    return b""


def _read_item(words: bytes, body: bytes | None) -> Fetched | None:
    uid = _UID.search(words)
    if uid is None:
        return None
    size = _SIZE.search(words)
    if body is None and (quoted := _QUOTED_BODY.search(words)) is not None:
        body = re.sub(rb"\\(.)", rb"\1", quoted.group(1), flags=re.DOTALL)
    return Fetched(
        uid=int(uid.group(1)),
        size=int(size.group(1)) if size else None,
        internaldate=_read_date(words),
        body=body,
    )


def _read_date(words: bytes) -> datetime | None:
    """Read INTERNALDATE without `strptime`, whose month names depend on the locale."""
    found = _DATE.search(words)
    if found is None or found.group(2).lower() not in _MONTHS:
        return None
    day, _, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
    month = _MONTHS.index(found.group(2).lower()) + 1
    try:
        zone = timezone(-offset if sign == b"-" else offset)
        local = datetime(int(year), month, int(day), int(hour), int(minute), int(second), tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
