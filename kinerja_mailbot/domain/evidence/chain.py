"""The journal's hash chain: each line carries the SHA-256 of itself and of the line before it.

The canonical form below is written into every database and every archive; it is never changed, only ever added to
under a new key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kinerja_mailbot.domain.evidence.difference import Difference

GENESIS = "0" * 64
"""What stands before the first line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """A line of the journal as the chain sees it; `sha256` is the digest of what the line vouches for."""

    nomor: int
    at: datetime
    oleh: str
    peristiwa: str
    periode: str | None = None
    unit: str | None = None
    surel_id: int | None = None
    rincian: str = ""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ChainedLine:
    """A line with its link of the chain."""

    baris: JournalLine
    rantai: str


def canonical(line: JournalLine) -> str:
    """Return the line as one JSON object in ASCII, the same on every machine and for ever.

    >>> canonical(JournalLine(nomor=1, at=datetime(2026, 10, 1, tzinfo=UTC), oleh="bot", peristiwa="started"))
    '{"nomor":1,"pada":"2026-10-01T00:00:00.000000+00:00","oleh":"bot","peristiwa":"started"}'
    """
    fields = {
        "nomor": line.nomor,
        "pada": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "oleh": line.oleh,
        "peristiwa": line.peristiwa,
        "periode": line.periode,
        "unit": line.unit,
        "surel": line.surel_id,
        "rincian": line.rincian or None,
        "sha256": line.sha256,
    }
    return json.dumps({key: value for key, value in fields.items() if value is not None}, separators=(",", ":"))


def link(before: str, line: JournalLine) -> str:
    """Return the SHA-256 of the link before, a line feed, and the line's canonical form.

    >>> link(GENESIS, JournalLine(nomor=1, at=datetime(2026, 10, 1, tzinfo=UTC), oleh="bot", peristiwa="x"))[:16]
    'e5edf0629f924f63'
    """
    return hashlib.sha256(f"{before}\n{canonical(line)}".encode("ascii")).hexdigest()


def to_text(chained: ChainedLine) -> str:
    """Return a line of `jurnal.jsonl`: the canonical form with the link as its last key."""
    return f'{canonical(chained.baris)[:-1]},"rantai":"{chained.rantai}"}}'


def from_text(text: str) -> ChainedLine:
    """Read a line of `jurnal.jsonl`.

    Raises:
        ValueError: it is not the line that `to_text` writes.
    """
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    try:
        line = JournalLine(
            nomor=int(found["nomor"]),
            at=datetime.fromisoformat(found["pada"]),
            oleh=str(found["oleh"]),
            peristiwa=str(found["peristiwa"]),
            periode=found.get("periode"),
            unit=found.get("unit"),
            surel_id=found.get("surel"),
            rincian=str(found.get("rincian", "")),
            sha256=found.get("sha256"),
        )
        chained = ChainedLine(line, str(found["rantai"]))
        if to_text(chained) != text:
            raise ValueError("not the canonical form")
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    return chained


def broken_links(lines: Iterable[ChainedLine], before: str = GENESIS) -> Iterator[Difference]:
    """Yield each line whose link does not follow from the line before it; what comes after is judged on its own."""
    for line in lines:
        expected = link(before, line.baris)
        if line.rantai != expected:
            yield Difference(
                tempat=f"jurnal {line.baris.nomor}", hal="mata rantai", tercatat=line.rantai, ditemukan=expected
            )
        before = line.rantai
