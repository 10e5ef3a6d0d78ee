"""What the Kasubbag does by mail, from the opening to an early end."""

from __future__ import annotations

from kinerja_mailbot.demo.cast import KASUBBAG, PENYUSUN, UMUM
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan
from tests.domain.office import wit
from tests.stories.stage import PERIODE, Stage, period, request, sent_twice, settle

REQUEST = "Permintaan Data Kinerja Triwulan III Tahun 2026"


def test_with_konfirmasi_nothing_is_asked_before_the_kasubbag_says_setuju(stage: Stage) -> None:
    with stage.service(perintah=PerintahLangkah1.KONFIRMASI) as service:
        settle(service)
        assert period(service).keadaan is KeadaanPeriode.MENUNGGU_PERINTAH
        assert stage.subjects(UMUM) == []

        stage.clock.now = wit("2026-10-01 08.20")
        question = stage.desk.newest(KASUBBAG)
        stage.desk.send(stage.desk.reply(KASUBBAG, question, "Setuju, laksanakan."), KASUBBAG)
        settle(service)

        first = period(service).step(1)
        assert (first.oleh, first.selesai_at) == (service.config.daftar.kasubbag.jabatan, stage.clock.now)
        assert stage.subjects(UMUM) == [REQUEST]
        assert sent_twice(service) == []


def test_a_period_opened_by_mail_needs_the_proof_of_a_thread(stage: Stage) -> None:
    with stage.service(by_schedule=False) as service:
        stage.desk.send(stage.desk.write(KASUBBAG, "Mohon", "Buka TW3 2026"), KASUBBAG)
        settle(service)
        assert service.store.periods() == ()

        stage.clock.now = wit("2026-10-01 08.30")
        asked = stage.desk.newest(KASUBBAG, "perintah")
        stage.desk.send(stage.desk.reply(KASUBBAG, asked, "Buka TW3 2026"), KASUBBAG)
        settle(service)

        assert period(service).keadaan is KeadaanPeriode.BERJALAN
        assert stage.subjects(UMUM) == [REQUEST]


def test_an_order_in_the_kasubbag_s_name_from_elsewhere_opens_nothing(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 09.00")
        stage.desk.send(stage.desk.write(KASUBBAG, "Mohon", "Tutup"), UMUM)
        settle(service)

        assert period(service).keadaan is KeadaanPeriode.BERJALAN


def test_a_unit_with_nothing_to_report_is_accepted_as_nihil(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 11.00")
        opening = stage.desk.newest(KASUBBAG)
        stage.desk.send(stage.desk.reply(KASUBBAG, opening, "Terima umum nihil"), KASUBBAG)
        settle(service)

        found = request(service, "umum")
        assert (found.keadaan, found.revisi) == (KeadaanPermintaan.LENGKAP, 0)
        assert [edition.lengkap for edition in period(service).rekap] == [True]
        assert "Rekap" in stage.subjects(KASUBBAG)[-1]


def test_a_penyusun_s_reminder_by_order_reaches_whoever_owes_data(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 11.00")
        stage.desk.send(stage.desk.write(UMUM, "Pertanyaan", "Apakah pagu sudah termasuk revisi terakhir?"), UMUM)
        settle(service)
        passed_on = stage.desk.newest(PENYUSUN)
        assert "Apakah pagu sudah termasuk revisi terakhir?" in str(passed_on.surat.get_body(("plain",)))

        stage.clock.now = wit("2026-10-01 11.30")
        stage.desk.send(stage.desk.reply(PENYUSUN, passed_on, "Ingatkan umum"), PENYUSUN)
        settle(service)

        assert request(service, "umum").pengingat == 1
        (reminder,) = service.store.letters(f"{PERIODE}.pengingat.")
        assert reminder.kunci.endswith(".umum")
        assert sent_twice(service) == []
