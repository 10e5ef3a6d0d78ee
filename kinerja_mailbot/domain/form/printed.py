"""Noticing that locked cells of a form were changed; what we printed stays in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue.remarks import PRINTED_CHANGED
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Row, type_of_satuan
from kinerja_mailbot.domain.form.judge import JudgedSheet
from kinerja_mailbot.domain.form.naming import label_of
from kinerja_mailbot.domain.form.readers.absence import is_blank
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.dispatch import read_cell
from kinerja_mailbot.domain.form.readers.typed import is_percent_format, to_decimal, typed_text, word
from kinerja_mailbot.domain.form.value import RawCell, Value

_CLOSE = Decimal("0.005")  # a printed figure may come back rounded to what is shown
_MOST_QUOTED = 60


def describe_changes(judged: JudgedSheet) -> Iterator[str]:
    """Yield a remark for each printed cell that holds something else than we printed; an emptied one is no change."""
    found, sheet = judged.found, judged.sheet
    if found is None:
        return
    for row in judged.rows:
        if row.printed is None or row.line is None:
            continue
        for column in sheet.kolom:
            ours = row.printed.get(column.kunci)
            if column.isian or column.rumus or ours is None or column.kunci in sheet.kunci:
                continue
            cell = found.cell(sheet, row.line, column.kunci)
            if is_blank(cell) or _is_same(ours, cell, column, row.printed):
                continue
            yield PRINTED_CHANGED.say(
                sheet=found.grid.raw.name,
                cell=found.address(row.line, column.kunci),
                label=label_of(sheet, row.baris, column.kunci),
                typed=_short(typed_text(cell)),
                printed=_short(_printed(ours)),
            )


def _is_same(ours: Value, cell: RawCell, column: Column, row: Row) -> bool:
    typed, printed = typed_text(cell), _printed(ours)
    if typed == printed or word(typed) == word(printed):
        return True
    if isinstance(ours, Decimal):
        theirs = _number(cell, column, row)
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


def _printed(value: Value) -> str:
    return office.ukuran(value)


def _short(text: str) -> str:
    return office.ringkas(text, _MOST_QUOTED)
