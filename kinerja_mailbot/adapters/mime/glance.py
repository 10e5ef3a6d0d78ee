"""What listings show of a mail: read from its first headers, and from nothing else."""

from __future__ import annotations

import re
from email.parser import BytesHeaderParser
from email.policy import compat32

from kinerja_mailbot.adapters.mime.headers import raw_headers, senders, subject

_MOST = 64 * 1024  # bytes; what follows is not looked at for a listing
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_SHOWN = frozenset({"from", "subject"})


def sender_and_subject(raw: bytes) -> tuple[str, str]:
    r"""Return who a mail says it is from, and its subject, as `MimeParser` reads them.

    >>> sender_and_subject(b"From: Umum <umum@kpu.example>\r\nSubject: Isian\r\n\r\nTerlampir")
    ('umum@kpu.example', 'Isian')
    """
    head = _END_OF_HEADERS.split(raw[:_MOST], maxsplit=1)[0]
    headers = tuple(raw_headers(BytesHeaderParser(policy=compat32).parsebytes(head + b"\r\n\r\n"), _SHOWN))
    said_to_be_from = senders([value for name, value in headers if name == "from"])
    return ", ".join(said_to_be_from), subject([value for name, value in headers if name == "subject"])
