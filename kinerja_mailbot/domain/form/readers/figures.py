"""The common entrance of all readers of figures: numbers go on, text goes on, everything else is refused."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from kinerja_mailbot.domain.form.readers.absence import read_absence
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import fix
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
            return fix(
                f'Sel berisi tanggal atau waktu ({quoted(cell)}), kemungkinan berasal dari pecahan seperti "3/4" yang '
                f"diubah oleh Excel; mohon tulis angka saja, misalnya {example(context)}."
            )
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
    said, ask = quoted(cell), f"mohon tulis angka saja, misalnya {example(context)}"
    if _LOOKALIKES.fullmatch(typed):
        return fix(f"Tertulis {said}, angka bercampur huruf (misalnya huruf O untuk angka 0); {ask}.")
    if _FRACTION.fullmatch(typed):
        return fix(f"Tertulis {said} dalam bentuk perbandingan; {ask}.")
    if _RANGE.fullmatch(typed) or _ABOUT.fullmatch(typed):
        return fix(f"Tertulis {said}, sedangkan realisasi memerlukan satu angka pasti; {ask}.")
    if word(typed) in _DITTO or typed in ('"', "''", "〃"):
        return fix(f"Tertulis {said}, sedangkan setiap baris memerlukan angkanya sendiri; {ask}.")
    if "lampir" in typed.casefold():
        return fix(f"Tertulis {said}; mohon angkanya ditulis pada sel ini, misalnya {example(context)}.")
    if _ONLY_DIGITS.fullmatch(typed):
        return fix(f"Tertulis {said}, susunan titik dan komanya belum dapat dipastikan; {ask}.")
    return fix(f"Tertulis {said}, belum dapat kami baca sebagai angka; {ask}.")


def refuse_ambiguous(cell: RawCell, context: CellContext, first: Decimal, second: Decimal) -> Reading:
    """Return the question which of two numbers is meant."""
    return fix(
        f"Tertulis {quoted(cell)}{_unit(context)}; mohon pastikan apakah yang dimaksud {plain(first)} atau "
        f"{plain(second)}, lalu tulis angka saja, misalnya {example(context)}."
    )


def refuse_negative(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal of a negative figure."""
    return fix(
        f"Tertulis {quoted(cell)}, terbaca sebagai angka negatif; mohon tulis angka tanpa tanda kurung atau tanda "
        f"minus, misalnya {example(context)}."
    )


def refuse_percent(cell: RawCell, context: CellContext) -> Reading:
    """Return the refusal of a percentage where another unit is asked for."""
    return fix(
        f"Tertulis {quoted(cell)} dalam persen{_unit(context)}; mohon tulis angka sesuai satuannya, misalnya "
        f"{example(context)}."
    )


def is_percentage(cell: RawCell) -> bool:
    """Tell whether the cell shows a percentage by its format or its sign."""
    if isinstance(cell.value, str):
        return "%" in clean(cell.value) or bool(re.search(r"\b(persen|prosen|pct)\b", cell.value.casefold()))
    return is_percent_format(cell.number_format)


def _unit(context: CellContext) -> str:
    match context.jenis.value:
        case "persen":
            return ", sedangkan satuannya persen"
        case "rupiah":
            return ", sedangkan satuannya rupiah"
        case _:
            return f", sedangkan satuannya {context.satuan}" if context.satuan else ""
