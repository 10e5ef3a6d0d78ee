"""Lines of the journal that fix rows which change or decide: steps, deadlines, acting officials, petitions, editions.

Each transaction ends with one line for each period that names the rows it has written and their digests, so that
`verify` can tell whether a row is still as its last line says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session as AnySession
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.journal import BOT, newest_pending, note
from kinerja_mailbot.adapters.tables import (
    AppointmentRow,
    EditionCellsRow,
    EditionRow,
    ExtensionRow,
    JournalRow,
    PauseRow,
    PetitionRow,
    ReviewRow,
    StepRow,
    Table,
)
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.evidence.records import KeptRow
from kinerja_mailbot.usecases.ports import JournalEntry

VOUCHED: tuple[type[Table], ...] = (
    StepRow,
    ExtensionRow,
    PauseRow,
    AppointmentRow,
    PetitionRow,
    EditionRow,
    EditionCellsRow,
    ReviewRow,
)
"""The tables whose rows the journal fixes here; mails, letters, revisions and analyses have lines of their own."""

_WRITTEN, _NOW = "rows written", "moment of the transaction"
Key = tuple[type[Table], tuple[object, ...]]


def follow_rows(session: Session) -> None:
    """Remember what the session writes into these tables."""
    session.info[_WRITTEN] = {}
    event.listen(session, "after_flush", _remember)


def date_lines(session: Session, now: datetime) -> None:
    """Say at which moment (aware UTC) the transaction happens, for those that have no other line."""
    session.info[_NOW] = now


def touch(session: Session, row: Table) -> None:
    """Remember that this row was written past the session's own bookkeeping."""
    _touch(session, row)


def vouch_for_rows(session: Session) -> None:
    """Note what was written, row by row with its digest, in one line for each period."""
    session.flush()
    written: dict[Key, None] = session.info.get(_WRITTEN, {})
    session.info[_WRITTEN] = {}
    lines: dict[str | None, list[str]] = {}
    for kind, key in written:
        row = session.get(kind, key, populate_existing=True)
        if row is not None:  # None: it went back with its savepoint
            lines.setdefault(getattr(row, "periode", None), []).append(f"{_name(row)} sha256:{row_digest(row)}")
    for periode, told in lines.items():
        entry = JournalEntry(
            at=_moment(session), oleh=BOT, peristiwa="rows kept", periode=periode, rincian=", ".join(told)
        )
        note(session, entry)


def vouched_keys(session: Session) -> Iterator[Key]:
    """Yield the keys of all rows of these tables."""
    for kind in VOUCHED:
        columns = inspect(kind).primary_key
        for key in session.execute(select(*columns).order_by(*columns)):
            yield kind, tuple(key)


def kept_row(session: Session, key: Key) -> KeptRow:
    """Return a row's name and the digest of what it holds now."""
    row = session.get_one(*key)
    return KeptRow(_name(row), row_digest(row))


def row_digest(row: Table) -> str:
    """Return the digest of what is not empty in a row: a column that is added later, still empty, changes nothing."""
    held = {name: _plain(value) for name, value in sorted(row.model_dump().items()) if value}
    return bytes_digest(json.dumps(held, separators=(",", ":")).encode("ascii"))


def _remember(session: AnySession, _context: UOWTransaction) -> None:
    for row in (*session.new, *session.dirty):
        _touch(session, row)


def _touch(session: AnySession, row: object) -> None:
    if isinstance(row, VOUCHED) and _WRITTEN in session.info:
        key = tuple(getattr(row, column.name) for column in inspect(type(row)).primary_key)
        session.info[_WRITTEN][type(row), key] = None


def _name(row: Table) -> str:
    key = "/".join(str(getattr(row, column.name)) for column in inspect(type(row)).primary_key)
    return f"{row.__tablename__} {key}"


def _moment(session: Session) -> datetime:
    """Return when the transaction happens: as it says, else as its newest line says, else as the journal's."""
    said: datetime | None = session.info.get(_NOW) or newest_pending(session)
    if said is not None:
        return said
    newest = select(JournalRow.at).order_by(col(JournalRow.id).desc()).limit(1)
    return session.exec(newest).first() or datetime.min.replace(tzinfo=UTC)


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return bytes_digest(value)
        case _:
            return value
