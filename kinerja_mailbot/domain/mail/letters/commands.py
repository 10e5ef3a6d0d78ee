"""The answers to orders: the state of things, the confirmation, the list of orders."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import GIVEN_HEADER, IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.standing import StatusPeriode, standing
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    heading,
    moment,
    open_periods,
    tag,
)
from kinerja_mailbot.domain.periode import JenisPeriode, Periode
from kinerja_mailbot.domain.unit import Pejabat


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiStatus(Isi):
    """What `status.md` says."""

    kini: str
    zona: str
    periode: tuple[StatusPeriode, ...]


def status(facts: Facts, mail: IncomingMail, to: Pejabat) -> Letter:
    """Answer STATUS with one table per open period; key `surel.<mail id>.status`."""
    hal = "Status pengumpulan data kinerja"
    periods = open_periods(facts)
    kode = periods[0].periode.kode if len(periods) == 1 else None
    return Letter(
        kunci=f"surel.{mail.id}.status",
        templat="status",
        kepada=(to,),
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiStatus(
            kepala=heading(facts, hal, (to,)),
            kini=moment(facts, facts.now),
            zona=facts.aturan.kantor.singkatan_zona,
            periode=tuple(standing(facts, period) for period in periods),
        ),
        utas=answer_to(mail),
        periode=kode,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPerintah(Isi):
    """What `perintah.md` says."""

    perintah: str
    hasil: str
    kini: str
    asal: str = ""  # the machine's user who gave it there, else empty


def perintah_dilaksanakan(facts: Facts, mail: IncomingMail, to: Pejabat, *, perintah: str, hasil: str) -> Letter:
    """Confirm an order, or say why it could not be carried out; key `surel.<mail id>.perintah`."""
    shown = text.ringkas(perintah, 60)
    hal = f"Jawaban atas perintah {shown}"
    return Letter(
        kunci=f"surel.{mail.id}.perintah",
        templat="perintah",
        kepada=(to,),
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiPerintah(
            kepala=heading(facts, hal, (to,)),
            perintah=shown,
            hasil=hasil,
            kini=moment(facts, facts.now),
            asal=given_by(mail) if facts.dilepas else "",
        ),
        utas=answer_to(mail),
    )


def given_by(mail: IncomingMail) -> str:
    """Return which user of the machine gave the order there; "" for an order by mail."""
    return next((text.ringkas(user, 60) for user in mail.headers(GIVEN_HEADER)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContohPerintah:
    """An order, what it does, how it is written."""

    contoh: str
    akibat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiDaftarPerintah(Isi):
    """What `daftar-perintah.md` says."""

    dipahami: bool
    perintah: tuple[ContohPerintah, ...]
    unit: str  # "UKL (Subbagian …); TEK (…)"


def daftar_perintah(facts: Facts, mail: IncomingMail, to: Pejabat, *, dipahami: bool) -> Letter:
    """Answer BANTUAN, or anything not understood, with the orders and an example; key `surel.<mail id>.bantuan`."""
    hal = "Daftar perintah melalui surel"
    units = facts.daftar.responden
    return Letter(
        kunci=f"surel.{mail.id}.bantuan",
        templat="daftar-perintah",
        kepada=(to,),
        subjek=f"{tag(None, None)} {hal}",
        isi=IsiDaftarPerintah(
            kepala=heading(facts, hal, (to,)),
            dipahami=dipahami,
            perintah=_orders(_example_period(facts), units[0].kode if units else "UNIT"),
            unit="; ".join(f"{unit.kode} ({unit.nama})" for unit in units),
        ),
        utas=answer_to(mail),
    )


def _orders(periode: Periode, kode: str) -> tuple[ContohPerintah, ...]:
    words = f"{periode.kode.partition('-')[2]} {periode.tahun}".strip()
    return tuple(
        ContohPerintah(contoh=contoh, akibat=akibat)
        for contoh, akibat in (
            ("STATUS", "mengirimkan keadaan pengumpulan data saat ini"),
            ("REKAP", "mengirimkan rekap dari data yang telah diterima"),
            (f"BUKA {words}", "memulai pengumpulan data untuk periode tersebut"),
            ("SETUJU", "menyetujui dimulainya pengumpulan data (langkah 1 SOP)"),
            ("INGATKAN", "mengingatkan semua unit yang datanya belum lengkap"),
            (f"INGATKAN {kode}", "mengingatkan satu unit"),
            (f"PERPANJANG {kode} 2 hari karena banjir", "menambah waktu satu unit (SEMUA untuk seluruh unit)"),
            ("TUNDA karena banjir", "menghentikan hitungan waktu dan pengingat dalam keadaan kahar"),
            ("LANJUT", "melanjutkan hitungan waktu; seluruh batas bergeser selama penundaan"),
            (
                f"PLH {kode} Nama Pejabat nama@kantor.example 12/SPT/2026 s.d. 9 Oktober 2026",
                "mengusulkan pelaksana harian unit tersebut (PLT untuk pelaksana tugas); berlaku setelah SETUJU",
            ),
            ("TOLAK", "menolak penunjukan atau permohonan waktu, dengan membalas surelnya"),
            (f"TERIMA {kode} NIHIL", "menerima bahwa unit tersebut tidak memiliki data pada periode ini"),
            ("TERIMA 12", "memproses surel nomor 12 pada ringkasan harian seperti surel yang baru tiba"),
            ("ABAIKAN 12", "mengeluarkan surel nomor 12 dari ringkasan harian; surelnya tetap tersimpan"),
            ("ANALISIS SELESAI", "menyatakan analisis selesai (langkah 6 SOP) dengan isian yang sudah tercatat"),
            ("TUTUP", "menutup periode yang sedang berjalan"),
            ("TINJAU waktu baku dipertahankan", "mencatat hasil tinjauan SOP beserta catatannya"),
            ("BANTUAN", "mengirimkan daftar perintah ini"),
        )
    )


def _example_period(facts: Facts) -> Periode:
    if facts.periode:
        return facts.periode[-1].periode
    day = facts.now.astimezone(facts.aturan.jam.zona)
    return Periode(day.year, JenisPeriode.TRIWULAN, (day.month - 1) // 3 + 1)
