"""Reading the store for people: listings for commands, tests and the demo; nothing here changes anything."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, func, select

from kinerja_mailbot.adapters.store.codec import decode_tuple, decode_value
from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.journal import entry_of, note
from kinerja_mailbot.adapters.store.lines import (
    AddressHealth,
    LetterLine,
    MailLine,
    StoredValue,
    StoreFacts,
    SubmissionLine,
)
from kinerja_mailbot.adapters.store.people import absences, appointments, petitions
from kinerja_mailbot.adapters.tables import (
    AddressRow,
    CursorRow,
    JournalRow,
    LetterBytesRow,
    LetterRow,
    MailRow,
    SubmissionRow,
    ValueRow,
)
from kinerja_mailbot.domain.acting import Penunjukan
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.usecases.ports import JournalEntry


class ReportStore(Database):
    """What commands and tests ask the store."""

    def journal(self, periode: str | None = None) -> tuple[JournalEntry, ...]:
        """Return the journal, or one period's lines of it, oldest first."""
        lines = select(JournalRow).order_by(col(JournalRow.id))
        if periode is not None:
            lines = lines.where(JournalRow.periode == periode)
        with self.reading() as session:
            return tuple(entry_of(row) for row in session.exec(lines))

    def write_journal(self, entries: tuple[JournalEntry, ...]) -> None:
        """Write lines about what happened outside of mails and plans."""
        with self.writing() as session:
            for entry in entries:
                note(session, entry)

    def status_facts(self) -> StoreFacts:
        """Return how things stand."""
        with self.reading() as session:
            return StoreFacts(
                surel=_count_mails(session),
                surat=_count_letters(session),
                ditahan=_mails(session, "held", 100),
                disisihkan=_mails(session, "shunted", 100),
                alamat=_addresses(session),
                terakhir_diarsipkan_at=max(session.exec(select(CursorRow.diambil_at)), default=None),
            )

    def absences(self, now: datetime, today: date) -> tuple[Absence, ...]:
        """Return who is away today, by his robot's word; without a last day it is believed for two days."""
        with self.reading() as session:
            return absences(session, now, today)

    def appointments(self, today: date) -> tuple[Penunjukan, ...]:
        """Return the acting officials named by order whose time is not over, oldest order first."""
        with self.reading() as session:
            return appointments(session, today)

    def petitions(self) -> tuple[Permohonan, ...]:
        """Return every request for more time, oldest first."""
        with self.reading() as session:
            return petitions(session)

    def addresses_failing(self) -> tuple[AddressHealth, ...]:
        """Return the addresses that do not work or whose mail is late, by name."""
        with self.reading() as session:
            return _addresses(session)

    def mails(self, state: str | None = None, limit: int = 100) -> tuple[MailLine, ...]:
        """Return the newest archived mails, newest first, all or those in one state."""
        with self.reading() as session:
            return _mails(session, state, limit)

    def letters(self, prefix: str = "", state: str | None = None) -> tuple[LetterLine, ...]:
        """Return the letters whose key begins so, oldest first, all or those in one state."""
        found = select(LetterRow, LetterBytesRow).where(LetterRow.id == LetterBytesRow.surat_id)
        if state is not None:
            found = found.where(LetterRow.state == state)
        with self.reading() as session:
            rows = session.exec(found.order_by(col(LetterRow.id)))
            return tuple(_letter_line(letter, raw) for letter, raw in rows if letter.kunci.startswith(prefix))

    def submissions(self, periode: str) -> tuple[SubmissionLine, ...]:
        """Return all revisions of a period in the order of their arrival."""
        found = select(SubmissionRow).where(SubmissionRow.periode == periode).order_by(col(SubmissionRow.id))
        with self.reading() as session:
            return tuple(_submission_line(row) for row in session.exec(found))

    def stored_values(self, periode: str) -> tuple[StoredValue, ...]:
        """Return every judged cell of every revision of a period: by unit, revision, and the form's order."""
        found = (
            select(SubmissionRow, ValueRow)
            .where(SubmissionRow.id == ValueRow.kiriman_id, SubmissionRow.periode == periode)
            .order_by(col(SubmissionRow.unit), col(SubmissionRow.revisi), col(ValueRow.urutan))
        )
        with self.reading() as session:
            return tuple(_stored_value(submission, cell) for submission, cell in session.exec(found))


