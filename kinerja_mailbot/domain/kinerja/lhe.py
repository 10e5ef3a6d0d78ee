"""The LHE of a unit: components, total and predikat as reported, beside what our own sum makes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kinerja_mailbot.domain.form.measure import SheetView
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.origin import Asal
from kinerja_mailbot.domain.kinerja.rekap import LheRingkas
from kinerja_mailbot.domain.kinerja.source import Source, as_text
from kinerja_mailbot.domain.predikat import lhe_predikat

SHEET = "lhe"
_COLUMN = "isian"
_COMPONENTS = ("PERENCANAAN", "PENGUKURAN", "PELAPORAN", "EVALUASI")  # PermenPANRB 88/2021
_TOLERANCE = Decimal("0.01")


def compile_lhe(source: Source) -> tuple[LheRingkas, ...]:
    """Return the unit's LHE; nothing when it has none, is not asked for it, or has not reported it."""
    view = source.view(SHEET)
    if view is None or source.is_nihil(SHEET) or not source.record.rows(SHEET):
        return ()
    parts = tuple(
        (as_text(row.get("uraian")) or row.kode, _number(row.get("bobot")) or Decimal(0), _score(source, row.kode))
        for _, row in view.rows
        if row is not None and row.kode in _COMPONENTS
    )
    total, expected = _score(source, "TOTAL"), _sum_of(tuple(value for _, _, value in parts))
    judged = expected if expected is not None else total
    day, year = source.record.get(SHEET, "TGL", _COLUMN), _score(source, "TAHUN")
    return (
        LheRingkas(
            unit=source.kode,
            komponen=parts,
            total=total,
            predikat=as_text(source.record.get(SHEET, "PREDIKAT", _COLUMN)),
            predikat_hitung="" if judged is None else lhe_predikat(judged),
            total_hitung=expected,
            nomor=as_text(source.record.get(SHEET, "NO", _COLUMN)),
            tanggal=day if isinstance(day, date) else None,
            evaluator=as_text(source.record.get(SHEET, "EVALUATOR", _COLUMN)),
            tahun=None if year is None else int(year),
            asal=_origin(source, view),
        ),
    )


def _origin(source: Source, view: SheetView) -> Asal:
    names = {row.kode: as_text(row.get("uraian")) for _, row in view.rows if row is not None}
    found = ((row, receipt) for row in source.record.rows(SHEET) for _, receipt in source.origin(SHEET, row).sel)
    return Asal(tuple((names.get(row) or row if row in _COMPONENTS else row, receipt) for row, receipt in found))


def sum_differs(lhe: LheRingkas) -> bool:
    """Tell whether the reported total is not the sum of the components, beyond ±0,01."""
    return lhe.total is not None and lhe.total_hitung is not None and abs(lhe.total - lhe.total_hitung) > _TOLERANCE


def predikat_differs(lhe: LheRingkas) -> bool:
    """Tell whether the reported predikat is not the one that the score earns."""
    return bool(lhe.predikat and lhe.predikat_hitung) and lhe.predikat.strip().upper() != lhe.predikat_hitung


def _score(source: Source, baris: str) -> Decimal | None:
    return _number(source.record.get(SHEET, baris, _COLUMN))


def _number(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _sum_of(values: tuple[Decimal | None, ...]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None
