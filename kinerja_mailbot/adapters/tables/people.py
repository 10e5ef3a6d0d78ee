"""Tables of what waits for somebody's word: acting officials to be confirmed, more time that was asked for."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from kinerja_mailbot.adapters.tables.base import SafeText, Table, UtcDateTime


class AppointmentRow(Table, table=True):
    """An acting official named by order: state `menunggu`, `berlaku` or `ditolak`."""

    __tablename__ = "penunjukan"

    surel_id: int = Field(primary_key=True, foreign_key="surel_masuk.id")
    unit: str
    sebutan: str  # "Plh." or "Plt."
    nama: str = Field(sa_type=SafeText)
    alamat: str = Field(sa_type=SafeText)
    nomor: str = Field(sa_type=SafeText)
    sejak: date
    sampai: date
    keadaan: str
    diusulkan_oleh: str = Field(sa_type=SafeText)
    diusulkan_at: datetime = Field(sa_type=UtcDateTime)
    diputuskan_oleh: str = Field(default="", sa_type=SafeText)
    diputuskan_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PetitionRow(Table, table=True):
    """More time that a unit asked for: state `menunggu`, `disetujui` or `ditolak`."""

    __tablename__ = "permohonan_waktu"

    surel_id: int = Field(primary_key=True, foreign_key="surel_masuk.id")
    periode: str = Field(foreign_key="periode.kode")
    unit: str
    lama: str = Field(sa_type=SafeText)
    alasan: str = Field(sa_type=SafeText)
    keadaan: str
    diajukan_at: datetime = Field(sa_type=UtcDateTime)
    diputuskan_oleh: str = Field(default="", sa_type=SafeText)
    diputuskan_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
