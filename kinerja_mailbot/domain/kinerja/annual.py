"""The year made from its quarters, and where the figures of the forms contradict each other (DOMAIN 3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_mailbot.domain.capaian import FORMULAS, compute_capaian
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.measure import AKUMULATIF
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.indicators import SHEET, round_percent
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.source import Source, as_text, sources_of
from kinerja_mailbot.domain.kinerja.timeline import BarisTahunan
from kinerja_mailbot.domain.periode import JenisPeriode
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.unit import Daftar

_QUARTER, _SINCE = "realisasi_tw", "realisasi_kum"
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class _Quarter:
    """What one quarter's form says of an indicator: of the quarter itself, and since the year's beginning."""

    sendiri: Value | None = None
    sejak: Value | None = None


def with_year(rekap: Rekap, periods: tuple[PeriodState, ...], daftar: Daftar) -> Rekap:
    """Return the rekap of a fourth quarter or of a year with the year made from the quarters; others unchanged."""
    periode = rekap.periode
    is_year = periode.jenis is JenisPeriode.TAHUN
    if not is_year and not (periode.jenis is JenisPeriode.TRIWULAN and periode.nomor == 4):
        return rekap
    quarters = {
        period.periode.nomor: {source.kode: source for source in sources_of(period, daftar)}
        for period in periods
        if period.periode.tahun == periode.tahun and period.periode.jenis is JenisPeriode.TRIWULAN
    }
    own = {(row.unit, row.kode): row.realisasi for row in rekap.capaian} if is_year else {}
    rows = tuple(_row(unit, row, quarters, own) for unit, row in _printed(quarters).items())
    return replace(rekap, tahunan=rows)


def _printed(quarters: dict[int, dict[str, Source]]) -> dict[tuple[str, str], tuple[str, Row]]:
    """Return every indicator of the year by unit and kode; the newest quarter's wording and targets count."""
    found: dict[tuple[str, str], tuple[str, Row]] = {}
    for number in sorted(quarters):
        for kode, source in quarters[number].items():
            sheet = source.request.form.sheet(SHEET)
            for row in sheet.baris if sheet is not None else ():
                found[kode, row.kode] = (kode, row)
    return found


def _row(
    name: tuple[str, str],
    printed: tuple[str, Row],
    quarters: dict[int, dict[str, Source]],
    own: dict[tuple[str, str], Value | None],
) -> BarisTahunan:
    unit, row = printed
    reported = tuple(_reported(quarters.get(number, {}).get(unit), row.kode) for number in range(1, 5))
    is_sum = row.get("sifat") == AKUMULATIF
    satuan, rumus = as_text(row.get("satuan")), as_text(row.get("rumus"))
    target = row.get("target_tahun")
    year = _whole_year(reported, is_sum=is_sum)
    raw = compute_capaian(rumus, target, year) if rumus in FORMULAS and rumus != "PREDIKAT" else None
    return BarisTahunan(
        unit=unit,
        kode=row.kode,
        indikator=as_text(row.get("indikator")),
        satuan=satuan,
        sifat=as_text(row.get("sifat")).replace("_", " "),
        target=target,
        triwulan=tuple(_at_end(reported, number, is_sum=is_sum) for number in range(len(reported))),
        setahun=year,
        capaian=None if raw is None else round_percent(raw),
        rumus=rumus,
        pertentangan=tuple(_contradictions(reported, year, own.get(name), row)),
    )


def _reported(source: Source | None, kode: str) -> _Quarter:
    if source is None:
        return _Quarter()
    record = source.record
    return _Quarter(_number(record.get(SHEET, kode, _QUARTER)), _number(record.get(SHEET, kode, _SINCE)))


def _number(value: Value | None) -> Value | None:
    return Decimal(0) if value is Mark.NIHIL else value


def _shown(quarter: _Quarter) -> Value | None:
    """Return the position at the quarter's end, else what it reported of itself."""
    return quarter.sejak if quarter.sejak is not None else quarter.sendiri


def _at_end(reported: tuple[_Quarter, ...], number: int, *, is_sum: bool) -> Value | None:
    """Return what stood at the end of a quarter (from 0): of what is counted, everything since January."""
    shown = _shown(reported[number])
    return _sum_until(reported, number + 1) if is_sum and isinstance(shown, Decimal) else shown


def _whole_year(reported: tuple[_Quarter, ...], *, is_sum: bool) -> Value | None:
    """Return the year's realisasi: what was counted is summed up, of a position the last measured one counts."""
    if is_sum:
        return _sum_until(reported, len(reported))
    measured = (value for quarter in reversed(reported) if (value := _shown(quarter)) is not None)
    return next((value for value in measured if value is not Mark.TIDAK_DIUKUR), None)


def _sum_until(reported: tuple[_Quarter, ...], count: int) -> Decimal | None:
    """Return the sum of the first quarters: the newest figure since the year's beginning, and what came after it."""
    total: Decimal | None = None
    for quarter in reported[:count]:
        if isinstance(quarter.sejak, Decimal):
            total = quarter.sejak
        elif isinstance(quarter.sendiri, Decimal):
            total = (total or Decimal(0)) + quarter.sendiri
    return total


def _contradictions(
    reported: tuple[_Quarter, ...], year: Value | None, annual: Value | None, row: Row
) -> Iterator[str]:
    satuan = as_text(row.get("satuan"))
    if row.get("sifat") == AKUMULATIF:
        yield from _broken_sums(reported, satuan)
    if annual is not None and year is not None and annual is not Mark.TIDAK_DIUKUR and _number(annual) != year:
        yield (f"isian tahunan tertulis {as_text(annual, satuan)}, sedangkan menurut triwulan {as_text(year, satuan)}")


def _broken_sums(reported: tuple[_Quarter, ...], satuan: str) -> Iterator[str]:
    """Yield where a figure since the year's beginning is not the earlier one and the quarter's own together."""
    for number, quarter in enumerate(reported):
        before = _sum_until(reported, number)
        if not isinstance(quarter.sejak, Decimal) or (before is None and number > 0):
            continue
        if isinstance(quarter.sendiri, Decimal):
            expected = (before or Decimal(0)) + quarter.sendiri
            if expected != quarter.sejak:
                yield (
                    f"realisasi s.d. Triwulan {_ROMAN[number]} tertulis {as_text(quarter.sejak, satuan)}, sedangkan "
                    f"penjumlahan triwulan menghasilkan {as_text(expected, satuan)}"
                )
        elif before is not None and quarter.sejak < before:
            yield (
                f"realisasi s.d. Triwulan {_ROMAN[number]} tertulis {as_text(quarter.sejak, satuan)}, lebih kecil "
                f"daripada triwulan sebelumnya ({as_text(before, satuan)})"
            )
