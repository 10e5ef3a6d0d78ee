"""The parts of a mail (RFC 2045, 2046): texts as quoted-printable, files as base64, each encoded once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field

from kinerja_mailbot.adapters.envelope.header_lines import HeaderLine, parameter

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its Content headers and its body, lines ended by CRLF."""

    headers: tuple[HeaderLine, ...]
    body: bytes = field(repr=False)

    def as_bytes(self, before: Iterable[HeaderLine] = ()) -> bytes:
        """Return the part as it stands in a mail, with other headers before its own."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in (*before, *self.headers))
        return b"%b\r\n%b" % (lines.encode("ascii"), self.body)


def text_part(subtype: str, text: str) -> Part:
    """Return a text as quoted-printable: readable by eye, and no server has a reason to touch it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    headers = (
        ("Content-Type", f'text/{subtype}; charset="utf-8"'),
        ("Content-Transfer-Encoding", "quoted-printable"),
    )
    return Part(headers, binascii.b2a_qp(lines, istext=True).replace(b"\n", b"\r\n"))


def attached(name: str, content: bytes) -> Part:
    """Return a file to save, of the type that the end of its name says."""
    headers = (
        ("Content-Type", _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;\r\n {parameter('filename', name)}"),
    )
    return Part(headers, base64.encodebytes(content).replace(b"\n", b"\r\n"))


def alternatives(boundary: str, *parts: Part) -> Part:
    """Return the same said in several ways, the plainest first."""
    return _multipart("alternative", boundary, parts)


def mixed(boundary: str, *parts: Part) -> Part:
    """Return a letter with the files that come along."""
    return _multipart("mixed", boundary, parts)


def _multipart(subtype: str, boundary: str, parts: tuple[Part, ...]) -> Part:
    # Neither encoding has "=_" in it, so that no line of a body can be taken for the boundary (RFC 2045, 6.7).
    line = f"--{boundary}".encode("ascii")
    body = b"".join(b"%b\r\n%b\r\n" % (line, part.as_bytes()) for part in parts)
    return Part((("Content-Type", f'multipart/{subtype};\r\n boundary="{boundary}"'),), b"%b%b--\r\n" % (body, line))
