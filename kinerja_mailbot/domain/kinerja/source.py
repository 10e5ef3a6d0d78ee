"""What the rekap is compiled from: each unit's request with its record, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.measure import SheetView
from kinerja_mailbot.domain.form.record import Record, record_of
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.origin import NOWHERE, Asal, origin_of
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.unit import Daftar


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One unit's request and what its record holds."""

    kode: str
    nama: str
    request: RequestState
    record: Record
    asal: Mapping[tuple[str, str], Asal] = field(default_factory=dict)  # by sheet and row

    @property
    def is_declared_nil(self) -> bool:
        """Tell whether the Kasubbag has accepted that the unit has nothing to report (order TERIMA … NIHIL)."""
        return self.request.keadaan is KeadaanPermintaan.LENGKAP and not self.request.sel

    def is_nihil(self, lembar: str) -> bool:
        """Tell whether a sheet has nothing to report, by its own word or by the Kasubbag's."""
        return self.is_declared_nil or self.record.is_nihil(lembar)

    def origin(self, lembar: str, baris: str) -> Asal:
        """Return which receipts brought a row; nowhere, if that is not known."""
        return self.asal.get((lembar, baris), NOWHERE)

    def view(self, lembar: str) -> SheetView | None:
        """Return a sheet of the unit's own form with its rows: the printed ones, or the reported ones in order."""
        sheet = self.request.form.sheet(lembar)
        if sheet is None:
            return None
        rows: tuple[tuple[str, Row | None], ...]
        if sheet.is_open:
            rows = tuple((baris, None) for baris in self.record.rows(lembar))
        else:
            rows = tuple((row.kode, row) for row in sheet.baris)
        return SheetView(sheet=sheet, record=self.record, rows=rows)


def sources_of(period: PeriodState, daftar: Daftar) -> tuple[Source, ...]:
    """Return the sources in the register's order; a unit that has left the register comes last, under its id."""
    order = {unit.id: number for number, unit in enumerate(daftar.responden)}
    requests = sorted(period.permintaan, key=lambda request: order.get(request.unit, len(order)))
    return tuple(_source(request, daftar) for request in requests)


def as_text(value: Value | None, satuan: str = "") -> str:
    """Return a stored value as it is read; nothing for nothing.

    >>> as_text(None), as_text("Cuaca")
    ('', 'Cuaca')
    """
    return "" if value is None else text.ukuran(value, satuan)


def _source(request: RequestState, daftar: Daftar) -> Source:
    unit = daftar.unit(request.unit)
    return Source(
        kode=unit.kode if unit else request.unit.upper(),
        nama=unit.nama if unit else request.unit,
        request=request,
        record=record_of(request.sel),
        asal=_origins(request),
    )


def _origins(request: RequestState) -> Mapping[tuple[str, str], Asal]:
    """Return the origin of each row that holds anything."""
    receipts = {receipt.revisi: receipt for receipt in request.penerimaan}
    if not receipts:
        return {}
    rows: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for cell in request.sel:
        rows.setdefault((cell.lembar, cell.baris), []).append((cell.kolom, cell.kiriman))
    shared: dict[Asal, Asal] = {}  # most rows have the same one
    found = ((place, origin_of(cells, receipts)) for place, cells in rows.items())
    return {place: shared.setdefault(asal, asal) for place, asal in found}
