"""The first sheet of the rekap: the whole period on one printed page, with its charts and where it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import set_page
from kinerja_mailbot.adapters.rekap_workbook.cells import Content, shown
from kinerja_mailbot.adapters.rekap_workbook.chart import (
    absorption_chart,
    capaian_chart,
    follow_up_chart,
    place,
    punctuality_chart,
)
from kinerja_mailbot.adapters.rekap_workbook.formulas import DASH, share
from kinerja_mailbot.adapters.rekap_workbook.grid import Grid
from kinerja_mailbot.adapters.rekap_workbook.look import INDENT, Kind, height_for, lines_of, tone_of
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages, punctuality
from kinerja_mailbot.adapters.rekap_workbook.series import Figures
from kinerja_mailbot.adapters.rekap_workbook.tiles import goal_mean, tiles
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import SasaranRingkas, UnitStatus

_COLUMNS, _WIDTH = 24, 5.6
_UNITS = (
    ("Kode", Kind.CENTRED, 2),
    ("Unit", Kind.TEXT, 5),
    ("Keadaan", Kind.CENTRED, 3),
    ("Pertama diterima", Kind.CENTRED, 2),
    ("Ketepatan", Kind.CENTRED, 3),
    ("Terisi (%)", Kind.PERCENT, 2),
    ("Terukur", Kind.CENTRED, 2),
    ("Capaian (%)", Kind.PERCENT, 2),
    ("Predikat", Kind.CENTRED, 3),
)
_GOALS = (
    ("Sasaran", Kind.TEXT, 14),
    ("Terukur", Kind.CENTRED, 3),
    ("Capaian (%)", Kind.PERCENT, 3),
    ("Predikat", Kind.CENTRED, 4),
)
_MOST_ROWS = 8  # of a table on this page; the whole of it is on its own sheet
_MOST_SENTENCES = 6  # more than that nobody reads on a first page; all of them are on the sheet Catatan
_CHART_SPAN = 14
_GAP, _CHART_POINTS, _LOW_CHART_POINTS = 12.0, 180.0, 132.0
_SIGNING_POINTS = 44.0

_ANALYSIS_STEP = 6
Columns = Sequence[tuple[str, Kind, int]]


class Summary:
    """Writes the first sheet, after all the others: its figures look into them."""

    def __init__(self, pages: Pages, sheet: Worksheet, tempat: str) -> None:
        """Take the other sheets, the sheet to fill, and place and day of signing."""
        self._pages, self._look, self._rekap, self._sheet = pages, pages.look, pages.rekap, sheet
        self._tempat = tempat
        self._figures = Figures(pages.workbook)
        self.grid = pages.grids[sheet.title] = Grid(sheet, pages.look)
        self._row, self._points = 1, 0.0

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        for number in range(1, _COLUMNS + 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        self._write_head()
        self._write_tiles()
        self._write_units()
        self._write_goals()
        self._write_capaian_and_attention()
        self._write_low_charts()
        self._write_signatures()
        self._sheet.print_area = f"A1:{get_column_letter(_COLUMNS)}{self._row}"
        set_page(self._sheet, self._pages.head.kaki, self._pages.head.kertas, one_page=True)

    def _write_head(self) -> None:
        head = self._pages.head
        lines = (
            (head.kantor.upper(), "kantor", 18.0),
            (head.alamat, "alamat", 13.0),
            (f"Rekap Data Kinerja {self._rekap.periode.nama}", "judul", 26.0),
            (head.subjudul, "anak judul", 16.0),
        )
        for line, role, height in lines:
            self._block(1, _COLUMNS, line, self._look.text(role))
            self._next(height)
        self._next(6.0)

    def _write_tiles(self) -> None:
        for number, tile in enumerate(tiles(self._pages)):
            start = 1 + number * 4
            end = start + (3 if number == 5 else 2)
            self._block(start, end, tile.nilai, self._look.text("persen" if tile.persen else "angka"))
            self._block(start, end, tile.nama, self._look.text("label"), below=1)
        self._next(26.0)
        self._next(26.0)
        self._next(8.0)

    def _write_units(self) -> None:
        self._table_row(_UNITS, [title for title, _, _ in _UNITS], header=True)
        units = self._rekap.unit
        # Where there are many, those that need somebody's attention come first.
        first = sorted(units, key=lambda unit: unit.keadaan == "lengkap") if len(units) > _MOST_ROWS else units
        for unit in first[:_MOST_ROWS]:
            self._table_row(_UNITS, self._unit_row(unit))
        self._rest(len(units), "unit", "Status")

    def _unit_row(self, unit: UnitStatus) -> tuple[Content, ...]:
        return (
            unit.kode,
            unit.nama,
            unit.keadaan,
            self._moment(unit.diterima_at),
            punctuality(unit),
            share(str(unit.terisi), str(unit.seluruh), unit.terisi, unit.seluruh),
            f"{unit.terukur} dari {unit.indikator}" if unit.indikator else DASH,
            self._pages.mean_of(unit, "A{r}"),
            unit.predikat or DASH,
        )

    def _write_goals(self) -> None:
        goals = self._rekap.sasaran
        if not goals:
            return
        self._table_row(_GOALS, [title for title, _, _ in _GOALS], header=True)
        for goal in goals[:_MOST_ROWS]:
            self._table_row(_GOALS, self._goal_row(goal))
        self._rest(len(goals), "sasaran", "Capaian Kinerja")

    def _goal_row(self, goal: SasaranRingkas) -> tuple[Content, ...]:
        mean = goal_mean(self._pages, goal)
        return goal.sasaran, f"{goal.terukur} dari {goal.indikator}", mean, goal.predikat or DASH

    def _rest(self, count: int, of: str, sheet: str) -> None:
        if count > _MOST_ROWS:
            line = f"{count - _MOST_ROWS} {of} lain terdapat pada lembar {sheet}."
            self._block(1, _COLUMNS, line, self._look.text("kaki"))
            self._next(_GAP)
        self._next(6.0)

    def _write_capaian_and_attention(self) -> None:
        """Write the chart on the left, what needs attention on the right; without a chart the words get all of it."""
        top, above = self._row, self._points
        chart = capaian_chart(self._figures, self._rekap)
        first = 1 if chart is None else _CHART_SPAN + 2
        self._block(first, _COLUMNS, "Perlu perhatian", self._look.text("tebal"))
        self._next(16.0)
        for sentence in self._sentences():
            self._block(first, _COLUMNS, sentence, self._look.text("isi"))
            self._next(height_for(lines_of(sentence, (_COLUMNS - first + 1) * _WIDTH)))
        if chart is not None:
            self._fill(above, _CHART_POINTS)
            place(self._sheet, chart, (top, self._row - 1), (1, _CHART_SPAN))
        self._next(6.0)

    def _write_low_charts(self) -> None:
        makers = (absorption_chart, follow_up_chart, punctuality_chart)
        charts = [chart for make in makers if (chart := make(self._figures, self._rekap)) is not None]
        if not charts:
            return
        top, width = self._row, _COLUMNS // len(charts)
        self._fill(self._points, _LOW_CHART_POINTS)
        for number, chart in enumerate(charts):
            place(self._sheet, chart, (top, self._row - 1), (number * width + 1, (number + 1) * width))
        self._next(6.0)

    def _write_signatures(self) -> None:
        style = self._look.text("tanda")
        left, right = self._rekap.penyusun, self._rekap.mengetahui
        self._block(15, _COLUMNS, self._tempat, style)
        self._next(13.0)
        if left is not None:
            self._block(1, 10, left.jabatan, style)
        if right is not None:
            self._block(15, _COLUMNS, right.jabatan, style)
        self._next(26.0)
        self._next(_SIGNING_POINTS)
        if left is not None:
            self._block(1, 10, left.nama, style)
        if right is not None:
            self._block(15, _COLUMNS, right.nama, style)
        self._next(14.0)
        self._block(1, _COLUMNS, self._closing(), self._look.text("kaki"))

    def _closing(self) -> str:
        """Return what the edition is for: material to analyse, until step 6 has ended."""
        if any(step.nomor == _ANALYSIS_STEP and step.keadaan.selesai_at is not None for step in self._rekap.langkah):
            return "Rekap ini telah dilengkapi analisis dan evaluasi (lembar Analisis)."
        return "Rekap ini merupakan bahan analisis dan belum merupakan dokumen final."

    def _sentences(self) -> list[str]:
        every = self._rekap.perhatian
        if not every:
            return ["Tidak ada catatan."]
        kept = [f"• {text.ringkas(sentence, 220)}" for sentence in every[:_MOST_SENTENCES]]
        rest = len(every) - len(kept)
        return [*kept, f"{rest} catatan lain terdapat pada lembar Catatan."] if rest else kept

    def _table_row(self, columns: Columns, values: Sequence[Content], *, header: bool = False) -> None:
        start, most = 1, 1
        for value, (_, kind, span) in zip(values, columns, strict=True):
            words = shown(value)
            worded = Kind.CENTRED if words and kind is Kind.PERCENT else kind
            style = self._look.header() if header else self._look.cell(worded, tone_of(value))
            self._block(start, start + span - 1, value, style)
            most = max(most, lines_of(words, span * _WIDTH - INDENT))
            start += span
        self._next(height_for(most))

    def _moment(self, at: datetime | None) -> str:
        return DASH if at is None else text.waktu_singkat(at, self._pages.zona)

    def _block(self, first: int, last: int, value: Content, style: str, *, below: int = 0) -> None:
        row = self._row + below
        self.grid.put(row, first, value, style)
        for column in range(first + 1, last + 1):
            self.grid.put(row, column, None, style)
        self.grid.merge(row, first, last)

    def _fill(self, above: float, points: float) -> None:
        while self._points - above < points:
            self._next(_GAP)

    def _next(self, height: float) -> None:
        self.grid.set_height(self._row, height)
        self._row, self._points = self._row + 1, self._points + height
