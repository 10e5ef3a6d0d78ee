"""Tables of what was reported: revisions, their values, data dukung."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    UniqueConstraint,
)
from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


class SubmissionRow(Table, table=True):
    """A revision of a unit's data; none is ever changed."""

    __tablename__ = "kiriman"
    __table_args__ = (UniqueConstraint("periode", "unit", "revisi"), UniqueConstraint("surel_id", "periode", "unit"))

    id: int | None = Field(default=None, primary_key=True)
    periode: str = Field(foreign_key="periode.kode")
    unit: str = Field(index=True)
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
    nomor: int = 0  # under which the letter asks about it; 0: not asked
    pesan_id: str | None = Field(default=None, sa_type=SafeText)  # JSON list, as `pilihan`
    pilihan: str | None = Field(default=None, sa_type=SafeText)  # what it may mean
    terbaca: str | None = Field(default=None, sa_type=SafeText)  # JSON, what was read before a rule refused it
    lembar_terlihat: str | None = Field(default=None, sa_type=SafeText)  # the tab's name in the received file


class AnalysisRow(Table, table=True):
    """A revision of the analysis of step 6; none is ever changed. `sel` is the record as it was after this one."""

    __tablename__ = "analisis"
    __table_args__ = (UniqueConstraint("periode", "surel_id"),)

    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    revisi: int = Field(primary_key=True)
    surel_id: int = Field(foreign_key="surel_masuk.id")
    oleh: str = Field(sa_type=SafeText)
    tiba_at: datetime = Field(sa_type=UtcDateTime)
    cara: str  # lembar | teks | perintah
    berkas: str = Field(default="", sa_type=SafeText)
    lengkap: bool
    isian: str = Field(sa_type=SafeText)  # JSON: what this revision brought
    sel: str = Field(sa_type=SafeText)  # JSON


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
