"""People come and go: acting officials, leave, wishes and questions, all of it by mail."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage

import pytest

from kinerja_mailbot.adapters.store.lines import MailLine
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, PENYUSUN, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.demo.spreadsheet import fill_in
from kinerja_mailbot.demo.staff import Desk, Person, Received, attach_workbook
from kinerja_mailbot.domain.acting import KeadaanPenunjukan
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import PASSWORD, PERIODE, Stage, period, request, sent_twice, settle

AGUS = Person("Agus Momot", "agus.momot@kpu.example")
ORDER = f"PLH umum {AGUS.nama} {AGUS.alamat} 12/SPT/KPU-Kab/2026 s.d. 6 Oktober 2026"
UNITS = ("umum", "sekretaris")


@pytest.fixture
def stage(embedded_stage: Stage) -> Stage:
    """Days in office are counted by arrival, and Dovecot stamps arrivals with the machine's clock."""
    return embedded_stage


def text_of(letter: Received) -> str:
    body = letter.surat.get_body(("plain",))
    return " ".join(str(body.get_content() if body else "").split())


def propose(stage: Stage, service: Service, at: str = "2026-10-01 09.00") -> None:
    stage.system.add_mailbox(AGUS.alamat, PASSWORD)
    settle(service)
    stage.clock.now = wit(at)
    opening = stage.desk.newest(KASUBBAG)
    stage.desk.send(stage.desk.reply(KASUBBAG, opening, ORDER), KASUBBAG)
    settle(service)


def go_on_leave(stage: Stage) -> None:
    """Let the mail program of the Kasubbag Umum answer the request in his place."""
    stage.clock.now = wit("2026-10-01 08.10")
    robot = stage.desk.reply(UMUM, stage.desk.newest(UMUM), "Saya cuti sampai dengan 5 Oktober 2026.")
    robot["Auto-Submitted"] = "auto-replied"
    stage.desk.send(robot, UMUM)


def answer(stage: Stage, service: Service, who: Person, words: str, subject: str) -> None:
    stage.clock.now += timedelta(minutes=5)
    stage.desk.send(stage.desk.reply(who, stage.desk.newest(who, subject), words), who)
    settle(service)


def newest_mail(service: Service, person: Person) -> MailLine:
    return next(mail for mail in service.store.mails() if mail.pengirim == person.alamat)


def returned_form(desk: Desk, person: Person) -> EmailMessage:
    letter = [one for one in desk.letters(person) if one.workbooks()][-1]
    mail = desk.reply(person, letter, "Terlampir isian kami.")
    name, workbook = letter.workbooks()[-1]
    attach_workbook(mail, name, fill_in(workbook, figures.UMUM))
    return mail


def test_an_acting_official_counts_after_a_second_mail_and_until_his_last_day(stage: Stage) -> None:
    with stage.service(UNITS) as service:
        propose(stage, service)
        assert [one.keadaan for one in service.store.appointments(wit("2026-10-01 09.00").date())] == [
            KeadaanPenunjukan.MENUNGGU
        ]
        assert stage.desk.letters(AGUS) == ()

        answer(stage, service, KASUBBAG, "Setuju", "Mohon persetujuan Plh.")
        assert stage.subjects(AGUS) == [
            "Penunjukan Plh. Subbagian Umum, Keuangan, dan Logistik disetujui",
            "Permintaan Data Kinerja Triwulan III Tahun 2026",
        ]

        stage.clock.now = wit("2026-10-01 11.00")
        stage.desk.send(returned_form(stage.desk, AGUS), AGUS)
        settle(service)
        assert stage.subjects(AGUS)[-1].startswith("Tanda terima TRM-2026-TW3-UKL-01")
        assert request(service, "umum").keadaan is KeadaanPermintaan.LENGKAP

        stage.clock.now = wit("2026-10-07 09.00")
        before = len(stage.desk.letters(AGUS))
        stage.desk.send(stage.desk.write(AGUS, "Isian", "Apakah masih bisa diubah?"), AGUS)
        settle(service)
        assert newest_mail(service, AGUS).verdict == "unknown"
        assert len(stage.desk.letters(AGUS)) == before
        assert sent_twice(service) == []


