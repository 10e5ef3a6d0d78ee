"""The letters of step 6: what was recorded of the analysis, and the final edition that is made with it."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, RekapFile
from kinerja_mailbot.domain.mail.letters.wording import Isi, answer_to, heading, tag
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
            waktu=_time_used(facts, period, mail),
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


def _missing(hasil: HasilAnalisis) -> tuple[BarisKurang, ...]:
    sheet = hasil.form.lembar[0]
    titles = {column.kunci: column.judul for column in sheet.kolom}
    found = []
    for row in sheet.baris:
        asked = [titles[kolom] for kode, kolom in hasil.kurang if kode == row.kode]
        if asked:
            name = text.ringkas(str(row.get("indikator") or ""), 80)
            found.append(BarisKurang(kode=row.kode, indikator=name, kurang=text.rangkai(asked)))
    return tuple(found)


def _time_used(facts: Facts, period: PeriodState, mail: IncomingMail) -> str:
    """Return how long step 6 took, against its standard time (SOP step 6)."""
    step = period.step(_STEP)
    if step.mulai_at is None:
        return ""
    used = max(count_minutes(facts.aturan.jam, step.mulai_at, step.selesai_at or mail.tiba_at), 0)
    return f"{text.lama_kerja(used)} dari waktu baku {period.sop.step(_STEP).menit} menit kerja"
