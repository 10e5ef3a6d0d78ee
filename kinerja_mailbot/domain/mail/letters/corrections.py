"""The list of what to mend: cells with the same trouble in one line, the compulsory ones first, no finding's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import ColumnType, Form, Sheet

LINES = 10
"""How many lines a person still reads in a mail; the rest is on the workbook's sheet "Perbaikan"."""

_TYPED_AHEAD = re.compile(r'^Tertulis "[^"]*"(?:, sedangkan |, |; | )')
_CELLS_NAMED = 4
_LABELS_NAMED = 2
_TYPED_LENGTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisPerbaikan:
    """One line of the list: one trouble in one or several cells."""

    nomor: int
    sel: str
    indikator: str
    tertulis: str
    masalah: str

    @property
    def cara(self) -> str:
        """Return the trouble without the typed text at its head, for a table that shows it in a column of its own.

        >>> BarisPerbaikan(
        ...     nomor=1, sel="J9", indikator="IK-1", tertulis="12.500",
        ...     masalah='Tertulis "12.500", sedangkan satuannya persen; mohon dipastikan.',
        ... ).cara
        'Satuannya persen; mohon dipastikan.'
        """
        return _capital(_TYPED_AHEAD.sub("", self.masalah))


@dataclass(frozen=True, slots=True)
class DaftarPerbaikan:
    """The lines that fit, and how many cells are left for the workbook's own list."""

    baris: tuple[BarisPerbaikan, ...]
    sisa: int


def list_troubles(form: Form, cells: tuple[CheckedCell, ...], *, first: int = 1, lines: int = LINES) -> DaftarPerbaikan:
    """Return the cells as numbered lines in the order of the form, at most `lines` of them."""
    groups: dict[tuple[str, str], list[CheckedCell]] = {}
    for cell in cells:
        groups.setdefault((cell.lembar, _message(form, cell)), []).append(cell)
    several_tabs = len(form.lembar) > 1
    shown = tuple(groups.items())[: max(lines, 0)]
    rows = tuple(
        _line(form, number, message, tuple(group), several_tabs)
        for number, ((_, message), group) in enumerate(shown, start=first)
    )
    return DaftarPerbaikan(rows, len(cells) - sum(len(group) for _, group in shown))


def notices(form: Form, cells: tuple[CheckedCell, ...]) -> tuple[str, ...]:
    """Return what we read where the typing left a doubt, one sentence a trouble, with its cells."""
    listed = list_troubles(form, cells)
    rest = (f"Terdapat {listed.sisa} isian lain dengan catatan serupa.",) if listed.sisa else ()
    return (*(f"Sel {row.sel} ({row.indikator}): {row.masalah}" for row in listed.baris), *rest)


def _line(form: Form, nomor: int, message: str, cells: tuple[CheckedCell, ...], several_tabs: bool) -> BarisPerbaikan:
    typed = tuple(dict.fromkeys(_typed(form, cell) for cell in cells))
    labels = tuple(dict.fromkeys(_label(form, cell) for cell in cells))
    addresses = tuple(dict.fromkeys(cell.sel for cell in cells))
    tab = f"{cells[0].lembar_terlihat} " if several_tabs else ""
    return BarisPerbaikan(
        nomor=nomor,
        sel=tab + _some(addresses, _CELLS_NAMED, "sel"),
        indikator=_some(labels, _LABELS_NAMED, "isian"),
        tertulis=_some(typed, _LABELS_NAMED, "tulisan"),
        masalah=_capital(message),
    )


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _some(items: tuple[str, ...], most: int, noun: str) -> str:
    if len(items) <= most:
        return text.rangkai(items)
    return f"{', '.join(items[:most])}, dan {len(items) - most} {noun} lain"


def _label(form: Form, cell: CheckedCell) -> str:
    sheet = form.sheet(cell.lembar)
    if sheet is None or not sheet.is_open:
        return cell.label
    column = sheet.column(cell.kolom)
    name = column.judul if column else "Pernyataan nihil"
    return f"{name} · {text.ringkas(cell.baris.replace('|', ' · '), 60)}" if cell.baris not in ("", "*") else name


def _typed(form: Form, cell: CheckedCell) -> str:
    if not cell.tertulis.strip():
        return "(kosong)"
    return "(uraian)" if _is_confidential(form, cell) else text.ringkas(cell.tertulis, _TYPED_LENGTH)


def _message(form: Form, cell: CheckedCell) -> str:
    typed = cell.tertulis.strip()
    if typed and _is_confidential(form, cell):
        return cell.pesan.replace(typed, "uraian dimaksud")
    return cell.pesan


def _is_confidential(form: Form, cell: CheckedCell) -> bool:
    """Tell whether the cell may hold a finding's words: free text of an open list (LHP, TL HP, LHE)."""
    sheet = form.sheet(cell.lembar)
    return sheet is not None and sheet.is_open and _is_free_text(sheet, cell.kolom)


def _is_free_text(sheet: Sheet, kolom: str) -> bool:
    column = sheet.column(kolom)
    return column is not None and column.jenis is ColumnType.TEKS and kolom not in sheet.kunci
