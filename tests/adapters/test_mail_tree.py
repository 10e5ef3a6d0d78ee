"""The library's tree of a mail is the same, whether its attachments were laid aside for the parser or not."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import compat32
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.mime.headers import Parsed
from kinerja_mailbot.adapters.mime.tree import children_of, payload_of, read_tree

MAILS = Path(__file__).parent.parent / "domain" / "mails"
LINES = base64.encodebytes(bytes(range(256)) * 12).strip(b"\n")  # 4 KB: long enough to be laid aside
MIXED = b"From: a@kpu.example\nContent-Type: multipart/mixed; boundary=b\n\n"
LEAF = b"--b\nContent-Transfer-Encoding: base64\n\n"

SHAPES: dict[str, bytes] = {
    "an attachment": MIXED + LEAF + LINES + b"\n--b--\n",
    "with the line ends of mail": (MIXED + LEAF + LINES + b"\n--b--\n").replace(b"\n", b"\r\n"),
    "an empty line before the boundary": MIXED + LEAF + LINES + b"\n\n--b--\n",
    "no boundary at the end": MIXED + LEAF + LINES,
    "two attachments, and words between": MIXED
    + LEAF
    + LINES
    + b"\nkata\n"
    + LINES
    + b"\n"
    + LEAF
    + LINES
    + b"\n--b--",
    "amid 8-bit text": MIXED + b"--b\nContent-Type: text/plain; charset=cp1252\n\n\x93\n" + LINES + b"\n\x94\n--b--\n",
    "in an attached mail": MIXED
    + b"--b\nContent-Type: message/rfc822\n\n"
    + MIXED.replace(b"=b", b"=c")
    + LINES
    + b"\n",
    "instead of headers": LINES + b"\n\nisi\n",
    "a multipart without a boundary": b"Content-Type: multipart/mixed\n\n" + LINES + b"\nakhir\n",
    "the mark itself": b"From: a@kpu.example\n\n~disisihkan~0\n" + LINES + b"\n~disisihkan~1\n",
}
FILES = {path.stem: path.read_bytes() for path in sorted(MAILS.glob("*.eml"))}


@pytest.mark.parametrize("raw", [*SHAPES.values(), *FILES.values()], ids=[*SHAPES, *FILES])
def test_the_tree_is_the_library_s_own(raw: bytes) -> None:
    tree = read_tree(raw)

    assert list(described(tree)) == list(described(message_from_bytes(raw, policy=compat32)))


def described(message: Parsed) -> Iterator[tuple[list[tuple[str, str]], str | None]]:
    yield [(name, str(value)) for name, value in message.raw_items()], payload_of(message)
    for part in children_of(message) or ():
        yield from described(part)
