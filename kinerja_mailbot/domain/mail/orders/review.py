"""Reading TINJAU: a review of the SOP, with whatever the Kasubbag notes about it."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.values import Tinjau
from kinerja_mailbot.domain.mail.orders.vocabulary import POLITE, VETO, plain

# "Tinjauan" begins many a sentence; only with a colon is it the order.
_KEYWORD = re.compile(
    r"\b(?:(?:di)?tinjau|reviu|review)\b(?:\s+sop\b)?\s*[:;,.–-]*|\btinjauan(?:\s+sop)?\s*:", re.IGNORECASE
)
_EDGES = " \t*_,;:.–-\"'"
_LONGEST = 1_000  # characters of a note


def read_review(lines: tuple[str, ...]) -> Tinjau | None:
    """Return the review that the first lines with words record; None when they are no such order.

    The note may hold any words, also those that would cast a doubt on another order; a question is no note.

    >>> read_review(("TINJAU: waktu baku tidak perlu diubah.",))
    Tinjau(catatan='waktu baku tidak perlu diubah')
    >>> read_review(("Mohon SOP ditinjau?",)) is None, read_review(("Tinjau nanti",))
    (True, Tinjau(catatan=''))
    """
    text = " ".join(line.strip() for line in lines)
    found = _KEYWORD.search(text)
    if found is None or "?" in text or not set(plain(text[: found.start()]).split()) <= POLITE | {"sop", "hasil"}:
        return None
    note = text[found.end() :].strip(_EDGES)
    says_something = set(plain(note).split()) - POLITE - VETO
    return Tinjau(note[:_LONGEST] if says_something else "")
