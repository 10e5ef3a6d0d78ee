"""Acting officials (Plh., Plt.) named by order: proposed, confirmed, and in office between two days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from kinerja_mailbot.domain.unit import Daftar, Pejabat, Unit


class KeadaanPenunjukan(StrEnum):
    """The life of a proposal; an end is no state, for the days say it."""

    MENUNGGU = "menunggu"
    BERLAKU = "berlaku"
    DITOLAK = "ditolak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Penunjukan:
    """One acting official, as an order named him; `surel_id` is the mail of that order."""

    surel_id: int
    unit: str
    sebutan: str  # "Plh." or "Plt."
    nama: str
    alamat: str  # addr-spec
    nomor: str  # of the letter of appointment
    sejak: date  # both days included, in the office's zone
    sampai: date
    keadaan: KeadaanPenunjukan = KeadaanPenunjukan.MENUNGGU
    diusulkan_oleh: str = ""  # office of whoever ordered it
    diputuskan_oleh: str = ""
    diputuskan_at: datetime | None = None

    def as_official(self, unit: Unit) -> Pejabat:
        """Return the acting official of this unit, registered since his confirmation."""
        return Pejabat(
            nama=self.nama,
            jabatan=f"{self.sebutan} {unit.pejabat[0].jabatan}",
            alamat=(self.alamat,),
            sapaan=unit.pejabat[0].sapaan,
            sejak=self.sejak,
            sampai=self.sampai,
            terdaftar_at=self.diputuskan_at,
        )


def with_acting(daftar: Daftar, named: Iterable[Penunjukan], today: date) -> Daftar:
    """Return the register with the confirmed acting officials whose time is not over, the newest one last.

    Whoever was named last answers for the unit (`Unit.official_on`).
    """
    valid = sorted(
        (one for one in named if one.keadaan is KeadaanPenunjukan.BERLAKU and one.sampai >= today),
        key=lambda one: one.surel_id,
    )
    return replace(
        daftar,
        responden=tuple(
            replace(unit, pejabat=(*unit.pejabat, *(one.as_official(unit) for one in valid if one.unit == unit.id)))
            for unit in daftar.responden
        ),
    )
