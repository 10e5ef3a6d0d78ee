"""Tables that remember: address health, editions, the journal, the secret."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ForeignKeyConstraint,
    LargeBinary,
)
from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


class AddressRow(Table, table=True):
    """The health of an address: state `failing` or `delayed`; addresses without a row are well."""

    __tablename__ = "alamat"

    alamat: str = Field(primary_key=True)  # case-folded
    state: str
    keterangan: str = Field(sa_type=SafeText)
    at: datetime = Field(sa_type=UtcDateTime)
    surel_id: int | None = Field(default=None, foreign_key="surel_masuk.id")


class AbsenceRow(Table, table=True):
    """What a unit's official's robot said last; `sampai` is his last day away."""

    __tablename__ = "ketidakhadiran"

    unit: str = Field(primary_key=True)
    sampai: date | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    surel_id: int = Field(foreign_key="surel_masuk.id")
    alamat: str = ""  # whose robot it was, case-folded
    sejak_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when this absence became known
    selesai_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # when he wrote himself again


class EditionRow(Table, table=True):
    """An edition of the rekap that was mailed."""

    __tablename__ = "rekap_edisi"

    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    edisi: int = Field(primary_key=True)
    lengkap: bool
    revisi: str = Field(sa_type=SafeText)  # JSON list of [unit, revision]
    analisis: int = 0  # the revision of the analysis in it; 0: none
    dibuat_at: datetime = Field(sa_type=UtcDateTime)


class EditionCellsRow(Table, table=True):
    """What an edition said: its filled cells as compressed JSON, apart from the edition, which is read often."""

    __tablename__ = "rekap_nilai"
    __table_args__ = (ForeignKeyConstraint(["periode", "edisi"], ["rekap_edisi.periode", "rekap_edisi.edisi"]),)

    periode: str = Field(primary_key=True)
    edisi: int = Field(primary_key=True)
    nilai: bytes = Field(sa_type=LargeBinary)


class JournalRow(Table, table=True):
    """A line of the journal; triggers refuse to change or delete it, and `rantai` chains it to the line before."""

    __tablename__ = "jurnal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    oleh: str = Field(sa_type=SafeText)
    peristiwa: str
    periode: str | None = Field(default=None, index=True)
    unit: str | None = None
    surel_id: int | None = Field(default=None, index=True)
    rincian: str = Field(default="", sa_type=SafeText)
    sha256: str | None = None  # of what the line vouches for: a raw mail, a letter's bytes, a revision
    rantai: str


class SecretRow(Table, table=True):
    """A secret that the store made for itself once."""

    __tablename__ = "rahasia"

    nama: str = Field(primary_key=True)
    nilai: bytes = Field(sa_type=LargeBinary)
