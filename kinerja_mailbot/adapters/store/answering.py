"""What the archive and the outbox say about earlier mails and answers, for the decision about the next one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.tables import LetterRow, MailRow, RecipientRow
from kinerja_mailbot.usecases.ports import Told

_QUESTION = "benarkah"  # the template that asks whether a mail is somebody's own
_PASSED_ON = ("terusan", "permohonan-waktu")  # templates that put a respondent's words before a person


class AnsweringStore(Database):
    """See `MailArchive`."""

    def passed_on(self, message_ids: Sequence[str]) -> int | None:
        """See `MailArchive`."""
        found = select(LetterRow.message_id, LetterRow.surel_id).where(
            col(LetterRow.message_id).in_(message_ids), col(LetterRow.templat).in_(_PASSED_ON)
        )
        with self.reading() as session:
            known = dict(session.exec(found).all()) if message_ids else {}
        return next((known[one] for one in message_ids if one in known), None)


def answers(session: Session, addresses: Collection[str], since: datetime) -> dict[str, int]:
    """Return how many letters that answer a mail went to each address since then; requests, reminders do not count."""
    asked_for = {address.casefold(): address for address in addresses}
    # Else all letters that ever went to an address would be looked up; whatever the clock did, no lower number counts.
    # "+ 0" lets a database look the moment up in its index; else it would try number after number from the first.
    first = select(func.min(col(LetterRow.id) + 0)).where(LetterRow.created_at >= since).scalar_subquery()
    counted = (
        select(RecipientRow.alamat, func.count())
        .join(LetterRow, col(LetterRow.id) == col(RecipientRow.surat_id))
        .where(
            col(RecipientRow.alamat).in_(asked_for),
            col(RecipientRow.surat_id) >= first,
            LetterRow.created_at >= since,
            col(LetterRow.surel_id).is_not(None),
        )
        .group_by(col(RecipientRow.alamat))
    )
    return {asked_for[address]: count for address, count in session.exec(counted)} if addresses else {}


def refusals(session: Session, addresses: Collection[str], since: datetime) -> dict[str, tuple[Told, ...]]:
    """Return what each address was refused for since then, mail by mail."""
    found = (
        select(MailRow.pengirim, MailRow.id, MailRow.penolakan)
        .where(
            col(MailRow.decided_at) >= since,
            col(MailRow.pengirim).in_(addresses),
            col(MailRow.penolakan).is_not(None),
        )
        .order_by(col(MailRow.id))
    )
    told: dict[str, tuple[Told, ...]] = {}
    for address, mail_id, reason in session.exec(found) if addresses else ():
        told[address] = (*told.get(address, ()), Told(surel_id=mail_id or 0, sebab=reason or ""))
    return told


def held_mails(session: Session, units: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Return the mails that are held for each unit's confirmation, oldest first."""
    found = (
        select(MailRow.unit, MailRow.id)
        .where(MailRow.state == "held", col(MailRow.unit).in_(units))
        .order_by(col(MailRow.id))
    )
    held: dict[str, tuple[int, ...]] = {}
    for unit, mail_id in session.exec(found) if units else ():
        held[unit or ""] = (*held.get(unit or "", ()), mail_id or 0)
    return held


def questions(session: Session, since: datetime) -> tuple[tuple[str, int], ...]:
    """Return how often each unit was asked since then whether a held mail is its own."""
    asked = (
        select(LetterRow.unit, func.count())
        .where(LetterRow.templat == _QUESTION, LetterRow.created_at >= since)
        .group_by(col(LetterRow.unit))
    )
    return tuple((unit, times) for unit, times in session.exec(asked) if unit is not None)
