"""The store as evidence, and the archive file that is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from kinerja_mailbot.domain.evidence.chain import ChainedLine
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.manifest import ArchivedFile
from kinerja_mailbot.domain.evidence.records import (
    AnalysisRecord,
    KeptFile,
    KeptRow,
    LetterRecord,
    MailRecord,
    RecordedCell,
    RevisionRecord,
)
from kinerja_mailbot.domain.evidence.registers import Registers
from kinerja_mailbot.domain.evidence.trace import TracedValue


class EvidenceRecord(Protocol):
    """Everything that was kept, as of one moment; each row comes alone, and one that can't be read as a difference."""

    def chain(self, first: int = 1, last: int | None = None) -> Iterator[ChainedLine | Difference]:
        """Yield the journal's lines from `first` to `last`."""
        ...

    def link_before(self, nomor: int) -> str:
        """Return the link of the newest line before this number, or what stands before the first line."""
        ...

    def segment(self, periode: str) -> tuple[int, int] | None:
        """Return the numbers of the first and last line that concern a period or its mails; None without any."""
        ...

    def mails(self, periode: str | None = None) -> Iterator[MailRecord | Difference]:
        """Yield all mails, or those of a period but for our own copies, by number."""
        ...

    def letters(self, periode: str | None = None) -> Iterator[LetterRecord | Difference]:
        """Yield all letters, or those of a period, by number."""
        ...

    def revisions(self, periode: str | None = None) -> Iterator[RevisionRecord | Difference]:
        """Yield all revisions, or those of a period, in the order of their arrival."""
        ...

    def kept_files(self, periode: str | None = None) -> Iterator[KeptFile | Difference]:
        """Yield all files of data dukung, or those of a period."""
        ...

    def analyses(self) -> Iterator[AnalysisRecord | Difference]:
        """Yield all revisions of the analysis."""
        ...

    def kept_rows(self) -> Iterator[KeptRow | Difference]:
        """Yield the rows whose last state the journal fixes: steps, deadlines, people, editions, reviews."""
        ...

    def recorded_cells(self) -> Iterator[RecordedCell | Difference]:
        """Yield every cell that the rekap is compiled from."""
        ...

    def mail(self, nomor: int) -> MailRecord | None:
        """Return one mail; None when there is no such mail."""
        ...

    def values(self, periode: str, baris: str | None = None, unit: str | None = None) -> Iterator[TracedValue]:
        """Yield every judged cell of a period, or of one row and unit, by unit, revision and the form's order.

        Rows are compared without case; `message_id` is left empty.
        """
        ...


class EvidenceStore(Protocol):
    """A store that opens its record."""

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the database itself, in English sentences; nothing when it is well."""
        ...

    def evidence(self) -> AbstractContextManager[EvidenceRecord]:
        """Open the record as of this moment, whatever the service writes meanwhile.

        Raises:
            StoreError: it can't be read at all.
        """
        ...


class ArchiveWriter(Protocol):
    """An archive file in the making; it stands under its name only when it is whole."""

    def add(self, nama: str, content: Iterable[bytes]) -> ArchivedFile:
        """Add a file piece by piece; return its name, size and digest."""
        ...


class ArchiveReader(Protocol):
    """An archive file that may have been changed by anybody."""

    def faults(self) -> tuple[Difference, ...]:
        """Return what is wrong with the container: a broken seal, an unreadable directory, a name that occurs twice."""
        ...

    def names(self) -> tuple[str, ...]:
        """Return the names of the files in it; nothing when it can't be read at all."""
        ...

    def read(self, nama: str) -> Iterator[bytes]:
        """Yield a file piece by piece.

        Raises:
            ArchiveError: it can't be read, or is not there.
        """
        ...


class ArchiveError(Exception):
    """A file of the archive can't be read; the message says why, in English."""


class RegisterWriter(Protocol):
    """Makes the registers that an office prints."""

    def agenda(self, registers: Registers) -> bytes:
        """Return buku agenda as .xlsx: incoming and outgoing mail, A4 landscape."""
        ...

    def receipts(self, registers: Registers) -> bytes:
        """Return lembar tanda terima as .xlsx: one printed sheet for each revision."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTools:
    """What making an archive needs beside the record."""

    writer: ArchiveWriter
    registers: RegisterWriter
