"""The first sheet of the rekap: the whole period on one printed page, with its chart."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.office_paper import set_page
from kinerja_mailbot.adapters.rekap_workbook.chart import add_chart, is_drawable
from kinerja_mailbot.adapters.rekap_workbook.look import INDENT, Content, Kind, Look, height_for, lines_of, put, tone_of
from kinerja_mailbot.adapters.rekap_workbook.pages import NOT_RECEIVED, punctuality
from kinerja_mailbot.adapters.rekap_workbook.table import Letterhead
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import Rekap, StatusCapaian, UnitStatus

_COLUMNS, _WIDTH = 24, 5.6
_UNITS = (
    ("No", Kind.CENTRED, 1),
    ("Unit", Kind.TEXT, 7),
    ("Keadaan", Kind.CENTRED, 3),
    ("Pertama diterima", Kind.CENTRED, 3),
    ("Ketepatan", Kind.CENTRED, 3),
    ("Terukur", Kind.CENTRED, 2),
    ("Rata-rata (%)", Kind.PERCENT, 2),
    ("Predikat", Kind.CENTRED, 3),
)
_CHART_SPAN = 14
_GAP, _CHART_POINTS = 12.0, 280.0
_MOST_SENTENCES = 7  # more than that nobody reads on a first page; all of them are on the sheet Catatan


class Summary:
    """Writes the first sheet."""

    def __init__(self, workbook: Workbook, look: Look, head: Letterhead, rekap: Rekap, zona: ZoneInfo) -> None:
        self._workbook, self._look, self._head, self._rekap, self._zona = workbook, look, head, rekap, zona
        self._sheet: Worksheet = workbook.create_sheet("Ringkasan")
        self._row, self._points = 1, 0.0

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        for number in range(1, _COLUMNS + 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        self._write_head()
        self._write_figures()
        self._write_units()
        self._write_below()
        self._sheet.print_area = f"A1:{get_column_letter(_COLUMNS)}{self._row}"
        set_page(self._sheet, self._head.kaki, one_page=True)

    def _write_head(self) -> None:
        rekap = self._rekap
        lines = (
            (self._head.kantor.upper(), "kantor", 18.0),
            (self._head.alamat, "alamat", 13.0),
            (f"Rekap Data Kinerja {rekap.periode.nama}", "judul", 26.0),
            (self._head.subjudul, "anak judul", 16.0),
        )
        for line, role, height in lines:
            self._block(1, _COLUMNS, line, self._look.text(role))
            self._next(height)
        self._next(6.0)

    def _write_figures(self) -> None:
        for number, (figure, label) in enumerate(_figures(self._rekap)):
            start = 1 + number * 5
            self._block(start, start + 3, figure, self._look.text("angka"))
            self._row += 1
            self._block(start, start + 3, label, self._look.text("label"))
            self._row -= 1
        self._next(26.0)
        self._next(16.0)
        self._next(10.0)

    def _write_units(self) -> None:
        self._table_row([title for title, _, _ in _UNITS], header=True)
        for number, unit in enumerate(self._rekap.unit, start=1):
            self._table_row(self._unit_row(number, unit))
        self._next(8.0)

    def _unit_row(self, number: int, unit: UnitStatus) -> tuple[Content, ...]:
        return (
            number,
            unit.nama,
            unit.keadaan,
            self._moment(unit.diterima_at),
            punctuality(unit),
            f"{unit.terukur} dari {unit.indikator}" if unit.indikator else "–",
            unit.rata_capaian if unit.rata_capaian is not None else "–",
            unit.predikat or "–",
        )

    def _write_below(self) -> None:
        """Write the chart on the left, what needs attention on the right; without a chart the words get all of it."""
        top, above, drawn = self._row, self._points, is_drawable(self._rekap)
        first = _CHART_SPAN + 2 if drawn else 1
        self._block(first, _COLUMNS, "Perlu perhatian", self._look.text("tebal"))
        self._next(16.0)
        for sentence in self._sentences():
            self._block(first, _COLUMNS, sentence, self._look.text("isi"))
            self._next(height_for(lines_of(sentence, (_COLUMNS - first + 1) * _WIDTH)))
        while drawn and self._points - above < _CHART_POINTS:
            self._next(_GAP)
        if drawn:
            add_chart(self._workbook, self._sheet, self._rekap, (top, self._row - 1), _CHART_SPAN)
        self._next(_GAP)
        closing = "Rekap ini merupakan bahan analisis dan belum merupakan dokumen final."
        self._block(1, _COLUMNS, closing, self._look.text("kaki"))

    def _sentences(self) -> list[str]:
        every = self._rekap.perhatian
        if not every:
            return ["Tidak ada catatan."]
        shown = [f"• {sentence}" for sentence in every[:_MOST_SENTENCES]]
        rest = len(every) - len(shown)
        return [*shown, f"{rest} catatan lain terdapat pada lembar Catatan."] if rest else shown

    def _table_row(self, values: list[str] | tuple[Content, ...], *, header: bool = False) -> None:
        start, most = 1, 1
        for value, (_, kind, span) in zip(values, _UNITS, strict=True):
            shown_as = Kind.CENTRED if isinstance(value, str) and kind is Kind.PERCENT else kind
            style = self._look.header() if header else self._look.cell(shown_as, tone_of(value))
            self._block(start, start + span - 1, value, style)
            most = max(most, lines_of(value if isinstance(value, str) else "", span * _WIDTH - INDENT))
            start += span
        self._next(height_for(most))

    def _moment(self, at: datetime | None) -> str:
        return NOT_RECEIVED if at is None else text.waktu_singkat(at, self._zona)

    def _block(self, first: int, last: int, value: Content, style: str) -> None:
        put(self._sheet, self._row, first, value, style)
        for column in range(first + 1, last + 1):
            put(self._sheet, self._row, column, None, style)
        if last > first:
            self._sheet.merge_cells(None, self._row, first, self._row, last)

    def _next(self, height: float) -> None:
        self._sheet.row_dimensions[self._row].height = height
        self._row, self._points = self._row + 1, self._points + height


def _figures(rekap: Rekap) -> tuple[tuple[str, str], ...]:
    reached = rekap.count(StatusCapaian.TERCAPAI)
    judged = reached + rekap.count(StatusCapaian.BELUM_TERCAPAI)
    complete = sum(unit.keadaan == "lengkap" for unit in rekap.unit)
    settled = sum(item.jumlah for item in rekap.tl_hp_ringkas if item.status == "SESUAI")
    every = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    return (
        (f"{complete} dari {len(rekap.unit)}", "unit dengan data lengkap"),
        (_percent(rekap.rata_capaian), f"rata-rata capaian{f' ({rekap.predikat})' if rekap.predikat else ''}"),
        (f"{reached} dari {judged}" if judged else "–", "indikator terukur mencapai target"),
        (_percent(rekap.serapan), "serapan anggaran"),
        (f"{settled} dari {every}" if every else "–", "rekomendasi TL HP telah sesuai"),
    )


def _percent(value: Decimal | None) -> str:
    return "–" if value is None else text.persen(value)
