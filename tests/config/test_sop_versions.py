"""Several versions of the SOP in one configuration: which one holds when, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.config.setup import Folder
from tests.domain.office import WIT, wit

NEWER = """
[[sop]]
nomor = "12/ORT.06/9601/2027"
tanggal = 2027-01-04
efektif = 2027-01-11
{more}
[jam_kerja]
"""
MINUTES = "menit = [30, 30, 30, 480, 600, 450]"


def with_newer(folder: Folder, more: str = MINUTES) -> None:
    text = folder.config.read_text(encoding="utf-8").replace("\n[sop]\n", "\n[[sop]]\n")
    folder.write(text.replace("\n[jam_kerja]\n", NEWER.format(more=more), 1))


def test_a_later_version_changes_only_what_it_names(folder: Folder) -> None:
    with_newer(folder)

    first, second = folder.load().kebijakan.versi_sop

    assert [step.menit for step in first.langkah] == [30, 30, 30, 480, 480, 480]
    assert [step.menit for step in second.langkah] == [30, 30, 30, 480, 600, 450]
    assert [step.aktivitas for step in second.langkah] == [step.aktivitas for step in first.langkah]
    assert (second.nomor, second.efektif, second.bacaan) == ("12/ORT.06/9601/2027", date(2027, 1, 11), first.bacaan)


@pytest.mark.parametrize(
    ("moment", "pukul", "number"),
    [
        pytest.param("2027-01-10 23.59", "", "5.16/ORT.06/9601/2023", id="the evening before"),
        pytest.param("2027-01-11 00.00", "", "12/ORT.06/9601/2027", id="midnight of the day"),
        pytest.param("2027-01-11 12.59", 'pukul = "13:00"', "5.16/ORT.06/9601/2023", id="before the hour"),
        pytest.param("2027-01-11 13.00", 'pukul = "13:00"', "12/ORT.06/9601/2027", id="at the hour"),
        pytest.param("2019-01-01 09.00", "", "5.16/ORT.06/9601/2023", id="before any: the first"),
    ],
)
def test_a_version_holds_from_its_moment_on(folder: Folder, moment: str, pukul: str, number: str) -> None:
    with_newer(folder, pukul)

    policy = folder.load().kebijakan.on(wit(moment))

    assert policy.sop.nomor == number
    assert policy.first_sop.efektif == date(2023, 1, 5)


def test_one_version_is_in_force_for_ever(folder: Folder) -> None:
    policy = folder.load().kebijakan

    assert policy.versi_sop == (policy.sop,)
    assert policy.on(datetime(2040, 1, 1, tzinfo=UTC)) == policy
    assert policy.sop.starts_at(WIT) == datetime(2023, 1, 5, tzinfo=WIT)
    assert policy.sop.pukul == time()


@pytest.mark.parametrize(
    ("more", "key"),
    [
        pytest.param("menit = [30, 30]", "sop[2].menit", id="two times for six steps"),
        pytest.param('menit = [30, 30, 30, 480, "480", 480]', "sop[2].menit", id="a text"),
        pytest.param("menit = [30, 30, 30, 480, 0, 480]", "sop[2].menit", id="no time at all"),
        pytest.param("langkah = []", "sop[2].langkah", id="no steps"),
        pytest.param('pukul = "pagi"', "sop[2].pukul", id="an hour that is none"),
        pytest.param('bacaan = "jam"', "sop[2].bacaan", id="an unknown reading"),
        pytest.param("berlaku = true", "sop[2].berlaku", id="an unknown key"),
    ],
)
def test_a_mistake_in_a_version_is_named_by_its_place(folder: Folder, more: str, key: str) -> None:
    with_newer(folder, more)

    assert [problem.kunci for problem in folder.problems()] == [key]


def test_versions_stand_in_the_order_in_which_they_take_effect(folder: Folder) -> None:
    with_newer(folder)
    folder.replace("tanggal = 2027-01-04\nefektif = 2027-01-11", "tanggal = 2022-01-04\nefektif = 2022-01-11")

    assert [problem.kunci for problem in folder.problems()] == ["sop[2].efektif"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param(
            'tinjauan_sop = ["06-01", "12-01"]', 'tinjauan_sop = ["01-06-2026"]', "kabar.tinjauan_sop[1]", id="a"
        ),
        pytest.param('tinjauan_sop = ["06-01", "12-01"]', 'tinjauan_sop = ["02-30"]', "kabar.tinjauan_sop[1]", id="b"),
        pytest.param('pagi = ""', 'pagi = "jam tujuh"', "kabar.pagi", id="c"),
    ],
)
def test_a_mistake_about_the_letters_of_the_year_is_named(folder: Folder, old: str, new: str, key: str) -> None:
    folder.replace(old, new)

    assert [problem.kunci for problem in folder.problems()] == [key]


def test_the_days_of_review_and_the_hour_of_the_morning_are_the_office_s(folder: Folder) -> None:
    folder.replace('tinjauan_sop = ["06-01", "12-01"]', 'tinjauan_sop = ["11-15", "05-15"]')
    folder.replace('pagi = ""', 'pagi = "08.15"')

    kabar = folder.load().kebijakan.kabar

    assert (kabar.pagi, kabar.tinjauan) == (time(8, 15), ((5, 15), (11, 15)))
