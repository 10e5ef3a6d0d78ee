"""Cells as SpreadsheetML text: words, numbers, days, and the letters of a column."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from html import escape

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would take for a formula if somebody edited its cell."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LONGEST = 32_767
"""Characters that a cell can hold."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to hold them
_NEEDS_CARE = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # Excel knows no zones
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376 22.9.2.19: Excel would read "_x000D_" as one character


def cell_xml(at: str, value: Decimal | int | date | str | None, style: int) -> str:
    """Return the `<c>` element of the cell at this address; `style` is the number of its format in the workbook.

    >>> cell_xml("B7", Decimal("8.50"), 3), cell_xml("B8", None, 3)
    ('<c r="B7" s="3"><v>8.50</v></c>', '<c r="B8" s="3"/>')
    >>> cell_xml("A1", "=1+1", 0)
    '<c r="A1" s="0" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'
    """
    return element_xml(at, style, content_xml(value))


def element_xml(at: str, style: int, content: str) -> str:
    """Return the same of a content that was written before.

    >>> element_xml("B7", 3, content_xml(8))
    '<c r="B7" s="3"><v>8</v></c>'
    """
    return f'<c r="{at}" s="{style}"{content}'


def content_xml(value: Decimal | int | date | str | None) -> str:
    """Return what stands in a `<c>` element behind the number of its format, to its end.

    >>> content_xml(Decimal("8.50")), content_xml(None)
    ('><v>8.50</v></c>', '/>')
    """
    match value:
        case None:
            return "/>"
        case str():
            words = words_xml(value)
            return f' t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>' if words else "/>"
        case date():
            return f"><v>{serial_xml(value)}</v></c>"
        case _:
            return f"><v>{number_xml(value)}</v></c>"


def formula_xml(formula: str) -> str:
    """Return the same of a formula without its "=", to be computed by whoever opens the file.

    >>> formula_xml("A1*2")
    '><f>A1*2</f><v></v></c>'
    """
    return f"><f>{words_xml(formula)}</f><v></v></c>"


def words_xml(words: str) -> str:
    """Return a text as the content of an element, without what XML can't hold and Excel would read as something else.

    >>> words_xml("Umum & <Logistik>\\x07"), words_xml("_x000D_")
    ('Umum &amp; &lt;Logistik&gt;', '_x005F_x000D_')
    """
    if not _NEEDS_CARE.search(words):
        return words[:LONGEST]
    plain = _UNWRITABLE.sub("", words)[:LONGEST]
    return escape(_LOOKS_ESCAPED.sub("_x005F_", plain), quote=False)


def attribute_xml(words: str) -> str:
    """Return a text as the value of an attribute in double quotes; its lines stay lines.

    >>> attribute_xml('Isi "Ya"')
    'Isi &quot;Ya&quot;'
    """
    return words_xml(words).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def number_xml(value: Decimal | int) -> str:
    """Return a number in digits, never with an exponent."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def serial_xml(day: date) -> str:
    """Return days since 30 December 1899, as Excel counts them; a moment has a fraction.

    >>> serial_xml(date(2026, 1, 5))
    '46027'
    """
    at = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001  # office time
    return f"{(at - _EPOCH) / timedelta(days=1):.17g}"


@cache
def column_letter(number: int) -> str:
    """Return the letters of a column, counted from 1.

    >>> column_letter(1), column_letter(27)
    ('A', 'AA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def row_and_column(at: str) -> tuple[int, int]:
    """Return the row and the column of an address, counted from 1.

    >>> row_and_column("A7"), row_and_column("AB12")
    ((7, 1), (12, 28))
    """
    letters = at.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(at[len(letters) :]), column
