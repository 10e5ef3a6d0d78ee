"""Ranges such as "80 - 90%", which only a target may be."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.form.readers.numerals import parse_numeral
from kinerja_mailbot.domain.form.readers.outcomes import accepted
from kinerja_mailbot.domain.form.readers.typed import clean, plain
from kinerja_mailbot.domain.form.value import RawCell, Reading

_RANGE = re.compile(r"([0-9.,]+)\s*%?\s*(?:-|–|—|s\.?/?d\.?|sampai|hingga)\s*([0-9.,]+)\s*%?", re.IGNORECASE)


def read_range(cell: RawCell) -> Reading | None:
    """Return the range as "80-90"; None when the cell is none, or its bounds are unclear or upside down.

    >>> reading = read_range(RawCell("80 - 90%"))
    >>> reading and reading.value
    '80-90'
    """
    found = _RANGE.fullmatch(clean(cell.value)) if isinstance(cell.value, str) else None
    if not found:
        return None
    low, high = parse_numeral(found[1]), parse_numeral(found[2])
    if low is None or high is None or low.other is not None or high.other is not None or low.value > high.value:
        return None
    return accepted(f"{plain(low.value)}-{plain(high.value)}")
