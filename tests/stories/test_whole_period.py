"""One quarter from the first request to the rekap, with everybody taking part."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import HUKUM, KASUBBAG, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan
from tests.domain.office import wit
from tests.stories.stage import Stage, period, sent_twice, settle

EVERYBODY = ("umum", "teknis", "hukum", "sekretaris")


def test_a_quarter_runs_from_the_requests_to_the_rekap(stage: Stage) -> None:
    with stage.service(EVERYBODY) as service:
        settle(service)
        assert stage.subjects(UMUM) == ["Permintaan Data Kinerja Triwulan III Tahun 2026"]

        stage.clock.now = wit("2026-10-01 10.00")
        answers = ((UMUM, figures.UMUM), (TEKNIS, figures.TEKNIS_FIRST), (HUKUM, figures.HUKUM))
        for person, entries in (*answers, (SEKRETARIS, figures.SEKRETARIS)):
            stage.desk.send(stage.returns_form(person, entries), person)
        settle(service)
        stage.clock.now = wit("2026-10-01 13.30")
        stage.desk.send(stage.returns_form(TEKNIS, figures.TEKNIS_MENDED), TEKNIS)
        settle(service)

        rekap = stage.desk.newest(KASUBBAG, "Rekap")
        closing = stage.desk.reply(KASUBBAG, rekap, "Tutup.")
        stage.clock.now = wit("2026-10-01 15.00")
        stage.desk.send(closing, KASUBBAG)
        settle(service)

        found = period(service)
        assert found.keadaan is KeadaanPeriode.DITUTUP
        assert {(r.unit, r.revisi, r.keadaan) for r in found.permintaan} == {
            (unit, 2 if unit == "teknis" else 1, KeadaanPermintaan.LENGKAP) for unit in EVERYBODY
        }
        assert [step.nomor for step in found.langkah if step.selesai_at is None] == []
        assert [(edition.edisi, edition.lengkap) for edition in found.rekap] == [(1, True)]
        assert sent_twice(service) == []
        assert service.store.check() == ()
    book = load_workbook(BytesIO(rekap.workbooks()[0][1]), data_only=True)
    shown = {str(cell) for row in book["Anggaran"].iter_rows(values_only=True) for cell in row}
    assert {str(rupiah) for rupiah in figures.EXPECTED_SPENT.values()} <= shown
