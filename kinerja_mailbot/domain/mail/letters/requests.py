"""The letters that ask for data: the request and its reminders."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter, Thread
from kinerja_mailbot.domain.mail.letters.enclosures import blank_form, file_name
from kinerja_mailbot.domain.mail.letters.timing import catatan_waktu
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    deadline,
    heading,
    is_superior,
    moment,
    secretary,
    tag,
    thread_head,
)
from kinerja_mailbot.domain.policy import Tingkat
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.unit import Pejabat, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class LembarDiminta:
    """A sheet of the form, as the request lists it."""

    judul: str
    isi: str  # "6 baris", "daftar yang diisi sesuai keadaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPermintaan(Isi):
    """What `permintaan.md` says."""

    atasan: bool
    unit: str
    periode: str
    tahun: int
    sop: str
    langkah: int
    waktu_baku: str
    batas: str
    berkas: str
    lembar: tuple[LembarDiminta, ...]
    ada_nihil: bool
    ada_indikator: bool  # a printed row asks for a realisasi


def permintaan(facts: Facts, period: PeriodState, request: RequestState, unit: Unit) -> Letter:
    """Ask a unit for its data; key `<periode>.permintaan.<unit>`; encloses the form."""
    kode, to = period.periode.kode, (unit.official_on(facts.today),)
    atasan = is_superior(unit)
    hal = f"{'Permohonan' if atasan else 'Permintaan'} Data Kinerja {period.periode.nama}"
    step = period.sop.step(unit.langkah_himpun)
    return Letter(
        kunci=f"{kode}.permintaan.{unit.id}",
        templat="permintaan",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiPermintaan(
            kepala=heading(facts, hal, to),
            atasan=atasan,
            unit=unit.nama,
            periode=period.periode.nama,
            tahun=period.periode.tahun,
            sop=period.sop.nomor,
            langkah=step.nomor,
            waktu_baku=f"{step.menit} menit kerja",
            batas=deadline(facts, request.batas_at, unit),
            berkas=file_name(period, unit),
            lembar=_sheets(request.form),
            ada_nihil=any(sheet.nihil for sheet in request.form.lembar),
            ada_indikator=any(sheet.column("realisasi_kum") is not None for sheet in request.form.lembar),
        ),
        lampiran=(blank_form(facts, period, request, unit),),
        periode=kode,
        unit=unit.id,
    )


def _sheets(form: Form) -> tuple[LembarDiminta, ...]:
    return tuple(
        LembarDiminta(
            judul=sheet.judul,
            isi="daftar, diisi sesuai keadaan" if sheet.is_open else f"{len(sheet.baris)} baris",
        )
        for sheet in form.lembar
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPengingat(Isi):
    """What `pengingat.md` says; `nada` is mendekati, lewat, kedua or ketiga, atasan for the Sekretaris."""

    nada: str
    unit: str
    periode: str
    batas: str
    kini: str
    sebutan: str  # "pengingat ketiga"
    langkah: int
    waktu_baku: str
    sebagian: str  # "4 dari 6" when a part has come, else empty
    berkas: str  # name of the enclosed form, else empty
    tembusan: str  # office that gets a copy, else empty
    perubahan: tuple[str, ...]  # why the deadline is another than the promised one


def pengingat(  # noqa: PLR0913 - the contract of this letter
    facts: Facts, period: PeriodState, request: RequestState, unit: Unit, *, urutan: int, rung: int
) -> Letter:
    """Remind a unit; key `<periode>.pengingat.<urutan>.<unit>`; in the request's thread.

    `urutan` counts letters (1, 2, …); `rung` is the index in `facts.aturan.pengingat.tingkat` and sets the tone.
    A reminder by order may come before the first rung (-1): it is as mild as the first.
    """
    kode, to = period.periode.kode, (unit.official_on(facts.today),)
    climbed = facts.aturan.pengingat.tingkat[: max(rung, 0) + 1]
    hal = f"Pengingat penyampaian data kinerja {period.periode.nama}"
    enclosed = any(tier.lampirkan_format for tier in climbed)
    copies = _copies(facts, climbed, unit)
    step = period.sop.step(unit.langkah_himpun)
    return Letter(
        kunci=f"{kode}.pengingat.{urutan}.{unit.id}",
        templat="pengingat",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiPengingat(
            kepala=heading(facts, hal, to),
            nada=_tone(facts, request, unit, climbed),
            unit=unit.nama,
            periode=period.periode.nama,
            batas=deadline(facts, request.batas_at, unit),
            kini=moment(facts, facts.now),
            sebutan=f"pengingat {text.urutan(urutan)}",
            langkah=step.nomor,
            waktu_baku=f"{step.menit} menit kerja",
            sebagian=_part(request),
            berkas=file_name(period, unit) if enclosed else "",
            tembusan=copies[0].jabatan if copies else "",
            perubahan=catatan_waktu(facts, period, unit),
        ),
        tembusan=copies,
        lampiran=(blank_form(facts, period, request, unit),) if enclosed else (),
        utas=Thread(thread_head(facts, request, unit, to[0])) if request.message_id else None,
        periode=kode,
        unit=unit.id,
    )


def _copies(facts: Facts, climbed: tuple[Tingkat, ...], unit: Unit) -> tuple[Pejabat, ...]:
    chief = secretary(facts)
    if not (climbed and climbed[-1].tembusan_sekretaris) or chief is None or is_superior(unit):
        return ()
    return (chief.official_on(facts.today),)


def _tone(facts: Facts, request: RequestState, unit: Unit, climbed: tuple[Tingkat, ...]) -> str:
    # The clock has the last word: nobody is told that he is late while he still has time.
    if is_superior(unit):
        return "atasan"
    if facts.now <= request.batas_at:
        return "mendekati"
    late = sum(tier.menit >= 0 for tier in climbed)
    return ("lewat", "lewat", "kedua", "ketiga")[min(late, 3)]


def _part(request: RequestState) -> str:
    if request.keadaan is not KeadaanPermintaan.PERLU_PERBAIKAN or not request.seluruh:
        return ""
    return f"{request.terisi} dari {request.seluruh}"
