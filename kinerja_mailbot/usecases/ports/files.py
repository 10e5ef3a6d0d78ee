"""Reading what came and making what goes: mails, workbooks, letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kinerja_mailbot.domain.form.workbook import ReadResult, Unreadable
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, OutgoingMail


class MailParser(Protocol):
    """Turns raw bytes into a value; never raises on any bytes."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        """Parse one mail, bounded in depth, parts and decoded size."""
        ...


class Reading(Protocol):
    """A spreadsheet that is being read while its owner does something else; dropping it lets go of the file."""

    def result(self) -> ReadResult:
        """Wait for the workbook, or for why there is none; the same at each call."""
        ...


class SheetReader(Protocol):
    """Reads spreadsheets in a child process; a hostile file costs that file only."""

    def begin(self, content: bytes) -> Reading:
        """Begin to read a file, behind those that were begun before; returns at once. Never raises on any bytes."""
        ...

    def read(self, content: bytes) -> ReadResult:
        """Return the workbook, or why there is none. Never raises on any bytes."""
        ...


class Unpacker(Protocol):
    """Opens containers in a child process, one level; a hostile file costs that file only."""

    def unpack(self, content: bytes) -> tuple[Attachment, ...] | Unreadable:
        """Return the files, sniffed and with safe names, or why there are none. Never raises on any bytes."""
        ...


class FormWriter(Protocol):
    """Makes form workbooks."""

    def write(self, file: FormFile) -> bytes:
        """Return the .xlsx."""
        ...


class RekapWriter(Protocol):
    """Makes rekap workbooks."""

    def write(self, rekap: Rekap) -> bytes:
        """Return the .xlsx."""
        ...


class ReportWriter(Protocol):
    """Makes the laporan as a document."""

    def write(self, laporan: Laporan) -> bytes:
        """Return the .docx."""
        ...


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """The two bodies of a letter; they say the same."""

    teks: str
    html: str


class TemplateError(Exception):
    """A letter's template is missing or broken; the message names file and line."""


class Letterhead(Protocol):
    """Renders letters from `templates/surat/`."""

    def render(self, letter: Letter) -> RenderedLetter:
        """Return plain text and HTML.

        Raises:
            TemplateError: the office has to mend the template; the letter can be rendered again then.
        """
        ...


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file to attach."""

    nama: str
    isi: bytes = field(repr=False)


class MailComposer(Protocol):
    """Makes the exact bytes of a letter (RFC 5322)."""

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        """Return the letter with Message-ID, thread headers and the headers that keep robots quiet."""
        ...
