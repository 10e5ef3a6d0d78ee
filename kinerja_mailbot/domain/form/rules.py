"""The rules between cells, run on the merged record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from kinerja_mailbot.domain import text as office
from kinerja_mailbot.domain.form.catalogue import Message
from kinerja_mailbot.domain.form.catalogue import rules as messages
from kinerja_mailbot.domain.form.definition import (
    AdaDi,
    BatasHari,
    Jumlah,
    PredikatSesuai,
    Rule,
    TidakMelebihi,
    TidakMenurun,
    Unik,
    WajibBila,
)
from kinerja_mailbot.domain.form.finding import Finding, find
from kinerja_mailbot.domain.form.measure import AKUMULATIF, CAPAIAN, SheetView, misses_target
from kinerja_mailbot.domain.form.naming import amount, title_of
from kinerja_mailbot.domain.form.readers.typed import plain, word
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.predikat import lhe_predikat

_TOLERANCE = Decimal("0.01")  # components are reported with two decimals


def find_faults(
    rule: Rule, view: SheetView, others: tuple[SheetView, ...], akhir: date | None = None
) -> Iterator[Finding]:
    """Yield what one rule finds in its sheet; `others` are all sheets of the form, `akhir` ends the period."""
    match rule:
        case WajibBila():
            yield from _required_if(rule, view)
        case TidakMelebihi():
            yield from _at_most(rule, view)
        case TidakMenurun():
            yield from _not_falling(rule, view)
        case Jumlah():
            yield from _sum(rule, view)
        case PredikatSesuai():
            yield from _predikat(rule, view)
        case Unik():
            yield from _unique(rule, view)
        case AdaDi():
            yield from _known_elsewhere(rule, view, others)
        case BatasHari():
            yield from _overdue(rule, view, others, akhir)


def _required_if(rule: WajibBila, view: SheetView) -> Iterator[Finding]:
    for baris, _ in view.rows:
        value = view.get(baris, rule.bila)
        if view.get(baris, rule.kolom) is not None or view.is_open(baris, rule.kolom):
            continue
        if value is not None and _holds(rule, value):
            reason = _reason(rule, view, value)
        elif value is None and rule.bila == CAPAIAN and misses_target(view, baris):
            reason = "realisasi masih di bawah target"
        else:
            continue
        yield _find(view, baris, rule.kolom, messages.REQUIRED_IF, reason=reason)


def _holds(rule: WajibBila, value: Value) -> bool:
    if rule.kurang_dari is not None:
        return _is_less(value, rule.kurang_dari)
    if rule.isi:
        return word(str(value)) in {word(wanted) for wanted in rule.isi}
    return not isinstance(value, Mark)  # nothing done, or nothing measured, needs no evidence


def _is_less(value: Value, limit: Value) -> bool:
    if isinstance(value, Decimal) and isinstance(limit, Decimal):
        return value < limit
    return False


def _reason(rule: WajibBila, view: SheetView, value: Value) -> str:
    title = title_of(view.sheet, rule.bila)
    if rule.kurang_dari is not None and isinstance(value, Decimal):
        sign = "%" if rule.bila == CAPAIAN else ""
        return f"capaian menurut hitungan kami {office.desimal(value)}{sign}" if sign else f"{title} {plain(value)}"
    if rule.isi:
        return f'kolom "{title}" berisi "{view.sheet.shown(rule.bila, str(value))}"'
    return f'kolom "{title}" sudah terisi'


def _at_most(rule: TidakMelebihi, view: SheetView) -> Iterator[Finding]:
    for baris, _ in view.rows:
        value, limit = view.get(baris, rule.kolom), view.get(baris, rule.batas)
        if isinstance(value, Decimal) and isinstance(limit, Decimal) and value > limit:
            yield _find(
                view,
                baris,
                rule.kolom,
                messages.ABOVE_LIMIT,
                read=amount(view.sheet, rule.kolom, value),
                other=title_of(view.sheet, rule.batas),
                limit=amount(view.sheet, rule.batas, limit),
            )


def _not_falling(rule: TidakMenurun, view: SheetView) -> Iterator[Finding]:
    for baris, row in view.rows:
        value, before = view.get(baris, rule.kolom), view.get(baris, rule.dari)
        if row is None or row.get("sifat") not in {None, AKUMULATIF}:
            continue
        if not (isinstance(value, Decimal) and isinstance(before, Decimal) and value < before):
            continue
        yield _find(
            view,
            baris,
            rule.kolom,
            messages.FALLING if view.get(baris, rule.catatan) is None else messages.FALLING_EXPLAINED,
            read=amount(view.sheet, rule.kolom, value),
            before=amount(view.sheet, rule.kolom, before),
            note=f'kolom "{title_of(view.sheet, rule.catatan)}"',
        )


def _sum(rule: Jumlah, view: SheetView) -> Iterator[Finding]:
    total = view.get(rule.total, rule.kolom)
    parts = [view.get(kode, rule.kolom) for kode in rule.bagian]
    known = [part for part in parts if isinstance(part, Decimal)]
    if not isinstance(total, Decimal) or len(known) < len(parts):
        return
    expected = sum(known, Decimal(0))
    if abs(total - expected) > _TOLERANCE:
        figures = {"read": plain(total), "parts": str(len(parts)), "expected": plain(expected)}
        yield _find(view, rule.total, rule.kolom, messages.WRONG_SUM, **figures)


def _predikat(rule: PredikatSesuai, view: SheetView) -> Iterator[Finding]:
    score, predikat = view.get(rule.nilai, rule.kolom), view.get(rule.predikat, rule.kolom)
    if not isinstance(score, Decimal) or not isinstance(predikat, str):
        return
    expected = lhe_predikat(score)
    if predikat.strip().upper() != expected:
        said = {"said": predikat, "score": plain(score), "expected": expected}
        yield _find(view, rule.predikat, rule.kolom, messages.WRONG_PREDIKAT, **said)


def _unique(rule: Unik, view: SheetView) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str] = {}
    for baris, _ in view.rows:
        values = tuple(view.get(baris, kolom) for kolom in rule.kolom)
        if any(value is None for value in values):
            continue
        key = tuple(word(str(value)) for value in values)
        if key in seen:
            titles = office.rangkai([f'"{title_of(view.sheet, kolom)}"' for kolom in rule.kolom])
            yield _find(view, baris, rule.kolom[-1], messages.NOT_UNIQUE, titles=titles)
        seen[key] = baris


def _known_elsewhere(rule: AdaDi, view: SheetView, others: tuple[SheetView, ...]) -> Iterator[Finding]:
    other = next((candidate for candidate in others if candidate.sheet.id == rule.lembar), None)
    if other is None:
        return
    known = {word(str(value)) for key, _ in other.rows if (value := other.get(key, rule.kolom_lain)) is not None}
    nihil = other.record.is_nihil(rule.lembar)
    asked = any(kolom == rule.kolom_lain for _, _, kolom in other.terbuka)
    if asked or (not known and not nihil):  # that sheet is asked for itself; no need to ask twice
        return
    for baris, _ in view.rows:
        value = view.get(baris, rule.kolom)
        if value is None or word(str(value)) in known:
            continue
        # With no report in this period the row may well belong to an earlier one, which only needs confirming.
        message = messages.ELSEWHERE_NIHIL if nihil else messages.NOT_ELSEWHERE
        yield _find(view, baris, rule.kolom, message, said=str(value), sheet=other.sheet.judul)


def _overdue(rule: BatasHari, view: SheetView, others: tuple[SheetView, ...], akhir: date | None) -> Iterator[Finding]:
    other = next((candidate for candidate in others if candidate.sheet.id == rule.lembar), None)
    rows = other.rows if other is not None else ()
    begun = {word(str(other.get(key, rule.kunci))): other.get(key, rule.mulai) for key, _ in rows if other is not None}
    for baris, _ in view.rows:
        status, own = view.get(baris, rule.status), view.get(baris, rule.kolom)
        start = begun.get(word(str(view.get(baris, rule.kunci))))
        due = own if isinstance(own, date) else start + timedelta(days=rule.hari) if isinstance(start, date) else None
        if akhir is None or due is None or due >= akhir or not isinstance(status, str) or status in rule.selesai:
            continue
        shown = {"due": office.tanggal(due), "status": view.sheet.shown(rule.status, status)}
        yield _find(view, baris, rule.status, messages.OVERDUE, **shown)


def _find(view: SheetView, baris: str, kolom: str, message: Message, **fields: str) -> Finding:
    return find((view.sheet.id, baris, kolom), message, **fields)
