"""Tables of the collection: periods, steps, requests, and what orders changed about their time."""

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


class ExtensionRow(Table, table=True):
    """Time that a mail's order added to a unit's deadline."""

    __tablename__ = "perpanjangan"

    surel_id: int = Field(primary_key=True, foreign_key="surel_masuk.id")
    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    unit: str = Field(primary_key=True)
    dari_at: datetime = Field(sa_type=UtcDateTime)
    menjadi_at: datetime = Field(sa_type=UtcDateTime)
    lama: str
    alasan: str = Field(sa_type=SafeText)
    oleh: str = Field(sa_type=SafeText)
    at: datetime = Field(sa_type=UtcDateTime)


class PauseRow(Table, table=True):
    """A time for which the clock of a period stood, by the order of a mail."""

    __tablename__ = "penundaan"

    surel_id: int = Field(primary_key=True, foreign_key="surel_masuk.id")
    periode: str = Field(primary_key=True, foreign_key="periode.kode")
    mulai_at: datetime = Field(sa_type=UtcDateTime)
    alasan: str = Field(sa_type=SafeText)
    oleh: str = Field(sa_type=SafeText)
    sampai_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dilanjutkan_oleh: str = Field(default="", sa_type=SafeText)
    lanjut_surel_id: int | None = Field(default=None, foreign_key="surel_masuk.id")
