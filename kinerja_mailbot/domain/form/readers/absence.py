"""Cells without a figure: empty ones, declared absences, errors, formulas without a result."""

from __future__ import annotations

from kinerja_mailbot.domain.form.catalogue import cells
from kinerja_mailbot.domain.form.definition import ColumnType
from kinerja_mailbot.domain.form.readers.context import CellContext
from kinerja_mailbot.domain.form.readers.outcomes import accepted, tell
from kinerja_mailbot.domain.form.readers.typed import clean, quoted, word
from kinerja_mailbot.domain.form.value import CellError, Mark, RawCell, Reading, Uncalculated

# A dash is not a zero and not "nihil": the cell is asked about like an empty one (DOMAIN 7.3).
_BLANKS = frozenset({"", "-", "--", "---", "–", "—", ".", "..", "...", "…", "_"})
_NIHIL = frozenset({"nihil", "nil", "tidak ada", "kosong nihil", "nihil tidak ada"})
_NOT_MEASURED = frozenset(
    {
        "n a",
        "na",
        "tidak diukur",
        "tidak diukur pada periode ini",
        "tidak diukur periode ini",
        "belum diukur",
        "tidak dapat diukur",
        "belum dapat diukur",
        "belum dilaksanakan",
        "tidak dilaksanakan",
        "tms",
    }
)
_COUNTED = (ColumnType.JUMLAH, ColumnType.RUPIAH)


def is_blank(cell: RawCell) -> bool:
    """Tell whether the cell says nothing: empty, spaces, a dash, a dot.

    >>> is_blank(RawCell(" – ")), is_blank(RawCell(0)), is_blank(RawCell("Nihil"))
    (True, False, False)
    """
    return cell.value is None or (isinstance(cell.value, str) and clean(cell.value) in _BLANKS)


def says_nihil(cell: RawCell) -> bool:
    """Tell whether the cell declares that there is nothing to report."""
    return isinstance(cell.value, str) and word(cell.value) in _NIHIL


def read_absence(cell: RawCell, context: CellContext) -> Reading | None:
    """Return the reading of a cell that holds no answer of the column's own kind; None when there is one to read."""
    match cell.value:
        case CellError():
            return tell(cells.ERROR_SHOWN, said=quoted(cell))
        case Uncalculated():
            return tell(cells.UNCALCULATED)
        case str() if not is_blank(cell):
            return _declared(cell, word(cell.value), context)
        case _:
            return accepted(None) if is_blank(cell) else None


def _declared(cell: RawCell, said: str, context: CellContext) -> Reading | None:
    if said in _NOT_MEASURED:
        return _not_measured(cell, said, context)
    if said not in _NIHIL:
        return None
    if context.jenis in _COUNTED or (context.boleh_nihil and context.jenis is not ColumnType.PERSEN):
        return accepted(Mark.NIHIL)
    # Nought per cent and "nothing to measure" are different answers, and only the respondent knows which it is.
    message = cells.NIHIL_OR_NOT_MEASURED if context.boleh_tidak_diukur else cells.NIHIL_HERE
    return tell(message, said=quoted(cell))


def _not_measured(cell: RawCell, said: str, context: CellContext) -> Reading:
    if not context.boleh_tidak_diukur:
        return tell(cells.NOT_MEASURED_HERE, said=quoted(cell))
    if said.startswith("tidak diukur"):
        return accepted(Mark.TIDAK_DIUKUR)
    return tell(cells.NOT_MEASURED, Mark.TIDAK_DIUKUR, said=quoted(cell))
