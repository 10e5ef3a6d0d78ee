"""What the passing of time does: reminders, a provisional rekap, later editions, and a service that was off."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, TEKNIS, UMUM
from kinerja_mailbot.demo.spreadsheet import Entry
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import PERIODE, Stage, period, request, sent_twice, settle

BOTH = ("umum", "teknis")
CORRECTED = (Entry("Capaian Kinerja", "UKL-03", "Realisasi s.d. Triwulan", 85),)


def editions(service: Service) -> list[tuple[int, bool]]:
    return [(edition.edisi, edition.lengkap) for edition in period(service).rekap]


def rekap_subjects(stage: Stage) -> list[str]:
    return [subject for subject in stage.subjects(KASUBBAG) if subject.startswith("Rekap")]


def newest_rekap(stage: Stage) -> Workbook:
    """Return the newest rekap in the Kasubbag's mailbox as it was received."""
    letter = [letter for letter in stage.desk.letters(KASUBBAG) if "Rekap Data Kinerja" in letter.subjek][-1]
    return load_workbook(io.BytesIO(letter.workbooks()[0][1]), data_only=True)


def plain_text(stage: Stage) -> str:
    """Return the words of the newest rekap letter, on one line."""
    letter = [letter for letter in stage.desk.letters(KASUBBAG) if "Rekap Data Kinerja" in letter.subjek][-1]
    body = letter.surat.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def changes(rekap: Workbook) -> list[tuple[object, ...]]:
    """Return the rows of the sheet Riwayat: kode, column, before, after."""
    rows = rekap["Riwayat"].iter_rows(min_row=7, min_col=1, max_col=7, values_only=True)
    return [row[3:7] for row in rows if isinstance(row[0], int)]


def test_a_rekap_is_first_provisional_then_complete_then_mended(stage: Stage) -> None:
    with stage.service(BOTH) as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)

        stage.clock.now = wit("2026-10-05 10.00")
        settle(service)
        assert editions(service) == [(1, False)]

        stage.clock.now = wit("2026-10-05 11.00")
        stage.desk.send(stage.returns_form(TEKNIS, (*figures.TEKNIS_FIRST, *figures.TEKNIS_MENDED)), TEKNIS)
        settle(service)
        assert editions(service) == [(1, False), (2, True)]

        stage.clock.now = wit("2026-10-06 09.00")
        stage.desk.send(stage.returns_form(UMUM, CORRECTED), UMUM)
        settle(service)

        name = "Rekap Data Kinerja Triwulan III Tahun 2026"
        assert rekap_subjects(stage) == [f"{name} ({which})" for which in ("sementara", "lengkap", "perbaikan 1")]
        assert changes(newest_rekap(stage)) == [
            ("UKL-03", "Realisasi", 82.5, 85),
            ("UKL-03", "Capaian (%)", 103.13, 106.25),
        ]
        assert "hanya isian berikut" in plain_text(stage)
        assert request(service, "umum").revisi == 2
        assert sent_twice(service) == []


def test_a_service_that_was_off_for_three_days_pays_one_letter_per_debt(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)

    stage.clock.now = wit("2026-10-05 14.00")
    with stage.service() as service:
        settle(service)
        again = settle(service)

        owed = [letter.kunci for letter in service.store.letters(PERIODE)]
        assert owed == [
            f"{PERIODE}.permintaan.umum",
            f"{PERIODE}.pembukaan",
            f"{PERIODE}.pengingat.1.umum",
            f"{PERIODE}.eskalasi.3.umum",
            f"{PERIODE}.rekap.1",
        ]
        assert (again.written, again.sent) == (0, 0)
        assert sent_twice(service) == []


def test_what_came_while_the_service_was_off_is_answered_and_not_reminded(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
    stage.clock.now = wit("2026-10-01 10.00")
    stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)

    stage.clock.now = wit("2026-10-05 14.00")
    with stage.service() as service:
        settle(service)

        assert service.store.letters(f"{PERIODE}.pengingat.") == ()
        assert request(service, "umum").lengkap_at == stage.clock.now
        assert editions(service) == [(1, True)]


def test_a_silent_official_is_reminded_on_every_rung_and_the_kasubbag_hears_of_it(stage: Stage) -> None:
    moments = ("10-01 13.30", "10-02 08.30", "10-02 14.30", "10-05 09.30", "10-06 11.00")
    with stage.service() as service:
        settle(service)
        for moment in moments:
            stage.clock.now = wit(f"2026-{moment}")
            settle(service)

        reminders = [subject for subject in stage.subjects(UMUM) if subject.startswith("Pengingat")]
        assert len(reminders) == request(service, "umum").pengingat == 5
        assert [letter.kunci for letter in service.store.letters(f"{PERIODE}.eskalasi.")] == [
            f"{PERIODE}.eskalasi.3.umum",
            f"{PERIODE}.eskalasi.4.umum",
        ]
        assert sent_twice(service) == []
