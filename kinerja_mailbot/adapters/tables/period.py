"""Tables of the collection: periods, steps, requests, editions of the rekap."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


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