def _count_mails(session: Session) -> tuple[tuple[str, int], ...]:
    counts = select(MailRow.state, func.count()).group_by(MailRow.state).order_by(MailRow.state)
    return tuple((state, count) for state, count in session.exec(counts))


def _count_letters(session: Session) -> tuple[tuple[str, int], ...]:
    counts = select(LetterRow.state, func.count()).group_by(LetterRow.state).order_by(LetterRow.state)
    return tuple((state, count) for state, count in session.exec(counts))


def _addresses(session: Session) -> tuple[AddressHealth, ...]:
    rows = session.exec(select(AddressRow).order_by(col(AddressRow.alamat)))
    return tuple(AddressHealth(alamat=r.alamat, state=r.state, keterangan=r.keterangan, at=r.at) for r in rows)


def _mails(session: Session, state: str | None, limit: int) -> tuple[MailLine, ...]:
    found = select(MailRow).order_by(col(MailRow.id).desc()).limit(limit)
    if state is not None:
        found = found.where(MailRow.state == state)
    return tuple(_mail_line(row) for row in session.exec(found))


def _mail_line(row: MailRow) -> MailLine:
    return MailLine(
        id=row.id or 0,
        tiba_at=row.arrived_at,
        ukuran=row.ukuran,
        state=row.state,
        percobaan=row.percobaan,
        verdict=row.verdict,
        label=row.label,
        alasan=row.alasan,
        pengirim=row.pengirim,
        subjek=row.subjek,
        periode=row.periode,
        unit=row.unit,
        error=row.error,
    )


def _letter_line(letter: LetterRow, raw: LetterBytesRow) -> LetterLine:
    return LetterLine(
        id=raw.surat_id,
        kunci=letter.kunci,
        message_id=letter.message_id,
        templat=letter.templat,
        subjek=letter.subjek,
        penerima=decode_tuple(str, letter.penerima),
        state=letter.state,
        percobaan=letter.percobaan,
        next_at=letter.next_at,
        last_error=letter.last_error,
        created_at=letter.created_at,
        sent_at=letter.sent_at,
        confirmed_at=letter.confirmed_at,
        periode=letter.periode,
        unit=letter.unit,
        surel_id=letter.surel_id,
        mentah=raw.isi,
    )


def _submission_line(row: SubmissionRow) -> SubmissionLine:
    return SubmissionLine(
        unit=row.unit,
        revisi=row.revisi,
        nomor=row.nomor,
        surel_id=row.surel_id,
        tiba_at=row.tiba_at,
        tepat_waktu=row.tepat_waktu,
        berkas_nama=row.berkas_nama,
        berkas_ukuran=row.berkas_ukuran,
        berkas_sha256=row.berkas_sha256,
        lengkap=row.lengkap,
        terisi=row.terisi,
        seluruh=row.seluruh,
    )


def _stored_value(submission: SubmissionRow, cell: ValueRow) -> StoredValue:
    return StoredValue(
        unit=submission.unit,
        revisi=submission.revisi,
        nomor=submission.nomor,
        surel_id=submission.surel_id,
        tiba_at=submission.tiba_at,
        lembar=cell.lembar,
        sel=cell.sel,
        baris=cell.baris,
        kolom=cell.kolom,
        label=cell.label,
        tertulis=cell.tertulis,
        nilai=None if cell.nilai is None else decode_value(cell.nilai),
        hasil=CellOutcome(cell.hasil),
        pesan=cell.pesan,
    )
