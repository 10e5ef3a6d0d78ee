"""The indicators of a unit: target against realisasi, the capaian they make, and their average."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from kinerja_mailbot.domain.capaian import FORMULAS, compute_capaian, is_met
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.earlier import UNKNOWN
from kinerja_mailbot.domain.form.measure import REALISASI, SheetView, realisasi_of, target_of
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, SasaranRingkas, StatusCapaian
from kinerja_mailbot.domain.kinerja.source import Source, as_text
from kinerja_mailbot.domain.policy import AturanRekap
from kinerja_mailbot.domain.predikat import predikat_capaian

SHEET = "capaian"
_CENT = Decimal("0.01")
# A rank has no percentage: counting only the ranks that are met, as 100, would flatter the average.
_WITHOUT_PERCENT = frozenset({"PREDIKAT"})


def compile_indicators(source: Source, aturan: AturanRekap) -> tuple[CapaianRow, ...]:
    """Return the unit's indicators as printed on its form, in that order, reported or not."""
    view = source.view(SHEET)
    if view is None:
        return ()
    return tuple(_indicator(source, view, row, aturan) for _, row in view.rows if row is not None)


def average(rows: Iterable[CapaianRow]) -> Decimal | None:
    """Return the plain mean of the capped capaian that are measured, in percent with 2 decimals (DOMAIN 3.5).

    It is taken from the figures as printed, so that everybody can check it by hand.
    """
    measured = [row.capaian_rata for row in rows if row.capaian_rata is not None]
    return round_percent(sum(measured, Decimal(0)) / len(measured)) if measured else None


def summarise_goals(rows: tuple[CapaianRow, ...], aturan: AturanRekap) -> tuple[SasaranRingkas, ...]:
    """Return the average of each sasaran, in the order in which they first appear (DOMAIN 3.5)."""
    return tuple(
        SasaranRingkas(
            sasaran=goal,
            rata_capaian=mean,
            terukur=sum(row.capaian_rata is not None for row in serving),
            indikator=len(serving),
            predikat=word_for(mean, aturan),
        )
        for goal in dict.fromkeys(row.sasaran for row in rows if row.sasaran)
        for serving in [[row for row in rows if row.sasaran == goal]]
        for mean in [average(serving)]
    )


def word_for(capaian: Decimal | None, aturan: AturanRekap) -> str:
    """Return the predikat of a capaian; nothing where nothing was measured."""
    return "" if capaian is None else predikat_capaian(capaian, aturan.skala)


def round_percent(value: Decimal) -> Decimal:
    """Return a percentage with 2 decimals, half up.

    >>> round_percent(Decimal("103.095")), round_percent(Decimal("-0.001"))
    (Decimal('103.10'), Decimal('0.00'))
    """
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _indicator(source: Source, view: SheetView, row: Row, aturan: AturanRekap) -> CapaianRow:
    rumus, target = as_text(row.get("rumus")), target_of(row)
    realisasi = _reported(source, view, row)
    measurable = realisasi is not None and rumus in FORMULAS
    met = is_met(rumus, target, realisasi) if measurable else None
    raw = compute_capaian(rumus, target, realisasi) if measurable and rumus not in _WITHOUT_PERCENT else None
    capaian = None if raw is None else round_percent(raw)

    def told(kolom: str) -> str:
        return as_text(view.record.get(SHEET, row.kode, kolom))

    return CapaianRow(
        unit=source.kode,
        kode=row.kode,
        sasaran=as_text(row.get("sasaran")),
        indikator=as_text(row.get("indikator")) or row.kode,
        satuan=as_text(row.get("satuan")),
        jenis=as_text(row.get("jenis")),
        rumus=rumus,
        target=target,
        realisasi=realisasi,
        capaian=capaian,
        capaian_rata=None if capaian is None else _capped(capaian, aturan.batas_capaian),
        predikat=word_for(capaian, aturan),
        status=_status(realisasi, met),
        pendukung=told("pendukung"),
        penghambat=told("penghambat"),
        tindak_lanjut=told("tindak_lanjut"),
        bukti=told("bukti"),
        lalu=_earlier(view, row),
        asal=source.origin(SHEET, row.kode),
    )


def _earlier(view: SheetView, row: Row) -> Value | None:
    """Return what the form printed as the realisasi of the period before."""
    column = next((c for c in view.sheet.kolom if c.lalu in REALISASI), None)
    value = row.get(column.kunci) if column is not None else None
    return None if value == UNKNOWN else value


def _reported(source: Source, view: SheetView, row: Row) -> Value | None:
    _, realisasi = realisasi_of(view, row.kode)
    if realisasi is None and source.is_nihil(SHEET):
        return Mark.TIDAK_DIUKUR  # nothing to report is not a zero: it must not drag the average down
    return realisasi


def _status(realisasi: Value | None, met: bool | None) -> StatusCapaian:
    if realisasi is None:
        return StatusCapaian.BELUM_DIISI
    match met:
        case True:
            return StatusCapaian.TERCAPAI
        case False:
            return StatusCapaian.BELUM_TERCAPAI
        case None:
            return StatusCapaian.TIDAK_DIUKUR


def _capped(capaian: Decimal, batas: Decimal | None) -> Decimal:
    """Cap for averages only; a negative capaian counts as 0 there (DOMAIN 3.2, 3.3)."""
    floored = max(capaian, Decimal(0))
    return floored if batas is None else min(floored, batas)
