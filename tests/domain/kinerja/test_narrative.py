"""The laporan says what the figures say: never "tercapai" below a target, comparisons only with what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.value import Mark, Value
from kinerja_mailbot.domain.kinerja.analysis import (
    ANALISIS,
    MOST_INDICATORS,
    PENGHAMBAT,
    UMUM,
    analysis_form,
    analysis_sheet,
)
from kinerja_mailbot.domain.kinerja.chapter import write_report
from kinerja_mailbot.domain.kinerja.narrative import (
    describe_change,
    describe_efficiency,
    describe_indicator,
    describe_whole,
)
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Penanda, Rekap, StatusCapaian
from kinerja_mailbot.domain.kinerja.report import Laporan, Paragraf, Tabel
from kinerja_mailbot.domain.kinerja.timeline import Titik, Tren
from kinerja_mailbot.domain.periode import parse_periode
from tests.domain.collection import TW3
from tests.domain.kinerja.quarter import compiled
from tests.domain.kinerja.sixth_step import PERIOD

SIGNER = Penanda("Kepala Subbagian Perencanaan", "Maria")


def row(status: StatusCapaian, capaian: str | None, realisasi: Value | None, rumus: str = "POS") -> CapaianRow:
    share = None if capaian is None else Decimal(capaian)
    return CapaianRow(
        unit="TEK",
        kode="TEK-02",
        sasaran="Meningkatnya partisipasi",
        indikator="Persentase partisipasi pemilih",
        satuan="%",
        jenis="positif",
        rumus=rumus,
        target=Decimal(75),
        realisasi=realisasi,
        capaian=share,
        capaian_rata=share,
        predikat="" if share is None else "Rendah",
        status=status,
    )


def laporan(rekap: Rekap) -> Laporan:
    return write_report(rekap, "Sekretaris", SIGNER, date(2026, 10, 6))


@pytest.mark.parametrize(
    ("found", "ending"),
    [
        pytest.param(
            row(StatusCapaian.BELUM_TERCAPAI, "54.53", Decimal("40.9")),
            "terealisasi 40,9% dari target 75%, dengan capaian 54,53% (Rendah); target belum tercapai dengan selisih "
            "45,47 poin persen.",
            id="below",
        ),
        pytest.param(
            row(StatusCapaian.TERCAPAI, "100.00", Decimal(75)),
            "terealisasi 75% dari target 75%, dengan capaian 100,00% (Rendah); target telah tercapai.",
            id="exactly",
        ),
        pytest.param(
            row(StatusCapaian.TERCAPAI, "106.67", Decimal(80)),
            "terealisasi 80% dari target 75%, dengan capaian 106,67% (Rendah); target telah terlampaui.",
            id="above",
        ),
        pytest.param(
            row(StatusCapaian.TERCAPAI, "150.00", Decimal(1), "NEG_LAN"),
            "terealisasi 1% dari target 75%, dengan capaian 150,00% (Rendah); target telah tercapai.",
            id="of what should stay small nothing is exceeded",
        ),
        pytest.param(
            row(StatusCapaian.BELUM_TERCAPAI, None, "B", "PREDIKAT"),
            "terealisasi B dari target 75%; target belum tercapai.",
            id="a predikat has no percentage",
        ),
        pytest.param(
            row(StatusCapaian.TIDAK_DIUKUR, None, Mark.TIDAK_DIUKUR),
            "tidak diukur pada Triwulan III Tahun 2026 sehingga tidak diperhitungkan dalam rata-rata capaian.",
            id="not measured",
        ),
    ],
)
def test_the_sentence_agrees_with_the_figures(found: CapaianRow, ending: str) -> None:
    assert describe_indicator(found, TW3).endswith(ending)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        pytest.param("50.00", "Capaian meningkat 4,53 poin persen dibandingkan dengan Triwulan II", id="risen"),
        pytest.param("60.00", "Capaian menurun 5,47 poin persen dibandingkan dengan Triwulan II", id="fallen"),
        pytest.param("54.53", "Capaian tetap dibandingkan dengan Triwulan II", id="the same"),
        pytest.param(None, "", id="not measured then"),
    ],
)
def test_the_comparison_agrees_with_the_figures(before: str | None, expected: str) -> None:
    point = Titik(
        periode=parse_periode("2026-TW2"),
        target=None,
        realisasi=None,
        capaian=None if before is None else Decimal(before),
        status="",
    )
    tren = Tren(unit="TEK", kode="TEK-02", indikator="", satuan="%", titik=(point,))

    said = describe_change(row(StatusCapaian.BELUM_TERCAPAI, "54.53", Decimal("40.9")), tren, TW3)

    assert said.startswith(expected)
    assert bool(said) is bool(expected)


def test_the_whole_is_counted() -> None:
    assert describe_whole(compiled(PERIOD)) == (
        "Dari 9 indikator kinerja, 8 indikator diukur pada Triwulan III Tahun 2026: 7 indikator mencapai atau "
        "melampaui target dan 1 indikator belum mencapai target. Rata-rata capaian sebesar 99,14% dengan predikat "
        "Sangat Tinggi."
    )


def test_efficiency_is_not_claimed_while_a_target_is_missed() -> None:
    rekap = compiled(PERIOD)

    assert "tercapai" not in describe_efficiency(rekap)
    assert "perlu ditelaah" in describe_efficiency(replace(rekap, rata_capaian=Decimal(50), serapan=Decimal(80)))


def test_the_kasubbag_s_words_stand_before_the_unit_s() -> None:
    rekap = compiled(PERIOD)
    said = (("TEK-03", PENGHAMBAT, "Menurut analisis."), (UMUM, ANALISIS, "Baik."))
    cells = tuple(StoredCell(lembar="analisis", baris=b, kolom=k, nilai=v) for b, k, v in said)

    found = laporan(replace(rekap, analisis=analysis_sheet(rekap, cells, b"k")))

    hindrances = [block.teks for block in found.isi if isinstance(block, Paragraf) and "penghambat" in block.label]
    assert hindrances == ["Menurut analisis.", "Tidak ada pemutakhiran daftar pemilih."]
    assert Paragraf("Baik.", "Kesimpulan") in found.isi


def test_every_indicator_stands_in_a_table_and_no_finding_s_text_anywhere() -> None:
    found = laporan(compiled(PERIOD))

    cells = {cell for block in found.isi if isinstance(block, Tabel) for line in block.baris for cell in line}
    assert {line.indikator for line in compiled(PERIOD).capaian} <= cells
    assert not any("Kelebihan pembayaran" in str(block) for block in found.isi)


def test_of_very_many_indicators_each_sasaran_is_analysed() -> None:
    rekap = compiled(PERIOD)
    many = tuple(replace(rekap.capaian[0], kode=f"X-{number}") for number in range(MOST_INDICATORS + 1))
    crowded = replace(rekap, capaian=many, sasaran=rekap.sasaran[:1])
    words = StoredCell(lembar="analisis", baris="SASARAN-01", kolom=ANALISIS, nilai="Sesuai rencana.")

    form = analysis_form(crowded)
    found = laporan(replace(crowded, analisis=analysis_sheet(crowded, (words,), b"k")))

    assert [line.kode for line in form.lembar[0].baris] == ["SASARAN-01", UMUM]
    assert Paragraf("Sesuai rencana.", "Analisis") in found.isi
