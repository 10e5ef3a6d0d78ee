"""The chart of capaian: each measured indicator beside the line of 100 %, or each unit where there are too many."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.rekap_workbook.look import AMBER, GREY, TEAL
from kinerja_mailbot.domain.kinerja.rekap import Rekap

_DATA_SHEET = "_grafik"
_MOST_BARS = 24
_TARGET = 100.0
_HIGHEST = 200.0  # a single outlier must not press all others flat; its figure stands on the sheet of capaian
_WIDTH_CM, _HEIGHT_CM, _ROWS = 16, 7, 12
_TITLES = ("Kode", "Tercapai", "Belum tercapai", "Target 100%")


def add_chart(workbook: Workbook, sheet: Worksheet, rekap: Rekap, anchor: str) -> int:
    """Draw the chart and return how many lines of 16 points it covers; 0 when nothing was measured."""
    bars = _bars(rekap)
    if not bars:
        return 0
    data = workbook.create_sheet(_DATA_SHEET)
    data.sheet_state = "veryHidden"
    data.append(_TITLES)
    for name, capaian in bars:
        value = float(capaian)
        reached = capaian >= 100
        data.append((name, value if reached else None, None if reached else value, _TARGET))
    sheet.add_chart(_draw(data, len(bars), bars), anchor)
    return _ROWS


def _bars(rekap: Rekap) -> list[tuple[str, Decimal]]:
    bars = [(row.kode, row.capaian) for row in rekap.capaian if row.capaian is not None]
    if len(bars) <= _MOST_BARS:
        return bars
    return [(unit.kode, unit.rata_capaian) for unit in rekap.unit if unit.rata_capaian is not None]


def _draw(data: Worksheet, count: int, bars: list[tuple[str, Decimal]]) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "clustered", 100, 60
    chart.title = "Capaian indikator kinerja (%)"
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
    chart.y_axis.scaling.min = min(0.0, *(float(value) for _, value in bars))
    chart.y_axis.scaling.max = _HIGHEST if any(value > _HIGHEST for _, value in bars) else None
    chart.y_axis.number_format = "0"
    chart.legend.position = "b"
    chart.visible_cells_only = False  # the figures stand on a hidden sheet
    chart.width, chart.height = _WIDTH_CM, _HEIGHT_CM
    chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.06, y=0.14, w=0.91, h=0.62))
    return chart
