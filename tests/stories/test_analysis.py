"""Step 6 through the real service: the analysis by sheet and by text, the final edition, and what a forger gets."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO

import docx
from openpyxl import load_workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, PENYUSUN, UMUM
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Received, attach_workbook
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import PERIODE, Stage, period, sent_twice, settle

REST = """Selamat siang,

semua: analisis Capaian sesuai rencana aksi triwulan.
semua: rekomendasi Pemantauan dilakukan setiap bulan.
Kesimpulan: Kinerja triwulan III secara umum baik.
Rekomendasi: Rekonsiliasi bulanan dipertahankan.
"""


def to_the_rekap(stage: Stage, service: Service) -> Received:
    """Play the quarter until the Kasubbag has the complete rekap, and return it."""
    settle(service)
    stage.clock.now = wit("2026-10-01 10.00")
    stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
    settle(service)
    return stage.desk.newest(KASUBBAG, "Rekap")


def with_sheet(stage: Stage, letter: Received, *entries: Entry) -> EmailMessage:
    """Return the Kasubbag's reply to a letter with its workbook filled in."""
    name, workbook = letter.workbooks()[0]
    mail = stage.desk.reply(KASUBBAG, letter, "Terlampir analisis kami.")
    attach_workbook(mail, name, fill_in(workbook, entries))
    return mail


def analysis_of(letter: Received, kode: str, title: str = "Analisis dan Evaluasi") -> str:
    sheet = load_workbook(BytesIO(letter.workbooks()[0][1]))["Analisis"]
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    header = next(row for row in rows if row[0] == "Kode")
    return next(row[header.index(title)] for row in rows if row[0] == kode)


def documents(letter: Received) -> list[bytes]:
    return [
        part.get_content() for part in letter.surat.iter_attachments() if (part.get_filename() or "").endswith(".docx")
    ]


def test_an_analysis_by_sheet_and_by_text_makes_the_final_edition(stage: Stage) -> None:
    with stage.service() as service:
        rekap = to_the_rekap(stage, service)

        stage.clock.now = wit("2026-10-01 11.00")
        first = Entry("Analisis", "UKL-01", "Analisis dan Evaluasi", "Rekonsiliasi bulanan menjaga ketepatan laporan.")
        stage.desk.send(with_sheet(stage, rekap, first), KASUBBAG)
        settle(service)
        asked = stage.desk.newest(KASUBBAG, "perlu dilengkapi")
        assert period(service).step(6).selesai_at is None

        stage.clock.now = wit("2026-10-01 11.30")
        stage.desk.send(stage.desk.reply(KASUBBAG, asked, REST), KASUBBAG)
        settle(service)

        final = stage.desk.newest(KASUBBAG, "(final)")
        found = period(service)
        assert analysis_of(asked, "UKL-01") == "Rekonsiliasi bulanan menjaga ketepatan laporan."
        assert analysis_of(final, "UKL-01") == "Rekonsiliasi bulanan menjaga ketepatan laporan."
        assert analysis_of(final, "UKL-02") == "Capaian sesuai rencana aksi triwulan."
        assert found.step(6).selesai_at is not None
        assert found.step(6).bukti.startswith("surel.")
        assert [(edition.edisi, edition.analisis) for edition in found.rekap] == [(1, 0), (2, 2)]
        (report,) = documents(final)
        words = [paragraph.text for paragraph in docx.Document(BytesIO(report)).paragraphs]
        assert "Kesimpulan: Kinerja triwulan III secara umum baik." in words
        assert sent_twice(service) == []

        stage.clock.now = wit("2026-10-02 09.00")
        changed = Entry("Capaian Kinerja", "UKL-03", "Realisasi s.d. Triwulan", 84)
        stage.desk.send(stage.returns_form(UMUM, (*figures.UMUM, changed), stage.desk.newest(UMUM, "Permintaan")), UMUM)
        settle(service)

        later = stage.desk.newest(KASUBBAG, "perbaikan 1")
        assert analysis_of(later, "UKL-02") == "Capaian sesuai rencana aksi triwulan."
        assert period(service).step(6) == found.step(6)
        newest = service.store.submissions(PERIODE)[-1].surel_id
        history = load_workbook(BytesIO(later.workbooks()[0][1]))["Riwayat"]
        changes = [[cell.value for cell in row] for row in history.iter_rows(min_row=7, max_col=8)]
        listed = [(kode, kolom, mails) for number, _, _, kode, kolom, _, _, mails in changes if isinstance(number, int)]
        assert {("UKL-03", "Realisasi", str(newest)), ("UKL-03", "Capaian (%)", str(newest))} <= set(listed)
        assert {(kode, mails) for kode, _, mails in listed} == {("UKL-03", str(newest))}

        stage.desk.send(stage.desk.reply(KASUBBAG, later, "Tutup."), KASUBBAG)
        settle(service)
        assert period(service).keadaan is KeadaanPeriode.DITUTUP

        closed = period(service)
        changed = Entry("Capaian Kinerja", "UKL-03", "Realisasi s.d. Triwulan", 85)
        stage.desk.send(stage.returns_form(UMUM, (*figures.UMUM, changed), stage.desk.newest(UMUM, "Permintaan")), UMUM)
        settle(service)

        assert period(service) == closed
        assert stage.subjects(UMUM)[-1] == "Permintaan data kinerja telah ditutup"
        assert len(stage.desk.newest(PENYUSUN, "Pesan dari").workbooks()) == 0
        [waiting] = service.store.matters()
        assert (waiting.urusan, waiting.unit) == (Urusan.BELUM_JELAS, "umum")


