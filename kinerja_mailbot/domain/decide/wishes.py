"""Deciding a respondent's own words: NIHIL becomes a revision, a wish for time goes up, a question to the penyusun."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.form.check import recheck_form
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm
from kinerja_mailbot.domain.form.definition import Sheet
from kinerja_mailbot.domain.form.judge import blank_cell
from kinerja_mailbot.domain.form.record import NIHIL, WHOLE_SHEET, record_of
from kinerja_mailbot.domain.form.value import Mark
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letters.wording import staff
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.people import FilePetition
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan, Permohonan
from kinerja_mailbot.domain.mail.wishes import MintaBantuan, MintaWaktu, Nihil, Pertanyaan
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit

_QUOTED = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Wisher:
    """One mail of one unit about one period, and the outcome to begin with."""

    mail: IncomingMail
    facts: Facts
    period: PeriodState
    request: RequestState
    unit: Unit
    base: Outcome

    def tell(self, label: str, hal: str, pokok: str, *kalimat: str) -> Outcome:
        """Return the outcome that only says something to the respondent."""
        letter = letters.kabar(
            self.facts, self.mail, self.period, self.request, self.unit, hal=hal, pokok=pokok, kalimat=kalimat
        )
        return replace(self.base, label=label, surat=(letter,))


def declare_nihil(case: Wisher, wish: Nihil) -> CheckedForm | Outcome:
    """Return the form as if its Nihil cells had been set, or a kind question where that can't be.

    Without a sheet's name it covers every sheet that may be declared nihil and holds no data yet: data that was sent is
    replaced only by name.
    """
    form, record = case.request.form, record_of(case.request.sel)
    able = tuple(sheet for sheet in form.lembar if sheet.nihil)
    named = tuple(sheet for sheet in form.lembar if sheet.id in wish.lembar)
    unable = tuple(sheet.judul for sheet in named if not sheet.nihil)
    if unable or not able:
        return _ask_about(case, unable or tuple(sheet.judul for sheet in form.lembar), able)
    meant = named or tuple(sheet for sheet in able if not record.rows(sheet.id))
    if not meant:
        return case.tell(
            "pertanyaan nihil",
            "Pernyataan nihil belum dicatat",
            "Pernyataan NIHIL telah kami terima, tetapi lembar yang dapat dinyatakan nihil sudah berisi data.",
            f"Apabila suatu lembar memang nihil, mohon menyebutkannya, misalnya NIHIL {able[0].judul}.",
        )
    checked = recheck_form(form, tuple(_set(sheet) for sheet in meant), case.request.sel)
    said = f'Pernyataan dalam surel: "{text.ringkas(text.tanpa_tautan(case.mail.teks), _QUOTED)}".'
    covered = f"Dinyatakan nihil: lembar {text.rangkai([sheet.judul for sheet in meant])}."
    return replace(checked, catatan=(*checked.catatan, covered, said))


def ask_for_time(case: Wisher, wish: MintaWaktu) -> Outcome:
    """Put the wish before the Kasubbag and tell the respondent so; what it lacks is asked for."""
    hal = "Permohonan tambahan waktu"
    if case.request.keadaan is KeadaanPermintaan.LENGKAP:
        return case.tell("permohonan waktu", hal, "Data sudah lengkap; tambahan waktu tidak diperlukan.")
    waiting = (KeadaanPermohonan.MENUNGGU, case.period.periode.kode, case.unit.id)
    if any((p.keadaan, p.periode, p.unit) == waiting and p.surel_id != case.mail.id for p in case.facts.permohonan):
        return case.tell(
            "permohonan waktu", hal, "Permohonan sebelumnya masih menunggu jawaban Kepala Subbagian Perencanaan."
        )
    missing = [name for name, value in (("lamanya", wish.lama), ("alasannya", wish.alasan)) if not value]
    if missing:
        return case.tell(
            "permohonan waktu ditanyakan",
            hal,
            f"Permohonan tambahan waktu telah kami terima; mohon menyebutkan {text.rangkai(missing)} agar dapat kami "
            "teruskan.",
            "Contoh balasan: MINTA WAKTU 2 hari karena listrik padam.",
        )
    petition = Permohonan(
        surel_id=case.mail.id,
        periode=case.period.periode.kode,
        unit=case.unit.id,
        lama=wish.lama,
        alasan=wish.alasan,
    )
    asked = letters.permohonan_waktu(case.facts, case.mail, case.period, case.request, case.unit, petition)
    told = case.tell(
        "permohonan waktu",
        hal,
        f"Permohonan tambahan waktu {wish.lama} telah kami teruskan kepada {case.facts.daftar.kasubbag.jabatan}.",
        "Hasilnya kami kabarkan melalui surel; selama belum dijawab, batas penyampaian tidak berubah.",
    )
    return replace(told, efek=(FilePetition(petition),), surat=(*told.surat, asked))


def guide(case: Wisher, _wish: MintaBantuan) -> Outcome:
    """Say what a respondent may write."""
    letter = letters.panduan(case.facts, case.mail, case.period, case.request, case.unit)
    return replace(case.base, label="panduan", surat=(letter,))


def pass_on(case: Wisher, _wish: Pertanyaan) -> Outcome:
    """Bring a question to the penyusun, whose reply comes back in the asker's thread."""
    note = letters.terusan(case.facts, case.mail, case.unit, case.period.periode.kode)
    told = case.tell(
        "pertanyaan diteruskan",
        "Pertanyaan telah diteruskan",
        f"Pertanyaan telah kami teruskan kepada {staff(case.facts)[0].jabatan}; "
        "jawabannya kami sampaikan melalui surel.",
    )
    return replace(told, surat=(*told.surat, note))


def _ask_about(case: Wisher, unable: tuple[str, ...], able: tuple[Sheet, ...]) -> Outcome:
    other = (f"Lembar yang dapat dinyatakan nihil: {text.rangkai([sheet.judul for sheet in able])}.",) if able else ()
    return case.tell(
        "pertanyaan nihil",
        "Pernyataan nihil belum dicatat",
        f"Pernyataan NIHIL telah kami terima, tetapi lembar {text.rangkai(unable)} memuat baris yang perlu diisi.",
        "Mohon isiannya disampaikan melalui format; untuk yang memang tidak ada, angka 0 atau keterangan "
        '"Tidak diukur" beserta alasannya dapat kami terima.',
        *other,
    )


def _set(sheet: Sheet) -> CheckedCell:
    return replace(blank_cell(sheet, None, WHOLE_SHEET, NIHIL, None), tertulis="NIHIL", nilai=Mark.NIHIL)
