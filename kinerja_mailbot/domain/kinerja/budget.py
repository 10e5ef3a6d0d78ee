"""The budget lines of a unit: what of the pagu was spent, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.measure import SheetView
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.indicators import round_percent
from kinerja_mailbot.domain.kinerja.rekap import AnggaranRow
from kinerja_mailbot.domain.kinerja.source import Source, as_text

SHEET = "anggaran"


def compile_budget(source: Source) -> tuple[AnggaranRow, ...]:
    """Return the unit's budget lines in whole rupiah, as printed on its form, reported or not."""
    view = source.view(SHEET)
    if view is None:
        return ()
    return tuple(_line(source, view, row) for _, row in view.rows if row is not None)


def absorption(rows: Iterable[AnggaranRow]) -> Decimal | None:
    """Return realisasi over pagu of the lines that were reported, in percent with 2 decimals."""
    known = [(r.pagu, r.realisasi) for r in rows if r.pagu is not None and r.realisasi is not None]
    return _share(sum((spent for _, spent in known), Decimal(0)), sum((pagu for pagu, _ in known), Decimal(0)))


def _line(source: Source, view: SheetView, row: Row) -> AnggaranRow:
    pagu = _amount(row.get("pagu"))
    spent = _amount(view.record.get(SHEET, row.kode, "realisasi"))
    if spent is None and source.is_nihil(SHEET):
        spent = Decimal(0)
    known = pagu is not None and spent is not None
    return AnggaranRow(
        unit=source.kode,
        kode=row.kode,
        uraian=as_text(row.get("uraian")),
        pagu=pagu,
        realisasi=spent,
        sisa=pagu - spent if pagu is not None and spent is not None else None,
        serapan=_share(spent or Decimal(0), pagu or Decimal(0)) if known else None,
        kendala=as_text(view.record.get(SHEET, row.kode, "kendala")),
        asal=source.origin(SHEET, row.kode),
    )


def _amount(value: Value | None) -> Decimal | None:
    if value is Mark.NIHIL:
        return Decimal(0)
    return value if isinstance(value, Decimal) else None


def _share(spent: Decimal, pagu: Decimal) -> Decimal | None:
    return round_percent(spent / pagu * 100) if pagu else None
