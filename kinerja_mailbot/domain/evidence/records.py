"""What the store holds as evidence: mails, letters, revisions and kept files, each with what it must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.form.value import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRecord:
    """An archived mail with its raw bytes; `sidik` and `sidik_hitung` are its fingerprint as stored and as computed."""

    nomor: int
    tiba_at: datetime
    state: str
    verdict: str
    label: str
    alasan: str
    pengirim: str
    subjek: str
    periode: str | None
    unit: str | None
    ukuran: int
    sidik: str
    sidik_hitung: str
    terpotong: bool
    mentah: bytes | None = field(repr=False)  # None: the bytes are gone


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """A letter of the outbox with the bytes that every attempt sends."""

    nomor: int
    kunci: str
    templat: str
    subjek: str
    penerima: tuple[str, ...]
    state: str
    dibuat_at: datetime
    terkirim_at: datetime | None
    terbukti_at: datetime | None  # when its own copy came back
    periode: str | None
    unit: str | None
    surel_id: int | None
    mentah: bytes | None = field(repr=False)  # None: the bytes are gone


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRecord:
    """A revision of a unit's data, with the digest of what is stored of it now."""

    nomor: str  # receipt number
    periode: str
    unit: str
    revisi: int
    surel_id: int
    tiba_at: datetime
    tepat_waktu: bool
    berkas_nama: str
    berkas_ukuran: int
    berkas_sha256: str
    lengkap: bool
    terisi: int
    seluruh: int
    sha256: str
    sha256_lama: str  # as it was made before it covered what letters ask about


@dataclass(frozen=True, slots=True)
class AnalysisRecord:
    """A revision of the analysis of step 6, with the digest of what is stored of it now."""

    periode: str
    revisi: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that the journal fixes by its digest: "langkah 2026-TW3/3", and the digest of what it holds now."""

    nama: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file kept as data dukung; its bytes are in the mail."""

    nomor: int
    periode: str
    unit: str
    nama: str
    ukuran: int
    sha256: str
    surel_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedCell:
    """A cell of a request's record, and whether a revision of the unit has brought this very value."""

    periode: str
    unit: str
    lembar: str
    baris: str
    kolom: str
    nilai: Value
    berasal: bool
