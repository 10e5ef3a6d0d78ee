"""The characters of a cell: what people see in it, and the same text without the accidents of typing."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.value import CellError, RawCell, RawValue, Uncalculated

MAX_QUOTED = 60  # characters of a typed text that a message repeats
LARGEST = Decimal(10) ** 15  # beyond a thousand trillion rupiah nothing is a figure of one office
_LARGEST = int(LARGEST)
_DECIMALS = Decimal(1).scaleb(-10)  # floats carry noise such as 85.30000000000001

# Full-width characters of East Asian input methods, and the spaces and marks that copying from web pages leaves behind.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x00A0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " ")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF))
_CLEANING = str.maketrans({**_FULL_WIDTH, **_SPACES, **_INVISIBLE, 0x2212: "-", 0x2010: "-", 0x2011: "-"})
_QUOTED_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_WORDS = re.compile(r"[^\W_]+")
_SHOWN_PERCENT = re.compile(r'"[^"]*%[^"]*"|\\%')


def clean(typed: str) -> str:
    """Return the text in one line without odd spaces, full-width forms and the apostrophe that marks text in Excel.

    >>> clean("'８５\u00a0 persen ")
    '85 persen'
    """
    line = " ".join((typed if typed.isascii() else typed.translate(_CLEANING)).split())  # it changes no ASCII
    return line[1:].strip() if line.startswith(("'", "’", "`")) else line


def word(typed: str) -> str:
    """Return letters and digits only, lower case, for comparing words.

    >>> word("  Tidak-Diukur. ")
    'tidak diukur'
    """
    return " ".join(_WORDS.findall(clean(typed).casefold()))


def to_decimal(number: float | Decimal) -> Decimal | None:
    """Return the number that people see, at most ten decimals; None for what no office reports (infinite, enormous).

    >>> to_decimal(85.30000000000001), to_decimal(85.0), to_decimal(float("nan"))
    (Decimal('85.3'), Decimal('85'), None)
    """
    if type(number) is int and abs(number) < _LARGEST:  # most of what is typed
        return Decimal(number)
    value = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not value.is_finite() or abs(value) >= LARGEST:
        return None
    shortest = value.quantize(_DECIMALS).normalize() + 0  # + 0 turns -0 into 0
    exponent = shortest.as_tuple().exponent
    return shortest.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else shortest


def plain(value: Decimal) -> str:
    """Return a number without dots between thousands, so that no message repeats an ambiguity.

    >>> plain(Decimal("12500")), plain(Decimal("12.5"))
    ('12500', '12,5')
    """
    return f"{value:f}".replace(".", ",")


@lru_cache(maxsize=256)  # a file has thousands of cells and a handful of formats
def is_percent_format(number_format: str | None) -> bool:
    """Tell whether the format multiplies by 100 when shown; a quoted "%" is only a letter (ECMA-376 18.8.31).

    >>> is_percent_format("0.0%"), is_percent_format('0.00"%"'), is_percent_format(None)
    (True, False, False)
    """
    return number_format is not None and "%" in _QUOTED_FORMAT.sub("", number_format)


def shows_percent(number_format: str | None) -> bool:
    r"""Tell whether the format prints a "%" beside the number as it is, as our own forms do.

    >>> shows_percent('0.00"%"'), shows_percent(r"0.00\%"), shows_percent("0%")
    (True, True, False)
    """
    return (
        number_format is not None
        and not is_percent_format(number_format)
        and bool(_SHOWN_PERCENT.search(number_format))
    )


def typed_text(cell: RawCell) -> str:
    """Return what stands in the cell as people see it; empty for an empty cell.

    >>> typed_text(RawCell(0.85, "0%")), typed_text(RawCell(0.85)), typed_text(RawCell(date(2026, 1, 5)))
    ('85%', '0,85', '5 Januari 2026')
    """
    return _seen(cell.value, cell.number_format)


def quoted(cell: RawCell) -> str:
    """Return the typed text between quotation marks, cut to what a message can carry."""
    return f'"{text.ringkas(typed_text(cell), MAX_QUOTED)}"'


def _seen(value: RawValue, number_format: str | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _seen_number(value, number_format)
        case str():
            return value.strip()
        case datetime():
            return text.tanggal(value.date())
        case date():
            return text.tanggal(value)
        case time():
            return f"{value:%H.%M}"
        case CellError():
            return value.code
        case Uncalculated():
            return value.formula or "(rumus)"


def _seen_number(value: float, number_format: str | None) -> str:
    number = to_decimal(value)
    if number is None:
        return str(value)
    if not is_percent_format(number_format):
        return plain(number)
    shown = to_decimal(number * 100)
    return f"{value}" if shown is None else f"{plain(shown)}%"
