"""Writing the journal: a line for each thing that happened, never changed afterwards."""

from __future__ import annotations

from sqlmodel import Session, select

from kinerja_mailbot.adapters.tables import JournalRow
from kinerja_mailbot.usecases.ports import JournalEntry

BOT = "bot"
"""Who acted, where it was no person."""


def note(session: Session, entry: JournalEntry) -> None:
    """Write a line."""
    session.add(
        JournalRow(
            at=entry.at,
            oleh=entry.oleh,
            peristiwa=entry.peristiwa,
            periode=entry.periode,
            unit=entry.unit,
            surel_id=entry.surel_id,
            rincian=entry.rincian,
        )
    )


def note_once(session: Session, entry: JournalEntry, *, whenever: bool = False) -> None:
    """Write a line unless the very same one is there; with `whenever`, also if it is there from another moment."""
    same = select(JournalRow.id).where(
        JournalRow.oleh == entry.oleh,
        JournalRow.peristiwa == entry.peristiwa,
        JournalRow.periode == entry.periode,
        JournalRow.unit == entry.unit,
        JournalRow.surel_id == entry.surel_id,
        JournalRow.rincian == entry.rincian,
    )
    if not whenever:
        same = same.where(JournalRow.at == entry.at)
    if session.exec(same.limit(1)).first() is None:
        note(session, entry)


def entry_of(row: JournalRow) -> JournalEntry:
    """Return the line as a value."""
    return JournalEntry(
        at=row.at,
        oleh=row.oleh,
        peristiwa=row.peristiwa,
        periode=row.periode,
        unit=row.unit,
        surel_id=row.surel_id,
        rincian=row.rincian,
    )
