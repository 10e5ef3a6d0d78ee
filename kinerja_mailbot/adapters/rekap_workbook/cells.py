"""Cells as SpreadsheetML text: numbers, texts, moments, and live formulas beside the value that they have now.

openpyxl writes a formula without its value, and then phones, previews and most readers show an empty cell; it also
keeps every cell of a workbook in memory. So the rows of the rekap's own sheets are written here, and openpyxl writes
everything around them (styles, page set-up, filters, charts).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from kinerja_mailbot.adapters.office_paper import LONGEST, RISKY
from kinerja_mailbot.domain.form.value import Mark

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no way to hold them
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # Excel knows no zones
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # ECMA-376 22.9.2.19: Excel would read "_x000D_" as one character


@dataclass(frozen=True, slots=True)
class Live:
    """A formula without its "=" and the value that it has now.

    `{r}` stands for the row that it is written in, `{a}` and `{z}` for the first and the last row of its table.
    """

    rumus: str
    nilai: Decimal | date | int | str | bool | None


Content = Decimal | datetime | date | str | int | Live | None
"""What a cell of the rekap may hold; a datetime is naive and in office time."""


def literal(words: str) -> str:
    """Return a text as a formula spells it.

    >>> literal('5" pipa')
    '"5"" pipa"'
    """
    return '"' + words.replace('"', '""') + '"'


def shown(value: Content) -> str:
    """Return the text of a cell that holds one, whether typed or computed; nothing for numbers and moments."""
    now = value.nilai if isinstance(value, Live) else value
    return now if isinstance(now, str) else ""


def cell_xml(row: int, column: int, value: Content, style: int) -> str:
    """Return the `<c>` element of a cell; `style` is the number of its format in the workbook.

    >>> cell_xml(7, 2, Live("A{r}*2", Decimal("8.50")), 3)
    '<c r="B7" s="3"><f>A7*2</f><v>8.50</v></c>'
    >>> cell_xml(1, 1, "=1+1", 0)
    '<c r="A1" s="0" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>'
    """
    at = f'<c r="{_letter(column)}{row}" s="{style}"'
    match value:
        case None | "":
            return f"{at}/>"
        case Live(rumus, nilai):
            kind, text = _computed(nilai)
            return f"{at}{kind}><f>{escape(rumus.replace('{r}', str(row)))}</f>{text}</c>"
        case str():
            words = value.value if isinstance(value, Mark) else value
            return f'{at} t="inlineStr"><is><t xml:space="preserve">{_text(words)}</t></is></c>'
        case datetime() | date():
            return f"{at}><v>{_serial(value)}</v></c>"
        case _:
            return f"{at}><v>{_number(value)}</v></c>"


def is_risky(value: Content) -> bool:
    """Tell whether a text would be taken for a formula if somebody edited its cell."""
    return isinstance(value, str) and value.startswith(RISKY)


def _computed(nilai: Decimal | date | int | str | bool | None) -> tuple[str, str]:
    match nilai:
        case None:
            return ' t="str"', "<v></v>"
        case bool():
            return ' t="b"', f"<v>{int(nilai)}</v>"
        case str():
            return ' t="str"', f"<v>{_text(nilai)}</v>"
        case date():
            return "", f"<v>{_serial(nilai)}</v>"
        case _:
            return "", f"<v>{_number(nilai)}</v>"


def _serial(day: date) -> str:
    """Return days since 30 December 1899, as Excel counts them; a moment has a fraction."""
    at = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001  # office time
    return f"{(at - _EPOCH) / timedelta(days=1):.17g}"


def _number(value: Decimal | int) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _text(words: str) -> str:
    plain = _UNWRITABLE.sub("", words)[:LONGEST]
    return escape(_LOOKS_ESCAPED.sub("_x005F_", plain))


_letter: Callable[[int], str] = cache(get_column_letter)
