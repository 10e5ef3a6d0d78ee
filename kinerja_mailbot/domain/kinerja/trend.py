"""Every indicator across the periods on record: the same kind of period, oldest first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kinerja_mailbot.domain.kinerja.indicators import compile_indicators
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap
from kinerja_mailbot.domain.kinerja.source import sources_of
from kinerja_mailbot.domain.kinerja.timeline import Titik, Tren
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.policy import AturanRekap
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.unit import Daftar

YEARS = 4
"""How many years before its own a rekap looks back: with them it covers a Renstra."""

_PER_YEAR = {JenisPeriode.TRIWULAN: 4, JenisPeriode.SEMESTER: 2, JenisPeriode.TAHUN: 1}


def earlier_codes(periode: Periode) -> tuple[str, ...]:
    """Return the codes of the periods that a rekap of this one is compared with, and a year's quarters.

    >>> earlier_codes(Periode(2026, JenisPeriode.TRIWULAN, 2))[-2:]
    ('2025-TW4', '2026-TW1')
    >>> earlier_codes(Periode(2026, JenisPeriode.TAHUN))[-2:]
    ('2026-TW3', '2026-TW4')
    """
    years = range(periode.tahun - YEARS, periode.tahun + 1)
    same = (Periode(year, periode.jenis, n) for year in years for n in range(1, _PER_YEAR[periode.jenis] + 1))
    codes = tuple(one.kode for one in same if one < periode)
    if periode.jenis is not JenisPeriode.TAHUN:
        return codes
    return (*codes, *(Periode(periode.tahun, JenisPeriode.TRIWULAN, n).kode for n in range(1, 5)))


def with_trend(rekap: Rekap, periods: tuple[PeriodState, ...], daftar: Daftar, aturan: AturanRekap) -> Rekap:
    """Return the rekap with the way of each of its indicators through the earlier periods of the same kind."""
    kind = rekap.periode.jenis
    known = sorted(
        (p for p in periods if p.periode.jenis is kind and p.periode < rekap.periode), key=lambda p: p.periode
    )
    rows = tuple((period.periode, _indicators(period, daftar, aturan)) for period in known)
    own = {_name(row): row for row in rekap.capaian}
    every = (*rows, (rekap.periode, own))
    return replace(rekap, tren=tuple(_trend(row, name, every) for name, row in own.items()))


def find_point(tren: Tren, periode: Periode) -> Titik | None:
    """Return the point of this period, None when the indicator was not reported then."""
    return next((point for point in tren.titik if point.periode == periode), None)


def previous(periode: Periode) -> Periode:
    """Return the period of the same kind just before.

    >>> previous(Periode(2026, JenisPeriode.TRIWULAN, 1)).kode, previous(Periode(2026, JenisPeriode.TAHUN)).kode
    ('2025-TW4', '2025')
    """
    if periode.nomor > 1:
        return Periode(periode.tahun, periode.jenis, periode.nomor - 1)
    return Periode(periode.tahun - 1, periode.jenis, _PER_YEAR[periode.jenis])


def last_year(periode: Periode) -> Periode:
    """Return the same period of the year before."""
    return Periode(periode.tahun - 1, periode.jenis, periode.nomor)


def change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return by how many percentage points a capaian has risen (or fallen, below zero); None without both."""
    return None if now is None or before is None else now - before


def _indicators(period: PeriodState, daftar: Daftar, aturan: AturanRekap) -> dict[tuple[str, str], CapaianRow]:
    found = (row for source in sources_of(period, daftar) for row in compile_indicators(source, aturan))
    return {_name(row): row for row in found}


def _trend(
    row: CapaianRow, name: tuple[str, str], every: tuple[tuple[Periode, dict[tuple[str, str], CapaianRow]], ...]
) -> Tren:
    points = tuple(_point(periode, found) for periode, rows in every if (found := rows.get(name)) is not None)
    return Tren(unit=row.unit, kode=row.kode, indikator=row.indikator, satuan=row.satuan, titik=points)


def _point(periode: Periode, row: CapaianRow) -> Titik:
    return Titik(
        periode=periode, target=row.target, realisasi=row.realisasi, capaian=row.capaian, status=row.status.value
    )


def _name(row: CapaianRow) -> tuple[str, str]:
    return row.unit, row.kode