def test_the_thread_of_the_acting_official_proves_nobody_else(stage: Stage) -> None:
    with stage.service(UNITS) as service:
        propose(stage, service)
        answer(stage, service, SEKRETARIS, "Setuju, terima kasih", "Mohon persetujuan Plh.")
        own = stage.desk.newest(AGUS, "Permintaan")
        theirs = stage.desk.newest(UMUM, "Permintaan")
        assert own.message_id != theirs.message_id
        assert theirs.message_id not in str(own.surat)

        stage.clock.now = wit("2026-10-01 10.00")
        forged = stage.desk.reply(UMUM, own, "MINTA WAKTU 2 hari karena listrik padam")
        stage.desk.send(forged, AGUS)
        settle(service)

        assert newest_mail(service, UMUM).state == "held"
        assert service.store.petitions() == ()


def test_a_confirmation_from_elsewhere_appoints_nobody(stage: Stage) -> None:
    with stage.service(UNITS) as service:
        propose(stage, service)

        stage.clock.now = wit("2026-10-01 09.10")
        opening = stage.desk.newest(KASUBBAG, "telah dimulai")
        stage.desk.send(stage.desk.write(KASUBBAG, "Re: Mohon persetujuan Plh.", "Setuju"), TEKNIS)
        settle(service)
        stage.desk.send(stage.desk.reply(KASUBBAG, opening, "Setuju"), KASUBBAG)
        settle(service)
        question = stage.desk.newest(KASUBBAG, "Mohon persetujuan Plh.")
        stage.desk.send(stage.desk.reply(PENYUSUN, question, "Setuju"), PENYUSUN)
        settle(service)

        assert [one.keadaan for one in service.store.appointments(stage.clock.now.date())] == [
            KeadaanPenunjukan.MENUNGGU
        ]
        assert stage.desk.letters(AGUS) == ()

        answer(stage, service, KASUBBAG, "Tolak, Kasubbag sudah kembali", "Mohon persetujuan Plh.")

        assert [one.keadaan for one in service.store.appointments(stage.clock.now.date())] == [
            KeadaanPenunjukan.DITOLAK
        ]
        assert stage.desk.letters(AGUS) == ()


def test_reminders_rest_during_leave_and_the_kasubbag_is_asked_once(stage: Stage) -> None:
    with stage.service(UNITS) as service:
        settle(service)
        go_on_leave(stage)
        for moment in ("2026-10-01 08.15", "2026-10-01 14.00", "2026-10-02 09.00", "2026-10-05 14.00"):
            stage.clock.now = wit(moment)
            settle(service)

        assert stage.subjects(UMUM) == ["Permintaan Data Kinerja Triwulan III Tahun 2026"]
        asked = [subject for subject in stage.subjects(KASUBBAG) if "tidak di tempat" in subject]
        assert len(asked) == 1
        assert "mohon ditunjuk Plh." in text_of(stage.desk.newest(KASUBBAG, "tidak di tempat"))
        assert "Laporan data kinerja yang belum diterima" in stage.subjects(KASUBBAG)

        stage.clock.now = wit("2026-10-06 08.00")
        settle(service)
        reminders = [subject for subject in stage.subjects(UMUM) if subject.startswith("Pengingat")]
        assert (len(reminders), request(service, "umum").pengingat) == (1, 1)
        assert sent_twice(service) == []


