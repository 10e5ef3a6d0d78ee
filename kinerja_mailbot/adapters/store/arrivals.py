"""Keeping what arrived, inside somebody else's transaction: each mail once by content, and everywhere it was seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.statements import insert_of, straight
from kinerja_mailbot.adapters.tables import CursorRow, MailBytesRow, MailRow, SightingRow
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.evidence.vouched import arrival_detail
from kinerja_mailbot.usecases.ports import Arrived, Cursor, JournalEntry


def keep(session: Session, arrived: Sequence[Arrived], rows: Sequence[Mapping[str, object]], now: datetime) -> int:
    """Keep what is new by content, and where each mail was seen; return how many are new."""
    if not rows:
        return 0
    prints = [str(row["fingerprint"]) for row in rows]
    found = straight(session, insert_of(session, MailRow, "fingerprint", "id"), rows)
    fresh = {str(row[0]): int(str(row[1])) for row in found}
    ids = _ids(session, set(prints) - fresh.keys()) | fresh
    contents = []
    for mail, row, name in zip(arrived, rows, prints, strict=True):
        mail_id = fresh.pop(name, None)  # its content may lie in several places: the first one has brought it
        if mail_id is not None:
            contents.append({"surel_id": mail_id, "isi": mail.mentah})
            note(session, _arrival(mail, mail_id, str(row["pengirim"]), now))
    if contents:
        straight(session, insert(MailBytesRow), contents)
    places = [
        {
            "folder": mail.folder,
            "uidvalidity": mail.uidvalidity,
            "uid": mail.uid,
            "surel_id": ids[name],
            "tiba_at": mail.tiba_at,
        }
        for mail, name in zip(arrived, prints, strict=True)
    ]
    straight(session, insert_of(session, SightingRow), places)
    return len(contents)


def move_cursor(session: Session, folder: str, cursor: Cursor, now: datetime) -> None:
    """Say how far a folder is archived."""
    row = session.get(CursorRow, folder, with_for_update=True)
    if row is None:
        session.add(CursorRow(folder=folder, uidvalidity=cursor.uidvalidity, uid=cursor.uid, diambil_at=now))
        return
    # Within one UIDVALIDITY it only goes forward: a second service may have archived more meanwhile.
    row.uid = max(row.uid, cursor.uid) if row.uidvalidity == cursor.uidvalidity else cursor.uid
    row.uidvalidity, row.diambil_at = cursor.uidvalidity, now


def _ids(session: Session, prints: Collection[str]) -> dict[str, int]:
    """Return the numbers of the mails with these fingerprints."""
    found = select(MailRow.fingerprint, MailRow.id).where(col(MailRow.fingerprint).in_(prints))
    return {name: mail_id or 0 for name, mail_id in session.exec(found)} if prints else {}


def _arrival(mail: Arrived, mail_id: int, sender: str, now: datetime) -> JournalEntry:
    return JournalEntry(
        at=now,
        oleh=sender or BOT,
        peristiwa="mail arrived",
        surel_id=mail_id,
        rincian=arrival_detail(mail.tiba_at),
        sha256=bytes_digest(mail.mentah),
    )
