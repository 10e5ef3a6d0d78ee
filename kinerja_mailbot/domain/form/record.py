"""The record of a form: earlier values, replaced by newer ones, never erased by empty cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.definition import Sheet
from kinerja_mailbot.domain.form.value import CellOutcome, Mark, Value

WHOLE_SHEET = "*"  # the row of a cell that speaks for its whole sheet
NIHIL = "nihil"  # its column

Place = tuple[str, str, str]
"""Sheet id, row, column key."""


@dataclass(frozen=True, slots=True)
class Record:
    """Stored values by place, in the order in which they stand in the form."""

    cells: Mapping[Place, StoredCell]

    def get(self, lembar: str, baris: str, kolom: str) -> Value | None:
        """Return the stored value at this place."""
        cell = self.cells.get((lembar, baris, kolom))
        return None if cell is None else cell.nilai

    def rows(self, lembar: str) -> tuple[str, ...]:
        """Return the rows of a sheet that hold anything, in order."""
        found = dict.fromkeys(row for sheet, row, _ in self.cells if sheet == lembar and row != WHOLE_SHEET)
        return tuple(found)

    def is_nihil(self, lembar: str) -> bool:
        """Tell whether the whole sheet was declared empty."""
        return self.get(lembar, WHOLE_SHEET, NIHIL) is Mark.NIHIL

    def without(self, places: frozenset[Place], prior: Record) -> Record:
        """Return the record with these places put back to their earlier, different value, or taken out."""
        kept = dict(self.cells)
        for place in places & kept.keys():
            earlier = prior.cells.get(place)
            if earlier is not None and earlier.nilai != kept[place].nilai:
                kept[place] = earlier
            else:
                del kept[place]
        return Record(kept)


def record_of(cells: tuple[StoredCell, ...]) -> Record:
    """Return stored cells as a record."""
    return Record({(cell.lembar, cell.baris, cell.kolom): cell for cell in cells})


def merge(sheets: tuple[Sheet, ...], judged: tuple[CheckedCell, ...], prior: Record) -> Record:
    """Merge the good cells of a received form into what was stored before.

    An open list is replaced as a whole when any row of it came; in its rows, a cell that must be mended keeps the
    earlier value. Nihil and rows of one sheet replace each other.
    """
    merged: dict[Place, StoredCell] = {}
    for sheet in sheets:
        cells = tuple(cell for cell in judged if cell.lembar == sheet.id)
        earlier = {place: cell for place, cell in prior.cells.items() if place[0] == sheet.id}
        merged |= _merge_sheet(sheet, cells, earlier)
    return Record(merged)


def overlay(sheets: tuple[Sheet, ...], answered: tuple[CheckedCell, ...], prior: Record) -> Record:
    """Return the record with single cells replaced; only a sheet declared empty loses what it held."""
    new = {(c.lembar, c.baris, c.kolom): _stored(c, c.nilai) for c in answered if c.nilai is not None}
    nihil = {sheet.id for sheet in sheets if (sheet.id, WHOLE_SHEET, NIHIL) in new}
    kept = {place: cell for place, cell in prior.cells.items() if place[0] not in nihil}
    return Record(kept | new)


def _merge_sheet(
    sheet: Sheet, cells: tuple[CheckedCell, ...], earlier: dict[Place, StoredCell]
) -> dict[Place, StoredCell]:
    new = {(c.lembar, c.baris, c.kolom): _stored(c, c.nilai) for c in cells if c.nilai is not None}
    nihil_place = (sheet.id, WHOLE_SHEET, NIHIL)
    if nihil_place in new:
        return {nihil_place: new[nihil_place]}
    if not new:
        return earlier
    kept = {place: cell for place, cell in earlier.items() if place != nihil_place}
    if not sheet.is_open:
        return kept | new
    asked = {(c.lembar, c.baris, c.kolom) for c in cells if c.hasil is CellOutcome.FIX}
    return {place: cell for place, cell in kept.items() if place in asked} | new


def _stored(cell: CheckedCell, value: Value) -> StoredCell:
    return StoredCell(lembar=cell.lembar, baris=cell.baris, kolom=cell.kolom, nilai=value, tertulis=cell.tertulis)
