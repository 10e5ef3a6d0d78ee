"""Writing the journal: a line for each thing that happened, chained to the line before, never changed afterwards.

Lines are gathered and written at the end of their transaction: only there is the head of the chain held, so that
several services on PostgreSQL wait for each other no longer than a commit takes, and never in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import event, insert, text
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.tables import JournalRow, safe_text
from kinerja_mailbot.domain.evidence.chain import GENESIS, ChainedLine, JournalLine, link
from kinerja_mailbot.usecases.ports import JournalEntry

BOT = "bot"
"""Who acted, where it was no person."""

_CHAIN_LOCK = 9601_2024  # any number that only this program uses: PostgreSQL's advisory lock for the head of the chain
_PENDING, _ORDER = "journal lines by subject", "journal lines in order"
_MARKS = "journal lines before each savepoint"
_Subject = tuple[str, str | None, str | None, int | None]


def follow_savepoints(session: Session) -> None:
    """Forget what was noted since a savepoint when the session goes back to it: what did not happen has no line."""
    session.info[_MARKS] = {}
    event.listen(session, "after_transaction_create", _mark)
    event.listen(session, "after_soft_rollback", _go_back)


def note(session: Session, entry: JournalEntry) -> None:
    """Write a line when the transaction ends."""
    session.info.setdefault(_PENDING, {}).setdefault(_subject(entry), []).append(entry)
    session.info.setdefault(_ORDER, []).append(entry)


def newest_pending(session: Session) -> datetime | None:
    """Return the moment of the last line that this transaction has noted; None when it has noted none."""
    entries: Sequence[JournalEntry] = session.info.get(_ORDER, ())
    return entries[-1].at if entries else None


def note_once(session: Session, entry: JournalEntry, *, whenever: bool = False) -> None:
    """Write a line unless the very same one is there; with `whenever`, also if it is there from another moment."""
    at = None if whenever else entry.at
    if not is_noted(session, entry, at=at, rincian=entry.rincian, oleh=entry.oleh):
        note(session, entry)


def is_noted(
    session: Session,
    entry: JournalEntry,
    *,
    at: datetime | None = None,
    rincian: str | None = None,
    oleh: str | None = None,
) -> bool:
    """Tell whether a line of this event, period, unit and mail is there or about to be written, and what is given."""
    pending: Mapping[_Subject, Sequence[JournalEntry]] = session.info.get(_PENDING, {})
    for other in pending.get(_subject(entry), ()):
        given = ((at, other.at), (rincian, other.rincian), (oleh, other.oleh))
        if all(wanted is None or wanted == found for wanted, found in given):
            return True
    known = select(JournalRow.id).where(
        JournalRow.peristiwa == entry.peristiwa,
        JournalRow.periode == entry.periode,
        JournalRow.unit == entry.unit,
        JournalRow.surel_id == entry.surel_id,
    )
    for column, value in ((JournalRow.at, at), (JournalRow.rincian, rincian), (JournalRow.oleh, oleh)):
        known = known if value is None else known.where(column == value)
    return session.exec(known.limit(1)).first() is not None


def seal(session: Session) -> None:
    """Write the gathered lines behind the head of the chain, which nobody else may move until the transaction ends.

    Numbers are given here and not by the database, without gaps; were the lock ever forgotten, the second line of the
    same number would be refused.
    """
    entries: Sequence[JournalEntry] = session.info.pop(_ORDER, ())
    session.info.pop(_PENDING, None)
    if not entries:
        return
    session.flush()
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _CHAIN_LOCK})
    newest = select(JournalRow.id, JournalRow.rantai).order_by(col(JournalRow.id).desc()).limit(1)
    nomor, before = session.exec(newest).first() or (0, GENESIS)
    rows = []
    for place, entry in enumerate(entries, start=(nomor or 0) + 1):
        line = _line(place, entry)
        before = link(before, line)
        rows.append(_values(line, before))
    session.connection().execute(insert(JournalRow), rows)


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
        sha256=row.sha256,
    )


def chained_line(row: JournalRow) -> ChainedLine:
    """Return the line with its link of the chain, exactly as it stands in the table."""
    line = JournalLine(
        nomor=row.id or 0,
        at=row.at,
        oleh=row.oleh,
        peristiwa=row.peristiwa,
        periode=row.periode,
        unit=row.unit,
        surel_id=row.surel_id,
        rincian=row.rincian,
        sha256=row.sha256,
    )
    return ChainedLine(line, row.rantai)


def _mark(session: AnySession, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info[_MARKS][transaction] = len(session.info.get(_ORDER, ()))


def _go_back(session: AnySession, transaction: SessionTransaction) -> None:
    mark = session.info[_MARKS].pop(transaction, None)
    if mark is None:
        return
    # Savepoints lie within each other, so what was noted since this one is the end of the list.
    kept: list[JournalEntry] = session.info.get(_ORDER, [])[:mark]
    by_subject: dict[_Subject, list[JournalEntry]] = {}
    for entry in kept:
        by_subject.setdefault(_subject(entry), []).append(entry)
    session.info[_ORDER], session.info[_PENDING] = kept, by_subject


def _subject(entry: JournalEntry) -> _Subject:
    return entry.peristiwa, entry.periode, entry.unit, entry.surel_id


def _line(nomor: int, entry: JournalEntry) -> JournalLine:
    return JournalLine(
        nomor=nomor,
        at=entry.at,
        oleh=safe_text(entry.oleh),  # as it will be read again
        peristiwa=entry.peristiwa,
        periode=entry.periode,
        unit=entry.unit,
        surel_id=entry.surel_id,
        rincian=safe_text(entry.rincian),
        sha256=entry.sha256,
    )


def _values(line: JournalLine, rantai: str) -> dict[str, object]:
    return {
        "id": line.nomor,
        "at": line.at,
        "oleh": line.oleh,
        "peristiwa": line.peristiwa,
        "periode": line.periode,
        "unit": line.unit,
        "surel_id": line.surel_id,
        "rincian": line.rincian,
        "sha256": line.sha256,
        "rantai": rantai,
    }
