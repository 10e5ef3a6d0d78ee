"""Figures that are clear but unlikely: asked to be confirmed, or only mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.finding import Finding
from kinerja_mailbot.domain.form.measure import AKUMULATIF, CAPAIAN, SheetView, capaian_of, realisasi_of, target_of
from kinerja_mailbot.domain.form.naming import amount
from kinerja_mailbot.domain.form.readers.typed import is_percent_format, plain, to_decimal
from kinerja_mailbot.domain.form.value import CellOutcome, Mark, RawCell, Value

_HIGH, _LOW = Decimal(200), Decimal(10)  # percent: beyond them a realisasi is confirmed (DOMAIN 3.3)
_CLOSE = Decimal("0.1")  # percentage points between the typed capaian and ours that need no word
_LEAP = 10  # times the figure of the period before: a digit too much or too few
_COPIED_FROM = 3  # rows: fewer may well meet their targets to the point


def find_doubts(view: SheetView) -> Iterator[Finding]:
    """Yield what is odd about each measured row of a sheet."""
    for baris, row in view.rows:
        if row is None or row.get("rumus") is None:
            continue
        kolom, realisasi = realisasi_of(view, baris)
        message = _doubt(target_of(row), realisasi, capaian_of(view, baris))
        if message:
            yield _finding(view, baris, kolom, CellOutcome.CHECK, message)
        yield from _falling(view, baris)


def describe_copies(view: SheetView) -> str:
    """Return a soft remark when every realisasi equals its target, as a column copied down does; else nothing."""
    pairs = [
        (target_of(row), realisasi_of(view, baris)[1])
        for baris, row in view.rows
        if row is not None and row.get("rumus") is not None
    ]
    measured = [(target, got) for target, got in pairs if isinstance(got, Decimal)]
    if len(measured) < _COPIED_FROM or any(target != got for target, got in measured):
        return ""
    return (
        f'Lembar "{view.sheet.judul}": realisasi seluruh indikator sama dengan targetnya; apabila memang demikian, '
        "catatan ini dapat diabaikan."
    )


def compare_capaian(view: SheetView, baris: str, cell: RawCell) -> str:
    """Return a remark when the capaian in the file differs from ours; ours counts (DOMAIN 7.3)."""
    ours, theirs = capaian_of(view, baris), _shown(cell)
    if ours is None or theirs is None or abs(ours - theirs) <= _CLOSE:
        return ""
    return (
        f"{baris}: capaian pada berkas {office.persen(theirs)}, sedangkan hasil hitung kami {office.persen(ours)}; "
        "hasil hitung kami yang digunakan."
    )


def compare_typed_capaian(view: SheetView) -> Iterator[Finding]:
    """Yield a remark on each capaian that respondents type themselves and that differs from ours."""
    for baris, _ in view.rows:
        typed, ours = view.record.get(view.sheet.id, baris, CAPAIAN), capaian_of(view, baris)
        if isinstance(typed, Decimal) and ours is not None and abs(ours - typed) > _CLOSE:
            message = f"Tertulis {office.persen(typed)}, sedangkan hasil hitung kami {office.persen(ours)}."
            yield _finding(view, baris, CAPAIAN, CellOutcome.INFO, message)


def compare_with_earlier(view: SheetView) -> Iterator[Finding]:
    """Yield a notice, never a fault, on each figure that is far from the one of the period before (DOMAIN 3.4, 7.3)."""
    for column in view.sheet.kolom:
        for baris, row in view.rows if column.lalu else ():
            now, before = view.get(baris, column.lalu), row.get(column.kunci) if row is not None else None
            if row is not None and isinstance(now, Decimal) and isinstance(before, Decimal):
                figures = amount(view.sheet, column.lalu, now), amount(view.sheet, column.lalu, before)
                message = _leap(row, now, before, "Terbaca {}, sedangkan realisasi periode lalu {}".format(*figures))
                if message:
                    yield _finding(view, baris, column.lalu, CellOutcome.INFO, message)


def _leap(row: Row, now: Decimal, before: Decimal, read: str) -> str:
    """Describe what is striking about a change, after `read`; a total that falls is the rule's to judge."""
    if before > 0 and now >= before * _LEAP:
        return f"{read}; kenaikannya sepuluh kali lipat atau lebih."
    if row.get("sifat") in {None, AKUMULATIF} or now >= before:
        return ""
    if now * _LEAP <= before:
        return f"{read}; penurunannya menjadi sepersepuluh atau kurang."
    return f"{read}; posisinya menurun." if row.get("rumus") == "POS" else ""


def _doubt(target: Value | None, realisasi: Value | None, capaian: Decimal | None) -> str:
    if not isinstance(realisasi, Decimal) and realisasi is not Mark.NIHIL:
        return ""  # "tidak" and "CC" are clear enough, and "tidak diukur" is no figure
    if target == Decimal(0) and isinstance(realisasi, Decimal) and realisasi > 0:
        return f"Realisasi {plain(realisasi)}, sedangkan targetnya 0; mohon dipastikan."
    if capaian is None or _LOW <= capaian <= _HIGH:
        return ""
    extent = "jauh di atas" if capaian > _HIGH else "jauh di bawah"
    return f"Capaian menurut hitungan kami {office.persen(capaian)}, {extent} target; mohon dipastikan."


def _falling(view: SheetView, baris: str) -> Iterator[Finding]:
    """Ask about a total that is smaller than its newest part."""
    row = view.printed(baris)
    if row is None or row.get("sifat") != AKUMULATIF:
        return
    total, part = view.get(baris, "realisasi_kum"), view.get(baris, "realisasi_tw")
    if isinstance(total, Decimal) and isinstance(part, Decimal) and total < part:
        message = (
            f"Terbaca {plain(total)}, lebih kecil daripada realisasi triwulan ini ({plain(part)}); mohon diperiksa."
        )
        yield _finding(view, baris, "realisasi_kum", CellOutcome.FIX, message)


def _shown(cell: RawCell) -> Decimal | None:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    number = to_decimal(cell.value)
    return number * 100 if number is not None and is_percent_format(cell.number_format) else number


def _finding(view: SheetView, baris: str, kolom: str, outcome: CellOutcome, message: str) -> Finding:
    return Finding(lembar=view.sheet.id, baris=baris, kolom=kolom, hasil=outcome, pesan=message)
