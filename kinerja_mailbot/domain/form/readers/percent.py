"""Percentages, stored as people say them: 85,5 % is Decimal("85.5"), never 0.855."""

from __future__ import annotations

import re
from decimal import Decimal

from kinerja_mailbot.domain.form.catalogue import cells
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.figures import (
    figure_in,
    refuse,
    refuse_ambiguous,
    refuse_negative,
)
from kinerja_mailbot.domain.form.readers.numerals import Style, parse_numeral
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import is_percent_format, plain, quoted, shows_percent, to_decimal
from kinerja_mailbot.domain.form.value import RawCell, Reading

_SIGN = re.compile(r"(?P<number>.*?)\s*(?P<sign>%|persen|prosen|pct\.?)?", re.IGNORECASE)
_SURE = Decimal(1)  # at or below it a bare number may be a fraction: 0,85 or 85 % (legitimate 0,2 % exist, DOMAIN F10)
_UNUSUAL = Decimal(200)
_IMPOSSIBLE = Decimal(1000)  # 8500 %: somebody typed 85 into a cell that shows percent


def read_percent(cell: RawCell, context: CellContext) -> Reading:
    """Read a percentage; a bare number of at most 1 is asked about, never multiplied by 100 on our own.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.PERSEN)
    >>> read_percent(RawCell(0.85, "0%"), context).value, read_percent(RawCell("85,5 persen"), context).value
    (Decimal('85'), Decimal('85.5'))
    >>> read_percent(RawCell(0.85), context).value is None
    True
    """
    match figure_in(cell, context):
        case Reading() as reading:
            return reading
        case Decimal() as number:
            return _read_number(number, cell, context)
        case str() as text:
            return _read_text(text, cell, context)


def _read_number(number: Decimal, cell: RawCell, context: CellContext) -> Reading:
    if number < 0:
        return refuse_negative(cell, context)
    if is_percent_format(cell.number_format):
        shown = to_decimal(number * 100)
        if shown is None or number > 2:
            return tell(cells.PERCENT_TIMES_100, said=quoted(cell), read=plain(number))
        return accepted(shown)
    if 0 < number <= _SURE and not _is_small_by_design(cell, context):
        return _ask_fraction(number, cell, context)
    return _judge_size(number, cell)


def _read_text(text: str, cell: RawCell, context: CellContext) -> Reading:
    found = _SIGN.fullmatch(text)
    numeral = parse_numeral(found["number"]) if found else None
    if numeral is None or found is None:
        return refuse(cell, context)
    if numeral.value < 0:
        return refuse_negative(cell, context)
    if numeral.other is not None:
        return refuse_ambiguous(cell, context, numeral.other, numeral.value)
    if 0 < numeral.value <= _SURE and not found["sign"]:
        return _ask_fraction(numeral.value, cell, context)
    reading = _judge_size(numeral.value, cell)
    if reading == accepted(numeral.value) and numeral.style is Style.DOT_DECIMAL and not found["sign"]:
        return tell(cells.READ_NUMBER, numeral.value, said=quoted(cell), read=f"{plain(numeral.value)}%")
    return reading


def _is_small_by_design(cell: RawCell, context: CellContext) -> bool:
    """Tell whether 0,85 can only be 0,85 %: the target is as small, and our own format shows the sign beside it."""
    small_target = isinstance(context.target, Decimal) and 0 < context.target <= _SURE
    return small_target and shows_percent(cell.number_format)


def _ask_fraction(number: Decimal, cell: RawCell, context: CellContext) -> Reading:
    return refuse_ambiguous(cell, context, number, to_decimal(number * 100) or number)


def _judge_size(value: Decimal, cell: RawCell) -> Reading:
    if value >= _IMPOSSIBLE:
        return tell(cells.PERCENT_TOO_LARGE, said=quoted(cell))
    if value > _UNUSUAL:
        return tell(cells.PERCENT_UNUSUAL, value, read=plain(value))
    return accepted(value)
