"""What stands in the way of reading a folder on: mails that its server withholds, and a folder that has gone back."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, delete, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.tables import CursorRow, SightingRow, WithheldRow
from kinerja_mailbot.usecases.ports import Cursor, JournalEntry

_MOST_ATTEMPTS = 3


class WithheldStore(Database):
    """See `WithheldRecord`."""

    def withhold(self, folder: str, place: Cursor, now: datetime) -> bool:
        """See `WithheldRecord`."""
        with self.writing() as session:
            key = (folder, place.uidvalidity, place.uid)
            row = session.get(WithheldRow, key, with_for_update=True)
            if row is None:
                row = WithheldRow(folder=folder, uidvalidity=place.uidvalidity, uid=place.uid, sejak=now, dicoba_at=now)
                session.add(row)
            row.percobaan += 1
            row.dicoba_at, row.selesai_at = now, None
            if row.percobaan < _MOST_ATTEMPTS:
                return False
            if row.percobaan == _MOST_ATTEMPTS:
                said = f"UID {place.uid} ({place.uidvalidity}) of {folder}"
                note(session, JournalEntry(at=now, oleh=BOT, peristiwa="mail withheld by the server", rincian=said))
            cursor = session.get(CursorRow, folder, with_for_update=True)
            if cursor is None:
                session.add(CursorRow(folder=folder, uidvalidity=place.uidvalidity, uid=place.uid, diambil_at=now))
            elif cursor.uidvalidity != place.uidvalidity:
                cursor.uidvalidity, cursor.uid = place.uidvalidity, place.uid
            else:
                cursor.uid = max(cursor.uid, place.uid)
            return True

    def withheld(self, folder: str, since: datetime) -> tuple[Cursor, ...]:
        """See `WithheldRecord`."""
        waiting = (
            select(WithheldRow)
            .where(
                WithheldRow.folder == folder,
                WithheldRow.percobaan >= _MOST_ATTEMPTS,
                WithheldRow.dicoba_at <= since,
                col(WithheldRow.selesai_at).is_(None),
            )
            .order_by(col(WithheldRow.sejak), col(WithheldRow.uid))
        )
        with self.reading() as session:
            return tuple(Cursor(row.uidvalidity, row.uid) for row in session.exec(waiting))

    def handed_over(self, folder: str, place: Cursor, now: datetime) -> None:
        """See `WithheldRecord`."""
        with self.writing() as session:
            session.get_one(WithheldRow, (folder, place.uidvalidity, place.uid)).selesai_at = now

    def read_anew(self, folder: str, uidvalidity: int, now: datetime) -> None:
        """See `WithheldRecord`."""
        with self.writing() as session:
            cursor = session.get(CursorRow, folder, with_for_update=True)
            if cursor is None or cursor.uidvalidity != uidvalidity:
                return
            session.delete(cursor)
            here = delete(SightingRow).where(col(SightingRow.folder) == folder)
            session.exec(here.where(col(SightingRow.uidvalidity) == uidvalidity))
            said = f"{folder}: read up to UID {cursor.uid} before"
            note(session, JournalEntry(at=now, oleh=BOT, peristiwa="mailbox had gone back", rincian=said))
