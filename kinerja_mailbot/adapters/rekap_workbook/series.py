"""Figures behind charts: on a hidden sheet, and once more in the chart, where previews without a calculator look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import put_text

_SHEET = "_grafik"


@dataclass(frozen=True, slots=True)
class Measure:
    """One series: its name in the legend, its values (None: no bar), its colour, how they are written."""

    nama: str
    nilai: tuple[float | None, ...]
    warna: str
    format: str = "[$-421]0.0"  # labels in the chart follow it


class Figures:
    """The hidden sheet; each chart gets a block of columns of its own."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheet: Worksheet | None = None
        self._next = 1

    def series(self, names: Sequence[str], measures: Sequence[Measure]) -> list[Series]:
        """Write a block, one line a name, and return its series with what they show."""
        sheet, first = self._begin(), self._next
        self._next += len(measures) + 2
        for line, name in enumerate(names, start=2):
            put_text(sheet.cell(line, first), name)
        found = []
        for number, measure in enumerate(measures):
            column = first + 1 + number
            put_text(sheet.cell(1, column), measure.nama)
            for line, value in enumerate(measure.nilai, start=2):
                cell = sheet.cell(line, column)
                cell.value, cell.number_format = value, measure.format
            found.append(_series(number, names, measure, (first, column)))
        return found

    def _begin(self) -> Worksheet:
        if self._sheet is None:
            self._sheet = self._workbook.create_sheet(_SHEET)
            self._sheet.sheet_state = "veryHidden"
        return self._sheet


def _series(number: int, names: Sequence[str], measure: Measure, columns: tuple[int, int]) -> Series:
    last = len(names) + 1
    title = StrRef(f=_place(columns[1], 1, 1), strCache=_words([measure.nama]))
    cells = [NumVal(idx=i, v=value) for i, value in enumerate(measure.nilai) if value is not None]
    values = NumRef(
        f=_place(columns[1], 2, last), numCache=NumData(formatCode=measure.format, ptCount=len(measure.nilai), pt=cells)
    )
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=title),
        cat=AxDataSource(strRef=StrRef(f=_place(columns[0], 2, last), strCache=_words(names))),
        val=NumDataSource(numRef=values),
    )
    series.graphicalProperties = GraphicalProperties(solidFill=measure.warna)
    series.invertIfNegative = False
    return series


def _place(column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    cell = f"'{_SHEET}'!${letter}${first}"
    return cell if first == last else f"{cell}:${letter}${last}"


def _words(names: Sequence[str]) -> StrData:
    return StrData(ptCount=len(names), pt=[StrVal(idx=i, v=name) for i, name in enumerate(names)])
