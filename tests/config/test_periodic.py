"""The form of one period: its targets, its rows, its wording."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kinerja_mailbot.config import bundled_example, load_config
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form, Row, Sheet
from kinerja_mailbot.domain.form.earlier import Earlier
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.form.value import Mark
from kinerja_mailbot.domain.periode import parse_periode
from tests.config.setup import SECRETS

HUKUM = load_config(bundled_example(), SECRETS).kebijakan.form_for("hukum")


def capaian(form: Form, periode: str) -> Sheet:
    sheet = form_for_period(form, parse_periode(periode)).sheet("capaian")
    assert sheet is not None
    return sheet


def with_rows(*rows: Row) -> Form:
    return replace(HUKUM, lembar=tuple(replace(s, baris=rows) if s.id == "capaian" else s for s in HUKUM.lembar))


@pytest.mark.parametrize(
    ("periode", "target"),
    [
        ("2026-TW1", 6),
        ("2026-TW2", 12),
        ("2026-TW3", 18),
        ("2026-TW4", 24),
        ("2026-SM1", 12),
        ("2026-SM2", 24),
        ("2026", 24),
    ],
)
def test_the_target_is_the_one_at_the_end_of_the_period(periode: str, target: int) -> None:
    row = next(row for row in capaian(HUKUM, periode).baris if row.kode == "HKM-02")

    assert row.get("target_tw") == Decimal(target)


def test_a_yearly_indicator_is_asked_about_at_the_end_of_the_year_only() -> None:
    asked = {p: "HKM-04" in [row.kode for row in capaian(HUKUM, p).baris] for p in ("2026-TW3", "2026-TW4", "2026-SM2")}

    assert asked == {"2026-TW3": False, "2026-TW4": True, "2026-SM2": True}


def test_yearly_indicators_stay_where_there_is_nothing_else_to_ask() -> None:
    form = with_rows(Row("A", (("sifat", "tahunan"), ("target_tw4", Decimal(1)))))

    assert [row.kode for row in capaian(form, "2026-TW1").baris] == ["A"]


@pytest.mark.parametrize(
    ("periode", "target"), [("2025-TW4", 26), ("2026-TW4", 26), ("2027-TW4", 27), ("2028-TW4", 27)]
)
def test_each_year_has_its_own_indicators(periode: str, target: int) -> None:
    years = (2026, 2027)
    form = with_rows(*(Row("A", (("tahun", Decimal(y)), ("target_tw4", Decimal(y - 2000)))) for y in years))

    assert [row.get("target_tw") for row in capaian(form, periode).baris] == [target]


@pytest.mark.parametrize(
    ("periode", "heading"),
    [
        ("2026-TW3", "Realisasi s.d. Triwulan"),
        ("2026-SM1", "Realisasi s.d. Semester"),
        ("2026", "Realisasi s.d. Tahun"),
    ],
)
def test_the_headings_name_the_kind_of_period(periode: str, heading: str) -> None:
    column = capaian(HUKUM, periode).column("realisasi_kum")

    assert column is not None
    assert column.judul == heading


def test_taking_the_form_of_a_period_twice_changes_nothing_more() -> None:
    once = form_for_period(HUKUM, parse_periode("2026-TW2"))

    assert form_for_period(once, parse_periode("2026-TW2")) == once


def test_the_sheets_without_targets_stay_as_they_are() -> None:
    sekretaris = load_config(bundled_example(), SECRETS).kebijakan.form_for("sekretaris")

    assert form_for_period(sekretaris, parse_periode("2026-TW2")) == sekretaris


def reported(kolom: str, baris: str, nilai: Decimal | Mark) -> StoredCell:
    return StoredCell(lembar="capaian", baris=baris, kolom=kolom, nilai=nilai)


def test_the_figures_of_the_period_before_stand_beside_this_ones() -> None:
    cells = (
        reported("realisasi_kum", "HKM-01", Mark.TIDAK_DIUKUR),
        reported("realisasi_kum", "HKM-02", Decimal(0)),
        reported("realisasi_tw", "HKM-03", Decimal(7)),
    )

    form = form_for_period(HUKUM, parse_periode("2026-TW3"), Earlier(parse_periode("2026-TW2"), cells))

    sheet = form.sheet("capaian")
    assert sheet is not None
    heading = sheet.column("realisasi_lalu")
    assert heading is not None
    assert heading.judul == "Realisasi periode lalu (TW II)"
    assert {row.kode: row.get("realisasi_lalu") for row in sheet.baris} == {
        "HKM-01": Mark.TIDAK_DIUKUR,
        "HKM-02": Decimal(0),
        "HKM-03": "–",
    }


def test_a_form_without_earlier_figures_has_no_column_for_them() -> None:
    sheets = form_for_period(HUKUM, parse_periode("2026-TW1")).lembar

    assert [sheet.column("realisasi_lalu") for sheet in sheets] == [None, None]
