"""The archive of incoming mails: kept raw, decided one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from kinerja_mailbot.adapters.mime import fingerprint, sender_and_subject
from kinerja_mailbot.adapters.store.answering import AnsweringStore
from kinerja_mailbot.adapters.store.database import insert_new
from kinerja_mailbot.adapters.store.effects import Cause, write_effect
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.letters import enqueue
from kinerja_mailbot.adapters.store.matters import all_matters, matters_named
from kinerja_mailbot.adapters.store.submissions import asked_of
from kinerja_mailbot.adapters.tables import CursorRow, MailBytesRow, MailRow, SightingRow
from kinerja_mailbot.domain.evidence.digest import bytes_digest
from kinerja_mailbot.domain.evidence.vouched import arrival_detail, decision_detail
from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.usecases.ports import ArchivedMail, Arrived, Cursor, JournalEntry

_MOST_ATTEMPTS = 3


class MailArchiveStore(AnsweringStore):
    """See `MailArchive`."""

    def __init__(
        self,
        url: str,
        *,
        fingerprint: Callable[[bytes], str] = fingerprint,
        peek: Callable[[bytes], tuple[str, str]] = sender_and_subject,
        busy_seconds: float = 5.0,
    ) -> None:
        """Take the URL of the database, and two readings of raw mail.

        `fingerprint` names a mail by its content, wherever it is seen; `peek` gives sender and subject for listings.
        """
        super().__init__(url, busy_seconds)
        self._fingerprint = fingerprint
        self._peek = peek

    def cursor(self, folder: str) -> Cursor | None:
        """See `MailArchive`."""
        with self.reading() as session:
            row = session.get(CursorRow, folder)
            if row is None:
                return None
            place = session.get(SightingRow, (folder, row.uidvalidity, row.uid))
            return Cursor(row.uidvalidity, row.uid, place.tiba_at if place else None)

    def archive(self, folder: str, arrived: Sequence[Arrived], cursor: Cursor, now: datetime) -> int:
        """See `MailArchive`."""
        prints = [self._fingerprint(mail.mentah) for mail in arrived]
        with self.writing() as session:
            fresh = sum(self._keep(session, mail, name, now) for mail, name in zip(arrived, prints, strict=True))
            _move_cursor(session, folder, cursor, now)
            return fresh

    def archive_given(self, raw: bytes, by: str, now: datetime) -> int:
        """See `MailArchive`."""
        sender, subject = self._peek(raw)
        row = MailRow(
            fingerprint=self._fingerprint(raw),
            ukuran=len(raw),
            arrived_at=now,
            archived_at=now,
            pengirim=sender,
            subjek=subject,
            dilepas=True,
        )
        with self.writing() as session:
            session.add(row)
            session.flush()
            assert row.id is not None  # noqa: S101 - a primary key
            session.add(MailBytesRow(surel_id=row.id, isi=raw))
            said = raw.rpartition(b"\r\n\r\n")[2].decode("utf-8", "replace").strip()
            entry = JournalEntry(
                at=now, oleh=by, peristiwa="order given at the machine", surel_id=row.id, rincian=f"as {sender}: {said}"
            )
            note(session, entry)
            return row.id

    def undecided(self, limit: int, after: int = 0) -> tuple[ArchivedMail, ...]:
        """See `MailArchive`."""
        waiting = (
            select(MailRow, MailBytesRow)
            .where(MailRow.id == MailBytesRow.surel_id, MailRow.state == "new", col(MailRow.id) > after)
            .order_by(col(MailRow.id))
            .limit(limit)
        )
        with self.reading() as session:
            return tuple(_archived_mail(mail, raw) for mail, raw in session.exec(waiting))

    def still_undecided(self, mail_ids: Sequence[int]) -> frozenset[int]:
        """See `MailArchive`."""
        waiting = select(MailRow.id).where(col(MailRow.id).in_(mail_ids), MailRow.state == "new")
        with self.reading() as session:
            return frozenset(mail_id for mail_id in session.exec(waiting) if mail_id is not None)

    def mail(self, mail_id: int) -> ArchivedMail | None:
        """See `MailArchive`."""
        with self.reading() as session:
            mail, raw = session.get(MailRow, mail_id), session.get(MailBytesRow, mail_id)
            return None if mail is None or raw is None else _archived_mail(mail, raw)

    def asked_of(self, unit: str) -> tuple[Asked, ...]:
        """See `MailArchive`."""
        with self.reading() as session:
            return asked_of(session, unit)

    def matters(self) -> tuple[Matter, ...]:
        """See `MailArchive`."""
        with self.reading() as session:
            return all_matters(session)

    def matters_named(self, numbers: Collection[int]) -> tuple[Matter, ...]:
        """See `MailArchive`."""
        with self.reading() as session:
            return matters_named(session, numbers) if numbers else ()

    def unfiled(self, limit: int) -> tuple[Place, ...]:
        """See `FilingRecord`."""
        settled = (
            select(SightingRow, MailRow)
            .where(
                SightingRow.surel_id == MailRow.id,
                col(SightingRow.dipindah_at).is_(None),
                MailRow.state == "decided",
                MailRow.verdict != "unknown",
                col(MailRow.urusan).is_(None),
            )
            .order_by(col(MailRow.id).desc())
            .limit(limit)
        )
        with self.reading() as session:
            return tuple(_place(sighting, mail) for sighting, mail in session.exec(settled))

    def mark_filed(self, places: Sequence[Place], now: datetime) -> None:
        """See `FilingRecord`."""
        with self.writing() as session:
            for place in places:
                session.get_one(SightingRow, (place.folder, place.uidvalidity, place.uid)).dipindah_at = now

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """See `MailArchive`.

        Raises:
            StoreError: nothing was written; also when the facts that the outcome was decided from are no longer true.
        """
        with self.writing() as session:
            mail = session.get_one(MailRow, mail_id, with_for_update=True)
            if mail.state != "new":
                return
            mail.state, mail.decided_at, mail.error = "decided", now, ""
            mail.verdict, mail.label, mail.alasan = outcome.verdict, outcome.label, outcome.alasan
            mail.periode, mail.unit = outcome.periode, outcome.unit
            mail.urusan = None if outcome.urusan is None else outcome.urusan.value
            mail.diringkas_at, mail.penolakan = None, outcome.penolakan or None
            cause = Cause(session=session, mail_id=mail_id, oleh=mail.pengirim, now=now)
            summary = decision_detail(outcome.verdict, outcome.label, outcome.alasan)
            note(session, cause.entry("mail decided", summary, periode=outcome.periode, unit=outcome.unit, oleh=BOT))
            for effect in outcome.efek:
                if entry := write_effect(cause, effect):
                    note(session, entry)
            enqueue(session, letters, now, mail_id)

    def shunt(self, mail_id: int, error: str, now: datetime) -> bool:
        """See `MailArchive`."""
        with self.writing() as session:
            mail = session.get_one(MailRow, mail_id, with_for_update=True)
            mail.percobaan += 1
            mail.error = error
            if mail.percobaan < _MOST_ATTEMPTS:
                return False
            mail.state, mail.urusan, mail.diringkas_at = "shunted", Urusan.DISISIHKAN.value, None
            note(session, JournalEntry(at=now, oleh=BOT, peristiwa="mail set aside", surel_id=mail_id, rincian=error))
            return True

    def reset_for_replay(self, mail_id: int, now: datetime, oleh: str = "admin") -> bool:
        """Let a mail be decided again; tell whether there is such a mail.

        What it led to before stays: its letters and revisions are not made a second time.
        """
        with self.writing() as session:
            mail = session.get(MailRow, mail_id, with_for_update=True)
            if mail is None:
                return False
            before, mail.state, mail.percobaan, mail.error = mail.state, "new", 0, ""
            mail.urusan = None
            entry = JournalEntry(at=now, oleh=oleh, peristiwa="mail replayed", surel_id=mail_id, rincian=before)
            note(session, entry)
            return True

    def _keep(self, session: Session, mail: Arrived, name: str, now: datetime) -> bool:
        sender, subject = self._peek(mail.mentah)
        row = MailRow(
            fingerprint=name,
            ukuran=len(mail.mentah),
            terpotong=mail.terpotong,
            arrived_at=mail.tiba_at,
            archived_at=now,
            pengirim=sender,
            subjek=subject,
            folder=mail.folder,
        )
        is_new = insert_new(session, row)
        mail_id = session.exec(select(MailRow.id).where(MailRow.fingerprint == name)).one()
        assert mail_id is not None  # noqa: S101 - a primary key
        if is_new:
            session.add(MailBytesRow(surel_id=mail_id, isi=mail.mentah))
            arrival = JournalEntry(
                at=now,
                oleh=sender or BOT,
                peristiwa="mail arrived",
                surel_id=mail_id,
                rincian=arrival_detail(mail.tiba_at),
                sha256=bytes_digest(mail.mentah),
            )
            note(session, arrival)
        place = SightingRow(
            folder=mail.folder, uidvalidity=mail.uidvalidity, uid=mail.uid, surel_id=mail_id, tiba_at=mail.tiba_at
        )
        insert_new(session, place)
        return is_new


def _move_cursor(session: Session, folder: str, cursor: Cursor, now: datetime) -> None:
    row = session.get(CursorRow, folder, with_for_update=True)
    if row is None:
        session.add(CursorRow(folder=folder, uidvalidity=cursor.uidvalidity, uid=cursor.uid, diambil_at=now))
        return
    # Within one UIDVALIDITY it only goes forward: a second service may have archived more meanwhile.
    row.uid = max(row.uid, cursor.uid) if row.uidvalidity == cursor.uidvalidity else cursor.uid
    row.uidvalidity, row.diambil_at = cursor.uidvalidity, now


def _place(sighting: SightingRow, mail: MailRow) -> Place:
    return Place(
        folder=sighting.folder,
        uidvalidity=sighting.uidvalidity,
        uid=sighting.uid,
        verdict=mail.verdict,
        periode=mail.periode,
    )


def _archived_mail(mail: MailRow, raw: MailBytesRow) -> ArchivedMail:
    return ArchivedMail(
        id=raw.surel_id,
        tiba_at=mail.arrived_at,
        percobaan=mail.percobaan,
        mentah=raw.isi,
        dilepas=mail.dilepas,
        terpotong=mail.terpotong,
        folder=mail.folder or "",
        pengirim=mail.pengirim,
    )
