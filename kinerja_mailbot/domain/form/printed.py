"""Noticing that locked cells of a form were changed; what we printed stays in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue.remarks import PRINTED_CHANGED
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, Sheet, type_of_satuan
from kinerja_mailbot.domain.form.judge import JudgedSheet
from kinerja_mailbot.domain.form.naming import label_of
from kinerja_mailbot.domain.form.readers.absence import is_blank
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.readers.typed import is_percent_format, to_decimal, typed_text, word
from kinerja_mailbot.domain.form.value import RawCell, Value
from kinerja_mailbot.domain.same import Same

_CLOSE = Decimal("0.005")  # a printed figure may come back rounded to what is shown
_MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class _Printed:
    """One cell as we printed it: as a value, as text, and as the number that a file holds of it."""

    column: Column
    nilai: Value
    teks: str
    angka: float | None


def describe_changes(judged: JudgedSheet) -> Iterator[str]:
    """Yield a remark for each printed cell that holds something else than we printed; an emptied one is no change."""
    found, sheet = judged.found, judged.sheet
    if found is None or sheet.is_open:
        return
    numbers = dict(found.columns)
    for row, printed in zip(judged.rows, _printed_in(Same(sheet)), strict=True):
        for one in printed if row.line is not None else ():
            number = numbers.get(one.column.kunci)
            if row.line is None or row.printed is None or number is None:
                continue
            is_text = one.column.jenis is ColumnType.TEKS
            cell = found.grid.filled(row.line, number) if is_text else found.grid.cell(row.line, number)
            if _is_untouched(one, cell) or is_blank(cell) or _is_same(one, cell, row.printed):
                continue
            yield PRINTED_CHANGED.say(
                sheet=found.grid.raw.name,
                cell=found.address(row.line, one.column.kunci),
                label=label_of(sheet, row.baris, one.column.kunci),
                typed=_short(typed_text(cell)),
                printed=_short(one.teks),
            )


@lru_cache(maxsize=64)
def _printed_in(sheet: Same[Sheet]) -> tuple[tuple[_Printed, ...], ...]:
    """Return what we printed in each row, without the columns that name it or that somebody or something fills in."""
    columns = [c for c in sheet.value.kolom if not c.isian and not c.rumus and c.kunci not in sheet.value.kunci]
    return tuple(
        tuple(
            _Printed(c, ours, office.ukuran(ours), float(ours) if isinstance(ours, Decimal) else None)
            for c in columns
            if (ours := row.get(c.kunci)) is not None
        )
        for row in sheet.value.baris
    )


def _is_untouched(printed: _Printed, cell: RawCell) -> bool:
    """Tell at a glance that a cell is as we wrote it; where this says no, it may still mean the same."""
    if isinstance(cell.value, str):
        return cell.value == printed.teks
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and cell.value == printed.angka and not is_percent_format(cell.number_format)


def _is_same(printed: _Printed, cell: RawCell, row: Row) -> bool:
    typed, ours = typed_text(cell), printed.nilai
    if typed == printed.teks or word(typed) == word(printed.teks):
        return True
    if isinstance(ours, Decimal):
        theirs = _number(cell, printed.column, row)
        return theirs is not None and abs(theirs - ours) < _CLOSE
    if isinstance(ours, date):
        return read_cell(cell, CellContext(jenis=ColumnType.TANGGAL)).value == ours
    return False


def _number(cell: RawCell, column: Column, row: Row) -> Decimal | None:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        number = to_decimal(cell.value)
        return number * 100 if number is not None and is_percent_format(cell.number_format) else number
    satuan = str(row.get("satuan") or "")
    jenis = type_of_satuan(satuan) if column.jenis is ColumnType.UKURAN else column.jenis
    value = read_cell(cell, CellContext(jenis=jenis, satuan=satuan)).value
    return value if isinstance(value, Decimal) else None


def _short(text: str) -> str:
    return office.ringkas(text, _MOST_QUOTED)
