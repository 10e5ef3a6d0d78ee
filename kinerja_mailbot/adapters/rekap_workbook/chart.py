"""The charts of the first sheet: capaian, serapan, TL HP by status, timeliness."""

from __future__ import annotations

from decimal import Decimal
from math import floor

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
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
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.house_style import GREY, NAVY, TEAL
from kinerja_mailbot.adapters.rekap_workbook.formulas import percent
from kinerja_mailbot.adapters.rekap_workbook.look import AMBER
from kinerja_mailbot.adapters.rekap_workbook.registers import STATUS_WORDS
from kinerja_mailbot.adapters.rekap_workbook.series import Figures, Measure
from kinerja_mailbot.domain.kinerja.rekap import Rekap

_MOST_BARS = 24
_TARGET = 100.0
_HIGHEST, _LOWEST = 200.0, -100.0  # an outlier must not press the others flat; its figure is on the sheet of capaian
_STEP = 50


def place(sheet: Worksheet, chart: BarChart, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Lay a chart over these rows and columns, all of them included."""
    # Tied to cells: how wide a column is in centimetres differs between Excel and LibreOffice.
    first = AnchorMarker(col=columns[0] - 1, row=rows[0] - 1)
    last = AnchorMarker(col=columns[1], row=rows[1])
    chart.anchor = TwoCellAnchor(_from=first, to=last)  # type: ignore[assignment]  # the stubs know cell names only
    sheet.add_chart(chart)


def capaian_chart(figures: Figures, rekap: Rekap) -> BarChart | None:
    """Return each measured indicator beside the line of 100 %, or each unit where there are too many."""
    bars = [(row.kode, row.capaian) for row in rekap.capaian if row.capaian is not None]
    if len(bars) > _MOST_BARS:
        bars = [(unit.kode, unit.rata_capaian) for unit in rekap.unit if unit.rata_capaian is not None][:_MOST_BARS]
    if not bars:
        return None
    names = [name for name, _ in bars]
    reached = tuple(float(value) if value >= 100 else None for _, value in bars)
    short = tuple(None if value >= 100 else float(value) for _, value in bars)
    target = Measure("Target 100%", (_TARGET,) * len(bars), GREY)
    *columns, line_series = figures.series(
        names, (Measure("Tercapai", reached, TEAL), Measure("Belum tercapai", short, AMBER), target)
    )
    chart = _columns("Capaian indikator kinerja (%)")
    chart.overlap = 100
    chart.series.extend(columns)
    line = LineChart()
    line_series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GREY, w=15_875, prstDash="dash"))
    line_series.invertIfNegative = None
    line_series.marker = Marker(symbol="none")
    line_series.smooth = False
    line.series.append(line_series)
    chart += line
    _scale(chart, [value for _, value in bars])
    return chart


def absorption_chart(figures: Figures, rekap: Rekap) -> BarChart | None:
    """Return how much of its pagu each unit has spent, in percent."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rekap.anggaran:
        if row.pagu is not None and row.realisasi is not None:
            pagu, spent = sums.get(row.unit, (Decimal(0), Decimal(0)))
            sums[row.unit] = pagu + row.pagu, spent + row.realisasi
    shares = {unit: percent(spent, pagu) for unit, (pagu, spent) in sums.items() if pagu}
    if not shares:
        return None
    kept = dict(list(shares.items())[:_MOST_BARS])
    chart = _columns("Serapan anggaran (%)", legend=False)
    values = tuple(float(value) for value in kept.values())
    chart.series.extend(figures.series(list(kept), (Measure("Serapan (%)", values, TEAL),)))
    chart.dataLabels = _labels()
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, max(_TARGET, *values)
    chart.y_axis.majorUnit = _STEP
    return chart


def follow_up_chart(figures: Figures, rekap: Rekap) -> BarChart | None:
    """Return how many recommendations stand in each status."""
    if not any(item.jumlah for item in rekap.tl_hp_ringkas):
        return None
    names = [STATUS_WORDS.get(item.status, item.status) for item in rekap.tl_hp_ringkas]
    values = tuple(float(item.jumlah) for item in rekap.tl_hp_ringkas)
    return _counted(figures, "TL HP menurut status (rekomendasi)", names, Measure("Rekomendasi", values, NAVY, "0"))


def punctuality_chart(figures: Figures, rekap: Rekap) -> BarChart | None:
    """Return how many units were punctual, late, and silent."""
    if not rekap.unit:
        return None
    punctual, judged = rekap.tepat_waktu
    values = (float(punctual), float(judged - punctual), float(len(rekap.unit) - judged))
    names = ["tepat waktu", "setelah batas", "belum mengirim"]
    return _counted(figures, "Ketepatan waktu kiriman pertama (unit)", names, Measure("Unit", values, TEAL, "0"))


def _counted(figures: Figures, title: str, names: list[str], measure: Measure) -> BarChart:
    chart = _columns(title, legend=False)
    chart.type = "bar"
    chart.series.extend(figures.series(names, (measure,)))
    chart.dataLabels = _labels()
    chart.y_axis.delete = True
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.x_axis.scaling.orientation = "maxMin"  # the first one on top
    return chart


def _columns(title: str, *, legend: bool = True) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    chart.title = _title(title)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="DDE2E7")))
    chart.y_axis.number_format = "0"
    chart.x_axis.txPr = chart.y_axis.txPr = _small()
    chart.legend = Legend() if legend else None
    if chart.legend is not None:
        chart.legend.position, chart.legend.txPr = "b", _small()
        chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.06, y=0.13, w=0.92, h=0.66))
    chart.visible_cells_only = False  # the figures stand on a hidden sheet
    return chart


def _scale(chart: BarChart, values: list[Decimal]) -> None:
    chart.y_axis.scaling.min = max(min(floor(min(values) / _STEP) * _STEP, 0), _LOWEST)
    chart.y_axis.scaling.max = _HIGHEST if any(value > _HIGHEST for value in values) else None
    chart.y_axis.majorUnit = _STEP


def _labels() -> DataLabelList:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.txPr = _small()
    return labels


def _title(words: str) -> Title:
    """Return a title in the size of the sheet's own headings; the default would shout."""
    font = CharacterProperties(sz=1000, b=True, solidFill=NAVY, latin=DrawingFont(typeface="Arial"))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=font), r=[RegularTextRun(rPr=font, t=words)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _small() -> RichText:
    font = CharacterProperties(sz=800, latin=DrawingFont(typeface="Arial"))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)])
