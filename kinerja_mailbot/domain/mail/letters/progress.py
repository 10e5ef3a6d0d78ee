"""The letters by which the Kasubbag follows a period: its opening, who is late, which step ran over."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    deadline,
    heading,
    moment,
    remaining,
    short_moment,
    staff,
    state_word,
    tag,
)
from kinerja_mailbot.domain.sop.state import PeriodState, StepState
from kinerja_mailbot.domain.unit import Unit

_STEPS_OF_THE_KASUBBAG = frozenset({1, 6})  # SOP table: he orders (1) and analyses (6); the staff does the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisUnit:
    """A unit that is or will be asked."""

    unit: str
    pejabat: str
    batas: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPembukaan(Isi):
    """What `konfirmasi.md` and `pembukaan.md` say."""

    periode: str
    sop: str
    unit: tuple[BarisUnit, ...]
    batas: str  # of step 1, else empty
    zona: str


def konfirmasi_pembukaan(facts: Facts, period: PeriodState) -> Letter:
    """Ask the Kasubbag for the order of step 1 (reply SETUJU); key `<periode>.konfirmasi`."""
    hal = f"Mohon persetujuan pengumpulan data kinerja {period.periode.nama}"
    return _opening(facts, period, kunci="konfirmasi", hal=hal)


def pembukaan(facts: Facts, period: PeriodState) -> Letter:
    """Tell the Kasubbag that the requests went out; key `<periode>.pembukaan`."""
    hal = f"Pengumpulan data kinerja {period.periode.nama} telah dimulai"
    return _opening(facts, period, kunci="pembukaan", hal=hal)


def _opening(facts: Facts, period: PeriodState, *, kunci: str, hal: str) -> Letter:
    kode, to = period.periode.kode, (facts.daftar.kasubbag,)
    step = next((s for s in period.langkah if s.nomor == 1), None)
    return Letter(
        kunci=f"{kode}.{kunci}",
        templat=kunci,
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiPembukaan(
            kepala=heading(facts, hal, to),
            periode=period.periode.nama,
            sop=period.sop.nomor,
            unit=tuple(_asked(facts, period, unit) for unit in facts.daftar.responden),
            batas=deadline(facts, step.batas_at) if step and step.batas_at else "",
            zona=facts.aturan.kantor.singkatan_zona,
        ),
        periode=kode,
    )


def _asked(facts: Facts, period: PeriodState, unit: Unit) -> BarisUnit:
    request = period.request(unit.id)
    return BarisUnit(
        unit=unit.nama,
        pejabat=unit.official_on(facts.today).nama,
        batas=short_moment(facts, request.batas_at if request else None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisTerlambat:
    """A unit whose data is not in."""

    unit: str
    keadaan: str
    batas: str
    lewat: str
    pengingat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiEskalasi(Isi):
    """What `eskalasi.md` says."""

    periode: str
    kini: str
    unit: str  # "Subbagian Teknis", or "2 unit"
    baris: tuple[BarisTerlambat, ...]
    langkah: str  # "langkah 5 SOP (waktu baku 480 menit kerja)"
    zona: str


def eskalasi(facts: Facts, period: PeriodState, units: tuple[Unit, ...], *, rung: int) -> Letter:
    """Tell the Kasubbag who is late; key `<periode>.eskalasi.<rung>.<first unit>`."""
    kode, to = period.periode.kode, (facts.daftar.kasubbag,)
    hal = "Laporan data kinerja yang belum diterima"
    steps = sorted({unit.langkah_himpun for unit in units})
    return Letter(
        kunci=f"{kode}.eskalasi.{rung}.{units[0].id}",
        templat="eskalasi",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiEskalasi(
            kepala=heading(facts, hal, to),
            periode=period.periode.nama,
            kini=moment(facts, facts.now),
            unit=units[0].nama if len(units) == 1 else f"{len(units)} unit",  # the table names them
            baris=tuple(_late(facts, period, unit) for unit in units),
            langkah=text.rangkai(
                [f"langkah {n} SOP (waktu baku {period.sop.step(n).menit} menit kerja)" for n in steps]
            ),
            zona=facts.aturan.kantor.singkatan_zona,
        ),
        periode=kode,
    )


def _late(facts: Facts, period: PeriodState, unit: Unit) -> BarisTerlambat:
    request = period.request(unit.id)
    return BarisTerlambat(
        unit=unit.nama,
        keadaan=state_word(request) if request else "belum diminta",
        batas=short_moment(facts, request.batas_at if request else None),
        lewat=remaining(facts, request.batas_at) if request else "–",
        pengingat=request.pengingat if request else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiLangkah(Isi):
    """What `langkah-terlampaui.md` says."""

    periode: str
    nomor: int
    aktivitas: str
    waktu_baku: str
    mulai: str
    batas: str
    lewat: str
    perintah: str  # the order that ends the step, else empty


def langkah_terlampaui(facts: Facts, period: PeriodState, step: StepState) -> Letter:
    """Tell who owns it that an internal step ran past its time; key `<periode>.langkah.<nomor>`."""
    kode, line = period.periode.kode, period.sop.step(step.nomor)
    # Steps 2 and 3 wait for the mail servers: who runs the machine is told as well.
    helpers = (*staff(facts), *facts.daftar.administrator)
    to = (facts.daftar.kasubbag,) if step.nomor in _STEPS_OF_THE_KASUBBAG else helpers
    hal = f"Langkah {step.nomor} SOP melewati waktu baku"
    return Letter(
        kunci=f"{kode}.langkah.{step.nomor}",
        templat="langkah-terlampaui",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiLangkah(
            kepala=heading(facts, hal, to),
            periode=period.periode.nama,
            nomor=step.nomor,
            aktivitas=line.aktivitas,
            waktu_baku=f"{line.menit} menit kerja",
            mulai=moment(facts, step.mulai_at) if step.mulai_at else "belum dimulai",
            batas=moment(facts, step.batas_at) if step.batas_at else "belum ditetapkan",
            lewat=remaining(facts, step.batas_at) if step.batas_at else "",
            perintah={1: "SETUJU", 6: "ANALISIS SELESAI"}.get(step.nomor, ""),
        ),
        periode=kode,
    )
