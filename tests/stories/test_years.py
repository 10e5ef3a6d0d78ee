"""The letters of the year through the real service: clause 5, the missing calendar, the review of the SOP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ADMIN, KASUBBAG, UMUM
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import LONG_AGO, Stage, sent_twice, settle

VOID = "Perubahan penanggung jawab: SOP perlu ditetapkan ulang"
REVIEW = "Tinjauan pelaksanaan SOP sejak 1 Juni 2026"


@contextmanager
def with_kasubbag_umum(stage: Stage, name: str) -> Iterator[Service]:
    """Run the service with somebody else as Kasubbag Umum."""
    config = stage.config(("umum",), perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)
    [unit] = config.daftar.responden
    unit = replace(unit, pejabat=(replace(unit.pejabat[0], nama=name),))
    config = replace(config, daftar=replace(config.daftar, responden=(unit,)))
    with Service(config, clock=stage.clock) as service, service.exclusive():
        service.store.in_service_since(LONG_AGO)
        yield service


def test_a_new_official_is_told_once_and_stops_nothing(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        assert stage.subjects(KASUBBAG).count(VOID) == 0
        assert service.facts().pejabat_berubah == ()

    for moment in ("10-01 20.00", "10-02 07.30", "10-02 10.00"):
        stage.clock.now = wit(f"2026-{moment}")
        with with_kasubbag_umum(stage, "Pejabat Baru") as service:
            settle(service)
            assert len(service.facts().pejabat_berubah) == 1
            assert stage.subjects(KASUBBAG).count(VOID) == (moment != "10-01 20.00")  # told in office time

    stage.clock.now = wit("2026-10-02 11.00")
    with stage.service() as service:
        settle(service)
        assert service.facts().pejabat_berubah == ()
        assert stage.subjects(KASUBBAG).count(VOID) == 1
        assert [e.peristiwa for e in service.store.journal()].count("officials changed") == 1
        assert sent_twice(service) == []


def test_a_year_without_cuti_bersama_is_told_to_kasubbag_and_admin_once(embedded_stage: Stage) -> None:
    stage = embedded_stage
    stage.clock.now = wit("2027-10-05 09.00")
    with stage.service(by_schedule=False) as service:
        settle(service)
        stage.clock.now = wit("2027-10-06 09.00")
        settle(service)

        assert stage.subjects(KASUBBAG) == stage.subjects(ADMIN) == ["Cuti bersama tahun 2028 belum tercatat"]


def test_the_review_is_asked_for_answered_and_recorded(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)

        for moment in ("11-30 09.00", "12-01 07.30", "12-01 10.00"):
            stage.clock.now = wit(f"2026-{moment}")
            settle(service)
        assert stage.subjects(KASUBBAG).count(REVIEW) == 1
        letter = stage.desk.newest(KASUBBAG, REVIEW)
        body = letter.surat.get_body(("plain",))
        assert body is not None
        assert "Triwulan III Tahun 2026" in str(body.get_content())

        stage.clock.now = wit("2026-12-01 11.00")
        mail = stage.desk.reply(KASUBBAG, letter, "Tinjau: waktu langkah 5 tidak perlu diubah")
        stage.desk.send(mail, KASUBBAG)
        stage.desk.send(mail, KASUBBAG)
        settle(service)

        [review] = service.facts().tinjauan
        assert (review.catatan, review.sop) == ("waktu langkah 5 tidak perlu diubah", "5.16/ORT.06/9601/2023")
        assert review.oleh == service.config.daftar.kasubbag.jabatan
        assert stage.subjects(KASUBBAG)[-1] == "Jawaban atas perintah TINJAU"
        assert [e.peristiwa for e in service.store.journal()].count("sop reviewed") == 1
