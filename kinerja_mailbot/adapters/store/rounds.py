"""What the daily rounds ask the store: what waits, what passed through, which mails of a folder are here."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import col, func, select

from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.journal import note
from kinerja_mailbot.adapters.store.keys import keys_beginning
from kinerja_mailbot.adapters.store.watch import remember
from kinerja_mailbot.adapters.tables import LetterRow, MailRow, SightingRow
from kinerja_mailbot.domain.mail.health import DayCounts, LoopBack, Queues
from kinerja_mailbot.domain.tick.rounds import BACKUP, RESTORED
from kinerja_mailbot.usecases.ports import JournalEntry

_OWN = "own"
# What is settled is not counted: it grows for years, and whoever watches asks at every heartbeat.
_OPEN_MAILS = ("new", "shunted")
_OPEN_LETTERS = ("queued", "sending", "uncertain", "failed")


class RoundsStore(Database):
    """See `RoundsBook`."""

    def queues(self) -> Queues:
        """See `RoundsBook`."""
        of_mail, of_letter = col(MailRow.state), col(LetterRow.state)
        mails_open = select(of_mail, func.count()).where(of_mail.in_(_OPEN_MAILS)).group_by(of_mail)
        letters_open = select(of_letter, func.count()).where(of_letter.in_(_OPEN_LETTERS)).group_by(of_letter)
        with self.reading() as session:
            mails, letters = dict(session.exec(mails_open).all()), dict(session.exec(letters_open).all())
        return Queues(
            surel_menunggu=mails.get("new", 0),
            surel_disisihkan=mails.get("shunted", 0),
            surat_menunggu=letters.get("queued", 0) + letters.get("sending", 0),
            surat_belum_pasti=letters.get("uncertain", 0),
            surat_gagal=letters.get("failed", 0),
        )

    def loop_back(self, prefix: str) -> LoopBack | None:
        """See `RoundsBook`."""
        newest = select(LetterRow).where(keys_beginning(prefix, is_sqlite=self.is_sqlite))
        with self.reading() as session:
            row = session.exec(newest.order_by(col(LetterRow.id).desc()).limit(1)).first()
            if row is None:
                return None
            return LoopBack(ditulis_at=row.created_at, dikirim_at=row.sent_at, kembali_at=row.confirmed_at)

    def counts(self, since: datetime, until: datetime) -> DayCounts:
        """See `RoundsBook`."""
        with self.reading() as session:
            mails = (
                select(func.count())
                .select_from(MailRow)
                .where(MailRow.archived_at >= since, MailRow.archived_at < until, MailRow.verdict != _OWN)
            )
            sent = (
                select(func.count())
                .select_from(LetterRow)
                .where(col(LetterRow.sent_at) >= since, col(LetterRow.sent_at) < until)
            )
            failed = (
                select(func.count())
                .select_from(LetterRow)
                .where(LetterRow.state == "failed", LetterRow.next_at >= since, LetterRow.next_at < until)
            )
            return DayCounts(
                surel_masuk=session.exec(mails).one(),
                surat_terkirim=session.exec(sent).one(),
                surat_gagal=session.exec(failed).one(),
            )

    def sighted(self, folder: str, uidvalidity: int, after: int, most: int) -> tuple[int, ...]:
        """See `RoundsBook`."""
        uid = col(SightingRow.uid)
        known = select(uid).where(SightingRow.folder == folder, SightingRow.uidvalidity == uidvalidity, uid > after)
        with self.reading() as session:
            return tuple(session.exec(known.order_by(uid).limit(most)))

    def note_restored(self, source: str, now: datetime) -> None:
        """Write down that this is an older copy: nothing is sent before the mailbox has shown what happened since."""
        with self.writing() as session:
            remember(session, RESTORED, now.isoformat(), now)
            note(session, JournalEntry(at=now, oleh="admin", peristiwa="store restored", rincian=source))

    def note_backup(self, now: datetime) -> None:
        """Write down that the database was copied now."""
        with self.writing() as session:
            remember(session, BACKUP, now.isoformat(), now)
