"""Tables of mail: what arrived, where it was seen, what goes out and to whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Index,
    LargeBinary,
)
from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


class MailRow(Table, table=True):
    """An archived mail: state `new`, `decided`, `held` or `shunted`."""

    __tablename__ = "surel_masuk"
    __table_args__ = (
        Index("ix_surel_masuk_state_id", "state", "id"),
        Index("ix_surel_masuk_pengirim_decided_at", "pengirim", "decided_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    ukuran: int
    terpotong: bool = False  # too large to fetch whole: only its headers are here
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    archived_at: datetime = Field(sa_type=UtcDateTime)
    state: str = "new"
    percobaan: int = 0
    dilepas: bool = False
    verdict: str = ""
    label: str = Field(default="", sa_type=SafeText)
    alasan: str = Field(default="", sa_type=SafeText)
    pengirim: str = Field(default="", sa_type=SafeText)
    subjek: str = Field(default="", sa_type=SafeText)
    periode: str | None = None
    unit: str | None = None
    error: str = Field(default="", sa_type=SafeText)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    folder: str | None = None  # where it was seen first
    urusan: str | None = Field(default=None, index=True)  # why it waits for the penyusun; null when it does not
    diringkas_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when a summary listed it
    penolakan: str | None = None  # what it was refused for, if that was answered


class MailBytesRow(Table, table=True):
    """The raw bytes of an archived mail."""

    __tablename__ = "surel_mentah"

    surel_id: int = Field(primary_key=True, foreign_key="surel_masuk.id")
    isi: bytes = Field(sa_type=LargeBinary)


class SightingRow(Table, table=True):
    """Where a mail was seen: the same content may be seen in several places, or again under a new UIDVALIDITY."""

    __tablename__ = "penampakan"

    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(primary_key=True, sa_type=BigInteger)  # unsigned 32 bits, as UIDs
    uid: int = Field(primary_key=True, sa_type=BigInteger)
    surel_id: int = Field(foreign_key="surel_masuk.id", index=True)
    dipindah_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when moving it was tried
    tiba_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # INTERNALDATE, which a UID never changes


class WithheldRow(Table, table=True):
    """A mail that the server lists and does not hand over."""

    __tablename__ = "tak_terambil"

    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(primary_key=True, sa_type=BigInteger)
    uid: int = Field(primary_key=True, sa_type=BigInteger)
    percobaan: int = 0
    sejak: datetime = Field(sa_type=UtcDateTime)
    dicoba_at: datetime = Field(sa_type=UtcDateTime)
    selesai_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when it came after all, or was gone


class CursorRow(Table, table=True):
    """How far a folder is archived, and when that was last said."""

    __tablename__ = "kursor"

    folder: str = Field(primary_key=True)
    uidvalidity: int = Field(sa_type=BigInteger)
    uid: int = Field(sa_type=BigInteger)
    diambil_at: datetime = Field(sa_type=UtcDateTime)


class LetterRow(Table, table=True):
    """A letter in the outbox: state `queued`, `sending`, `uncertain`, `sent` or `failed`."""

    __tablename__ = "surat_keluar"
    __table_args__ = (
        Index("ix_surat_keluar_state_next_at", "state", "next_at"),
        Index("ix_surat_keluar_templat_created_at", "templat", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kunci: str = Field(unique=True)  # on PostgreSQL with a second index, by its beginning: see v0014
    message_id: str = Field(unique=True)
    templat: str = Field(sa_type=SafeText)
    subjek: str = Field(sa_type=SafeText)
    penerima: str = Field(sa_type=SafeText)  # JSON list, in the order of the envelope
    state: str = "queued"
    percobaan: int = 0
    next_at: datetime = Field(sa_type=UtcDateTime)
    last_error: str = Field(default="", sa_type=SafeText)
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)
    sending_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uncertain_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    periode: str | None = None
    unit: str | None = None
    surel_id: int | None = Field(default=None, foreign_key="surel_masuk.id")


class LetterBytesRow(Table, table=True):
    """The exact bytes of a letter, which every attempt sends."""

    __tablename__ = "surat_mentah"

    surat_id: int = Field(primary_key=True, foreign_key="surat_keluar.id")
    isi: bytes = Field(sa_type=LargeBinary)


class RecipientRow(Table, table=True):
    """A recipient of a letter: state `waiting`, `accepted` or `refused`; `ditolak` is the server's refusal."""

    __tablename__ = "surat_penerima"
    __table_args__ = (Index("ix_surat_penerima_alamat_surat_id", "alamat", "surat_id"),)

    surat_id: int = Field(primary_key=True, foreign_key="surat_keluar.id")
    alamat: str = Field(primary_key=True)  # case-folded
    state: str = "waiting"
    ditolak: str = Field(default="", sa_type=SafeText)
