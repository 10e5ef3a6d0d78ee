"""Counts: whole numbers, perhaps with the unit behind them."""

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
from kinerja_mailbot.domain.form.readers.numerals import Numeral, Style, parse_numeral
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import plain, quoted, word
from kinerja_mailbot.domain.form.value import RawCell, Reading

_COUNT = re.compile(r"(?P<number>[-(]?[0-9](?:[0-9., ]*[0-9])?[)-]?)\s*(?P<unit>[a-z][a-z ./]*)?", re.IGNORECASE)
_FAR_ABOVE = 10  # "12.500" against a target of 12 is more likely 12,5 than 12500

_SHORT = {
    "bln": "bulan",
    "hr": "hari",
    "lpr": "laporan",
    "org": "orang",
    "pkt": "paket",
    "rek": "rekomendasi",
    "rekom": "rekomendasi",
    "sp": "surat",
}
_ANY_UNIT = frozenset({"buah", "bh", "kali", "item"})


def read_count(cell: RawCell, context: CellContext) -> Reading:
    """Read a whole number; a unit behind it must be the row's satuan.

    >>> from kinerja_mailbot.domain.form.definition import ColumnType
    >>> context = CellContext(jenis=ColumnType.JUMLAH, satuan="laporan")
    >>> read_count(RawCell("2 Lap"), context).value, read_count(RawCell("2 dok"), context).value
    (Decimal('2'), None)
    """
    if not isinstance(cell.value, bool) and is_percentage(cell):
        return refuse_percent(cell, context)
    match figure_in(cell, context):
        case Reading() as reading:
            return reading
        case Decimal() as number:
            return _judge(Numeral(number, Style.PLAIN), cell, context)
        case str() as text:
            found = _COUNT.fullmatch(text)
            numeral = parse_numeral(found["number"]) if found else None
            if found is None or numeral is None:
                return refuse(cell, context)
            return _with_unit(numeral, word(found["unit"] or ""), cell, context)


def _with_unit(numeral: Numeral, unit: str, cell: RawCell, context: CellContext) -> Reading:
    reading = _judge(numeral, cell, context)
    if not unit or reading.value is None:
        return reading
    if not context.satuan:
        if _fits(unit, context.judul):
            return reading
        return tell(cells.UNIT_UNKNOWN, reading.value, said=quoted(cell), read=plain(numeral.value))
    if _fits(unit, context.satuan):
        return reading
    return tell(cells.OTHER_UNIT, said=quoted(cell), satuan=context.satuan, read=plain(numeral.value))


def _fits(unit: str, satuan: str) -> bool:
    """Tell whether a typed unit is this satuan, written in full or shortened.

    >>> _fits("lap", "laporan"), _fits("org", "Orang"), _fits("dok", "laporan")
    (True, True, False)
    """
    if unit in _ANY_UNIT:
        return True
    wanted = word(satuan).split()
    return any(
        part == known or _SHORT.get(part) == known or (len(part) >= 2 and known.startswith(part))
        for part in unit.split()
        for known in wanted
    )


def _judge(numeral: Numeral, cell: RawCell, context: CellContext) -> Reading:
    value = numeral.value
    if value < 0:
        return refuse_negative(cell, context)
    if numeral.other is not None and (numeral.style is Style.COMMA_THREE or _is_far_above(value, context)):
        return refuse_ambiguous(cell, context, numeral.other, value)
    if value != value.to_integral_value():
        return tell(cells.NOT_WHOLE, said=quoted(cell))
    if numeral.style in (Style.ENGLISH, Style.SPACED):
        return tell(cells.READ_NUMBER, value, said=quoted(cell), read=plain(value))
    return accepted(value)


def _is_far_above(value: Decimal, context: CellContext) -> bool:
    return isinstance(context.target, Decimal) and value > context.target * _FAR_ABOVE
