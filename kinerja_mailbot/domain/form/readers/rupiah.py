"""Money in full rupiah, with the many ways of writing it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from kinerja_mailbot.domain import text as office
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
from kinerja_mailbot.domain.form.readers.numerals import Numeral, Style, parse_numeral
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import plain, quoted, to_decimal
from kinerja_mailbot.domain.form.value import RawCell, Reading

_CURRENCY = re.compile(r"^(\(?-?)\s*(rp\.?|idr)\s*", re.IGNORECASE)
_TAIL = re.compile(r"\s*(,-{1,2}|\.-|,=|rupiah|\s-)$", re.IGNORECASE)
_WORD = re.compile(r"(?P<number>[0-9][0-9., ]*?)\s*(?P<word>[a-z]+)\.?", re.IGNORECASE)
_SCALED_HEADER = re.compile(r"\b(ribuan|ribu|jutaan|juta|miliar|milyar|miliaran|triliun)\b", re.IGNORECASE)

_THOUSAND, _MILLION, _BILLION, _TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))
# "29,2 M" is 29,2 miliar in Indonesian budgets, never million (DOMAIN 7.3).
_SCALES = {
    "rb": _THOUSAND,
    "ribu": _THOUSAND,
    "jt": _MILLION,
    "juta": _MILLION,
    "m": _BILLION,
    "miliar": _BILLION,
    "milyar": _BILLION,
    "t": _TRILLION,
    "triliun": _TRILLION,
    "trilyun": _TRILLION,
    "trilliun": _TRILLION,
}
_SMALL_FRACTION = Decimal(1_000_000)  # 29,2 or 1500,75 is more likely an amount in millions than one with sen
_GROUPED = (Style.INDONESIAN, Style.ENGLISH)  # 1.234.567,89 is written out to the sen on purpose
_TOO_FEW = Decimal(1000)  # nobody spends less in a budget line


def read_rupiah(cell: RawCell, context: CellContext) -> Reading:
    """Read an amount in whole rupiah; rounded words ("29,2 M") are stored and confirmed.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.RUPIAH)
    >>> read_rupiah(RawCell("Rp. 11.714.510.000,-"), context).value, read_rupiah(RawCell("29,2 M"), context).value
    (Decimal('11714510000'), Decimal('29200000000'))
    """
    if not isinstance(cell.value, bool) and is_percentage(cell):
        return refuse_percent(cell, context)
    match figure_in(cell, context):
        case Reading() as reading:
            return reading
        case Decimal() as number:
            return _judge(Numeral(number, Style.PLAIN), cell, context)
        case str() as text:
            return _read_text(text, cell, context)


def _read_text(text: str, cell: RawCell, context: CellContext) -> Reading:
    bare = _TAIL.sub("", _CURRENCY.sub(r"\1", text)).strip()
    if _CURRENCY.match(text) and bare in ("", "-"):  # the accounting format shows nought, or nothing, as "Rp -"
        return accepted(None)
    if found := _WORD.fullmatch(bare):
        return _read_words(found["number"], found["word"].casefold(), cell, context)
    # A tail of ",-" was cut off above; a lone "-" behind the number is the bookkeeper's minus.
    negative = text.endswith("-") and not re.search(r"[.,]\s*-{1,2}$", text)
    numeral = parse_numeral(bare)
    if numeral is None:
        return refuse(cell, context)
    if negative and numeral.value > 0:
        return refuse_negative(cell, context)
    return _judge(numeral, cell, context)


def _read_words(number: str, scale: str, cell: RawCell, context: CellContext) -> Reading:
    numeral = parse_numeral(number.strip())
    if numeral is None or scale not in _SCALES:
        return refuse(cell, context)
    value = to_decimal(numeral.value * _SCALES[scale])
    other = None if numeral.other is None else to_decimal(numeral.other * _SCALES[scale])
    if other is not None and value is not None:
        return refuse_ambiguous(cell, context, other, value)
    if value is None or value != value.to_integral_value():
        return refuse(cell, context)
    return tell(cells.ROUNDED_WORDS, value, said=quoted(cell), read=office.rupiah(value))


def _judge(numeral: Numeral, cell: RawCell, context: CellContext) -> Reading:
    value = numeral.value
    if value < 0:
        return refuse_negative(cell, context)
    if numeral.style is Style.COMMA_THREE and numeral.other is not None:
        return refuse_ambiguous(cell, context, value, numeral.other)
    if value and _SCALED_HEADER.search(context.judul):
        return tell(cells.SCALED_HEADER, header=context.judul, said=quoted(cell))
    if value != value.to_integral_value() and (value < _SMALL_FRACTION or numeral.style not in _GROUPED):
        return _with_sen(value, cell)
    if 0 < value < _TOO_FEW:
        return tell(cells.SMALL_AMOUNT, value, read=office.rupiah(value))
    if numeral.style in (Style.ENGLISH, Style.SPACED):
        return tell(cells.READ_NUMBER, value, said=quoted(cell), read=f"Rp{plain(value)}")
    return accepted(value)


def _with_sen(value: Decimal, cell: RawCell) -> Reading:
    if value < _SMALL_FRACTION:
        return tell(cells.UNIT_OF_MONEY, said=quoted(cell))
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return tell(cells.ROUNDED_SEN, whole, said=quoted(cell), read=office.rupiah(whole))
