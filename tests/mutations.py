"""Damage that mails suffer on their way, or by malice: each kind changes raw bytes as a number tells it to."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

_CHARSETS = (b"x-tidak-ada", b"utf-16", b"utf-7", b"idna", b"iso-2022-jp", b"unicode_escape", b"us-ascii", b"koi8-r")
_ENCODINGS = (b"base64", b"quoted-printable", b"8bit", b"x-uuencode", b"binary", b"ngawur")
_NOISE = (b"\x00", b"\xff\xfe", b"\r", b"\n\n", b"=?utf-8?b?", b"<", b'"', b"\x1b$B", b"--", b"\xe2\x80\xae")


def flip(raw: bytes, chance: random.Random) -> bytes:
    """Change a few bytes anywhere."""
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 20) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def flip_in_headers(raw: bytes, chance: random.Random) -> bytes:
    """Change a few bytes of the headers."""
    head, end, body = _split(raw)
    return flip(head, chance) + end + body


def truncate(raw: bytes, chance: random.Random) -> bytes:
    """Cut the mail off."""
    return raw[: chance.randrange(len(raw) + 1)]


def cut_out(raw: bytes, chance: random.Random) -> bytes:
    """Lose a piece of the middle."""
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.randrange(2_000) :]


def repeat(raw: bytes, chance: random.Random) -> bytes:
    """Say a piece again."""
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.randrange(300)]
    return raw[:start] + piece * chance.randint(2, 20) + raw[start:]


def add_noise(raw: bytes, chance: random.Random) -> bytes:
    """Put something odd between two bytes."""
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(_NOISE) * chance.randint(1, 30) + raw[at:]


def swap_headers(raw: bytes, chance: random.Random) -> bytes:
    """Give two headers each other's values, or each other's places."""
    head, end, body = _split(raw)
    lines = head.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        names = [line.partition(b":")[0] for line in (lines[one], lines[other])]
        values = [line.partition(b":")[2] for line in (lines[one], lines[other])]
        lines[one], lines[other] = names[0] + b":" + values[1], names[1] + b":" + values[0]
    return b"\n".join(lines) + end + body


def double_headers(raw: bytes, chance: random.Random) -> bytes:
    """Repeat a header, once or very often."""
    head, end, body = _split(raw)
    lines = head.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at:at] = [lines[at]] * chance.choice((1, 2, 600))
    return b"\n".join(lines) + end + body


def drop_header(raw: bytes, chance: random.Random) -> bytes:
    """Lose a header."""
    head, end, body = _split(raw)
    lines = head.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines) + end + body


def wrap(raw: bytes, chance: random.Random) -> bytes:
    """Attach the mail to another one, a few or very many levels deep; who sends it stays the same."""
    sender = re.search(rb"(?im)^from:[^\r\n]*", raw)
    for _ in range(chance.choice((1, 2, 3, 60))):
        raw = b"Content-Type: message/rfc822\r\n\r\n" + raw
    return (sender[0] if sender else b"From: x@jahat.example") + b"\r\n" + raw


def join(raw: bytes, chance: random.Random) -> bytes:
    """Make the mail two parts of one mail, its boundary the same as inside."""
    head, _, body = _split(raw)
    boundary = chance.choice((b"b1", b"gabung"))
    kept = b"\n".join(line for line in head.split(b"\n") if not line.lower().startswith(b"content-"))
    kind = chance.choice((b"mixed", b"alternative", b"report", b"signed", b"digest", b"ngawur"))
    part = b"--" + boundary + b"\n" + head + b"\n\n" + body + b"\n"
    return kept + b"\nContent-Type: multipart/" + kind + b"; boundary=" + boundary + b"\n\n" + part * 2


def lie_about_charset(raw: bytes, chance: random.Random) -> bytes:
    """Declare another charset than the text has."""
    return re.sub(rb'charset="?[\w-]+"?', b"charset=" + chance.choice(_CHARSETS), raw)


def lie_about_encoding(raw: bytes, chance: random.Random) -> bytes:
    """Declare another transfer encoding than the parts have."""
    lie = b"Content-Transfer-Encoding: " + chance.choice(_ENCODINGS)
    return re.sub(rb"(?i)content-transfer-encoding: *[\w-]+", lie, raw)


def lie_about_boundary(raw: bytes, chance: random.Random) -> bytes:
    """Declare another boundary than the parts have."""
    return re.sub(rb'boundary="[^"]*"', b'boundary="' + b"x" * chance.choice((0, 1, 5_000)) + b'"', raw, count=1)


def pretend_robot(raw: bytes, chance: random.Random) -> bytes:
    """Say that a machine wrote it."""
    return chance.choice((b"Auto-Submitted: auto-replied\r\n", b"auto-submitted:  auto-generated; x=y\r\n")) + raw


DAMAGES: tuple[Damage, ...] = (
    flip,
    flip_in_headers,
    truncate,
    cut_out,
    repeat,
    add_noise,
    swap_headers,
    double_headers,
    drop_header,
    wrap,
    join,
    lie_about_charset,
    lie_about_encoding,
    lie_about_boundary,
    pretend_robot,
)


def damaged(raw: bytes, kinds: tuple[Damage, ...], number: int) -> bytes:
    """Return the mail after these kinds of damage; the same number always does the same."""
    chance = random.Random(number)  # noqa: S311  # a test must repeat
    for damage in kinds:
        raw = damage(raw, chance)
    return raw


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"\r?\n\r?\n", raw)
    return (raw, b"", b"") if found is None else (raw[: found.start()], found[0], raw[found.end() :])
