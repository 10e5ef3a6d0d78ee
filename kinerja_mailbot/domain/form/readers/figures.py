"""The common entrance of all readers of figures: numbers go on, text goes on, everything else is refused."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from kinerja_mailbot.domain.form.catalogue import Message, cells
from kinerja_mailbot.domain.form.readers.absence import read_absence
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import tell
from kinerja_mailbot.domain.form.readers.typed import clean, is_percent_format, plain, quoted, to_decimal, word
from kinerja_mailbot.domain.form.value import RawCell, Reading

_LOOKALIKES = re.compile(r"(?=.*[a-z|])(?=.*[0-9ol|])[0-9lio|sb.,%() -]+", re.IGNORECASE)
_FRACTION = re.compile(r"[0-9]+\s*(/|⁄|:|dari|dr)\s*[0-9]+.*", re.IGNORECASE)
_RANGE = re.compile(r"[0-9.,]+\s*%?\s*(-|–|—|s\.?/?d\.?|sampai|hingga)\s*[0-9.,]+.*", re.IGNORECASE)
_ABOUT = re.compile(r"(≥|≤|>|<|=|±|~|\+/-|kurang lebih|sekitar|kira|lebih|minimal|maksimal|>=|<=).*|.*-\s?an\b.*", re.I)
_ONLY_DIGITS = re.compile(r"[0-9., ]+")
_DITTO = frozenset({"sda", "s d a", "idem", "sama", "sama dengan di atas"})


def figure_in(cell: RawCell, context: CellContext) -> Decimal | str | Reading:
    """Return the number of a numeric cell, the cleaned text of a text cell, or the reading that ends the matter."""
    absent = read_absence(cell, context)
    if absent is not None:
        return absent
    match cell.value:
        case bool():
            return refuse(cell, context)
        case int() | float():
            number = to_decimal(cell.value)
            return refuse(cell, context) if number is None else number
        case str():
            return clean(cell.value)
        case date() | time():  # a datetime is a date
            return tell(cells.BECAME_DATE, said=quoted(cell), example=example(context))
        case _:
            return refuse(cell, context)


def example(context: CellContext) -> str:
    """Return a figure as it should be written in this column."""
    match context.jenis.value:
        case "persen":
            return "85,5"
        case "nilai":
            return "69,05"
        case "rupiah":
            return "12500000"
        case "tahun":
            return "2026"
        case _:
            return "12"


def refuse(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal that fits what was typed best."""
    typed = clean(cell.value) if isinstance(cell.value, str) else ""
    return tell(_trouble(typed), said=quoted(cell), example=example(context))


def _trouble(typed: str) -> Message:
    if _LOOKALIKES.fullmatch(typed):
        return cells.LETTERS_IN_DIGITS
    if _FRACTION.fullmatch(typed):
        return cells.FRACTION
    if _RANGE.fullmatch(typed) or _ABOUT.fullmatch(typed):
        return cells.NOT_EXACT
    if word(typed) in _DITTO or typed in ('"', "''", "〃"):
        return cells.DITTO_FIGURE
    if "lampir" in typed.casefold():
        return cells.ATTACHED
    return cells.UNCLEAR_MARKS if _ONLY_DIGITS.fullmatch(typed) else cells.NO_FIGURE


def refuse_ambiguous(cell: RawCell, context: CellContext, first: Decimal, second: Decimal) -> Reading:
    """Return the question which of two numbers is meant: (a) the first or (b) the second."""
    satuan = _satuan(context)
    return tell(
        cells.WHICH_OF_TWO if satuan else cells.WHICH_OF_TWO_NUMBERS,
        pilihan=(first, second),
        said=quoted(cell),
        satuan=satuan,
        first=plain(first),
        second=plain(second),
        example=example(context),
    )


def refuse_negative(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal of a negative figure."""
    return tell(cells.NEGATIVE, said=quoted(cell), example=example(context))


def refuse_percent(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal of a percentage where another unit is asked for."""
    satuan = _satuan(context)
    message = cells.PERCENT_HERE if satuan else cells.PERCENT_WITHOUT_UNIT
    return tell(message, said=quoted(cell), satuan=satuan, example=example(context))


def is_percentage(cell: RawCell) -> bool:
    """Tell whether the cell shows a percentage by its format or its sign."""
    if isinstance(cell.value, str):
        return "%" in clean(cell.value) or bool(re.search(r"\b(persen|prosen|pct)\b", cell.value.casefold()))
    return is_percent_format(cell.number_format)


def _satuan(context: CellContext) -> str:
    is_named = context.jenis.value in {"persen", "rupiah"}
    return context.jenis.value if is_named else context.satuan
