"""The open lists of a unit (LHP, TL HP, LHE recommendations) as it reported them, TL HP with its due day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.rekap import LhpRingkas, ListStatus, TableRow, TindakLanjutRingkas
from kinerja_mailbot.domain.kinerja.source import Source

LHP, TL_HP, LHE_REKOMENDASI = "lhp", "tl_hp", "lhe_rekomendasi"
STATUSES = ("SESUAI", "BELUM_SESUAI", "BELUM_TL", "TIDAK_DAPAT")
"""The four statuses of a recommendation (Peraturan BPK 2/2017)."""

_SETTLED = frozenset({"SESUAI", "TIDAK_DAPAT"})
_TERM = timedelta(days=60)  # calendar days after the LHP was received (DOMAIN 2.2)


def compile_list(source: Source, lembar: str) -> tuple[TableRow, ...]:
    """Return the rows of an open list in the order in which they were reported."""
    view = source.view(lembar)
    if view is None or not view.sheet.is_open:
        return ()
    keys = tuple(column.kunci for column in view.sheet.kolom)
    return tuple(
        TableRow(
            unit=source.kode,
            kunci=baris,
            nilai=tuple((k, value) for k in keys if (value := source.record.get(lembar, baris, k)) is not None),
            asal=source.origin(lembar, baris),
        )
        for baris, _ in view.rows
    )


def list_status(sources: tuple[Source, ...], lembar: str) -> ListStatus | None:
    """Return the columns of a list and who has nothing in it; None when no unit is asked for it."""
    asked = [(source, sheet) for source in sources if (sheet := source.request.form.sheet(lembar)) is not None]
    if not asked:
        return None
    return ListStatus(
        lembar=lembar,
        judul=asked[0][1].judul,
        kolom=asked[0][1].kolom,
        nihil=tuple(source.nama for source, _ in asked if source.is_nihil(lembar)),
        belum=tuple(s.nama for s, _ in asked if not s.is_nihil(lembar) and not s.record.rows(lembar)),
    )


def with_due_days(tl_hp: tuple[TableRow, ...], lhp: tuple[TableRow, ...], today: date) -> tuple[TableRow, ...]:
    """Return the TL HP rows with the day they are due and how long ago it passed.

    Without a day of its own a recommendation is due 60 calendar days after its LHP was received.
    """
    received = {
        _name(number): day
        for row in lhp
        if (number := row.get("no_lhp")) is not None and isinstance(day := row.get("tanggal_terima"), date)
    }
    return tuple(_with_due_day(row, received, today) for row in tl_hp)


def summarise(tl_hp: tuple[TableRow, ...]) -> tuple[TindakLanjutRingkas, ...]:
    """Return how many recommendations and how many rupiah stand in each of the four statuses."""
    return tuple(
        TindakLanjutRingkas(
            status=status,
            jumlah=len(rows),
            rupiah=sum((v for row in rows if isinstance(v := row.get("nilai_rp"), Decimal)), Decimal(0)),
        )
        for status in STATUSES
        for rows in [[row for row in tl_hp if row.get("status") == status]]
    )


def summarise_by_report(tl_hp: tuple[TableRow, ...]) -> tuple[LhpRingkas, ...]:
    """Return the recommendations of each LHP by status, in the order in which the LHP first appear.

    However its number was spaced or capitalised, an LHP is one; its first writing is shown.
    """
    groups: dict[str, list[TableRow]] = {}
    for row in tl_hp:
        groups.setdefault(_name(row.get("no_lhp") or ""), []).append(row)
    return tuple(
        LhpRingkas(
            nomor=str(rows[0].get("no_lhp") or "tanpa nomor LHP"),
            jumlah=tuple(sum(row.get("status") == status for row in rows) for status in STATUSES),
            rupiah=sum((v for row in rows if isinstance(v := row.get("nilai_rp"), Decimal)), Decimal(0)),
        )
        for rows in groups.values()
    )


def _with_due_day(row: TableRow, received: dict[str, date], today: date) -> TableRow:
    own, number = row.get("batas_waktu"), row.get("no_lhp")
    came = None if number is None else received.get(_name(number))
    due = own if isinstance(own, date) else None if came is None else came + _TERM
    late = 0 if due is None or row.get("status") in _SETTLED else max((today - due).days, 0)
    return replace(row, diterima=came, batas=due, lewat_hari=late)


def _name(number: Value) -> str:
    return "".join(str(number).split()).casefold()
