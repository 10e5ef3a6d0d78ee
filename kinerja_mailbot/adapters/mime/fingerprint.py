"""One fingerprint for one mail, however often and wherever it is delivered."""

from __future__ import annotations

import hashlib
import re

_IDENTIFYING = (b"message-id", b"from", b"date", b"subject")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(rb"\r?\n(?=[ \t])")


def fingerprint(raw: bytes) -> str:
    r"""Return the sha256 (hex) over what the author wrote: Message-ID, From, Date, Subject, body.

    Trace headers (Received, Return-Path, Delivered-To, Authentication-Results, X-*) differ between two deliveries of
    one mail, line ends between two servers: neither counts.

    >>> one = fingerprint(b"Received: a\r\nFrom: x@kpu.example\r\nSubject: s\r\n\r\nHalo\r\n")
    >>> one == fingerprint(b"Subject:  s\nFrom: x@kpu.example\nX-Spam: no\n\nHalo\n")
    True
    >>> one == fingerprint(b"Subject: s\nFrom: x@kpu.example\n\nHai\n")
    False
    """
    parts = _END_OF_HEADERS.split(raw.lstrip(b"\r\n"), maxsplit=1)
    headers = _FOLDED.sub(b"", parts[0]).splitlines()
    body = parts[1] if len(parts) > 1 else raw  # without headers, all of it is what somebody wrote
    digest = hashlib.sha256()
    for name in _IDENTIFYING:
        values = [line.partition(b":")[2] for line in headers if line.partition(b":")[0].strip().lower() == name]
        digest.update(name + b"\x1f" + b"\x1e".join(b" ".join(value.split()) for value in values) + b"\x1d")
    digest.update(body.replace(b"\r\n", b"\n").rstrip(b"\n"))
    return digest.hexdigest()
