"""The sheets across periods: the trend of each indicator, and the year made from its quarters."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.utils import get_column_letter

from kinerja_mailbot.adapters.rekap_workbook.cells import Content, Live
from kinerja_mailbot.adapters.rekap_workbook.formulas import yearly_capaian
from kinerja_mailbot.adapters.rekap_workbook.look import Kind
from kinerja_mailbot.adapters.rekap_workbook.pages import Pages
from kinerja_mailbot.adapters.rekap_workbook.table import Heading
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.timeline import BarisTahunan, Tren
from kinerja_mailbot.domain.kinerja.trend import change, find_point, last_year, previous
from kinerja_mailbot.domain.periode import Periode

_MOST = 9  # periods side by side: two years of quarters and this one
_NAMES = (
    Heading("No", Kind.CENTRED, 5),
    Heading("Unit", Kind.CENTRED, 8),
    Heading("Kode", Kind.TEXT, 10),
    Heading("Indikator Kinerja", Kind.TEXT, 36),
    Heading("Satuan", Kind.TEXT, 10),
)
_CHANGES = (
    Heading("Perubahan dari periode lalu (poin)", Kind.PERCENT, 13),
    Heading("Perubahan dari tahun lalu (poin)", Kind.PERCENT, 13),
)
_YEAR = (
    *_NAMES,
    Heading("Sifat", Kind.TEXT, 12),
    Heading("Target Tahun", Kind.MEASURE, 10),
    *(Heading(f"s.d. TW {number}", Kind.MEASURE, 10) for number in ("I", "II", "III", "IV")),
    Heading("Setahun", Kind.MEASURE, 10),
    Heading("Capaian (%)", Kind.PERCENT, 10),
    Heading("Pertentangan Data", Kind.TEXT, 40),
)


def write_trend(pages: Pages) -> None:
    """Write the capaian of each indicator in the periods of the same kind; nothing where there is only this one."""
    tren = pages.rekap.tren
    periods = sorted({point.periode for one in tren for point in one.titik})[-_MOST:]
    if len(periods) < 2:
        return
    columns = (*_NAMES, *(Heading(f"{periode.kode} (%)", Kind.PERCENT, 10) for periode in periods), *_CHANGES)
    sheet = pages.begin("Tren", columns, "Tren Capaian Indikator")
    sheet.table([_trend_row(number, one, periods, pages.rekap.periode) for number, one in enumerate(tren, start=1)])
    sheet.footnotes(
        (
            "Capaian dalam persen sebelum dibatasi, menurut target periode masing-masing; – berarti tidak diukur atau "
            "tidak dilaporkan.",
        )
    )
    sheet.end()


def write_year(pages: Pages) -> None:
    """Write the year made from its quarters, with what contradicts itself; only a year's end has it."""
    rows = pages.rekap.tahunan
    if not rows:
        return
    sheet = pages.begin("Tahunan", _YEAR, f"Realisasi Tahun {pages.rekap.periode.tahun} Menurut Triwulan")
    sheet.table([_year_row(number, row) for number, row in enumerate(rows, start=1)])
    sheet.footnotes(
        (
            "Indikator akumulatif dijumlahkan dari setiap triwulan; indikator posisi akhir memakai triwulan terakhir "
            "yang diukur.",
        )
    )
    sheet.end()


def _trend_row(number: int, tren: Tren, periods: list[Periode], now: Periode) -> tuple[Content, ...]:
    def capaian(periode: Periode) -> Decimal | None:
        point = find_point(tren, periode)
        return None if point is None else point.capaian

    def moved(other: Periode) -> Content:
        found = change(capaian(now), capaian(other))
        if found is None:
            return "–"
        if other not in periods:
            return found
        here, there = (get_column_letter(len(_NAMES) + 1 + periods.index(one)) for one in (now, other))
        return Live(f"ROUND({here}{{r}}-{there}{{r}},2)", found)

    known = tuple(capaian(periode) for periode in periods)
    changes = (moved(previous(now)), moved(last_year(now)))
    names = (number, tren.unit, tren.kode, tren.indikator, tren.satuan)
    return (*names, *("–" if figure is None else figure for figure in known), *changes)


def _year_row(number: int, row: BarisTahunan) -> tuple[Content, ...]:
    return (
        number,
        row.unit,
        row.kode,
        row.indikator,
        row.satuan,
        row.sifat,
        _shown(row.target),
        *(_shown(value) for value in row.triwulan),
        _whole_year(row),
        yearly_capaian(row, "G", "L"),
        "\n".join(f"{clause[:1].upper()}{clause[1:]}." for clause in row.pertentangan),
    )


def _whole_year(row: BarisTahunan) -> Content:
    """Return the year's realisasi: the last figure of the quarters beside it, where it is one."""
    figures = [value for value in row.triwulan if isinstance(value, Decimal)]
    if isinstance(row.setahun, Decimal) and figures and figures[-1] == row.setahun:
        return Live("LOOKUP(9.99E+307,H{r}:K{r})", row.setahun)
    return _shown(row.setahun)


def _shown(value: Value | None) -> Content:
    if value is None:
        return "–"
    return str(value.value) if isinstance(value, Mark) else value
