"""The ports: what the flows need from the outside world, in our words and values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kinerja_mailbot.domain.form.workbook import ReadResult
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import FormFile, Letter, OutgoingMail
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.sop.state import PeriodState, RekapState, RequestState, StepState

# --- Inbox -------------------------------------------------------------------------------------------------------


class InboxError(Exception):
    """The mailbox can't be read now; it is worth trying later."""


class InboxLoginError(InboxError):
    """The server refused the name or the password; trying at once again would only lock the account."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been archived: every UID up to `uid` of this UIDVALIDITY."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A mail as the server has it: where it stands, when it came (INTERNALDATE, aware UTC), its raw bytes."""

    folder: str
    uidvalidity: int
    uid: int
    tiba_at: datetime
    mentah: bytes = field(repr=False)
    terpotong: bool = False  # too large to fetch whole: `mentah` holds the headers only


class Inbox(Protocol):
    """A mailbox that is only ever read: no flag, no EXPUNGE, no deletion."""

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        """Yield the mails beyond the cursor in batches, by ascending UID.

        Without a cursor, or when UIDVALIDITY has changed, every mail that arrived on `since` or later.

        Raises:
            InboxError: the connection failed; batches already yielded are good.
        """
        ...


# --- Mailer ------------------------------------------------------------------------------------------------------


class SendError(Exception):
    """The letter was certainly not accepted; `permanent` ones are not tried again."""

    permanent = False


class TemporarySendError(SendError):
    """Connection refused, 4xx, quota: try later."""


class PermanentSendError(SendError):
    """5xx for the letter as a whole, or for every recipient."""

    permanent = True


class ConnectionSendError(TemporarySendError):
    """The connection is gone or was never there: the other letters would fare no better."""


class LoginSendError(ConnectionSendError):
    """The server refused name or password: stop the whole delivery for a while, do not hammer."""


class UncertainSendError(Exception):
    """The connection broke after DATA: nobody knows whether the server took the letter."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient that the server refused while it took the letter for the others."""

    alamat: str
    jawaban: str  # "550 5.1.1 User unknown"
    tetap: bool


class MailerSession(Protocol):
    """One SMTP connection for a batch."""

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        """Hand over the exact bytes for all recipients and copies; return those refused while others were taken.

        When no recipient is taken, nothing is sent to the copies either: a copy proves that somebody got the letter.

        Raises:
            TemporarySendError, PermanentSendError, LoginSendError, UncertainSendError
        """
        ...


class Mailer(Protocol):
    """Opens sessions with the mail server."""

    def session(self) -> AbstractContextManager[MailerSession]:
        """Open a connection; raises `TemporarySendError` or `LoginSendError`."""
        ...


# --- Reading and writing files -----------------------------------------------------------------------------------


class MailParser(Protocol):
    """Turns raw bytes into a value; never raises on any bytes."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        """Parse one mail, bounded in depth, parts and decoded size."""
        ...


class SheetReader(Protocol):
    """Reads spreadsheets in a child process; a hostile file costs that file only."""

    def read(self, content: bytes) -> ReadResult:
        """Return the workbook, or why there is none. Never raises on any bytes."""
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


# --- Store -------------------------------------------------------------------------------------------------------


class StoreError(Exception):
    """The database can't take it now (locked, disk full); nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedMail:
    """A mail in the archive that waits to be decided."""

    id: int
    tiba_at: datetime
    percobaan: int
    mentah: bytes = field(repr=False)
    dilepas: bool = False  # held before, released by its owner's YA: counts as proven
    terpotong: bool = False  # too large to fetch whole: `mentah` holds the headers only


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMail:
    """A letter in the outbox that may be sent now."""

    id: int
    kunci: str
    message_id: str
    penerima: tuple[str, ...]
    percobaan: int
    mentah: bytes = field(repr=False)
    periode: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """A line of the append-only journal: who, when, what, because of which mail."""

    at: datetime
    oleh: str
    peristiwa: str
    periode: str | None = None
    unit: str | None = None
    surel_id: int | None = None
    rincian: str = ""


