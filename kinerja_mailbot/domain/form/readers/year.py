"""Years: four digits, perhaps with "TA" or "Tahun" before them."""

from __future__ import annotations

import re
from decimal import Decimal

from kinerja_mailbot.domain.form.catalogue import words
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.figures import figure_in
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import quoted
from kinerja_mailbot.domain.form.value import RawCell, Reading

_YEAR = re.compile(r"(?:(?:tahun|thn|th)\.?\s*(?:anggaran)?|t\.?a\.?)?\s*((?:19|20)[0-9]{2})", re.IGNORECASE)
_YEARS = range(1990, 2101)


def read_year(cell: RawCell, context: CellContext) -> Reading:
    """Read a year as a whole number.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> read_year(RawCell("TA 2025"), CellContext(jenis=ColumnType.TAHUN)).value
    Decimal('2025')
    """
    match figure_in(cell, context):
        case Reading() as reading:
            return reading
        case Decimal() as number:
            value = number
        case str() as text:
            found = _YEAR.fullmatch(text)
            value = Decimal(found[1]) if found else Decimal(0)
    if value == value.to_integral_value() and int(value) in _YEARS:
        return accepted(value)
    return tell(words.NO_YEAR, said=quoted(cell))
