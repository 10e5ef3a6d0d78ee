"""The tables of the store, as the newest migration leaves them.

Raw mails have tables of their own: SQLite writes a whole row again when one of its columns changes, and labels
change often. States are readable text, so that an administrator can look into the file with any tool.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in the program, UTC in the database, the same on SQLite (which knows no zones) and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC.

        Raises:
            ValueError: the moment is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its interface
        """Return the moment, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SafeText(TypeDecorator[str]):
    """Text from anywhere: what no database can hold (half surrogate pairs, NUL) becomes the replacement character.

    Mails hold such characters, and one of them must not keep a mail from being archived.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - its interface
        """Return the text as the database can hold it."""
        if value is None:
            return None
        return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """What all tables share: one registry of their own."""


class PeriodRow(Table, table=True):
    """A period with the SOP that it began with."""

    __tablename__ = "periode"

    kode: str = Field(primary_key=True)
    tahun: int
    jenis: str
    nomor: int
    keadaan: str
    dibuka_at: datetime = Field(sa_type=UtcDateTime)
    ditutup_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sop: str = Field(sa_type=SafeText)


class StepRow(Table, table=True):
    """A step of a period."""

    __tablename__ = "langkah"

    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    nomor: int = Field(primary_key=True)
    mulai_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    batas_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    selesai_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    oleh: str = Field(default="", sa_type=SafeText)
    bukti: str = ""


class RequestRow(Table, table=True):
    """A request to a unit, with the form as it was sent and the merged record of what was answered."""

    __tablename__ = "permintaan"

    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    unit: str = Field(primary_key=True)
    urutan: int  # its place among the requests of the period, as the register lists the units
    nonce: str
    keadaan: str
    diminta_at: datetime = Field(sa_type=UtcDateTime)
    batas_at: datetime = Field(sa_type=UtcDateTime)
    dikirim_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pertama_tiba_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tepat_waktu: bool | None = None
    lengkap_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revisi: int = 0
    terisi: int = 0
    seluruh: int = 0
    pengingat: int = 0
    pengingat_terakhir_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tingkat: int = -1
    message_id: str = Field(default="", index=True)
    catatan: str = Field(default="[]", sa_type=SafeText)
    form: str = Field(sa_type=SafeText)
    sel: str = Field(default="[]", sa_type=SafeText)


class MailRow(Table, table=True):
    """An archived mail: state `new`, `decided`, `held` or `shunted`."""

    __tablename__ = "surel_masuk"
    __table_args__ = (Index("ix_surel_masuk_state_id", "state", "id"),)

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
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


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
    __table_args__ = (Index("ix_surat_keluar_state_next_at", "state", "next_at"),)

    id: int | None = Field(default=None, primary_key=True)
    kunci: str = Field(unique=True)
    message_id: str = Field(unique=True)
    templat: str = Field(sa_type=SafeText)
    subjek: str = Field(sa_type=SafeText)
    penerima: str = Field(sa_type=SafeText)  # JSON list, in the order of the envelope
    state: str = "queued"
    percobaan: int = 0
    next_at: datetime = Field(sa_type=UtcDateTime)
    last_error: str = Field(default="", sa_type=SafeText)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sending_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    uncertain_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
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

    surat_id: int = Field(primary_key=True, foreign_key="surat_keluar.id")
    alamat: str = Field(primary_key=True, index=True)  # case-folded
    state: str = "waiting"
    ditolak: str = Field(default="", sa_type=SafeText)


class SubmissionRow(Table, table=True):
    """A revision of a unit's data; none is ever changed."""

    __tablename__ = "kiriman"
    __table_args__ = (UniqueConstraint("periode", "unit", "revisi"), UniqueConstraint("surel_id", "periode", "unit"))

    id: int | None = Field(default=None, primary_key=True)
    periode: str = Field(foreign_key="periode.kode")
    unit: str
    revisi: int
    nomor: str = Field(unique=True)
    surel_id: int = Field(foreign_key="surel_masuk.id")
    tiba_at: datetime = Field(sa_type=UtcDateTime)
    tepat_waktu: bool
    berkas_nama: str = Field(sa_type=SafeText)
    berkas_ukuran: int
    berkas_sha256: str
    lengkap: bool
    terisi: int
    seluruh: int
    catatan: str = Field(sa_type=SafeText)


class ValueRow(Table, table=True):
    """A judged cell of a revision, in the order of the form."""

    __tablename__ = "nilai"

    kiriman_id: int = Field(primary_key=True, foreign_key="kiriman.id")
    urutan: int = Field(primary_key=True)
    lembar: str = Field(sa_type=SafeText)
    sel: str = Field(sa_type=SafeText)
    baris: str = Field(sa_type=SafeText)
    kolom: str = Field(sa_type=SafeText)
    label: str = Field(sa_type=SafeText)
    tertulis: str = Field(sa_type=SafeText)
    nilai: str | None = Field(default=None, sa_type=SafeText)  # JSON with its type; null where nothing was read
    hasil: str
    pesan: str = Field(sa_type=SafeText)


class EvidenceRow(Table, table=True):
    """A file kept as data dukung; its bytes are in the mail."""

    __tablename__ = "data_dukung"
    __table_args__ = (UniqueConstraint("periode", "unit", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    periode: str = Field(foreign_key="periode.kode")
    unit: str
    nama: str = Field(sa_type=SafeText)
    ukuran: int
    sha256: str
    surel_id: int = Field(foreign_key="surel_masuk.id")


class AddressRow(Table, table=True):
    """The health of an address: state `failing` or `delayed`; addresses without a row are well."""

    __tablename__ = "alamat"

    alamat: str = Field(primary_key=True)  # case-folded
    state: str
    keterangan: str = Field(sa_type=SafeText)
    at: datetime = Field(sa_type=UtcDateTime)
    surel_id: int | None = Field(default=None, foreign_key="surel_masuk.id")


class EditionRow(Table, table=True):
    """An edition of the rekap that was mailed."""

    __tablename__ = "rekap_edisi"

    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    edisi: int = Field(primary_key=True)
    lengkap: bool
    revisi: str = Field(sa_type=SafeText)  # JSON list of [unit, revision]
    dibuat_at: datetime = Field(sa_type=UtcDateTime)


class JournalRow(Table, table=True):
    """A line of the journal; triggers refuse to change or delete it."""

    __tablename__ = "jurnal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    oleh: str = Field(sa_type=SafeText)
    peristiwa: str
    periode: str | None = Field(default=None, index=True)
    unit: str | None = None
    surel_id: int | None = Field(default=None, index=True)
    rincian: str = Field(default="", sa_type=SafeText)


class SecretRow(Table, table=True):
    """A secret that the store made for itself once."""

    __tablename__ = "rahasia"

    nama: str = Field(primary_key=True)
    nilai: bytes = Field(sa_type=LargeBinary)
