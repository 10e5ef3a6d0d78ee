"""The letters of step 6, once in each of their moods, with invented content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.kinerja.analysis import ANALISIS, TINDAK_LANJUT, UMUM, analysis_sheet, missing_cells
from kinerja_mailbot.domain.kinerja.rekap import Rekap, SasaranRingkas
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.sop.state import PeriodState, StepState

_STEP = StepState(nomor=6, mulai_at=world.EARLIER, batas_at=world.DUE + timedelta(days=1))
_MANY = 20


def analysis_letters(facts: Facts, rekap: Rekap) -> Iterator[Letter]:
    """Yield them; `rekap` is a complete one."""
    mail = world.mail("perencanaan@kpu.example")
    period = _in_sixth_step(facts.periode[0])
    written = replace(rekap, nama_edisi="final", analisis=analysis_sheet(rekap, _words(), b"contoh"))
    nothing = _result(rekap)
    asked = replace(nothing, catatan=("Lembar Analisis pada berkas contoh belum terisi.",))
    done = replace(nothing, baru=5, kurang=(), lengkap=True)
    for result in (
        asked,
        replace(nothing, baru=2),
        replace(_result(_crowded(rekap)), baru=1),
        done,
        replace(done, kurang=nothing.kurang),
        replace(done, sudah_final=True, baru=1),
    ):
        yield letters.analisis(facts, mail, period, world.KASUBBAG, result)
    yield letters.rekap(facts, period, written, kunci="contoh.analisis")
    goal = SasaranRingkas(
        sasaran="Meningkatnya akuntabilitas", rata_capaian=Decimal("98.25"), terukur=2, indikator=2, predikat="Tinggi"
    )
    yield letters.rekap_final(facts, period, replace(written, sasaran=(goal,)))
    yield letters.rekap_final(facts, facts.periode[0], replace(rekap, nama_edisi="final 2", analisis=None))


def _in_sixth_step(period: PeriodState) -> PeriodState:
    return replace(period, langkah=(*(step for step in period.langkah if step.nomor != _STEP.nomor), _STEP))


def _words() -> tuple[StoredCell, ...]:
    said = (
        (UMUM, ANALISIS, "Kinerja triwulan ini secara umum sesuai rencana."),
        (UMUM, TINDAK_LANJUT, "Pemantauan setiap bulan dilanjutkan."),
    )
    return tuple(StoredCell(lembar="analisis", baris=row, kolom=kolom, nilai=words) for row, kolom, words in said)


def _result(rekap: Rekap) -> letters.HasilAnalisis:
    sheet = analysis_sheet(rekap, (), b"contoh")
    missing = missing_cells(sheet.form, ())
    return letters.HasilAnalisis(
        form=sheet.form,
        rekap=replace(rekap, analisis=replace(sheet, ditanyakan=missing)),
        baru=0,
        kurang=missing,
        lengkap=False,
    )


def _crowded(rekap: Rekap) -> Rekap:
    rows = tuple(replace(rekap.capaian[0], kode=f"UKL-{number:02}") for number in range(1, _MANY))
    return replace(rekap, capaian=rows)
