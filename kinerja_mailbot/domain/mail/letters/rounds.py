"""The letters of the daily rounds: one to the service itself, one to the admin."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.health import Health, LoopBack, Trouble, troubles
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import Isi, heading, moment, tag
from kinerja_mailbot.domain.unit import Pejabat

PUTAR_BALIK = "putar-balik."
"""Begins the keys of the mails that the service sends to itself; the office's day follows."""
KABAR_ADMIN = "kabar-admin."
"""Begins the keys of the daily letters to the admin; the office's day follows."""

_GIGABYTE = 1_000_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPutarBalik(Isi):
    """What `putar-balik.md` says."""

    kini: str


def putar_balik(facts: Facts) -> Letter:
    """Write to ourselves: the mail's return proves that sending and receiving work; key `putar-balik.<day>`."""
    me = facts.identitas.address
    hal = "Surel uji putaran"
    to = Pejabat(nama="Sistem Pengumpulan Data Kinerja", jabatan="Sistem Pengumpulan Data Kinerja", alamat=(me,))
    return Letter(
        kunci=f"{PUTAR_BALIK}{facts.today}",
        templat="putar-balik",
        kepada=(to,),
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiPutarBalik(kepala=heading(facts, hal, (to,)), kini=moment(facts, facts.now)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiKabarAdmin(Isi):
    """What `kabar-admin.md` says."""

    kini: str
    masalah: tuple[str, ...]
    surel_masuk: str
    surat_terkirim: str
    antrean: str
    putar_balik: str
    ruang: str
    cadangan: str


def kabar_admin(facts: Facts, health: Health) -> Letter:
    """Tell the admin once a working day that all is well, or what is not; key `kabar-admin.<day>`."""
    to = facts.daftar.administrator
    limit = facts.aturan.pemantauan.tunggu_menit
    wrong = tuple(_sentence(trouble, health, facts) for trouble in troubles(health, facts.now, limit))
    hal = f"Layanan: {len(wrong)} hal memerlukan pemeriksaan" if wrong else "Layanan berjalan baik"
    waiting = health.antrean
    return Letter(
        kunci=f"{KABAR_ADMIN}{facts.today}",
        templat="kabar-admin",
        kepada=to,
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiKabarAdmin(
            kepala=heading(facts, hal, to),
            kini=moment(facts, facts.now),
            masalah=wrong,
            surel_masuk=f"{health.kemarin.surel_masuk} surel",
            surat_terkirim=f"{health.kemarin.surat_terkirim} surat",
            antrean=f"{waiting.surel_menunggu} surel, {waiting.surat_menunggu + waiting.surat_belum_pasti} surat",
            putar_balik=_returned(health.putar_balik),
            ruang=_space(health.sisa_ruang),
            cadangan=_copied(health, facts),
        ),
    )


def _sentence(trouble: Trouble, health: Health, facts: Facts) -> str:
    match trouble:
        case Trouble.PUTAR_BALIK:
            written = moment(facts, health.putar_balik.ditulis_at) if health.putar_balik else "hari ini"
            return (
                f"Surel uji yang dikirim sistem kepada dirinya sendiri pada {written} belum kembali; pengiriman atau "
                "penerimaan surel terhambat."
            )
        case Trouble.DISISIHKAN:
            count = health.antrean.surel_disisihkan
            return (
                f"Terdapat {count} surel yang belum dapat diproses; nomornya ditampilkan oleh perintah "
                "kinerja-mailbot status."
            )
        case Trouble.GAGAL:
            return f"Sebanyak {health.kemarin.surat_gagal} surat kemarin tidak dapat disampaikan."
        case Trouble.BELUM_PASTI:
            return (
                f"Terdapat {health.antrean.surat_belum_pasti} surat yang menunggu bukti bahwa pengirimannya berhasil."
            )
        case Trouble.DITEMUKAN:
            return (
                f"Terdapat {health.ditemukan} surel pada kotak surat yang belum tersimpan; surel tersebut sudah "
                "diambil untuk diproses."
            )
        case Trouble.RUANG:
            return f"Ruang penyimpanan pada server: {_space(health.sisa_ruang)}."
        case Trouble.CADANGAN:
            return f"Cadangan basis data: {_copied(health, facts)}."


def _returned(loop_back: LoopBack | None) -> str:
    if loop_back is None:
        return "tidak dilakukan"
    if loop_back.minutes is None:
        return "belum kembali"
    return f"kembali dalam {loop_back.minutes} menit" if loop_back.minutes else "kembali dalam satu menit"


def _space(byte: int | None) -> str:
    if byte is None:
        return "tidak diketahui"
    return f"tersisa {text.angka(round(Decimal(byte) / _GIGABYTE, 1))} GB"


def _copied(health: Health, facts: Facts) -> str:
    if not health.basis_satu_berkas:
        return "diatur pada server basis data"
    if health.cadangan_at is None:
        return "belum pernah dibuat dengan perintah kinerja-mailbot backup"
    return f"terakhir dibuat {text.tanggal(facts.office_day(health.cadangan_at))}"
