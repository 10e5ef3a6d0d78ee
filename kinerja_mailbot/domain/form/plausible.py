"""Figures that are clear but unlikely: asked to be confirmed, or only mentioned."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue import Message, remarks, rules
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.finding import Finding, find
from kinerja_mailbot.domain.form.measure import AKUMULATIF, CAPAIAN, SheetView, realisasi_of, target_of
from kinerja_mailbot.domain.form.naming import amount
from kinerja_mailbot.domain.form.readers.typed import is_percent_format, plain, to_decimal
from kinerja_mailbot.domain.form.record import Place
from kinerja_mailbot.domain.form.value import Mark, RawCell, Value

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
        yield from _doubt((view.sheet.id, baris, kolom), target_of(row), realisasi, view.capaian(baris))
        if row.get("sifat") == AKUMULATIF:
            yield from _falling(view, baris)


def describe_copies(view: SheetView) -> str:
    """Return a soft remark when every realisasi equals its target, as a column copied down does; else nothing."""
    alike = 0
    for baris, row in view.rows:
        if row is None or row.get("rumus") is None:
            continue
        got = realisasi_of(view, baris)[1]
        if isinstance(got, Decimal):
            if got != target_of(row):
                return ""
            alike += 1
    return remarks.COPIED_TARGETS.say(sheet=view.sheet.judul) if alike >= _COPIED_FROM else ""


def compare_capaian(view: SheetView, baris: str, cell: RawCell) -> str:
    """Return a remark when the capaian in the file differs from ours; ours counts (DOMAIN 7.3)."""
    ours, theirs = view.capaian(baris), _shown(cell)
    if ours is None or theirs is None or abs(ours - theirs) <= _CLOSE:
        return ""
    return remarks.CAPAIAN_DIFFERS.say(kode=baris, theirs=office.persen(theirs), ours=office.persen(ours))


def compare_typed_capaian(view: SheetView) -> Iterator[Finding]:
    """Yield a remark on each capaian that respondents type themselves and that differs from ours."""
    for baris, _ in view.rows:
        typed, ours = view.record.get(view.sheet.id, baris, CAPAIAN), view.capaian(baris)
        if isinstance(typed, Decimal) and ours is not None and abs(ours - typed) > _CLOSE:
            figures = {"typed": office.persen(typed), "capaian": office.persen(ours)}
            yield find((view.sheet.id, baris, CAPAIAN), rules.TYPED_CAPAIAN, **figures)


def compare_with_earlier(view: SheetView) -> Iterator[Finding]:
    """Yield a notice, never a fault, on each figure that is far from the one of the period before (DOMAIN 3.4, 7.3)."""
    for column in view.sheet.kolom:
        for baris, row in view.rows if column.lalu else ():
            now, before = view.get(baris, column.lalu), row.get(column.kunci) if row is not None else None
            if row is not None and isinstance(now, Decimal) and isinstance(before, Decimal):
                message = _leap(row, now, before)
                if message is not None:
                    read, earlier = (amount(view.sheet, column.lalu, figure) for figure in (now, before))
                    yield find((view.sheet.id, baris, column.lalu), message, read=read, before=earlier)


def _leap(row: Row, now: Decimal, before: Decimal) -> Message | None:
    """Return what is striking about a change; a total that falls is the rule's to judge."""
    if before > 0 and now >= before * _LEAP:
        return rules.TENFOLD
    if row.get("sifat") in {None, AKUMULATIF} or now >= before:
        return None
    if now * _LEAP <= before:
        return rules.TENTH
    return rules.LOWER if row.get("rumus") == "POS" else None


def _doubt(place: Place, target: Value | None, realisasi: Value | None, capaian: Decimal | None) -> Iterator[Finding]:
    if not isinstance(realisasi, Decimal) and realisasi is not Mark.NIHIL:
        return  # "tidak" and "CC" are clear enough, and "tidak diukur" is no figure
    if target == Decimal(0) and isinstance(realisasi, Decimal) and realisasi > 0:
        yield find(place, rules.TARGET_ZERO, read=plain(realisasi))
    elif capaian is not None and not _LOW <= capaian <= _HIGH:
        message = rules.FAR_ABOVE if capaian > _HIGH else rules.FAR_BELOW
        yield find(place, message, capaian=office.persen(capaian))


def _falling(view: SheetView, baris: str) -> Iterator[Finding]:
    """Ask about a total that is smaller than its newest part."""
    total = view.get(baris, "realisasi_kum")
    if not isinstance(total, Decimal):
        return
    part = view.get(baris, "realisasi_tw")
    if isinstance(part, Decimal) and total < part:
        place = (view.sheet.id, baris, "realisasi_kum")
        yield find(place, rules.PART_ABOVE_TOTAL, read=plain(total), part=plain(part))


def _shown(cell: RawCell) -> Decimal | None:
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return None
    number = to_decimal(cell.value)
    return number * 100 if number is not None and is_percent_format(cell.number_format) else number
