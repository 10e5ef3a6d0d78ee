"""What a rule finds about a cell, and how it changes that cell's judgement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.value import CellOutcome

_ORDER = (CellOutcome.ACCEPTED, CellOutcome.INFO, CellOutcome.CHECK, CellOutcome.FIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule's word about one cell."""

    lembar: str
    baris: str
    kolom: str
    hasil: CellOutcome
    pesan: str


def apply_finding(cell: CheckedCell, finding: Finding) -> CheckedCell:
    """Return the cell with the graver judgement; a cell that must be mended already is told one thing only."""
    if cell.hasil is CellOutcome.FIX:
        return cell
    if finding.hasil is CellOutcome.FIX:
        return replace(cell, hasil=CellOutcome.FIX, nilai=None, pesan=finding.pesan)
    graver = max(cell.hasil, finding.hasil, key=_ORDER.index)
    return replace(cell, hasil=graver, pesan=f"{cell.pesan} {finding.pesan}".strip())
