"""The rekap workbook, written and read back; LibreOffice opens it and changes nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from kinerja_mailbot.domain.form.value import Mark
from kinerja_mailbot.domain.kinerja.analysis import with_analysis
from kinerja_mailbot.domain.kinerja.annual import with_year
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap, StatusCapaian
from kinerja_mailbot.domain.kinerja.trend import with_trend
from kinerja_mailbot.domain.periode import parse_periode
from tests.domain.kinerja.known_answers import known
from tests.domain.kinerja.quarter import DAFTAR, FILLED_UMUM, KANTOR, NOW, POLICY, SILENT_HUKUM, compiled, quarter
from tests.domain.kinerja.sixth_step import PERIOD as SIXTH_STEP
from tests.domain.kinerja.test_trend import COUNTED, POSITION, collected, reported

REKAP = compiled()
SHEETS = [
    "Ringkasan",
    "Capaian Kinerja",
    "Anggaran",
    "LHP",
    "TL HP",
    "LHE",
    "Status",
    "Kepatuhan SOP",
    "Catatan",
    "Data Dukung",
    "Riwayat",
]


def written(rekap: Rekap = REKAP) -> Workbook:
    """Return the workbook as a reader that calculates nothing sees it: phones, previews, our own."""
    return load_workbook(io.BytesIO(RekapWorkbookWriter(KANTOR).write(rekap)), data_only=True)


def with_formulas(rekap: Rekap = REKAP) -> Workbook:
    return load_workbook(io.BytesIO(RekapWorkbookWriter(KANTOR).write(rekap)))


def visible(workbook: Workbook) -> list[str]:
    return [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]


def rows_below(sheet: Worksheet, first_title: str) -> list[dict[str, object]]:
    """Return the rows of the table whose head begins with this title, until the first one without that column."""
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(number for number, line in enumerate(lines) if line[0] == first_title)
    titles = [str(title) for title in lines[start] if title]
    found: list[dict[str, object]] = []
    for line in lines[start + 1 :]:
        if line[0] is None:
            break
        found.append(dict(zip(titles, line, strict=False)))
    return found


def words(sheet: Worksheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def plain(value: object) -> object:
    if isinstance(value, Mark):
        return value.value
    return float(value) if isinstance(value, Decimal) else value


def test_every_sheet_is_there_and_the_first_one_is_open() -> None:
    workbook = written()

    assert visible(workbook) == SHEETS
    assert workbook.active is workbook["Ringkasan"]


def test_the_capaian_read_back_is_the_capaian_of_the_rekap() -> None:
    rows = rows_below(written()["Capaian Kinerja"], "No")

    assert [(r["Kode"], r["Target"], r["Realisasi"], r["Capaian (%)"], r["Status"]) for r in rows] == [
        (
            row.kode,
            plain(row.target),
            plain(row.realisasi) if row.realisasi is not None else "belum diterima",
            plain(row.capaian) if row.capaian is not None else "–",
            "belum diterima" if row.status is StatusCapaian.BELUM_DIISI else row.status.value,
        )
        for row in REKAP.capaian
    ]


def test_the_budget_read_back_is_the_budget_of_the_rekap() -> None:
    rows = rows_below(written()["Anggaran"], "No")

    assert [(r["Kode RO / Komponen"], r["Pagu (Rp)"], r["Realisasi (Rp)"], r["Serapan (%)"]) for r in rows[:6]] == [
        ("6709.EBA.994", 2_450_000_000, 1_712_340_500, 69.89),
        ("6709.EBD.955", 86_400_000, 51_200_000, 59.26),
        ("6710.EBB.951", 142_750_000, 0, 0),
        ("6641.QDB.001", 175_000_000, 120_000_000, 68.57),
        ("6641.BMB.002", 120_500_000, 99_750_000, 82.78),
        ("6640.QMA.001", 48_250_000, "belum diisi", "–"),
    ]
    assert rows[6]["Realisasi (Rp)"] == "belum diterima"


def test_tl_hp_shows_its_due_days_and_its_statuses_in_words() -> None:
    rows = rows_below(written()["TL HP"], "Unit")

    assert [(r["No Rekomendasi"], r["Status"], r["Jatuh Tempo"], r["Lewat (hari)"]) for r in rows] == [
        ("1.1", "telah sesuai", datetime(2026, 8, 7), "–"),  # noqa: DTZ001  # a day of the calendar
        ("1.2", "belum sesuai", datetime(2026, 8, 7), 59),  # noqa: DTZ001
        ("2.1", "belum ditindaklanjuti", datetime(2026, 12, 31), "–"),  # noqa: DTZ001
    ]


def test_an_amount_is_written_with_dots_and_a_year_without() -> None:
    register = written()["LHP"]
    titles = [cell.value for cell in register[6]]

    year, amount = (register.cell(7, titles.index(title) + 1) for title in ("Tahun Objek", "Nilai Temuan (Rp)"))

    assert (year.value, year.number_format) == (2025, "General")
    assert (amount.value, amount.number_format) == (48_250_000, "[$-421]#,##0_-_-")


def test_status_and_sop_tell_moments_in_office_time() -> None:
    workbook = written()

    first = rows_below(workbook["Status"], "No")[0]
    gathering = rows_below(workbook["Kepatuhan SOP"], "Langkah")[3]

    assert first["Pertama Diterima"] == datetime(2026, 10, 1, 14, 20)  # noqa: DTZ001  # office time, as Excel has it
    assert (gathering["Terpakai (menit kerja)"], gathering["Keterangan"]) == (360, "sesuai waktu baku")


def test_what_needs_attention_and_the_footnotes_are_all_there() -> None:
    shown = words(written()["Catatan"])

    assert [sentence for sentence in (*REKAP.perhatian, *REKAP.catatan_kaki) if sentence not in shown] == []


def test_the_first_sheet_says_what_it_is_and_how_far_it_is() -> None:
    shown = words(written()["Ringkasan"])

    expected = (
        KANTOR.nama.upper(),
        "Rekap Data Kinerja Triwulan III Tahun 2026",
        "Edisi sementara",
        "SOP Nomor 5.16/ORT.06/9601/2023 (berlaku 5 Januari 2023)",
        "Disusun Senin, 5 Oktober 2026 pukul 10.00 WIT",
        "2 dari 4",  # units complete
        "2 dari 3",  # units punctual, of those that have sent
        "7 dari 8",  # indicators on target
        "1 dari 3",  # recommendations settled
        "99.14",
        "66.67",
        "Nama Kasubbag Perencanaan",
        "Aimas, 5 Oktober 2026",
        "Subbagian Hukum dan SDM",
        "belum diterima",
    )
    assert [part for part in expected if part not in shown] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=["=", "+", "-", "@", "tab", "CR"])
def test_no_text_becomes_a_formula(start: str) -> None:
    hostile = replace(REKAP.capaian[0], penghambat=f"{start}cmd|' /C calc'!A0", unit=f"{start}1+1")

    workbook = with_formulas(replace(REKAP, capaian=(hostile,)))

    formulas = [
        str(cell.value)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert [formula for formula in formulas if "cmd" in formula or "1+1" in formula] == []
    assert any(
        cell.quotePrefix and cell.data_type == "s" for row in workbook["Capaian Kinerja"].iter_rows() for cell in row
    )


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    odd = replace(REKAP.capaian[0], pendukung="baik\x00\x0b sekali")

    row = rows_below(written(replace(REKAP, capaian=(odd,)))["Capaian Kinerja"], "No")[0]

    assert row["Faktor Pendukung"] == "baik sekali"


def test_each_sheet_prints_on_landscape_a4_as_wide_as_the_page() -> None:
    workbook = written()

    for title in SHEETS:
        setup = workbook[title].page_setup
        assert (title, setup.orientation, setup.paperSize, setup.fitToWidth) == (title, "landscape", 9, 1)
    assert workbook["Ringkasan"].page_setup.fitToHeight == 1
    assert workbook["Capaian Kinerja"].freeze_panes == "A7"
    assert workbook["Capaian Kinerja"].print_title_rows == "$6:$6"
    assert workbook["Capaian Kinerja"].auto_filter.ref == "A6:S18"


@pytest.mark.parametrize(
    ("indicators", "last_above"),
    [
        pytest.param(2, None, id="all on one page"),
        pytest.param(12, 19, id="tables and notes would be torn"),
        pytest.param(40, 47, id="on the third page"),
    ],
)
def test_the_tables_and_notes_below_the_indicators_are_printed_on_one_page(
    indicators: int, last_above: int | None
) -> None:
    sheet = written(replace(REKAP, capaian=many(indicators)))["Capaian Kinerja"]

    assert [mark.id for mark in sheet.row_breaks.brk] == ([] if last_above is None else [last_above + 1])
    assert last_above is None or sheet.cell(last_above + 2, 1).value == "Rata-rata capaian per sasaran"


def test_the_chart_shows_the_measured_indicators_only() -> None:
    workbook = written()

    assert len(workbook["Ringkasan"]._charts) == 4  # type: ignore[attr-defined]  # openpyxl offers no public way
    bars = [row[0] for row in workbook["_grafik"].iter_rows(min_row=2, values_only=True)]
    assert bars == [row.kode for row in REKAP.capaian if row.capaian is not None]


def many(count: int) -> tuple[CapaianRow, ...]:
    return tuple(replace(REKAP.capaian[0], kode=f"UKL-{n:02}") for n in range(count))


def test_too_many_indicators_are_charted_by_unit() -> None:
    workbook = written(replace(REKAP, capaian=many(40)))

    bars = [row[0] for row in workbook["_grafik"].iter_rows(min_row=2, values_only=True)]
    assert [bar for bar in bars if bar] == ["UKL", "TEK"]


def test_a_rekap_of_nothing_is_still_a_workbook() -> None:
    workbook = written(compiled(quarter(SILENT_HUKUM)))

    assert visible(workbook) == SHEETS
    assert "Belum ada berkas data dukung yang diterima." in words(workbook["Data Dukung"])
    assert "Data LHP tidak diminta pada periode ini." in words(workbook["LHP"])


def test_a_period_that_nobody_was_asked_about_is_still_a_workbook() -> None:
    assert visible(written(compiled(quarter()))) == SHEETS


def test_the_same_rekap_gives_the_same_bytes() -> None:
    writer = RekapWorkbookWriter(KANTOR)

    assert writer.write(REKAP) == writer.write(REKAP)


LATER = compiled(SIXTH_STEP, now=NOW)
EARLIER = tuple(
    replace(SIXTH_STEP, periode=parse_periode(kode)) for kode in ("2025-TW3", "2026-TW1", "2026-TW2", "2026-TW3")
)
ANALYSED = with_analysis(with_trend(LATER, EARLIER[:3], DAFTAR, POLICY.rekap), SIXTH_STEP, b"kunci")
YEAR = with_year(
    with_trend(replace(LATER, periode=parse_periode("2026")), (), DAFTAR, POLICY.rekap),
    (
        *EARLIER[1:],
        collected(
            "2026-TW4",
            *reported(COUNTED, realisasi_kum=Decimal(12)),
            *reported(POSITION, realisasi_kum=Mark.TIDAK_DIUKUR),
        ),
    ),
    DAFTAR,
)
FORMULAS = [
    pytest.param(ANALYSED, id="with the analysis and the trend"),
    pytest.param(YEAR, id="a year made from its quarters"),
    pytest.param(REKAP, id="a mixed quarter"),
    pytest.param(known(), id="every formula"),
    pytest.param(compiled(quarter(FILLED_UMUM)), id="one unit"),
    pytest.param(compiled(quarter(SILENT_HUKUM)), id="nobody answered"),
]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("rekap", FORMULAS)
def test_libreoffice_computes_what_every_formula_already_says(rekap: Rekap, tmp_path: Path) -> None:
    ours = values(written(rekap))
    bare = tmp_path / "rekap.xlsx"
    formulas = with_formulas(rekap)
    formulas.save(bare)  # openpyxl writes no values beside formulas, so that LibreOffice has to compute them all

    theirs = values(load_workbook(opened_by_libreoffice(bare, tmp_path), data_only=True))

    assert theirs.keys() == ours.keys()
    assert [(place, ours[place], theirs[place]) for place in ours if not alike(ours[place], theirs[place])] == []


def test_changes_over_time_and_the_year_are_formulas() -> None:
    trend, year = with_formulas(ANALYSED)["Tren"], with_formulas(YEAR)["Tahunan"]

    assert [trend[f"{letter}6"].value for letter in "FGHI"] == [
        "2025-TW3 (%)",
        "2026-TW1 (%)",
        "2026-TW2 (%)",
        "2026-TW3 (%)",
    ]
    assert [trend["J7"].value, trend["K7"].value] == ["=ROUND(I7-H7,2)", "=ROUND(I7-F7,2)"]
    counted = next(row[0].row for row in year.iter_rows(min_row=7) if row[2].value == COUNTED)
    assert [year[f"{letter}{counted}"].value for letter in "LM"] == [
        f"=LOOKUP(9.99E+307,H{counted}:K{counted})",
        f"=ROUND(L{counted}/G{counted}*100,2)",
    ]


def test_most_figures_that_follow_from_others_are_formulas() -> None:
    workbook = with_formulas()

    counts = {
        sheet.title: sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        for sheet in workbook.worksheets
        if sheet.title in ("Ringkasan", "Capaian Kinerja", "Anggaran", "TL HP", "LHE", "Status")
    }
    assert all(count >= 5 for count in counts.values()), counts
    assert workbook["Capaian Kinerja"]["K9"].value == "=ROUND(I9/H9*100,2)"
    assert workbook["Capaian Kinerja"]["K10"].value == "=ROUND((2*H10-I10)/H10*100,2)"
    assert workbook["Capaian Kinerja"]["L10"].value == "=MAX(0,MIN(120,K10))"
    assert workbook["Anggaran"]["H7"].value == "=ROUND(F7/E7*100,2)"


def test_every_formula_has_its_value_beside_it() -> None:
    shown, written_in = values(written()), values(with_formulas())

    assert [place for place in written_in if place not in shown] == []


def opened_by_libreoffice(path: Path, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "dibuka"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "dibuka" / path.name


def values(workbook: Workbook) -> dict[str, object]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def alike(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    return ours == theirs
