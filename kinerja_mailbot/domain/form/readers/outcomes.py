"""The two ways a reading can end: accepted without a word, or with a message of the catalogue."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue import Message
from kinerja_mailbot.domain.form.value import CellOutcome, Reading, Value


def accepted(value: Value | None) -> Reading:
    """Return a reading that needs no word; None is an empty cell."""
    return Reading(CellOutcome.ACCEPTED, value)


def tell(message: Message, value: Value | None = None, *, pilihan: tuple[Value, ...] = (), **fields: str) -> Reading:
    """Return a reading with this message: stored (`value`), or asked about, perhaps with the values it may mean."""
    return Reading(message.hasil, value, message.say(**fields), message.id, pilihan)