def test_an_analysis_under_the_kasubbag_s_name_without_his_thread_is_asked_about(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        rekap = to_the_rekap(stage, service)
        name, workbook = rekap.workbooks()[0]
        forged = stage.desk.write(KASUBBAG, "Analisis", REST)
        attach_workbook(
            forged, name, fill_in(workbook, [Entry("Analisis", "UKL-01", "Analisis dan Evaluasi", "Palsu.")])
        )

        stage.desk.send(forged, KASUBBAG)
        settle(service)

        assert period(service).analisis is None
        assert period(service).step(6).selesai_at is None
        assert "Jawaban atas perintah ANALISIS" in stage.subjects(KASUBBAG)


def test_a_respondent_can_not_analyse(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        rekap = to_the_rekap(stage, service)
        name, workbook = rekap.workbooks()[0]
        mail = stage.desk.reply(UMUM, stage.desk.newest(UMUM, "Tanda terima"), REST)
        attach_workbook(mail, name, fill_in(workbook, [Entry("Analisis", "UKL-01", "Analisis dan Evaluasi", "Bukan.")]))

        stage.desk.send(mail, UMUM)
        settle(service)

        assert period(service).analisis is None


def test_the_order_finishes_step_6_without_further_words(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        rekap = to_the_rekap(stage, service)

        stage.desk.send(stage.desk.reply(KASUBBAG, rekap, "Analisis selesai"), KASUBBAG)
        settle(service)

        assert "Rekap Data Kinerja Triwulan III Tahun 2026 (final)" in stage.subjects(KASUBBAG)
        assert period(service).step(6).selesai_at is not None


def test_an_analysis_above_the_order_to_close_still_makes_the_final_edition(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        rekap = to_the_rekap(stage, service)
        name, workbook = rekap.workbooks()[0]
        rows = ("UKL-01", "UKL-02", "UKL-03", "UKL-04", "UMUM")
        titles = ("Analisis dan Evaluasi", "Rekomendasi Tindak Lanjut")
        entries = [Entry("Analisis", row, title, "Sesuai rencana.") for row in rows for title in titles]
        mail = stage.desk.reply(KASUBBAG, rekap, "Tutup.")
        attach_workbook(mail, name, fill_in(workbook, entries))

        stage.desk.send(mail, KASUBBAG)
        settle(service)

        found = period(service)
        assert found.keadaan is KeadaanPeriode.DITUTUP
        assert found.step(6).bukti.startswith("surel.")
        assert "Rekap Data Kinerja Triwulan III Tahun 2026 (final)" in stage.subjects(KASUBBAG)
