"""How many mails are fetched at once: as many as memory takes without noticing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

BATCH_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail before its body is fetched; `size` in bytes."""

    uid: int
    size: int
    tiba_at: datetime


def by_weight(envelopes: Sequence[Envelope], max_bytes: int) -> Iterator[Sequence[Envelope]]:
    """Yield the mails in batches of at most `BATCH_BYTES`; one above `max_bytes` weighs nothing: it is not fetched."""
    batch: list[Envelope] = []
    weight = 0
    for one in envelopes:
        size = one.size if one.size <= max_bytes else 0
        if batch and weight + size > BATCH_BYTES:
            yield batch
            batch, weight = [], 0
        batch.append(one)
        weight += size
    if batch:
        yield batch
