"""The letter that brings the compiled rekap to the Kasubbag."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.analysis import STEP
from kinerja_mailbot.domain.kinerja.edition import CORRECTED
from kinerja_mailbot.domain.kinerja.rekap import Rekap, StatusCapaian, UnitStatus
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, RekapFile
from kinerja_mailbot.domain.mail.letters.measures import BarisPerubahan, BarisUkuran, changed, measures
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    heading,
    moment,
    orderer,
    secretary,
    tag,
)
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.predikat import predikat_capaian
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.unit import Pejabat

_CHANGES = 15  # cells that a letter lists; all of them are in the workbook
_NOTES = 8  # sentences that a person still reads; all of them are in the workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisRekap:
    """One unit in the letter's small table."""

    unit: str
    masuk: str
    capaian: str
    predikat: str
    tepat_waktu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiRekap(Isi):
    """What `rekap.md` says."""

    periode: str
    edisi: str
    dibuat: str
    masuk: int
    seluruh: int
    terukur: int
    tercapai: int
    belum: int
    rata: str
    predikat: str
    serapan: str
    baris: tuple[BarisRekap, ...]
    kurang: tuple[str, ...]  # "Subbagian Teknis: belum diterima"
    perhatian: tuple[str, ...]
    perhatian_lain: int
    berkas: str
    sementara: bool
    analisis: bool = False  # step 6 waits for it
    ukuran: tuple[BarisUkuran, ...] = ()
    dari: str = ""  # of a corrected edition: the one that it was compared with
    perubahan: tuple[BarisPerubahan, ...] = ()
    perubahan_lain: int = 0


def rekap(
    facts: Facts, period: PeriodState, rekap: Rekap, *, kunci: str = "", reply_to: IncomingMail | None = None
) -> Letter:
    """Send the compiled rekap to the Kasubbag; key `<periode>.rekap.<edisi>` unless given (order REKAP).

    A penyusun who ordered it by mail gets it in the Kasubbag's stead.
    """
    kode, to = period.periode.kode, (orderer(facts, reply_to) or facts.daftar.kasubbag,)
    hal = f"Rekap Data Kinerja {period.periode.nama} ({rekap.nama_edisi})"
    name = f"Rekap-Kinerja-{kode}-{rekap.nama_edisi.replace(' ', '-')}.xlsx"
    return Letter(
        kunci=kunci or f"{kode}.rekap.{rekap.edisi}",
        templat="rekap",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=_content(facts, rekap, hal, to, name),
        tembusan=() if reply_to else copies(facts),
        lampiran=(RekapFile(nama=name, rekap=rekap),),
        utas=answer_to(reply_to) if reply_to else None,
        periode=kode,
    )


def copies(facts: Facts) -> tuple[Pejabat, ...]:
    """Return who gets a copy of every edition, by configuration."""
    chief = secretary(facts)
    return (chief.official_on(facts.today),) if chief and facts.aturan.rekap.tembusan_sekretaris else ()


def _content(facts: Facts, rekap: Rekap, hal: str, to: tuple[Pejabat, ...], name: str) -> IsiRekap:
    reached, missed = rekap.count(StatusCapaian.TERCAPAI), rekap.count(StatusCapaian.BELUM_TERCAPAI)
    average = rekap.rata_capaian
    return IsiRekap(
        kepala=heading(facts, hal, to),
        periode=rekap.periode.nama,
        edisi=rekap.nama_edisi,
        dibuat=moment(facts, rekap.dibuat_at),
        masuk=rekap.masuk,
        seluruh=len(rekap.unit),
        terukur=reached + missed,
        tercapai=reached,
        belum=missed,
        rata="" if average is None else text.persen(average),
        predikat="" if average is None else predikat_capaian(average, facts.aturan.rekap.skala),
        serapan="" if rekap.serapan is None else text.persen(rekap.serapan),
        baris=tuple(_row(facts.aturan, unit) for unit in rekap.unit),
        kurang=tuple(f"{unit.nama}: {unit.keadaan}" for unit in rekap.unit if unit.keadaan != "lengkap"),
        perhatian=rekap.perhatian[:_NOTES],
        perhatian_lain=max(len(rekap.perhatian) - _NOTES, 0),
        berkas=name,
        sementara=not rekap.is_complete,
        analisis=_waits_for_analysis(rekap),
        ukuran=measures(rekap),
        dari=rekap.riwayat_dari if rekap.nama_edisi.startswith(CORRECTED) else "",
        perubahan=tuple(changed(change) for change in rekap.riwayat[:_CHANGES]),
        perubahan_lain=max(len(rekap.riwayat) - _CHANGES, 0),
    )


def _waits_for_analysis(rekap: Rekap) -> bool:
    step = next((line.keadaan for line in rekap.langkah if line.nomor == STEP), None)
    return rekap.analisis is not None and (step is None or step.selesai_at is None)


def _row(policy: Policy, unit: UnitStatus) -> BarisRekap:
    average = unit.rata_capaian
    return BarisRekap(
        unit=unit.nama,
        masuk=unit.keadaan,
        capaian="–" if average is None else text.persen(average),
        predikat="–" if average is None else predikat_capaian(average, policy.rekap.skala),
        tepat_waktu="–" if unit.tepat_waktu is None else ("tepat waktu" if unit.tepat_waktu else "setelah batas"),
    )