def test_an_ordered_reminder_goes_to_nobody_on_leave_and_the_answer_says_how_to_replace_him(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        go_on_leave(stage)
        settle(service)

        answer(stage, service, KASUBBAG, "INGATKAN umum", "tidak di tempat")

        assert stage.subjects(UMUM) == ["Permintaan Data Kinerja Triwulan III Tahun 2026"]
        told = text_of(stage.desk.newest(KASUBBAG, "INGATKAN"))
        assert "(tidak di tempat s.d. 5 Oktober 2026)" in told
        assert "PLH UKL Nama Pejabat" in told


def test_whoever_writes_himself_is_back(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        go_on_leave(stage)
        settle(service)
        assert [absence.unit for absence in service.facts().tidak_hadir] == ["umum"]

        answer(stage, service, UMUM, "Data masih kami susun.", "Permintaan")

        assert service.facts().tidak_hadir == ()


def test_a_wish_for_time_goes_up_and_comes_back_granted(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        due = request(service, "umum").batas_at
        answer(stage, service, UMUM, "mohon tambahan waktu dua hari pak karena listrik padam", "Permintaan")
        assert "telah kami teruskan" in text_of(stage.desk.newest(UMUM, "Permohonan tambahan waktu"))
        assert request(service, "umum").batas_at == due

        answer(stage, service, KASUBBAG, "Setuju", "Permohonan tambahan waktu")

        assert request(service, "umum").batas_at == due + timedelta(days=4)  # Friday and Monday, over a weekend
        assert "diperpanjang" in text_of(stage.desk.newest(UMUM, "Perpanjangan")).casefold()
        assert [one.keadaan for one in service.store.petitions()] == [KeadaanPermohonan.DISETUJUI]
        assert sent_twice(service) == []


def test_a_wish_for_time_is_refused_with_the_reason(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        due = request(service, "umum").batas_at
        answer(stage, service, UMUM, "MINTA WAKTU 2 hari bendahara cuti", "Permintaan")

        answer(stage, service, KASUBBAG, "Tolak, laporan ditunggu hari ini.", "Permohonan tambahan waktu")
        answer(stage, service, KASUBBAG, "Setuju", "Permohonan tambahan waktu")

        assert request(service, "umum").batas_at == due
        told = text_of(stage.desk.newest(UMUM, "belum dapat disetujui"))
        assert "laporan ditunggu hari ini" in told
        assert "sudah ditolak" in text_of(stage.desk.newest(KASUBBAG, "Jawaban atas perintah SETUJU"))


def test_a_question_finds_the_penyusun_and_his_answer_its_asker(stage: Stage) -> None:
    with stage.service(UNITS) as service:
        settle(service)
        answer(stage, service, UMUM, "Apakah pagu sudah termasuk revisi terakhir?", "Permintaan")
        question = newest_mail(service, UMUM)
        assert stage.subjects(UMUM)[-1] == "Pertanyaan telah diteruskan"

        answer(stage, service, PENYUSUN, "Sudah, sesuai DIPA revisi ketiga.", "Pesan dari")

        brought = stage.desk.newest(UMUM, "Jawaban")
        assert "Sudah, sesuai DIPA revisi ketiga." in text_of(brought)
        assert str(brought.surat["In-Reply-To"]).endswith(f".{UMUM.alamat}>")
        assert [subject for subject in stage.subjects(SEKRETARIS) if subject.startswith("Jawaban")] == []
        assert question.id not in [matter.nomor for matter in service.store.matters()]
        assert sent_twice(service) == []


def test_nihil_written_in_a_mail_is_a_revision_with_a_receipt(stage: Stage) -> None:
    with stage.service(("sekretaris",)) as service:
        settle(service)
        answer(stage, service, SEKRETARIS, "Nihil LHP.", "Permohonan")
        found = request(service, "sekretaris")
        assert (found.revisi, found.keadaan) == (1, KeadaanPermintaan.PERLU_PERBAIKAN)
        assert stage.subjects(SEKRETARIS)[-1].startswith("Mohon perbaikan")

        answer(stage, service, SEKRETARIS, "Selebihnya NIHIL, terima kasih", "Mohon perbaikan")
        answer(stage, service, SEKRETARIS, "NIHIL", "Mohon perbaikan")

        found = request(service, "sekretaris")
        assert (found.revisi, found.keadaan) == (2, KeadaanPermintaan.LENGKAP)
        receipt = text_of(stage.desk.newest(SEKRETARIS, "Tanda terima"))
        assert "Pernyataan nihil pada isi surel" in receipt
        assert "dinyatakan nihil" in receipt
        assert [line.berkas_nama for line in service.store.submissions(PERIODE)] == [
            "Pernyataan nihil pada isi surel",
            "Pernyataan nihil pada isi surel",
        ]


def test_a_sheet_that_must_be_filled_can_t_be_nihil(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)

        answer(stage, service, UMUM, "NIHIL", "Permintaan")
        answer(stage, service, UMUM, "Bantuan", "Permintaan")

        assert (request(service, "umum").revisi, period(service).rekap) == (0, ())
        assert "memuat baris yang perlu diisi" in text_of(stage.desk.newest(UMUM, "Pernyataan nihil"))
        assert "MINTA WAKTU 2 hari" in text_of(stage.desk.newest(UMUM, "Panduan singkat"))
