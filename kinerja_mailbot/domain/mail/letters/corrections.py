"""The list of what to mend: cells with the same trouble in one line, the compulsory ones first, no finding's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.naming import example_for
from kinerja_mailbot.domain.form.questions import is_confidential, shown_message
from kinerja_mailbot.domain.form.record import WHOLE_SHEET
from kinerja_mailbot.domain.form.value import CellOutcome

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


def list_troubles(form: Form, cells: tuple[CheckedCell, ...], *, lines: int = LINES) -> DaftarPerbaikan:
    """Return the cells as lines in the order of the form, at most `lines`, under the numbers that they bear."""
    groups: dict[tuple[int, str, str], list[CheckedCell]] = {}
    for cell in cells:
        groups.setdefault((cell.nomor, cell.lembar, shown_message(form, cell)), []).append(cell)
    several_tabs = len(form.lembar) > 1
    shown = tuple(groups.items())[: max(lines, 0)]
    rows = tuple(
        _line(form, group[0].nomor or place, message, tuple(group), several_tabs)
        for place, ((_, _, message), group) in enumerate(shown, start=1)
    )
    return DaftarPerbaikan(rows, len(cells) - sum(len(group) for _, group in shown))


def notices(form: Form, cells: tuple[CheckedCell, ...], lines: int = LINES) -> tuple[str, ...]:
    """Return what we read where the typing left a doubt, one sentence a trouble, with its cells."""
    listed = list_troubles(form, cells, lines=lines)
    rest = (f"Terdapat {listed.sisa} isian lain dengan catatan serupa.",) if listed.sisa else ()
    return (*(f"Sel {row.sel}, {row.indikator}: {row.masalah}" for row in listed.baris), *rest)


def _line(form: Form, nomor: int, message: str, cells: tuple[CheckedCell, ...], several_tabs: bool) -> BarisPerbaikan:
    typed = tuple(dict.fromkeys(_typed(form, cell) for cell in cells))
    labels = tuple(dict.fromkeys(_label(form, cell) for cell in cells))
    addresses = tuple(dict.fromkeys(cell.sel for cell in cells if cell.sel)) or ("–",)
    tab = f" (lembar {cells[0].lembar_terlihat})" if several_tabs else ""
    return BarisPerbaikan(
        nomor=nomor,
        sel=_some(addresses, _CELLS_NAMED, "sel") + tab,
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
    return "(uraian)" if is_confidential(form, cell) else text.ringkas(cell.tertulis, _TYPED_LENGTH)


def examples(form: Form, cells: tuple[CheckedCell, ...]) -> str:
    """Return how the questions of this very list may be answered in the mail's text, one example a kind; "" if none."""
    found: dict[str, str] = {}
    for cell in cells:
        alone = sum(other.nomor == cell.nomor for other in cells) == 1
        if cell.pilihan:
            found.setdefault("choice", f'"{cell.nomor}a"')
        elif cell.hasil is CellOutcome.CHECK or cell.terbaca is not None:
            found.setdefault("true", f'"{cell.nomor} benar: alasannya"')
        elif alone and not is_confidential(form, cell) and cell.baris != WHOLE_SHEET:
            found.setdefault("value", f'"{cell.nomor}: {_example(form, cell)}"')
    return text.rangkai([found[kind] for kind in ("choice", "value", "true") if kind in found], "atau")


def _example(form: Form, cell: CheckedCell) -> str:
    sheet = form.sheet(cell.lembar)
    column = sheet.column(cell.kolom) if sheet else None
    return example_for(sheet, cell.baris, column) if sheet and column else "isiannya"
