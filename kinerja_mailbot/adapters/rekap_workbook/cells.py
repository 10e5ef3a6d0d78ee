"""Cells as SpreadsheetML text: numbers, texts, moments, and live formulas beside the value that they have now.

openpyxl writes a formula without its value, and then phones, previews and most readers show an empty cell; it also
keeps every cell of a workbook in memory. So the rows of the rekap's own sheets are written here, and openpyxl writes
everything around them (styles, page set-up, filters, charts).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kinerja_mailbot.adapters import sheet_xml
from kinerja_mailbot.adapters.sheet_xml import RISKY, column_letter, number_xml, serial_xml, words_xml
from kinerja_mailbot.domain.form.value import Mark


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
    """
    at = f"{column_letter(column)}{row}"
    if not isinstance(value, Live):
        return sheet_xml.cell_xml(at, value.value if isinstance(value, Mark) else value, style)
    kind, text = _computed(value.nilai)
    return f'<c r="{at}" s="{style}"{kind}><f>{words_xml(value.rumus.replace("{r}", str(row)))}</f>{text}</c>'


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
            return ' t="str"', f"<v>{words_xml(nilai)}</v>"
        case date():
            return "", f"<v>{serial_xml(nilai)}</v>"
        case _:
            return "", f"<v>{number_xml(nilai)}</v>"
