"""Who checked a mail's sender, by its headers alone, and whether that can have been one of our own servers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kinerja_mailbot.adapters.mime.parser import MimeParser
from kinerja_mailbot.domain.mail.trust import Trace

_MOST = 256 * 1024  # bytes of headers that are looked at
_FOLDED = re.compile(rb"\r?\n(?=[ \t])")
_COMMENT = re.compile(r"\([^()]*\)")
_ID = re.compile(r"[\w.-]{1,255}", re.ASCII)
_NO_TIME = datetime.min.replace(tzinfo=UTC)


def read_trace(raw: bytes) -> Trace:
    r"""Return the sender and the authserv-id of the topmost Authentication-Results header (RFC 8601).

    Servers put their headers on top. One that stands below every Received header came with the mail: it is the
    sender's own, and counts as none.

    >>> head = b"Authentication-Results: mx.kpu.example;\r\n spf=pass\r\nReceived: by mx\r\nFrom: a@b.example\r\n\r\n"
    >>> read_trace(head)
    Trace(pengirim='a@b.example', authserv_id='mx.kpu.example')
    >>> read_trace(b"Received: by mx\r\nAuthentication-Results: mx.kpu.example; spf=pass\r\nFrom: a@b.example\r\n\r\n")
    Trace(pengirim='a@b.example', authserv_id='')
    """
    headers = raw[:_MOST]
    mail = MimeParser().parse(headers, 0, _NO_TIME)
    return Trace(pengirim=(mail.sender or "").casefold(), authserv_id=_authserv_id(headers))


def _authserv_id(headers: bytes) -> str:
    found = ""
    for line in _FOLDED.sub(b"", headers).splitlines():
        name, _, value = line.partition(b":")
        match name.strip().lower():
            case b"authentication-results" if not found:
                words = _COMMENT.sub(" ", value.decode("ascii", "replace")).partition(";")[0].split()
                found = words[0].casefold() if words and _ID.fullmatch(words[0]) else "?"
            case b"received" if found:
                return "" if found == "?" else found
            case _:
                pass
    return ""
