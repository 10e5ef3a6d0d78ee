"""What a rule finds about a cell, and how it changes that cell's judgement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.form.catalogue import Message
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.form.record import Place
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
    id: str  # of the message, in the catalogue


def find(place: Place, message: Message, **fields: str) -> Finding:
    """Return what a message of the catalogue says about the cell at this place."""
    lembar, baris, kolom = place
    said = message.say(**fields)
    return Finding(lembar=lembar, baris=baris, kolom=kolom, hasil=message.hasil, pesan=said, id=message.id)


def apply_finding(cell: CheckedCell, finding: Finding) -> CheckedCell:
    """Return the cell with the graver judgement; a cell that must be mended already is told one thing only."""
    if cell.hasil is CellOutcome.FIX or finding.id in cell.pesan_id:
        return cell
    if finding.hasil is CellOutcome.FIX:
        fix = CellOutcome.FIX
        return replace(cell, hasil=fix, nilai=None, terbaca=cell.nilai, pesan=finding.pesan, pesan_id=(finding.id,))
    graver = max(cell.hasil, finding.hasil, key=_ORDER.index)
    said = f"{cell.pesan} {finding.pesan}".strip()
    return replace(cell, hasil=graver, pesan=said, pesan_id=(*cell.pesan_id, finding.id))
