"""The health of the service as the admin hears of it once a day: what was found, and what of it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_OLD_BACKUP = timedelta(days=7)
_LITTLE_SPACE = 1_000_000_000  # bytes


class Trouble(StrEnum):
    """What may be wrong, as the daily letter tells it."""

    PUTAR_BALIK = "putar balik"
    DISISIHKAN = "disisihkan"
    GAGAL = "gagal"
    BELUM_PASTI = "belum pasti"
    DITEMUKAN = "ditemukan"
    RUANG = "ruang"
    CADANGAN = "cadangan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """How many mails and letters wait, or have failed."""

    surel_menunggu: int = 0
    surel_disisihkan: int = 0
    surat_menunggu: int = 0
    surat_belum_pasti: int = 0
    surat_gagal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopBack:
    """A mail of the service to itself: when it was written, when the server took it, when it came back."""

    ditulis_at: datetime
    dikirim_at: datetime | None = None
    kembali_at: datetime | None = None

    @property
    def minutes(self) -> int | None:
        """Return the whole minutes from writing to return, at least 0; None while it is out."""
        return (
            None if self.kembali_at is None else max(int((self.kembali_at - self.ditulis_at).total_seconds()) // 60, 0)
        )

    def is_overdue(self, now: datetime, limit: int) -> bool:
        """Tell whether it has been out for longer than `limit` minutes."""
        return self.kembali_at is None and now - self.ditulis_at > timedelta(minutes=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """What passed through the service on one day."""

    surel_masuk: int = 0
    surat_terkirim: int = 0
    surat_gagal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the rounds have found; None is what could not be learned."""

    kemarin: DayCounts
    antrean: Queues
    putar_balik: LoopBack | None = None
    sisa_ruang: int | None = None  # bytes
    cadangan_at: datetime | None = None
    ditemukan: int = 0  # mails that the mailbox held and the store did not
    basis_satu_berkas: bool = True  # backups are ours to make; a database server's are not


def troubles(health: Health, now: datetime, limit: int) -> tuple[Trouble, ...]:
    """Return what is wrong; a mail to ourselves is overdue after `limit` minutes."""
    loop, queues = health.putar_balik, health.antrean
    found = (
        (Trouble.PUTAR_BALIK, loop is not None and loop.is_overdue(now, limit)),
        (Trouble.DISISIHKAN, queues.surel_disisihkan > 0),
        (Trouble.GAGAL, health.kemarin.surat_gagal > 0),
        (Trouble.BELUM_PASTI, queues.surat_belum_pasti > 0),
        (Trouble.DITEMUKAN, health.ditemukan > 0),
        (Trouble.RUANG, health.sisa_ruang is not None and health.sisa_ruang < _LITTLE_SPACE),
        (Trouble.CADANGAN, health.basis_satu_berkas and _is_backup_old(health.cadangan_at, now)),
    )
    return tuple(name for name, is_so in found if is_so)


def _is_backup_old(at: datetime | None, now: datetime) -> bool:
    return at is None or now - at > _OLD_BACKUP
