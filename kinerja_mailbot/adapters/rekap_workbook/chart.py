"""The chart of capaian: each measured indicator beside the line of 100 %, or each unit where there are too many."""

from __future__ import annotations

from decimal import Decimal
from math import floor

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import GREY, NAVY, TEAL
from kinerja_mailbot.adapters.rekap_workbook.look import AMBER
from kinerja_mailbot.domain.kinerja.rekap import Rekap

_DATA_SHEET = "_grafik"
_MOST_BARS = 24
_TARGET = 100.0
_HIGHEST, _LOWEST = 200.0, -100.0  # an outlier must not press the others flat; its figure is on the sheet of capaian
_STEP = 50
_TITLES = ("Kode", "Tercapai", "Belum tercapai", "Target 100%")


def is_drawable(rekap: Rekap) -> bool:
    """Tell whether anything was measured that a chart could show."""
    return bool(_bars(rekap))


def add_chart(workbook: Workbook, sheet: Worksheet, rekap: Rekap, rows: tuple[int, int], columns: int) -> None:
    """Draw the chart over these rows (both included) and so many columns from the left."""
    bars = _bars(rekap)
    data = workbook.create_sheet(_DATA_SHEET)
    data.sheet_state = "veryHidden"
    data.append(_TITLES)
    for name, capaian in bars:
        value = float(capaian)
        reached = capaian >= 100
        data.append((name, value if reached else None, None if reached else value, _TARGET))
    chart = _draw(data, len(bars), bars)
    # Tied to cells: how wide a column is in centimetres differs between Excel and LibreOffice.
    first, last = AnchorMarker(col=0, row=rows[0] - 1), AnchorMarker(col=columns, row=rows[1])
    chart.anchor = TwoCellAnchor(_from=first, to=last)  # type: ignore[assignment]  # the stubs know cell names only
    sheet.add_chart(chart)


def _bars(rekap: Rekap) -> list[tuple[str, Decimal]]:
    bars = [(row.kode, row.capaian) for row in rekap.capaian if row.capaian is not None]
    if len(bars) <= _MOST_BARS:
        return bars
    return [(unit.kode, unit.rata_capaian) for unit in rekap.unit if unit.rata_capaian is not None]


def _draw(data: Worksheet, count: int, bars: list[tuple[str, Decimal]]) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "clustered", 100, 60
    chart.title = _title("Capaian indikator kinerja (%)")
    chart.add_data(Reference(data, min_col=2, max_col=3, min_row=1, max_row=count + 1), titles_from_data=True)
    chart.set_categories(Reference(data, min_col=1, min_row=2, max_row=count + 1))
    for series, color in zip(chart.series, (TEAL, AMBER), strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=color)
        series.invertIfNegative = False
    line = LineChart()
    line.add_data(Reference(data, min_col=4, min_row=1, max_row=count + 1), titles_from_data=True)
    line.series[0].graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=GREY, w=15_875, prstDash="dash")
    )
    line.series[0].marker.symbol = "none"
    line.series[0].smooth = False
    chart += line
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="DDE2E7")))
    lowest = min(value for _, value in bars)
    chart.y_axis.scaling.min = max(min(floor(lowest / _STEP) * _STEP, 0), _LOWEST)
    chart.y_axis.majorUnit = _STEP
    chart.y_axis.scaling.max = _HIGHEST if any(value > _HIGHEST for _, value in bars) else None
    chart.y_axis.number_format = "0"
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.legend = Legend()
    chart.legend.position, chart.legend.txPr = "b", _small()
    chart.visible_cells_only = False  # the figures stand on a hidden sheet
    chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.06, y=0.13, w=0.92, h=0.70))
    return chart


def _title(words: str) -> Title:
    """Return a title in the size of the sheet's own headings; the default would shout."""
    font = CharacterProperties(sz=1000, b=True, solidFill=NAVY, latin=DrawingFont(typeface="Arial"))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=font), r=[RegularTextRun(rPr=font, t=words)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _small() -> RichText:
    font = CharacterProperties(sz=800, latin=DrawingFont(typeface="Arial"))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)])
