"""More time, a flood and the days after it: what orders do to deadlines, through the whole service."""

from __future__ import annotations

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, PENYUSUN, TEKNIS, UMUM
from kinerja_mailbot.demo.staff import Person, Received
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import PERIODE, Stage, period, request, sent_twice, settle

BOTH = ("umum", "teknis")


def orders(stage: Stage, person: Person, words: str) -> None:
    """Let somebody answer his newest letter with an order."""
    stage.desk.send(stage.desk.reply(person, stage.desk.newest(person), words), person)


def words_of(letter: Received) -> str:
    body = letter.surat.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def reminders(service: Service) -> list[str]:
    return [letter.kunci for letter in service.store.letters(f"{PERIODE}.pengingat.")]


def test_an_extension_moves_one_deadline_and_its_reminders(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service(BOTH) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        orders(stage, KASUBBAG, "Tolong perpanjang Teknis dua hari karena banjir")
        settle(service)

        assert request(service, "teknis").batas_at == wit("2026-10-06 08.30")
        assert request(service, "umum").batas_at == wit("2026-10-02 08.30")
        assert period(service).step(5).batas_at == wit("2026-10-06 08.30")
        told = stage.desk.newest(TEKNIS, "Perpanjangan batas")
        assert "diperpanjang 2 hari kerja menjadi Selasa, 6 Oktober 2026 pukul 08.30 WIT" in words_of(told)

        stage.clock.now = wit("2026-10-02 09.00")
        settle(service)
        assert reminders(service) == [f"{PERIODE}.pengingat.1.umum"]
        assert sent_twice(service) == []


def test_the_same_order_in_two_mails_acts_once(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service(BOTH) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        orders(stage, KASUBBAG, "PERPANJANG semua 1 hari karena banjir")
        orders(stage, KASUBBAG, "Perpanjang semua sehari karena banjir")
        settle(service)

        assert {r.batas_at for r in period(service).permintaan} == {wit("2026-10-05 08.30")}
        assert len(period(service).perpanjangan) == 2


def test_an_order_without_a_reason_is_asked_back_and_then_obeyed(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        orders(stage, KASUBBAG, "perpanjang umum setengah hari")
        settle(service)
        assert "PERPANJANG UKL setengah hari karena" in words_of(stage.desk.newest(KASUBBAG, "Mohon melengkapi"))
        assert request(service, "umum").batas_at == wit("2026-10-02 08.30")

        orders(stage, KASUBBAG, "PERPANJANG UKL setengah hari karena listrik padam")
        settle(service)
        assert request(service, "umum").batas_at > wit("2026-10-02 08.30")


def test_a_flood_stops_the_clock_over_a_weekend_and_a_restart(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service(BOTH) as service:
        settle(service)
        stage.desk.send(stage.desk.write(UMUM, "Pertanyaan", "Apakah pagu sudah termasuk revisi terakhir?"), UMUM)
        settle(service)
        stage.clock.now = wit("2026-10-01 14.00")
        orders(stage, PENYUSUN, "TUNDA karena banjir, kantor tergenang")
        settle(service)

        assert "Penundaan pengumpulan data" in stage.subjects(UMUM)[-1]
        assert "Jawaban atas perintah TUNDA" in stage.subjects(KASUBBAG)
        stage.clock.now = wit("2026-10-02 15.00")
        settle(service)
        assert reminders(service) == []

    stage.clock.now = wit("2026-10-05 09.00")
    with stage.service(BOTH) as service:
        settle(service)
        assert reminders(service) == []
        stage.clock.now = wit("2026-10-05 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        assert request(service, "umum").tepat_waktu is True

        stage.clock.now = wit("2026-10-05 11.00")
        orders(stage, KASUBBAG, "Lanjutkan pengumpulan data")
        settle(service)

        # 120 minutes on Thursday, 450 on Friday and 210 on Monday stood: as much is added to Friday 08.30.
        assert request(service, "teknis").batas_at == wit("2026-10-05 15.00")
        assert period(service).step(5).batas_at == wit("2026-10-05 15.00")
        assert "dilanjutkan" in stage.subjects(TEKNIS)[-1]
        stage.clock.now = wit("2026-10-05 15.05")
        settle(service)
        assert reminders(service) == [f"{PERIODE}.pengingat.1.teknis"]
        assert sent_twice(service) == []
        names = [entry.peristiwa for entry in service.store.journal()]
        assert (names.count("clock paused"), names.count("clock resumed")) == (1, 1)
