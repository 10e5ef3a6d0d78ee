"""The digest of a revision: what its receipt stands for, in one SHA-256 that the journal's line carries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionHead:
    """A revision as it is stored, without its cells; the order of the fields is part of the digest."""

    nomor: str
    periode: str
    unit: str
    revisi: int
    surel_id: int
    tiba_at: datetime
    tepat_waktu: bool
    berkas_nama: str
    berkas_ukuran: int
    berkas_sha256: str
    lengkap: bool
    terisi: int
    seluruh: int
    catatan: str  # JSON list, as stored


class RevisionCell(NamedTuple):
    """A judged cell as it is stored; the order of the fields is part of the digest.

    A tuple, as is `RevisionQuestion`, since a revision has hundreds, and they are written and digested as a whole.
    """

    lembar: str
    sel: str
    baris: str
    kolom: str
    label: str
    tertulis: str
    nilai: str | None  # JSON with its type, as stored
    hasil: str
    pesan: str


class RevisionQuestion(NamedTuple):
    """What a letter asks about a cell, as it is stored; the order of the fields is part of the digest."""

    nomor: int
    pesan_id: str | None
    pilihan: str | None
    terbaca: str | None
    lembar_terlihat: str | None


_JSON = json.JSONEncoder(separators=(",", ":"))  # made once: a revision has hundreds of lines


def revision_digest(head: RevisionHead, cells: Iterable[RevisionCell]) -> str:
    """Return the SHA-256 (hex) of a revision and its cells in the order of the form."""
    digest = hashlib.sha256(_line(_plain(value) for value in astuple(head)))
    for cell in cells:
        digest.update(_text_line(cell))
    return digest.hexdigest()


def asked_digest(revision: str, questions: Iterable[RevisionQuestion]) -> str:
    """Return the SHA-256 (hex) of a revision's digest and of what is asked about its cells, in their order.

    >>> asked_digest("00", ())[:16]
    'd9b2aefb1febe2dd'
    """
    digest = hashlib.sha256(revision.encode("ascii") + b"\n")
    lines: dict[RevisionQuestion, bytes] = {}  # of most cells nothing is asked
    for question in questions:
        digest.update(lines.get(question) or lines.setdefault(question, _line(question)))
    return digest.hexdigest()


def bytes_digest(content: bytes) -> str:
    """Return the SHA-256 (hex) of bytes.

    >>> bytes_digest(b"")[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(content).hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _line(values: Iterable[object]) -> bytes:
    return _JSON.encode(list(values)).encode("ascii") + b"\n"


def _text_line(values: Iterable[str | None]) -> bytes:
    """Return the same line as `_line`; the encoder would make itself ready for each of hundreds anew."""
    quoted = ",".join(["null" if value is None else encode_basestring_ascii(value) for value in values])
    return f"[{quoted}]\n".encode("ascii")
