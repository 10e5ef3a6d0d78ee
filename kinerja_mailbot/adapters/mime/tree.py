"""Bytes into the standard library's message tree, or as much of it as can be had."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from kinerja_mailbot.adapters.mime.headers import Parsed


def read_tree(raw: bytes) -> Parsed:
    """Parse a mail; one nested so deeply that the parser gives up is read as its headers and one plain body."""
    try:
        return message_from_bytes(raw, policy=compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return BytesHeaderParser(policy=compat32).parsebytes(raw)


def children_of(part: Parsed) -> list[Parsed] | None:
    """Return the parts inside a multipart or an attached mail, or None for a leaf."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else None
