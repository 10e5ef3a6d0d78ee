"""Scores and indices: numbers with decimals and without a unit."""

from __future__ import annotations

import re
from decimal import Decimal

from kinerja_mailbot.domain.form.catalogue import cells
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.figures import (
    figure_in,
    is_percentage,
    refuse,
    refuse_ambiguous,
    refuse_negative,
    refuse_percent,
)
from kinerja_mailbot.domain.form.readers.numerals import Style, parse_numeral
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import plain, quoted
from kinerja_mailbot.domain.form.value import RawCell, Reading

_PREFIX = re.compile(r"(nilai|skor|indeks)\s*:?\s*(?=[0-9])", re.IGNORECASE)
_HIGHEST = Decimal(100)  # no score or index that an office reports goes beyond it


def read_score(cell: RawCell, context: CellContext) -> Reading:
    """Read a score such as 69,05.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> read_score(RawCell("69,05"), CellContext(jenis=ColumnType.NILAI)).value
    Decimal('69.05')
    """
    if not isinstance(cell.value, bool) and is_percentage(cell):
        return refuse_percent(cell, context)
    match figure_in(cell, context):
        case Reading() as reading:
            return reading
        case Decimal() as number:
            return refuse_negative(cell, context) if number < 0 else _judge_size(number)
        case str() as text:
            return _read_text(text, cell, context)


def _read_text(text: str, cell: RawCell, context: CellContext) -> Reading:
    numeral = parse_numeral(_PREFIX.sub("", text, count=1))
    if numeral is None:
        return refuse(cell, context)
    if numeral.value < 0:
        return refuse_negative(cell, context)
    if numeral.other is not None:
        return refuse_ambiguous(cell, context, numeral.other, numeral.value)
    reading = _judge_size(numeral.value)
    if reading == accepted(numeral.value) and numeral.style is Style.DOT_DECIMAL:
        return tell(cells.READ_NUMBER, numeral.value, said=quoted(cell), read=plain(numeral.value))
    return reading


def _judge_size(value: Decimal) -> Reading:
    if value > _HIGHEST:
        return tell(cells.SCORE_ABOVE_100, value, read=plain(value))
    return accepted(value)
