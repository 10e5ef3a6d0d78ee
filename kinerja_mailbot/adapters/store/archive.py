"""The archive of incoming mails: kept raw, decided one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, func, select

from kinerja_mailbot.adapters.mime import fingerprint, sender_and_subject
from kinerja_mailbot.adapters.store.answering import AnsweringStore
from kinerja_mailbot.adapters.store.arrivals import keep, move_cursor
from kinerja_mailbot.adapters.store.effects import Cause, write_effect
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.letters import enqueue
from kinerja_mailbot.adapters.store.matters import all_matters, matters_named, unlisted_matters
from kinerja_mailbot.adapters.store.statements import straight
from kinerja_mailbot.adapters.tables import CursorRow, MailBytesRow, MailRow, SightingRow
from kinerja_mailbot.domain.evidence.vouched import decision_detail
from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.usecases.ports import ArchivedMail, Arrived, Cursor, JournalEntry

_MOST_ATTEMPTS = 3
_MOST_BYTES = 8 * 1024 * 1024  # of mails that are decided together: they are all in memory at once


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
        rows = [self._row(mail, now) for mail in arrived]
        with self.writing() as session:
            fresh = keep(session, arrived, rows, now)
            move_cursor(session, folder, cursor, now)
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
        oldest = (
            select(MailRow.id, MailRow.ukuran)
            .where(MailRow.state == "new", col(MailRow.id) > after)
            .order_by(col(MailRow.id))
            .limit(limit)
            .subquery()
        )
        up_to_here = func.sum(oldest.c.ukuran).over(order_by=oldest.c.id)
        sized = select(oldest.c.id, (up_to_here - oldest.c.ukuran).label("sebelumnya")).subquery()
        waiting = (
            select(MailRow, MailBytesRow)
            .join(sized, sized.c.id == col(MailRow.id))
            .join(MailBytesRow, col(MailBytesRow.surel_id) == col(MailRow.id))
            .where(sized.c.sebelumnya < _MOST_BYTES)
            .order_by(col(MailRow.id))
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

    def matters(self) -> tuple[Matter, ...]:
        """See `MailArchive`."""
        with self.reading() as session:
            return all_matters(session)

    def unlisted_matters(self) -> tuple[Matter, ...]:
        """See `MailArchive`."""
        with self.reading() as session:
            return unlisted_matters(session)

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
            sender = _settle(session, mail_id, outcome, now)
            if sender is None:
                return
            cause = Cause(session=session, mail_id=mail_id, oleh=sender, now=now)
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

    def _row(self, mail: Arrived, now: datetime) -> dict[str, object]:
        sender, subject = self._peek(mail.mentah)
        return {
            "fingerprint": self._fingerprint(mail.mentah),
            "ukuran": len(mail.mentah),
            "terpotong": mail.terpotong,
            "arrived_at": mail.tiba_at,
            "archived_at": now,
            "pengirim": sender,
            "subjek": subject,
            "folder": mail.folder,
        }


_SETTLE = (
    update(MailRow)
    .where(col(MailRow.id) == bindparam("nomor"), col(MailRow.state) == "new")
    .values(state="decided", error="", diringkas_at=None)
    .returning(col(MailRow.pengirim))
)


def _settle(session: Session, mail_id: int, outcome: Outcome, now: datetime) -> str | None:
    """Write down how a mail was decided; return its sender, or None if it does not wait any more."""
    labels = {
        "nomor": mail_id,
        "decided_at": now,
        "verdict": outcome.verdict,
        "label": outcome.label,
        "alasan": outcome.alasan,
        "periode": outcome.periode,
        "unit": outcome.unit,
        "urusan": None if outcome.urusan is None else outcome.urusan.value,
        "penolakan": outcome.penolakan or None,
    }
    found = straight(session, _SETTLE, labels).first()
    return None if found is None else str(found[0])


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
