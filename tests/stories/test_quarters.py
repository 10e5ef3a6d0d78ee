"""Two quarters of one year: the second form shows what the first one brought, and judges by it."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import UMUM
from kinerja_mailbot.demo.spreadsheet import Entry
from kinerja_mailbot.demo.staff import Received
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, RequestState
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import Stage, period, settle

NEXT = "2026-TW4"
HEADING = "Realisasi periode lalu (TW III)"
TO_DATE = "Realisasi s.d. Triwulan"
EVIDENCE = "Data Dukung (nama berkas / tautan)"


def capaian(kode: str, realisasi: float) -> tuple[Entry, ...]:
    return (
        Entry("Capaian Kinerja", kode, TO_DATE, realisasi),
        Entry("Capaian Kinerja", kode, EVIDENCE, "Laporan TW IV.pdf"),
    )


FOURTH_QUARTER = (
    *capaian("UKL-01", 4),
    *capaian("UKL-02", 12),
    *capaian("UKL-03", 81),
    *capaian("UKL-04", 1),  # two were reported for TW III, and a count can't fall
    Entry("Anggaran", "6709.EBA.994", TO_DATE, 2_100_000_000),
    Entry("Anggaran", "6709.EBD.955", TO_DATE, 60_000_000),
    Entry("Anggaran", "6709.EBD.955", "Kendala", "Pengembalian belanja perjalanan dinas."),
    Entry("Anggaran", "6710.EBB.951", TO_DATE, 120_000_000),
)
EXPLAINED = (
    *capaian("UKL-04", 1),
    Entry("Capaian Kinerja", "UKL-04", "Faktor Penghambat / Kendala", "Satu revisi ternyata bukan revisi DIPA."),
)


def asked(service: Service) -> RequestState:
    found = period(service, NEXT).request("umum")
    assert found is not None
    return found


def printed(workbook: bytes, sheet: str) -> dict[object, object]:
    """Return what stands under the heading of the period before, by kode."""
    table = list(load_workbook(BytesIO(workbook))[sheet].iter_rows(values_only=True))
    header = next(row for row in table if HEADING in row)
    kode = next(number for number, title in enumerate(header) if str(title).startswith("Kode"))
    rows = table[table.index(header) + 1 :]
    return {row[kode]: row[header.index(HEADING)] for row in rows if row[header.index(HEADING)] is not None}


def words_of(letter: Received) -> str:
    body = letter.surat.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_the_next_quarter_shows_the_last_one_and_asks_why_a_count_has_fallen(stage: Stage) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)

        stage.clock.now = wit("2027-01-04 08.00")
        settle(service)
        [(_, form)] = stage.with_form(UMUM).workbooks()
        assert printed(form, "Capaian Kinerja") == {"UKL-01": 3, "UKL-02": 9, "UKL-03": 82.5, "UKL-04": 2}
        assert printed(form, "Anggaran") == {
            "6709.EBA.994": 1_795_320_500,
            "6709.EBD.955": 61_200_000,
            "6710.EBB.951": 98_430_000,
        }

        stage.clock.now = wit("2027-01-04 10.00")
        stage.desk.send(stage.returns_form(UMUM, FOURTH_QUARTER), UMUM)
        settle(service)
        assert asked(service).keadaan is KeadaanPermintaan.PERLU_PERBAIKAN
        corrections = stage.desk.newest(UMUM, "Perbaikan")
        assert "Terbaca 1, lebih kecil daripada realisasi periode lalu (2)" in words_of(corrections)
        stored = {(c.baris, c.kolom): c.nilai for c in asked(service).sel}
        assert ("UKL-04", "realisasi_kum") not in stored
        assert stored["6709.EBD.955", "realisasi"] == 60_000_000

        stage.clock.now = wit("2027-01-04 11.00")
        stage.desk.send(stage.returns_form(UMUM, EXPLAINED), UMUM)
        settle(service)

        assert asked(service).keadaan is KeadaanPermintaan.LENGKAP
        assert {(c.baris, c.kolom): c.nilai for c in asked(service).sel}["UKL-04", "realisasi_kum"] == 1
