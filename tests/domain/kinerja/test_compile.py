"""The compiled rekap against answers worked by hand: figures, gaps, what needs attention."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Row
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap, SasaranRingkas, StatusCapaian, TindakLanjutRingkas
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, RequestState
from tests.domain.kinerja.quarter import (
    FILLED_SEKRETARIS,
    FILLED_UMUM,
    NOW,
    PARTLY_TEKNIS,
    POLICY,
    SEKRETARIS,
    SILENT_HUKUM,
    UMUM,
    budget,
    cells,
    compiled,
    indicator,
    nihil,
    quarter,
    request,
)
from tests.domain.office import wit

D = Decimal


def row(rekap: Rekap, kode: str) -> CapaianRow:
    return next(found for found in rekap.capaian if found.kode == kode)


def of_umum(*given: StoredCell) -> Rekap:
    return compiled(quarter(request("umum", given)))


def with_indicator(rumus: str, target: Value, realisasi: Value) -> CapaianRow:
    """Return what becomes of one indicator under this formula."""
    asked = request("umum", indicator("X-01", realisasi))
    values: tuple[tuple[str, Value], ...] = (("target_tw", target), ("rumus", rumus), ("satuan", "%"))
    sheets = tuple(
        replace(sheet, baris=(Row("X-01", values),)) if sheet.id == "capaian" else sheet for sheet in asked.form.lembar
    )
    return row(compiled(quarter(replace(asked, form=replace(asked.form, lembar=sheets)))), "X-01")


def test_each_indicator_is_judged_by_its_own_formula() -> None:
    found = {r.kode: (r.capaian, r.capaian_rata, r.predikat, r.status) for r in compiled().capaian}

    reached, short = StatusCapaian.TERCAPAI, StatusCapaian.BELUM_TERCAPAI
    assert found == {
        "UKL-01": (D("100.00"), D("100.00"), "Sangat Tinggi", reached),
        "UKL-02": (D("100.00"), D("100.00"), "Sangat Tinggi", reached),
        "UKL-03": (D("104.38"), D("104.38"), "Sangat Tinggi", reached),  # 83,5 / 80
        "UKL-04": (D("166.67"), D(120), "Sangat Tinggi", reached),  # (2 × 3 - 1) / 3, capped in averages
        "TEK-01": (D("100.00"), D("100.00"), "Sangat Tinggi", reached),
        "TEK-02": (D("103.10"), D("103.10"), "Sangat Tinggi", reached),
        "TEK-03": (D("54.53"), D("54.53"), "Rendah", short),
        "TEK-04": (None, None, "", StatusCapaian.TIDAK_DIUKUR),
        "TEK-05": (D("111.11"), D("111.11"), "Sangat Tinggi", reached),
        "HKM-01": (None, None, "", StatusCapaian.BELUM_DIISI),
        "HKM-02": (None, None, "", StatusCapaian.BELUM_DIISI),
        "HKM-03": (None, None, "", StatusCapaian.BELUM_DIISI),
    }


def test_the_average_counts_what_is_measured_and_caps_it() -> None:
    rekap = compiled()

    # (100 + 100 + 104,38 + 120 + 100 + 103,10 + 54,53 + 111,11) / 8 = 793,12 / 8
    assert (rekap.rata_capaian, rekap.predikat) == (D("99.14"), "Sangat Tinggi")
    assert [unit.rata_capaian for unit in rekap.unit] == [D("106.10"), D("92.19"), None, None]
    assert [(unit.terukur, unit.indikator) for unit in rekap.unit] == [(4, 4), (4, 5), (0, 3), (0, 0)]


def test_without_a_cap_the_raw_capaian_is_averaged() -> None:
    policy = replace(POLICY, rekap=replace(POLICY.rekap, batas_capaian=None))

    rekap = compiled(quarter(FILLED_UMUM), policy)

    assert rekap.rata_capaian == D("117.76")  # (100 + 100 + 104,38 + 166,67) / 4 = 117,7625


def test_a_negative_capaian_counts_as_nothing_in_the_average_and_is_shown_as_it_is() -> None:
    found = with_indicator("NEG_LAN", D(2), D(5))

    assert (found.capaian, found.capaian_rata, found.status) == (D("-50.00"), D(0), StatusCapaian.BELUM_TERCAPAI)


@pytest.mark.parametrize(
    ("got", "status"), [("A", StatusCapaian.TERCAPAI), ("B", StatusCapaian.BELUM_TERCAPAI)], ids=["better", "worse"]
)
def test_a_rank_is_met_or_not_and_has_no_percentage(got: str, status: StatusCapaian) -> None:
    found = with_indicator("PREDIKAT", "BB", got)

    assert (found.capaian, found.capaian_rata, found.status) == (None, None, status)


def test_the_average_of_a_sasaran_is_taken_over_all_units_that_serve_it() -> None:
    goals = {goal.sasaran: goal for goal in compiled().sasaran}

    # (103,10 + 54,53 + 111,11) / 3 = 89,58
    assert goals["Meningkatnya partisipasi masyarakat"] == SasaranRingkas(
        sasaran="Meningkatnya partisipasi masyarakat",
        rata_capaian=D("89.58"),
        terukur=3,
        indikator=3,
        predikat="Tinggi",
    )


def test_the_quarter_s_own_figure_is_judged_where_no_cumulative_one_was_given() -> None:
    rekap = of_umum(*cells("capaian", "UKL-03", realisasi_tw=D(40)))

    assert row(rekap, "UKL-03").capaian == D("50.00")


def test_serapan_is_taken_over_the_lines_that_were_reported() -> None:
    rekap = compiled()

    assert rekap.serapan == D("66.67")  # 1.983.290.500 / 2.974.650.000
    assert [(line.kode, line.realisasi, line.sisa, line.serapan) for line in rekap.anggaran[2:6]] == [
        ("6710.EBB.951", D(0), D(142_750_000), D("0.00")),
        ("6641.QDB.001", D(120_000_000), D(55_000_000), D("68.57")),
        ("6641.BMB.002", D(99_750_000), D(20_750_000), D("82.78")),
        ("6640.QMA.001", None, None, None),
    ]


def test_a_silent_unit_is_shown_as_not_received_and_never_left_out() -> None:
    rekap = compiled()

    assert [unit.keadaan for unit in rekap.unit] == ["lengkap", "perlu perbaikan", "belum diterima", "lengkap"]
    assert [r.kode for r in rekap.capaian if r.unit == "HKM"] == ["HKM-01", "HKM-02", "HKM-03"]
    assert "Data dari Subbagian Hukum dan SDM belum diterima." in rekap.perhatian
    assert (rekap.masuk, rekap.is_complete) == (3, False)


def test_units_stand_in_the_register_s_order_whoever_was_asked_first() -> None:
    rekap = compiled(quarter(FILLED_SEKRETARIS, SILENT_HUKUM, FILLED_UMUM, replace(PARTLY_TEKNIS, unit="lama")))

    assert [unit.kode for unit in rekap.unit] == ["UKL", "HKM", "SEK", "LAMA"]


def test_open_lists_keep_their_rows_in_the_order_reported() -> None:
    rekap = compiled()

    assert [(r.unit, r.get("no_rekomendasi"), r.get("status")) for r in rekap.tl_hp] == [
        ("SEK", "1.1", "SESUAI"),
        ("SEK", "1.2", "BELUM_SESUAI"),
        ("SEK", "2.1", "BELUM_TL"),
    ]
    assert rekap.tl_hp_ringkas == (
        TindakLanjutRingkas(status="SESUAI", jumlah=1, rupiah=D(18_250_000)),
        TindakLanjutRingkas(status="BELUM_SESUAI", jumlah=1, rupiah=D(0)),
        TindakLanjutRingkas(status="BELUM_TL", jumlah=1, rupiah=D(30_000_000)),
        TindakLanjutRingkas(status="TIDAK_DAPAT", jumlah=0, rupiah=D(0)),
    )


def test_a_recommendation_is_due_sixty_days_after_its_lhp_came_unless_it_has_its_own_day() -> None:
    rekap = compiled()

    assert [(r.batas, r.lewat_hari) for r in rekap.tl_hp] == [
        (date(2026, 8, 7), 0),  # received on 8 June; settled, so never late
        (date(2026, 8, 7), 59),  # on 5 October
        (date(2026, 12, 31), 0),
    ]


def test_the_due_day_itself_is_not_late() -> None:
    rekap = compiled(quarter(FILLED_SEKRETARIS), now=wit("2026-08-07 15.00"))

    assert [r.lewat_hari for r in rekap.tl_hp] == [0, 0, 0]


def test_the_day_is_the_office_s_day_and_not_that_of_greenwich() -> None:
    rekap = compiled(quarter(FILLED_SEKRETARIS), now=wit("2026-08-08 07.30"))  # still 7 August in UTC

    assert [r.lewat_hari for r in rekap.tl_hp] == [0, 1, 0]


def test_overdue_recommendations_are_told_by_number_and_never_by_their_text() -> None:
    told = " ".join(compiled().perhatian)

    assert "1 dari 3 rekomendasi hasil pemeriksaan yang melewati batas waktu" in told
    assert "perjalanan dinas" not in told


def test_an_lhe_is_shown_as_reported_beside_what_its_components_make() -> None:
    (lhe,) = compiled().lhe

    assert (lhe.total, lhe.total_hitung, lhe.predikat, lhe.predikat_hitung) == (D("70.5"), D("69.50"), "BB", "B")
    assert [(weight, value) for _, weight, value in lhe.komponen] == [
        (D(30), D("22.5")),
        (D(30), D("20.25")),
        (D(15), D(11)),
        (D(25), D("15.75")),
    ]
    assert (lhe.nomor, lhe.tanggal, lhe.tahun) == ("B/123/AA.05/2026", date(2026, 4, 20), 2025)


def test_an_lhe_that_adds_up_draws_no_remark() -> None:
    mended = tuple(
        replace(cell, nilai=D("69.5") if cell.baris == "TOTAL" else "B")
        if (cell.lembar, cell.baris) in {("lhe", "TOTAL"), ("lhe", "PREDIKAT")}
        else cell
        for cell in SEKRETARIS
    )

    rekap = compiled(quarter(request("sekretaris", mended)))

    assert not [sentence for sentence in rekap.perhatian if "LHE" in sentence]


def test_a_sheet_declared_nihil_has_no_rows_and_says_so() -> None:
    everything = (*nihil("lhp"), *nihil("tl_hp"), *nihil("lhe"), *nihil("lhe_rekomendasi"))

    rekap = compiled(quarter(request("sekretaris", everything)))

    assert (rekap.lhp, rekap.tl_hp, rekap.lhe, rekap.lhe_rekomendasi) == ((), (), (), ())
    assert rekap.unit[0].nihil == ("LHP", "TL HP", "LHE", "LHE Rekomendasi")
    assert {status.nihil for status in rekap.daftar} == {("Sekretaris KPU Kabupaten Sorong",)}
    assert {status.belum for status in rekap.daftar} == {()}


def test_a_list_nobody_has_filled_waits_for_its_unit() -> None:
    rekap = compiled(quarter(request("sekretaris")))

    assert {status.belum for status in rekap.daftar} == {("Sekretaris KPU Kabupaten Sorong",)}


def test_a_unit_declared_nil_by_order_is_complete_and_not_measured() -> None:
    accepted = replace(
        request("umum"),
        keadaan=KeadaanPermintaan.LENGKAP,
        lengkap_at=NOW,
        catatan=("Dinyatakan nihil oleh Kasubbag Perencanaan.",),
    )

    rekap = compiled(quarter(accepted))

    assert {(r.realisasi, r.status) for r in rekap.capaian} == {(Mark.TIDAK_DIUKUR, StatusCapaian.TIDAK_DIUKUR)}
    assert {line.realisasi for line in rekap.anggaran} == {D(0)}
    assert (rekap.is_complete, rekap.rata_capaian) == (True, None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        pytest.param(
            indicator("UKL-01", D(9)),
            "UKL-01 Jumlah laporan sistem akuntansi dan pelaporan keuangan: capaian 300,00%, jauh di atas target; "
            "mohon dipastikan.",
            id="implausibly high",
        ),
        pytest.param(
            indicator("UKL-03", D("0.835"), penghambat="x", tindak_lanjut="y"),
            "UKL-03 Persentase pengelolaan logistik Pemilu/Pemilihan sesuai pola yang ditetapkan: capaian 1,04%, "
            "jauh di bawah target; mohon dipastikan.",
            id="a fraction taken for a percentage",
        ),
        pytest.param(
            indicator("UKL-03", D(40)),
            "Subbagian Umum, Keuangan, dan Logistik: faktor penghambat atau rencana tindak lanjut belum lengkap pada "
            "UKL-03.",
            id="short without a reason",
        ),
        pytest.param(
            indicator("UKL-03", D(80), bukti=""),
            "Subbagian Umum, Keuangan, dan Logistik: data dukung belum disebutkan pada UKL-03.",
            id="no evidence",
        ),
        pytest.param(
            budget("6709.EBD.955", D(86_400_001)),
            "Realisasi anggaran melebihi pagu pada 6709.EBD.955; mohon dipastikan.",
            id="spent more than there was",
        ),
    ],
)
def test_what_needs_attention_is_said(given: tuple[StoredCell, ...], sentence: str) -> None:
    assert sentence in of_umum(*given).perhatian


def test_a_flawless_unit_draws_no_sentence() -> None:
    filled = tuple(cell for cell in UMUM if cell.kolom != "bukti")
    evidence = tuple(
        StoredCell(lembar="capaian", baris=f"UKL-0{n}", kolom="bukti", nilai="Laporan.pdf") for n in range(1, 5)
    )

    rekap = compiled(quarter(request("umum", (*filled, *evidence))))

    assert rekap.perhatian == ()


def test_steps_are_measured_in_net_working_minutes_once_they_are_finished() -> None:
    steps = compiled().langkah

    assert [(step.nomor, step.standar, step.terpakai) for step in steps] == [
        (1, 30, 0),
        (2, 30, 0),
        (3, 30, 0),
        (4, 480, 360),  # 08.00 to 15.00 without the hour of rest
        (5, 480, None),
        (6, 480, None),
    ]


def test_the_footnotes_name_the_formulas_the_cap_and_the_scale() -> None:
    notes = " ".join(compiled().catatan_kaki)

    assert "negatif: (2 × target − realisasi) / target × 100" in notes
    assert "rasio" not in notes
    assert "dari 8 indikator terukur yang memiliki persentase, dari 12 indikator" in notes
    assert "dibatasi paling tinggi 120%" in notes
    assert "skala internal, bukan ketentuan KPU" in notes


@pytest.mark.parametrize("requests", [(), (SILENT_HUKUM,)], ids=["nobody asked", "nobody answered"])
def test_an_empty_period_compiles(requests: tuple[RequestState, ...]) -> None:
    rekap = compiled(quarter(*requests))

    assert (rekap.rata_capaian, rekap.serapan, rekap.masuk) == (None, None, 0)
