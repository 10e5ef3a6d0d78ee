"""The store as the flows see it, each flow by its own part."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from kinerja_mailbot.domain.kinerja.changes import Butir
from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.domain.mail.letter import Letter, OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.sop.state import PeriodState, RekapState, RequestState, StepState
from kinerja_mailbot.usecases.ports.mail_servers import Arrived, Cursor
from kinerja_mailbot.usecases.ports.on_record import Inquiry, OnRecord
from kinerja_mailbot.usecases.ports.turns import Turns


class StoreError(Exception):
    """The database can't take it now (locked, disk full); nothing was written."""


class OvertakenError(StoreError):
    """Another service was faster: the facts have changed since they were read, and nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedMail:
    """A mail in the archive that waits to be decided."""

    id: int
    tiba_at: datetime
    percobaan: int
    mentah: bytes = field(repr=False)
    dilepas: bool = False  # held before, released by its owner's YA: counts as proven
    terpotong: bool = False  # too large to fetch whole: `mentah` holds the headers only
    folder: str = ""  # where it was seen first
    pengirim: str = ""  # who it says it is from, as listings show it


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
    sha256: str | None = None  # of what the line vouches for: a raw mail, a letter's bytes, a revision


class MailArchive(Turns, Protocol):
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

    def archive_given(self, raw: bytes, by: str, now: datetime) -> int:
        """Keep an order that the machine's user `by` gave there, as a mail that needs no other proof; return its id."""
        ...

    def undecided(self, limit: int, after: int = 0) -> tuple[ArchivedMail, ...]:
        """Return mails that wait for a decision, oldest first, those after the mail `after`."""
        ...

    def still_undecided(self, mail_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these mails wait for a decision now."""
        ...

    def mail(self, mail_id: int) -> ArchivedMail | None:
        """Return one archived mail, whatever its state."""
        ...

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:
        """Return these periods, or all that are not closed plus those closed in the last year.

        Without `receipts` the requests come without them: only a rekap and a status name them, and in a year they
        become thousands.
        """
        ...

    def on_record(self, inquiry: Inquiry) -> OnRecord:
        """Return what is known of earlier mails and answers, all as of one moment."""
        ...

    def passed_on(self, message_ids: Sequence[str]) -> int | None:
        """Return the mail that was put before a person by the first of these letters of ours which does so."""
        ...

    def matters(self) -> tuple[Matter, ...]:
        """Return the mails that wait for the penyusun, oldest first."""
        ...

    def unlisted_matters(self) -> tuple[Matter, ...]:
        """Return those of them that no summary has listed, oldest first."""
        ...

    def matters_named(self, numbers: Collection[int]) -> tuple[Matter, ...]:
        """Return those of them that have one of these numbers, oldest first."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Let what this thread writes inside be committed at once, at the end, where nobody else writes meanwhile.

        What one method writes is there whole or not at all, whatever becomes of the others.

        Raises:
            StoreError: what is not committed waits to be decided again.
        """
        ...

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """Write all effects, labels and letters of one mail. Applying the same mail twice changes nothing."""
        ...

    def shunt(self, mail_id: int, error: str, now: datetime) -> bool:
        """Record that deciding failed; after three times set it aside and return True."""
        ...


class FilingRecord(Protocol):
    """The part of the store that `tidy` needs."""

    def unfiled(self, limit: int) -> tuple[Place, ...]:
        """Return the settled mails of registered people and machines that nobody has tried to move yet."""
        ...

    def mark_filed(self, places: Sequence[Place], now: datetime) -> None:
        """Record that moving them was tried."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one tick decided: periods and requests to open, steps to move, letters to write."""

    periode_baru: tuple[PeriodState, ...] = ()
    permintaan: tuple[RequestState, ...] = ()
    langkah: tuple[tuple[str, StepState], ...] = ()  # (period, new state)
    rekap: tuple[tuple[str, RekapState], ...] = ()
    isi_rekap: tuple[tuple[str, int, tuple[Butir, ...]], ...] = ()  # (period, edition, what it says)
    mulai: tuple[str, ...] = ()  # periods that change from "menunggu perintah" to "berjalan"
    tutup: tuple[str, ...] = ()
    surat: tuple[Letter, ...] = ()
    diringkas: tuple[int, ...] = ()  # mails that the letter lists for the penyusun
    ingatan: tuple[tuple[str, str], ...] = ()  # (name, what is known or was told from now on)
    jurnal: tuple[JournalEntry, ...] = ()


class PeriodBook(Protocol):
    """The part of the store that `plan` and `compile` need."""

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:
        """See `MailArchive.periods`."""
        ...

    def letter_keys(self, prefix: str) -> frozenset[str]:
        """Return the keys of all letters ever composed that begin so."""
        ...

    def remembered(self, name: str) -> str:
        """Return what a plan last wrote under this name (`Plan.ingatan`), "" when none has."""
        ...

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """Write the plan and its letters in one transaction; a letter whose key exists is not written again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """What an edition said, and which mails have brought the period's data."""

    butir: tuple[Butir, ...] | None  # None: made by a version that did not keep it
    surel: tuple[tuple[str, int, int], ...]  # (unit id, revision, mail id), oldest first


class EditionBook(PeriodBook, Protocol):
    """The part of the store that `compile` needs."""

    def edition_record(self, kode: str, edisi: int) -> EditionRecord:
        """Return what is kept of this edition of the period `kode`."""
        ...
