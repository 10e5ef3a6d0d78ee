"""What a new revision changes about the record, as the receipt says it; of open lists only how many cells."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Sheet
from kinerja_mailbot.domain.form.naming import label_of
from kinerja_mailbot.domain.form.record import Place
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.sop.state import RequestState

_LINES = 10
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class BarisPerubahan:
    """One cell that holds something else than before."""

    isian: str
    semula: str
    menjadi: str


@dataclass(frozen=True, slots=True)
class DaftarPerubahan:
    """The changed cells that fit, and how many more there are."""

    baris: tuple[BarisPerubahan, ...]
    sisa: int


def list_changes(request: RequestState, stored: tuple[StoredCell, ...]) -> DaftarPerubahan:
    """Return what differs between the record before and the record now, in the order of the form."""
    before = {(c.lembar, c.baris, c.kolom): c.nilai for c in request.sel}
    now = {(c.lembar, c.baris, c.kolom): c.nilai for c in stored}
    changed = [place for place in dict.fromkeys((*before, *now)) if before.get(place) != now.get(place)]
    rows: list[BarisPerubahan] = []
    for sheet in request.form.lembar:
        mine = [place for place in changed if place[0] == sheet.id]
        if sheet.is_open and mine:  # the words of an audit's findings are confidential (UU 15/2004)
            rows.append(BarisPerubahan(sheet.judul, "–", f"{len(mine)} isian berubah"))
        elif not sheet.is_open:
            rows += [_row(sheet, place, before.get(place), now.get(place)) for place in mine]
    return DaftarPerubahan(tuple(rows[:_LINES]), max(len(rows) - _LINES, 0))


def _row(sheet: Sheet, place: Place, before: Value | None, now: Value | None) -> BarisPerubahan:
    _, baris, kolom = place
    return BarisPerubahan(label_of(sheet, baris, kolom), _shown(sheet, place, before), _shown(sheet, place, now))


def _shown(sheet: Sheet, place: Place, value: Value | None) -> str:
    if value is None:
        return "belum diisi"
    _, baris, kolom = place
    column = sheet.column(kolom)
    row = next((row for row in sheet.baris if row.kode == baris), None)
    satuan = str(row.get("satuan") or "") if row is not None and column is not None and column.jenis == "ukuran" else ""
    if column is not None and column.jenis in {"rupiah", "tahun"}:
        satuan = column.jenis.value
    shown = sheet.shown(kolom, value) if isinstance(value, str) else value
    return text.ringkas(text.ukuran(shown, satuan), _LONGEST)
