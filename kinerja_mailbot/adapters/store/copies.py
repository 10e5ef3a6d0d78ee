"""Copies of letters that the store does not remember, because an older backup of it was put back.

Message-IDs follow from a letter's key, so a copy in the mailbox proves that a letter has left even before the restored
store owes it again. Keys of answers name the mail by its number, which may have become another mail's: a copy proves an
answer only if both answer the same mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.adapters.store.statements import straight
from kinerja_mailbot.adapters.store.watch import remember
from kinerja_mailbot.adapters.tables import LetterBytesRow, LetterRow, MailBytesRow, MailRow, MemoryRow
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.mail.letter import OutgoingMail

_NAME = "salinan"
_OF_A_MAIL = "surel."  # begins the keys that name a mail by its number
_OURS = re.compile(r"<[^@]+\.[0-9a-f]{16}\.[0-9a-f]{24}@")  # see `make_message_id`
_ANY = columns_of(col(MemoryRow.nama)).where(col(MemoryRow.nama).startswith(_NAME)).limit(1)


@dataclass(frozen=True, slots=True)
class _Look:
    """What tells one letter from another when its number may have changed."""

    subjek: str
    menjawab: str  # the mail of somebody else that it answers, "" for none
    teks: str  # digest of its words


def proven_letter(session: Session, message_id: str, mail_id: int) -> LetterRow | None:
    """Return the letter whose copy this mail is; one that no letter fits to yet is remembered."""
    found = session.exec(select(LetterRow).where(LetterRow.message_id == message_id).with_for_update()).first()
    if found is not None and not is_unsent(found):
        return found
    raw = session.get(MailBytesRow, mail_id)
    copy = _look(raw.isi if raw else b"")
    if found is not None and _is_same(session, found, copy):
        return found
    found = next((letter for letter in _unsent_answers(session, copy) if _is_same(session, letter, copy)), None)
    if found is None:
        came = session.get_one(MailRow, mail_id)
        at = min(came.arrived_at, came.archived_at)
        for name in (f"{_NAME} {message_id}", _name(copy)):
            remember(session, name, at.isoformat(), came.archived_at)
    return found


def copied_at(session: Session, letter: OutgoingMail) -> datetime | None:
    """Return when a copy of this letter came before the store owed it; None for nearly every letter."""
    if straight(session, _ANY, {}).first() is None:
        return None
    by_mail = letter.kunci.startswith(_OF_A_MAIL)
    known = session.get(MemoryRow, _name(_look(letter.mentah)) if by_mail else f"{_NAME} {letter.message_id}")
    return None if known is None else datetime.fromisoformat(known.nilai)


def is_unsent(letter: LetterRow) -> bool:
    """Tell whether nobody can have got the letter, as far as the store knows."""
    return letter.state == "queued" and letter.sent_at is None and letter.uncertain_at is None


def _is_same(session: Session, letter: LetterRow, copy: _Look) -> bool:
    """Tell whether this is a copy of the letter, whose id fits: only keys that name a mail may mean another one."""
    if not letter.kunci.startswith(_OF_A_MAIL):
        return True
    raw = session.get(LetterBytesRow, letter.id)
    return _name(_look(raw.isi if raw else b"")) == _name(copy)


def _unsent_answers(session: Session, copy: _Look) -> tuple[LetterRow, ...]:
    waiting = select(LetterRow).where(
        LetterRow.state == "queued",
        LetterRow.subjek == copy.subjek,
        col(LetterRow.kunci).startswith(_OF_A_MAIL),
    )
    return tuple(letter for letter in session.exec(waiting.with_for_update()) if is_unsent(letter))


def _name(look: _Look) -> str:
    """Return the name of a letter by what it says: an answer says the same only once to the same mail."""
    return f"{_NAME} {look.menjawab or look.teks} {look.subjek}"


def _look(raw: bytes) -> _Look:
    mail = MimeParser().parse(raw, 0, datetime.min.replace(tzinfo=UTC))
    answered = next((one for one in mail.in_reply_to if not _OURS.match(one)), "")
    words = " ".join(mail.teks.split())
    return _Look(mail.subjek, answered, bytes_digest(words.encode("utf-8", "replace")))
