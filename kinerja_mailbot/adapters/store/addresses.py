"""The health of addresses, written inside somebody else's transaction: failing, delayed, well again, forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.tables import AddressRow
from kinerja_mailbot.usecases.ports import JournalEntry


def mark_address(session: Session, health: AddressRow) -> bool:
    """Record that an address is failing or delayed; tell whether that is news.

    A delay does not make a failing address better.
    """
    known = session.get(AddressRow, health.alamat, with_for_update=True)
    if known is None:
        return insert_new(session, health)
    if known.state == health.state:
        known.keterangan = health.keterangan  # `at` stays: since when we know
        return False
    if known.state == "failing":
        return False
    known.state, known.keterangan, known.at, known.surel_id = (
        health.state,
        health.keterangan,
        health.at,
        health.surel_id,
    )
    return True


def heal_address(
    session: Session, address: str, reason: str, at: datetime, surel_id: int | None = None
) -> JournalEntry | None:
    """Forget that an address was failing or delayed; return the journal line, None if it was well."""
    row = session.get(AddressRow, address.casefold(), with_for_update=True)
    if row is None:
        return None
    session.delete(row)
    return JournalEntry(
        at=at, oleh=BOT, peristiwa="address well", surel_id=surel_id, rincian=f"{row.alamat}: {reason}; was {row.state}"
    )


def forget_unregistered(session: Session, registered: frozenset[str], at: datetime) -> tuple[str, ...]:
    """Forget the addresses that the configuration does not have any more; `registered` are case-folded."""
    known = session.exec(select(AddressRow.alamat).order_by(col(AddressRow.alamat))).all()
    gone = tuple(address for address in known if address not in registered)
    for address in gone:
        if entry := heal_address(session, address, "no longer registered", at):
            note(session, entry)
    return gone
