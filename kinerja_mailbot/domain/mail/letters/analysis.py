"""The letters of step 6: what was recorded of the analysis, and the final edition that is made with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.kinerja.analysis import ANALISIS, TINDAK_LANJUT, UMUM
from kinerja_mailbot.domain.kinerja.chapter import write_report
from kinerja_mailbot.domain.kinerja.narrative import describe_whole
from kinerja_mailbot.domain.kinerja.rekap import Penanda, Rekap
from kinerja_mailbot.domain.kinerja.report import Laporan
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, RekapFile, ReportFile
from kinerja_mailbot.domain.mail.letters.compiled import copies
from kinerja_mailbot.domain.mail.letters.wording import Isi, answer_to, heading, secretary, tag
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.sop.working_time import count_minutes
from kinerja_mailbot.domain.unit import Pejabat

_LINES = 12  # rows that a person still reads; the sheet marks all of them
_STEP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class HasilAnalisis:
    """What came of a mail with an analysis."""

    form: Form
    rekap: Rekap  # with the sheet to go on with
    baru: int  # cells that it brought
    kurang: tuple[tuple[str, str], ...]  # (row, column) of what is still asked for
    lengkap: bool
    sudah_final: bool = False  # it was complete before
    catatan: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisKurang:
    """One indicator whose analysis is not complete."""

    kode: str
    indikator: str
    kurang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiAnalisis(Isi):
    """What `analisis.md` says."""

    periode: str
    baru: int
    lengkap: bool
    sudah_final: bool
    waktu: str  # "3 jam 20 menit kerja dari waktu baku 480 menit"
    baris: tuple[BarisKurang, ...]
    baris_lain: int
    catatan: tuple[str, ...]
    berkas: str
    contoh: str  # a kode for the example


def analisis(facts: Facts, mail: IncomingMail, period: PeriodState, to: Pejabat, hasil: HasilAnalisis) -> Letter:
    """Say what was recorded and what is still asked for, with the sheet to go on with; key `surel.<id>.analisis`."""
    kode = period.periode.kode
    hal = "Analisis data kinerja telah lengkap" if hasil.lengkap else "Analisis data kinerja yang perlu dilengkapi"
    rows = _missing(hasil)
    name = f"Analisis-{kode}-LENGKAPI.xlsx"
    return Letter(
        kunci=f"surel.{mail.id}.analisis",
        templat="analisis",
        kepada=(to,),
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiAnalisis(
            kepala=heading(facts, hal, (to,)),
            periode=period.periode.nama,
            baru=hasil.baru,
            lengkap=hasil.lengkap,
            sudah_final=hasil.sudah_final,
            waktu=_time_used(facts, period, mail.tiba_at),
            baris=rows[:_LINES],
            baris_lain=max(len(rows) - _LINES, 0),
            catatan=hasil.catatan,
            berkas=name,
            contoh=hasil.form.lembar[0].baris[0].kode,
        ),
        lampiran=() if hasil.lengkap else (RekapFile(nama=name, rekap=hasil.rekap),),
        utas=answer_to(mail),
        periode=kode,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiRekapFinal(Isi):
    """What `rekap-final.md` says."""

    periode: str
    edisi: str
    ringkasan: str
    kesimpulan: str
    rekomendasi: str
    sasaran: tuple[tuple[str, str, str], ...]  # name, average, predikat
    waktu: str
    berkas: str
    laporan: str


def rekap_final(facts: Facts, period: PeriodState, rekap: Rekap) -> Letter:
    """Send the final edition with the draft of the laporan to the Kasubbag; key `<periode>.rekap.<edisi>`."""
    kode, to = period.periode.kode, (facts.daftar.kasubbag,)
    hal = f"Rekap Data Kinerja {period.periode.nama} ({rekap.nama_edisi})"
    edition = rekap.nama_edisi.replace(" ", "-")
    book, document = f"Rekap-Kinerja-{kode}-{edition}.xlsx", f"Konsep-Laporan-Kinerja-{kode}-{edition}.docx"
    written = rekap.analisis.words() if rekap.analisis is not None else {}
    return Letter(
        kunci=f"{kode}.rekap.{rekap.edisi}",
        templat="rekap-final",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiRekapFinal(
            kepala=heading(facts, hal, to),
            periode=period.periode.nama,
            edisi=rekap.nama_edisi,
            ringkasan=describe_whole(rekap),
            kesimpulan=written.get((UMUM, ANALISIS), ""),
            rekomendasi=written.get((UMUM, TINDAK_LANJUT), ""),
            sasaran=tuple(
                (
                    goal.sasaran,
                    "–" if goal.rata_capaian is None else text.persen(goal.rata_capaian),
                    goal.predikat or "–",
                )
                for goal in rekap.sasaran
            ),
            waktu=_time_used(facts, period, facts.now),
            berkas=book,
            laporan=document,
        ),
        tembusan=copies(facts),
        lampiran=(
            RekapFile(nama=book, rekap=rekap),
            ReportFile(nama=document, laporan=laporan_of(facts, rekap)),
        ),
        periode=kode,
    )


def laporan_of(facts: Facts, rekap: Rekap) -> Laporan:
    """Return the laporan of a rekap: from the Kasubbag to the Sekretaris, or to the Ketua where there is none."""
    chief, kasubbag = secretary(facts), facts.daftar.kasubbag
    yth = chief.official_on(facts.today).jabatan if chief else f"Ketua {facts.aturan.kantor.nama}"
    return write_report(rekap, yth, Penanda(kasubbag.jabatan, kasubbag.nama), facts.today)


def _missing(hasil: HasilAnalisis) -> tuple[BarisKurang, ...]:
    sheet = hasil.form.lembar[0]
    titles = {column.kunci: column.judul for column in sheet.kolom}
    names = {row.kode: str(row.get("indikator") or "") for row in sheet.baris}
    asked: dict[str, list[str]] = {}
    for kode, kolom in hasil.kurang:
        asked.setdefault(kode, []).append(titles[kolom])
    return tuple(
        BarisKurang(kode=kode, indikator=text.ringkas(names[kode], 80), kurang=text.rangkai(columns, "serta"))
        for kode, columns in asked.items()
    )


def _time_used(facts: Facts, period: PeriodState, until: datetime) -> str:
    """Return how long step 6 took, against its standard time (SOP step 6)."""
    step = period.step(_STEP)
    if step.mulai_at is None:
        return ""
    used = max(count_minutes(facts.aturan.jam, step.mulai_at, step.selesai_at or until), 0)
    return f"{text.lama_kerja(used)} dari waktu baku {period.sop.step(_STEP).menit} menit kerja"
