"""What the store tells about itself: a value for each kind of line that commands and tests show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.form.value import CellOutcome, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """An archived mail in a listing; state `new`, `decided`, `held` or `shunted`."""

    id: int
    tiba_at: datetime
    ukuran: int
    state: str
    percobaan: int
    verdict: str
    label: str
    alasan: str
    pengirim: str
    subjek: str
    periode: str | None
    unit: str | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """A letter of the outbox; state `queued`, `sending`, `uncertain`, `sent` or `failed`."""

    id: int
    kunci: str
    message_id: str
    templat: str
    subjek: str
    penerima: tuple[str, ...]
    state: str
    percobaan: int
    next_at: datetime
    last_error: str
    created_at: datetime
    sent_at: datetime | None
    confirmed_at: datetime | None
    periode: str | None
    unit: str | None
    surel_id: int | None
    mentah: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredValue:
    """A judged cell of one revision, with the receipt number and the mail that it came by."""

    unit: str
    revisi: int
    nomor: str
    surel_id: int
    tiba_at: datetime
    lembar: str
    sel: str
    baris: str
    kolom: str
    label: str
    tertulis: str
    nilai: Value | None
    hasil: CellOutcome
    pesan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionLine:
    """A revision in a listing."""

    unit: str
    revisi: int
    nomor: str
    surel_id: int
    tiba_at: datetime
    tepat_waktu: bool
    berkas_nama: str
    berkas_ukuran: int
    berkas_sha256: str
    lengkap: bool
    terisi: int
    seluruh: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressHealth:
    """An address that fails (state `failing`) or whose mail is late (`delayed`), and since when we know."""

    alamat: str
    state: str
    keterangan: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """The state of the whole store for the `status` command."""

    surel: tuple[tuple[str, int], ...]  # (state, how many), only states that occur
    surat: tuple[tuple[str, int], ...]
    ditahan: tuple[MailLine, ...]
    disisihkan: tuple[MailLine, ...]
    alamat: tuple[AddressHealth, ...]
    terakhir_diarsipkan_at: datetime | None  # when a folder's cursor last moved
