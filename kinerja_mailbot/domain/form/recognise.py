"""Telling whose form a workbook is: by its hidden `_meta` sheet, or by headers and kode when that is lost."""

from __future__ import annotations

from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.identity import META_SHEET, FormMeta
from kinerja_mailbot.domain.form.locate import FoundSheet, locate_sheets
from kinerja_mailbot.domain.form.readers.typed import typed_text
from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import RawSheet, RawWorkbook

_ENOUGH = 0.5  # share of kode, or of sheets, that makes a workbook this unit's form
_META_LINES = 50


def find_meta(workbook: RawWorkbook) -> FormMeta | None:
    """Return what the hidden `_meta` sheet says, genuine or not; None when there is none."""
    for sheet in workbook.sheets:
        if sheet.name.strip().casefold() == META_SHEET and (meta := _read_meta(sheet)):
            return meta
    return None


def recognise(workbook: RawWorkbook, forms: tuple[tuple[str, Form], ...]) -> str | None:
    """Return the unit id whose form this looks like by headers and kode, without `_meta`; None if none or several."""
    scores = sorted(((_likeness(form, workbook), unit) for unit, form in forms), reverse=True)
    if not scores or scores[0][0] < _ENOUGH:
        return None
    if len(scores) > 1 and scores[1][0] == scores[0][0]:
        return None
    return scores[0][1]


def is_mapped(meta: FormMeta, form: Form) -> bool:
    """Tell whether a form that says so much of itself is read by this definition: the same format, none newer.

    An older version is read by the headings and kode that it shares with the one in force; what a newer one asks is
    not known here.
    """
    return meta.format == form.id and 1 <= meta.versi <= form.versi


def _read_meta(sheet: RawSheet) -> FormMeta | None:
    pairs: dict[str, str] = {}
    for row in sheet.rows[:_META_LINES]:
        typed = [text for text in (_meta_text(cell) for cell in row) if text]
        if len(typed) >= 2:
            pairs.setdefault(typed[0].casefold(), typed[1])
    versi = pairs.get("versi", "")
    if not (versi.isascii() and versi.isdigit() and len(versi) < 10):
        return None
    if any(key not in pairs for key in ("format", "unit", "periode", "nonce")):
        return None
    return FormMeta(
        format=pairs["format"],
        versi=int(versi),
        unit=pairs["unit"],
        periode=pairs["periode"],
        nonce=pairs["nonce"],
        tanda=pairs.get("tanda", ""),
    )


def _meta_text(cell: RawCell) -> str:
    # A year's kode ("2026") or a nonce of digits comes back from some programs as a number.
    return typed_text(RawCell(cell.value))


def _likeness(form: Form, workbook: RawWorkbook) -> float:
    """Return the share of the form's kode that are found; of its sheets, when it prints no kode."""
    located = locate_sheets(form, workbook)
    printed = [(len(sheet.baris), found) for sheet, found in located if not sheet.is_open]
    if not printed:
        return sum(found is not None for _, found in located) / max(len(located), 1)
    return sum(_found_kodes(found) for _, found in printed) / sum(rows for rows, _ in printed)


def _found_kodes(found: FoundSheet | None) -> int:
    return 0 if found is None else len(found.rows)
