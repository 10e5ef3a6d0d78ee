"""The store as evidence: every row as it stands, read in order, as of one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from kinerja_mailbot.adapters.store.analyses import analysis_digest
from kinerja_mailbot.adapters.store.archive import MailArchiveStore
from kinerja_mailbot.adapters.store.codec import decode_cells, decode_tuple, encode
from kinerja_mailbot.adapters.store.database import translated
from kinerja_mailbot.adapters.store.journal import chained_line
from kinerja_mailbot.adapters.store.submissions import digests_of
from kinerja_mailbot.adapters.store.traced import traced_value
from kinerja_mailbot.adapters.store.vouching import kept_row, vouched_keys
from kinerja_mailbot.adapters.tables import (
    AnalysisRow,
    EvidenceRow,
    JournalRow,
    LetterBytesRow,
    LetterRow,
    MailBytesRow,
    MailRow,
    RequestRow,
    SubmissionRow,
    ValueRow,
)
from kinerja_mailbot.domain.evidence.chain import GENESIS, ChainedLine
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.records import (
    AnalysisRecord,
    KeptFile,
    KeptRow,
    LetterRecord,
    MailRecord,
    RecordedCell,
    RevisionRecord,
)
from kinerja_mailbot.domain.evidence.trace import TracedValue

T = TypeVar("T")
K = TypeVar("K")
_OWN = "own"
_AT_ONCE = 500  # lines of the journal in one query; everything else is read row by row


class EvidenceReader:
    """See `EvidenceRecord`; `fingerprint` names a mail by its content."""

    def __init__(self, session: Session, fingerprint: Callable[[bytes], str]) -> None:
        self._session = session
        self._fingerprint = fingerprint

    def chain(self, first: int = 1, last: int | None = None) -> Iterator[ChainedLine | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(JournalRow.id).where(col(JournalRow.id) >= first).order_by(col(JournalRow.id))
        if last is not None:
            wanted = wanted.where(col(JournalRow.id) <= last)
        keys = self._session.exec(wanted).all()
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            try:
                page = select(JournalRow).where(col(JournalRow.id).in_(some)).order_by(col(JournalRow.id))
                yield from [chained_line(row) for row in self._session.exec(page).all()]
            except (ValueError, SQLAlchemyError):
                yield from self._one_by_one("jurnal", some, self._line)
            self._session.expunge_all()

    def link_before(self, nomor: int) -> str:
        """See `EvidenceRecord`."""
        earlier = select(JournalRow.rantai).where(col(JournalRow.id) < nomor).order_by(col(JournalRow.id).desc())
        return self._session.exec(earlier.limit(1)).first() or GENESIS

    def segment(self, periode: str) -> tuple[int, int] | None:
        """See `EvidenceRecord`."""
        concerns = or_(JournalRow.periode == periode, col(JournalRow.surel_id).in_(self._mail_ids(periode)))
        found = select(func.min(JournalRow.id), func.max(JournalRow.id)).where(concerns)
        first, last = self._session.exec(found).one()
        return None if first is None or last is None else (first, last)

    def mails(self, periode: str | None = None) -> Iterator[MailRecord | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(MailRow.id).order_by(col(MailRow.id))
        if periode is not None:
            wanted = wanted.where(col(MailRow.id).in_(self._mail_ids(periode)))
        return self._one_by_one("surel_masuk", self._session.exec(wanted).all(), self._mail)

    def letters(self, periode: str | None = None) -> Iterator[LetterRecord | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(LetterRow.id).order_by(col(LetterRow.id))
        if periode is not None:
            wanted = wanted.where(LetterRow.periode == periode)
        return self._one_by_one("surat_keluar", self._session.exec(wanted).all(), self._letter)

    def revisions(self, periode: str | None = None) -> Iterator[RevisionRecord | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(SubmissionRow.id).order_by(col(SubmissionRow.id))
        if periode is not None:
            wanted = wanted.where(SubmissionRow.periode == periode)
        return self._one_by_one("kiriman", self._session.exec(wanted).all(), self._revision)

    def kept_files(self, periode: str | None = None) -> Iterator[KeptFile | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(EvidenceRow.id).order_by(col(EvidenceRow.id))
        if periode is not None:
            wanted = wanted.where(EvidenceRow.periode == periode)
        return self._one_by_one("data_dukung", self._session.exec(wanted).all(), self._kept_file)

    def analyses(self) -> Iterator[AnalysisRecord | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(AnalysisRow.periode, AnalysisRow.revisi)
        found = self._session.exec(wanted.order_by(col(AnalysisRow.periode), col(AnalysisRow.revisi)))
        keys = [(periode, revision) for periode, revision in found]
        return self._one_by_one("analisis", keys, self._analysis)

    def kept_rows(self) -> Iterator[KeptRow | Difference]:
        """See `EvidenceRecord`."""
        return self._one_by_one("baris", tuple(vouched_keys(self._session)), partial(kept_row, self._session))

    def recorded_cells(self) -> Iterator[RecordedCell | Difference]:
        """See `EvidenceRecord`."""
        wanted = select(RequestRow.periode, RequestRow.unit).order_by(col(RequestRow.periode), col(RequestRow.unit))
        keys = [(periode, unit) for periode, unit in self._session.exec(wanted)]
        for found in self._one_by_one("permintaan", keys, self._cells):
            yield from (found,) if isinstance(found, Difference) else found

    def mail(self, nomor: int) -> MailRecord | None:
        """See `EvidenceRecord`."""
        return None if self._session.get(MailRow, nomor) is None else self._mail(nomor)

    def values(self, periode: str, baris: str | None = None, unit: str | None = None) -> Iterator[TracedValue]:
        """See `EvidenceRecord`."""
        wanted = (
            select(SubmissionRow, ValueRow, MailRow.pengirim)
            .join(ValueRow, col(ValueRow.kiriman_id) == col(SubmissionRow.id))
            .join(MailRow, col(MailRow.id) == col(SubmissionRow.surel_id))
            .where(SubmissionRow.periode == periode)
            .order_by(col(SubmissionRow.unit), col(SubmissionRow.revisi), col(ValueRow.urutan))
        )
        if baris is not None:
            wanted = wanted.where(func.lower(ValueRow.baris) == baris.lower())
        if unit is not None:
            wanted = wanted.where(SubmissionRow.unit == unit)
        for submission, cell, sender in self._session.exec(wanted):
            yield traced_value(submission, cell, sender)

    def _one_by_one(self, table: str, keys: Sequence[K], read: Callable[[K], T]) -> Iterator[T | Difference]:
        """Read row by row: memory stays bounded, and a row that can't be read is named without hiding the others."""
        for key in keys:
            try:
                yield read(key)
            except (ValueError, SQLAlchemyError) as error:
                where = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
                yield Difference(tempat=f"{table} {where}", hal="baris", tercatat="dapat dibaca", ditemukan=str(error))
            self._session.expunge_all()

    def _mail_ids(self, periode: str) -> SelectOfScalar[int] | SelectOfScalar[None]:
        """Return the query for a period's mails; the copies of our own letters prove sending, and are no mail to us."""
        brought = select(SubmissionRow.surel_id).where(SubmissionRow.periode == periode)
        kept = select(EvidenceRow.surel_id).where(EvidenceRow.periode == periode)
        concerns = or_(MailRow.periode == periode, col(MailRow.id).in_(brought), col(MailRow.id).in_(kept))
        return select(MailRow.id).where(MailRow.verdict != _OWN, concerns)

    def _line(self, key: int | None) -> ChainedLine:
        return chained_line(self._session.get_one(JournalRow, key))

    def _mail(self, key: int | None) -> MailRecord:
        row, raw = self._session.get_one(MailRow, key), self._session.get(MailBytesRow, key)
        return MailRecord(
            nomor=row.id or 0,
            tiba_at=row.arrived_at,
            state=row.state,
            verdict=row.verdict,
            label=row.label,
            alasan=row.alasan,
            pengirim=row.pengirim,
            subjek=row.subjek,
            periode=row.periode,
            unit=row.unit,
            ukuran=row.ukuran,
            sidik=row.fingerprint,
            sidik_hitung=self._fingerprint(raw.isi) if raw else "",
            terpotong=row.terpotong,
            mentah=raw.isi if raw else None,
        )

    def _letter(self, key: int | None) -> LetterRecord:
        row, raw = self._session.get_one(LetterRow, key), self._session.get(LetterBytesRow, key)
        return LetterRecord(
            nomor=row.id or 0,
            kunci=row.kunci,
            templat=row.templat,
            subjek=row.subjek,
            penerima=decode_tuple(str, row.penerima),
            state=row.state,
            dibuat_at=row.created_at,
            terkirim_at=row.sent_at,
            terbukti_at=row.confirmed_at,
            periode=row.periode,
            unit=row.unit,
            surel_id=row.surel_id,
            mentah=raw.isi if raw else None,
        )

    def _revision(self, key: int | None) -> RevisionRecord:
        row = self._session.get_one(SubmissionRow, key)
        cells = select(ValueRow).where(ValueRow.kiriman_id == key).order_by(col(ValueRow.urutan))
        digest, older = digests_of(row, self._session.exec(cells).all())
        return RevisionRecord(
            nomor=row.nomor,
            periode=row.periode,
            unit=row.unit,
            revisi=row.revisi,
            surel_id=row.surel_id,
            tiba_at=row.tiba_at,
            tepat_waktu=row.tepat_waktu,
            berkas_nama=row.berkas_nama,
            berkas_ukuran=row.berkas_ukuran,
            berkas_sha256=row.berkas_sha256,
            lengkap=row.lengkap,
            terisi=row.terisi,
            seluruh=row.seluruh,
            sha256=digest,
            sha256_lama=older,
        )

    def _analysis(self, key: tuple[str, int]) -> AnalysisRecord:
        row = self._session.get_one(AnalysisRow, key)
        return AnalysisRecord(row.periode, row.revisi, analysis_digest(row))

    def _kept_file(self, key: int | None) -> KeptFile:
        row = self._session.get_one(EvidenceRow, key)
        return KeptFile(
            nomor=row.id or 0,
            periode=row.periode,
            unit=row.unit,
            nama=row.nama,
            ukuran=row.ukuran,
            sha256=row.sha256,
            surel_id=row.surel_id,
        )

    def _cells(self, key: tuple[str, str]) -> tuple[RecordedCell, ...]:
        row = self._session.get_one(RequestRow, key)
        brought = (
            select(ValueRow, SubmissionRow.revisi)
            .join(SubmissionRow, col(SubmissionRow.id) == ValueRow.kiriman_id)
            .where(SubmissionRow.periode == row.periode, SubmissionRow.unit == row.unit)
        )
        known: set[tuple[str, str, str, str | None, int]] = set()
        for value, revision in self._session.exec(brought):
            place = value.lembar, value.baris, value.kolom, value.nilai
            known |= {(*place, revision), (*place, 0)}  # 0: on record from before the revision was kept beside it
        return tuple(
            RecordedCell(
                periode=row.periode,
                unit=row.unit,
                lembar=cell.lembar,
                baris=cell.baris,
                kolom=cell.kolom,
                nilai=cell.nilai,
                berasal=(cell.lembar, cell.baris, cell.kolom, encode(cell.nilai), cell.kiriman) in known,
            )
            for cell in decode_cells(row.sel)
        )


class EvidenceKeepingStore(MailArchiveStore):
    """See `EvidenceStore`."""

    @contextmanager
    def evidence(self) -> Iterator[EvidenceReader]:
        """See `EvidenceStore`; one long read transaction, which hinders nobody who writes."""
        # On PostgreSQL each statement would otherwise see what was committed meanwhile; SQLite never does.
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")
        with translated(), Session(engine) as session, session.begin():
            yield EvidenceReader(session, self._fingerprint)
