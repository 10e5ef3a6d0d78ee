"""The numbers under which a letter asks about cells: the same trouble, the same number; what must be mended first."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.definition import ColumnType, Form, Sheet
from kinerja_mailbot.domain.form.value import CellOutcome


def with_numbers(form: Form, cells: tuple[CheckedCell, ...]) -> tuple[CheckedCell, ...]:
    """Return the cells in their order, those that are asked about with a number; the same cells get the same numbers.

    The numbers of what must be mended come before those of what should be confirmed, each in the order of the form.
    """
    asked = tuple(cell for cell in cells if _is_asked(cell))
    if not asked and not any(cell.nomor for cell in cells):
        return cells
    numbers: dict[tuple[str, ...], int] = {}
    for outcome in (CellOutcome.FIX, CellOutcome.CHECK):
        for cell in asked:
            if cell.hasil is outcome:
                numbers.setdefault(_trouble(form, cell), len(numbers) + 1)
    return tuple(_numbered(cell, numbers[_trouble(form, cell)] if _is_asked(cell) else 0) for cell in cells)


def shown_message(form: Form, cell: CheckedCell) -> str:
    """Return what is said about a cell, without the words of a finding (DOMAIN 2.6)."""
    typed = cell.tertulis.strip()
    if typed and is_confidential(form, cell):
        return cell.pesan.replace(typed, "uraian dimaksud")
    return cell.pesan


def is_confidential(form: Form, cell: CheckedCell) -> bool:
    """Tell whether the cell may hold a finding's words: free text of an open list (LHP, TL HP, LHE)."""
    sheet = form.sheet(cell.lembar)
    return sheet is not None and sheet.is_open and _is_free_text(sheet, cell.kolom)


def _is_asked(cell: CheckedCell) -> bool:
    return cell.hasil is CellOutcome.FIX or cell.hasil is CellOutcome.CHECK


def _numbered(cell: CheckedCell, nomor: int) -> CheckedCell:
    return cell if cell.nomor == nomor else replace(cell, nomor=nomor)  # most are not asked about, and copies cost


def _trouble(form: Form, cell: CheckedCell) -> tuple[str, ...]:
    # One number for one column: what is missing in two columns gets two answers. Where a cell has no address to answer
    # it by (the file lacks it), its row has a number of its own.
    alone = cell.baris if not cell.sel else ""
    return cell.hasil.value, cell.lembar, cell.kolom, alone, shown_message(form, cell)


def _is_free_text(sheet: Sheet, kolom: str) -> bool:
    column = sheet.column(kolom)
    return column is not None and column.jenis is ColumnType.TEKS and kolom not in sheet.kunci
