"""The letters about what a respondent wrote in his own words: passed on, answered, granted or not."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, Thread
from kinerja_mailbot.domain.mail.letters.wording import (
    Isi,
    answer_to,
    answered,
    deadline,
    heading,
    is_superior,
    moment,
    tag,
    thread_head,
)
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit

_LINES = 60
_LINE_LENGTH = 600


def petition_key(petition: Permohonan) -> str:
    """Return the key of the letter that puts a petition before the Kasubbag."""
    return f"surel.{petition.surel_id}.minta-waktu"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPermohonanWaktu(Isi):
    """What `permohonan-waktu.md` says."""

    unit: str
    pejabat: str
    periode: str
    lama: str
    alasan: str
    batas: str
    keadaan: str  # "4 dari 6 baris", else empty
    tiba: str


def permohonan_waktu(  # noqa: PLR0913, PLR0917 - the contract of this letter
    facts: Facts, mail: IncomingMail, period: PeriodState, request: RequestState, unit: Unit, petition: Permohonan
) -> Letter:
    """Put a petition before the Kasubbag, who answers SETUJU or TOLAK; key `surel.<mail id>.minta-waktu`."""
    kode, to = period.periode.kode, (facts.daftar.kasubbag,)
    hal = f"Permohonan tambahan waktu {unit.nama}"
    return Letter(
        kunci=petition_key(petition),
        templat="permohonan-waktu",
        kepada=to,
        subjek=f"{tag(kode, None)} {hal}",
        isi=IsiPermohonanWaktu(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            pejabat=answered(facts, mail, unit).jabatan,
            periode=period.periode.nama,
            lama=text.ringkas(petition.lama, 80),
            alasan=text.ringkas(petition.alasan, 300),
            batas=deadline(facts, request.batas_at),
            keadaan=f"{request.terisi} dari {request.seluruh} baris" if request.revisi else "",
            tiba=moment(facts, mail.tiba_at),
        ),
        periode=kode,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiKabar(Isi):
    """What `kabar.md` says: what became of the reader's own words."""

    pokok: str
    kalimat: tuple[str, ...]
    periode: str
    batas: str
    atasan: bool


def kabar(  # noqa: PLR0913 - the contract of this letter
    facts: Facts,
    mail: IncomingMail | None,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    *,
    hal: str,
    pokok: str,
    kalimat: tuple[str, ...] = (),
    kunci: str = "",
) -> Letter:
    """Tell a respondent what became of the words in `mail`; key `surel.<mail id>.kabar`, or `kunci`."""
    kode = period.periode.kode
    to = (answered(facts, mail, unit) if mail else unit.official_on(facts.today),)
    head = thread_head(facts, request, unit, to[0])
    thread = answer_to(mail, head) if mail else Thread(head)
    return Letter(
        kunci=kunci or f"surel.{mail.id if mail else 0}.kabar",
        templat="kabar",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiKabar(
            kepala=heading(facts, hal, to),
            pokok=pokok,
            kalimat=kalimat,
            periode=period.periode.nama,
            batas=deadline(facts, request.batas_at, unit),
            atasan=is_superior(unit),
        ),
        utas=thread,
        periode=kode,
        unit=unit.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiJawaban(Isi):
    """What `jawaban.md` says."""

    penjawab: str
    pertanyaan: str  # the first words of what was asked
    baris: tuple[str, ...]
    terpotong: bool


def jawaban(facts: Facts, mail: IncomingMail, asked: IncomingMail, unit: Unit, penjawab: str) -> Letter:
    """Bring the penyusun's answer (`mail`) to whoever asked, in his thread; key `surel.<mail id>.jawaban`."""
    to = (answered(facts, asked, unit),)
    hal = "Jawaban atas pesan"
    lines = tuple(text.ringkas(line, _LINE_LENGTH) for line in mail.teks.splitlines() if line.strip())
    return Letter(
        kunci=f"surel.{mail.id}.jawaban",
        templat="jawaban",
        kepada=to,
        subjek=f"{tag(None, unit)} {hal}",
        isi=IsiJawaban(
            kepala=heading(facts, hal, to),
            penjawab=penjawab,
            pertanyaan=text.ringkas(asked.teks, 200),
            baris=lines[:_LINES],
            terpotong=len(lines) > _LINES,
        ),
        utas=answer_to(asked),
        unit=unit.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IsiPanduan(Isi):
    """What `panduan.md` says."""

    unit: str
    periode: str
    batas: str
    nihil: tuple[str, ...]  # sheets that may be declared nihil
    atasan: bool


def panduan(facts: Facts, mail: IncomingMail, period: PeriodState, request: RequestState, unit: Unit) -> Letter:
    """Answer a respondent's BANTUAN with what he may write; key `surel.<mail id>.panduan`."""
    kode, to = period.periode.kode, (answered(facts, mail, unit),)
    hal = "Panduan singkat pengisian melalui surel"
    return Letter(
        kunci=f"surel.{mail.id}.panduan",
        templat="panduan",
        kepada=to,
        subjek=f"{tag(kode, unit)} {hal}",
        isi=IsiPanduan(
            kepala=heading(facts, hal, to),
            unit=unit.nama,
            periode=period.periode.nama,
            batas=deadline(facts, request.batas_at, unit),
            nihil=tuple(sheet.judul for sheet in request.form.lembar if sheet.nihil),
            atasan=is_superior(unit),
        ),
        utas=answer_to(mail, thread_head(facts, request, unit, to[0])),
        periode=kode,
        unit=unit.id,
    )
