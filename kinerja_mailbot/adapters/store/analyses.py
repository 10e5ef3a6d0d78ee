"""The analysis of step 6: writing a revision inside somebody else's transaction, and reading how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

from sqlmodel import Session, col, func, select

from kinerja_mailbot.adapters.store.codec import decode_cells, encode
from kinerja_mailbot.adapters.tables import AnalysisRow, PeriodRow, safe_text
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.mail.outcome import StoreAnalysis
from kinerja_mailbot.domain.sop.state import AnalysisState
from kinerja_mailbot.usecases.ports import OvertakenError


def store_analysis(session: Session, effect: StoreAnalysis) -> tuple[str, str] | None:
    """Write a revision; return a line about it and its digest, None when this mail's revision is there already.

    Raises:
        OvertakenError: another revision came in since the mail was decided; it must be decided again.
    """
    session.get_one(PeriodRow, effect.periode, with_for_update=True)
    of_period = select(AnalysisRow).where(AnalysisRow.periode == effect.periode)
    if session.exec(of_period.where(AnalysisRow.surel_id == effect.surel_id)).first() is not None:
        return None
    newest = session.exec(select(func.max(AnalysisRow.revisi)).where(AnalysisRow.periode == effect.periode)).one() or 0
    if effect.revisi != newest + 1:
        raise OvertakenError(f"the analysis of {effect.periode} is at revision {newest}, not {effect.revisi - 1}")
    row = AnalysisRow(
        periode=effect.periode,
        revisi=effect.revisi,
        surel_id=effect.surel_id,
        oleh=effect.oleh,
        tiba_at=effect.tiba_at,
        cara=effect.cara,
        berkas=effect.berkas,
        lengkap=effect.lengkap,
        isian=encode(effect.isian),
        sel=encode(effect.sel),
    )
    session.add(row)
    line = f"revision {effect.revisi} by {effect.cara}, {'complete' if effect.lengkap else 'not complete'}"
    return line, analysis_digest(row)


def analysis_digest(row: AnalysisRow) -> str:
    """Return the digest of a revision of the analysis, the same before it is written and after it is read."""
    told = (
        row.periode,
        str(row.revisi),
        str(row.surel_id),
        safe_text(row.oleh),
        row.tiba_at.astimezone(UTC).isoformat(),
    )
    held = (row.cara, safe_text(row.berkas), str(row.lengkap), row.isian, row.sel)
    return bytes_digest(encode((*told, *held)).encode())


def analysis_states(session: Session, codes: Sequence[str]) -> dict[str, AnalysisState]:
    """Return how the analysis of each of these periods stands, by the period's code; without the untouched ones."""
    found = select(AnalysisRow).where(col(AnalysisRow.periode).in_(codes)).order_by(col(AnalysisRow.revisi))
    states: dict[str, AnalysisState] = {}
    for row in session.exec(found):
        states[row.periode] = _after(states.get(row.periode), row)
    return states


def _after(before: AnalysisState | None, row: AnalysisRow) -> AnalysisState:
    """Return the state with this revision; who completed the analysis first has ended the step, whoever adds to it."""
    done = before is not None and before.lengkap_at is not None
    return AnalysisState(
        revisi=row.revisi,
        sel=decode_cells(row.sel),
        lengkap_at=before.lengkap_at if before is not None and done else row.tiba_at if row.lengkap else None,
        oleh=before.oleh if before is not None and done else row.oleh,
        surel_id=before.surel_id if before is not None and done else row.surel_id,
    )
