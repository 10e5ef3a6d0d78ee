"""Delivery reports as mail servers write them (RFC 3464)."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.utils import format_datetime


def bounce_report(recipient: str, sender: str, raw: bytes, now: datetime) -> bytes:
    """Return the report that tells `sender` that `recipient` does not exist; it carries the headers of the letter."""
    boundary = "laporan-" + hashlib.sha256(recipient.encode() + raw).hexdigest()[:24]
    text = (
        "This is the mail system at host localhost.\r\n\r\n"
        "Your message could not be delivered to one or more recipients.\r\n\r\n"
        f"<{recipient}>: 550 5.1.1 User unknown\r\n"
    )
    status = (
        "Reporting-MTA: dns; localhost\r\n"
        f"Arrival-Date: {format_datetime(now)}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
    )
    head = (
        "From: MAILER-DAEMON@localhost (Mail Delivery System)\r\n"
        f"To: {sender}\r\nSubject: Undelivered Mail Returned to Sender\r\nDate: {format_datetime(now)}\r\n"
        f"Message-ID: <{boundary}@localhost>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
    )
    parts = (
        ("text/plain; charset=us-ascii", text.encode()),
        ("message/delivery-status", status.encode()),
        ("text/rfc822-headers", _headers(raw)),
    )
    body = b"".join(
        f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n" for kind, content in parts
    )
    return head.encode() + body + f"--{boundary}--\r\n".encode()


def _headers(raw: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0] + b"\r\n"