class MailArchive(Protocol):
    """The part of the store that `receive` needs; each method is one transaction."""

    def in_service_since(self, now: datetime) -> datetime:
        """Return when this store began to serve: `now` on the first call, the same moment ever after."""
        ...

    def cursor(self, folder: str) -> Cursor | None:
        """Return how far the folder is archived."""
        ...

    def archive(self, folder: str, arrived: Sequence[Arrived], cursor: Cursor, now: datetime) -> int:
        """Keep the raw mails and move the cursor in one transaction; return how many were new by content."""
        ...

    def undecided(self, limit: int) -> tuple[ArchivedMail, ...]:
        """Return mails that wait for a decision, oldest first."""
        ...

    def mail(self, mail_id: int) -> ArchivedMail | None:
        """Return one archived mail, whatever its state."""
        ...

    def periods(self, codes: Sequence[str] | None = None) -> tuple[PeriodState, ...]:
        """Return these periods, or all that are not closed plus those closed in the last year."""
        ...

    def answers_since(self, address: str, since: datetime) -> int:
        """Return how many automatic letters went to this address."""
        ...

    def held_mails(self, unit: str) -> tuple[int, ...]:
        """Return the ids of mails held for this unit's confirmation, oldest first."""
        ...

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """Write all effects, labels and letters of one mail. Applying the same mail twice changes nothing."""
        ...

    def shunt(self, mail_id: int, error: str, now: datetime) -> bool:
        """Record that deciding failed; after three times set it aside and return True."""
        ...


class Outbox(Protocol):
    """The part of the store that `deliver` needs."""

    def recover(self, now: datetime) -> int:
        """At start: letters left in `sending` by a crash become `uncertain`; return how many."""
        ...

    def requeue_unproven(self, before: datetime, now: datetime) -> int:
        """Queue again the uncertain letters whose own copy has not come since `before`."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[QueuedMail, ...]:
        """Return the letters whose time has come, oldest first."""
        ...

    def mark_sending(self, letter_id: int, now: datetime) -> None:
        """Commit the intention before the network is touched."""
        ...

    def mark_sent(self, letter_id: int, now: datetime, refused: Sequence[Refusal] = ()) -> None:
        """Record acceptance; starts the request's clock where the letter is a request."""
        ...

    def mark_failed(self, letter_id: int, reason: str, now: datetime) -> None:
        """Record a final refusal."""
        ...

    def retry_at(self, letter_id: int, at: datetime, reason: str) -> None:
        """Queue it for later."""
        ...

    def sent_since(self, since: datetime) -> int:
        """Return how many letters left since then."""
        ...

    def mark_uncertain(self, letter_id: int, reason: str, now: datetime) -> None:
        """Record that nobody knows; the own copy will tell."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one tick decided: periods and requests to open, steps to move, letters to write."""

    periode_baru: tuple[PeriodState, ...] = ()
    permintaan: tuple[RequestState, ...] = ()
    langkah: tuple[tuple[str, StepState], ...] = ()  # (period, new state)
    rekap: tuple[tuple[str, RekapState], ...] = ()
    mulai: tuple[str, ...] = ()  # periods that change from "menunggu perintah" to "berjalan"
    tutup: tuple[str, ...] = ()
    surat: tuple[Letter, ...] = ()
    jurnal: tuple[JournalEntry, ...] = ()


class PeriodBook(Protocol):
    """The part of the store that `plan` and `compile` need."""

    def periods(self, codes: Sequence[str] | None = None) -> tuple[PeriodState, ...]:
        """See `MailArchive.periods`."""
        ...

    def letter_keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all letters ever composed that begin so."""
        ...

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """Write the plan and its letters in one transaction; a letter whose key exists is not written again."""
        ...


class Calendar(Protocol):
    """National holidays and cuti bersama."""

    def holidays(self, year: int) -> tuple[tuple[date, str], ...]:
        """Return the days with their Indonesian names."""
        ...

    def has_cuti_bersama(self, year: int) -> bool:
        """Tell whether the year's cuti bersama are known at all (DOMAIN F5: 2028 is silently empty)."""
        ...
