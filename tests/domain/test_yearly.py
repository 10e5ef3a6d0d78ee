"""The letters of the year: each owed once, at its time, with the right words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letters.yearly import IsiTinjauan, reviews_this_year, warnings
from kinerja_mailbot.domain.policy import Kabar
from kinerja_mailbot.domain.sop.responsible import as_text, changes, is_new_change, look, responsible
from kinerja_mailbot.domain.sop.review import figures_since
from kinerja_mailbot.domain.sop.reviewed import Review
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.tick.yearly import (
    due_review,
    owed_for_change,
    owed_for_review,
    years_without_cuti_bersama,
)
from kinerja_mailbot.domain.unit import Daftar
from tests.domain.collection import DAFTAR, HUKUM, POLICY, SOP, TEKNIS, UMUM, facts, pejabat, period_with, request
from tests.domain.office import HOURS, wit

TODAY = date(2026, 10, 1)
NOW = wit("2026-10-01 08.00")
FIRST = as_text(look("", DAFTAR, SOP, TODAY))


def with_teknis(name: str) -> Daftar:
    unit = replace(TEKNIS, pejabat=(pejabat(name),))
    return replace(DAFTAR, responden=tuple(unit if u.id == "teknis" else u for u in DAFTAR.responden))


def test_the_first_look_establishes_who_is_responsible() -> None:
    assert not is_new_change("", look("", DAFTAR, SOP, TODAY))
    assert look(FIRST, DAFTAR, SOP, TODAY).perubahan == ()


CHANGED = {
    "another official": (
        with_teknis("agus"),
        ("Subbagian Teknis: penanggung jawab semula Teknis (Kepala Teknis), menjadi Agus (Kepala Agus)",),
    ),
    "another kasubbag": (
        replace(DAFTAR, kasubbag=pejabat("rina")),
        ("Kasubbag: penanggung jawab semula Perencanaan (Kepala Perencanaan), menjadi Rina (Kepala Rina)",),
    ),
    "a unit fewer": (
        replace(DAFTAR, responden=tuple(u for u in DAFTAR.responden if u != HUKUM)),
        ("Subbagian Hukum: tidak lagi tercantum (Hukum (Kepala Hukum))",),
    ),
    "a unit more": (
        replace(DAFTAR, responden=(*DAFTAR.responden, replace(HUKUM, id="parmas", nama="Subbagian Parmas"))),
        ("Subbagian Parmas: ditambahkan (Hukum (Kepala Hukum))",),
    ),
    "another name and another form of a unit": (
        replace(DAFTAR, responden=(replace(UMUM, nama="Subbagian KUL", format="baru"), *DAFTAR.responden[1:])),
        (
            "Subbagian Umum: nama unit menjadi Subbagian KUL",
            "Subbagian KUL: ruang lingkup (format isian) semula kinerja-subbag, menjadi baru",
        ),
    ),
    "another penyusun": (
        replace(DAFTAR, penyusun=()),
        ("Penyusun: tidak lagi tercantum (Penyusun (Kepala Penyusun))",),
    ),
}


@pytest.mark.parametrize(("register", "told"), CHANGED.values(), ids=CHANGED.keys())
def test_a_change_of_scope_or_person_is_told_once(register: Daftar, told: tuple[str, ...]) -> None:
    known = replace(facts(NOW), daftar=register)

    seen = look(FIRST, register, SOP, TODAY)
    duty = owed_for_change(known, FIRST, seen)

    assert seen.perubahan == told
    assert duty is not None
    assert duty.surat.kunci.startswith("klausul-5.2026-10-01.")
    assert owed_for_change(known, as_text(seen), look(as_text(seen), register, SOP, TODAY)) is None


UNCHANGED = {
    "another address": replace(DAFTAR, kasubbag=replace(DAFTAR.kasubbag, alamat=("baru@kpu.example",))),
    "an acting official": replace(
        DAFTAR, responden=(replace(UMUM, pejabat=(*UMUM.pejabat, pejabat("plh"))), *DAFTAR.responden[1:])
    ),
    "a failing address": DAFTAR.without(frozenset({"umum@kpu.example"})),
}


@pytest.mark.parametrize("register", UNCHANGED.values(), ids=UNCHANGED.keys())
def test_what_leaves_the_responsibility_as_it_is_is_no_change(register: Daftar) -> None:
    assert look(FIRST, register, SOP, TODAY) == look(FIRST, DAFTAR, SOP, TODAY)


def test_the_change_stands_until_the_sop_is_established_anew() -> None:
    changed = with_teknis("agus")
    known = as_text(look(FIRST, changed, SOP, TODAY))

    assert len(look(known, changed, SOP, TODAY).perubahan) == 1
    assert look(known, changed, replace(SOP, nomor="7/2026"), TODAY).perubahan == ()


def test_a_change_that_comes_with_a_new_sop_is_no_warning() -> None:
    changed, newer = with_teknis("agus"), replace(SOP, nomor="7/2026")

    assert owed_for_change(facts(NOW), FIRST, look(FIRST, changed, newer, TODAY)) is None


def test_a_return_to_what_was_established_is_no_warning() -> None:
    known = as_text(look(FIRST, with_teknis("agus"), SOP, TODAY))

    back = look(known, DAFTAR, SOP, TODAY)

    assert (back.perubahan, owed_for_change(facts(NOW), known, back)) == ((), None)
    assert changes(responsible(DAFTAR), responsible(DAFTAR)) == ()


@pytest.mark.parametrize(
    ("moment", "unknown", "warned"),
    [
        pytest.param("2027-09-30 09.00", (2028,), (), id="next year, before October"),
        pytest.param("2027-10-01 09.00", (2028,), (2028,), id="next year, from October on"),
        pytest.param("2028-03-01 09.00", (2028, 2029), (2028,), id="this year at once, the next one not yet"),
        pytest.param("2027-11-01 09.00", (), (), id="all known"),
    ],
)
def test_a_year_without_cuti_bersama_is_warned_of_within_reach(
    moment: str, unknown: tuple[int, ...], warned: tuple[int, ...]
) -> None:
    assert years_without_cuti_bersama(replace(facts(wit(moment)), tanpa_cuti_bersama=unknown)) == warned


@pytest.mark.parametrize(
    ("moment", "days", "key"),
    [
        pytest.param("2026-05-31 09.00", ((6, 1), (12, 1)), None, id="the day before"),
        pytest.param("2026-06-01 09.00", ((6, 1), (12, 1)), "tinjauan-sop.2026-06-01", id="the day"),
        pytest.param("2026-06-20 09.00", ((6, 1), (12, 1)), "tinjauan-sop.2026-06-01", id="the server was off"),
        pytest.param("2026-07-03 09.00", ((6, 1), (12, 1)), None, id="a month late: before this office was served"),
        pytest.param("2026-12-01 09.00", ((6, 1), (12, 1)), "tinjauan-sop.2026-12-01", id="the second one"),
        pytest.param("2026-12-25 09.00", ((12, 25),), None, id="a holiday"),
        pytest.param("2026-12-28 09.00", ((12, 25),), "tinjauan-sop.2026-12-25", id="the working day after it"),
        pytest.param("2026-06-01 09.00", (), None, id="none wanted"),
    ],
)
def test_a_review_is_due_on_its_day_or_the_next_working_day(
    moment: str, days: tuple[tuple[int, int], ...], key: str | None
) -> None:
    day = due_review(facts(wit(moment), replace(POLICY, kabar=Kabar(tinjauan=days))))

    assert (day.key if day else None) == key


def finished(period: PeriodState, nomor: int, minutes: int) -> PeriodState:
    """Return the period with this step taking so many minutes of a morning."""
    begun = wit("2026-10-01 07.30")
    steps = (
        replace(s, mulai_at=begun, selesai_at=begun + timedelta(minutes=minutes)) if s.nomor == nomor else s
        for s in period.langkah
    )
    return replace(period, langkah=tuple(steps))


def test_the_figures_of_a_review_are_median_and_worst_against_the_standard() -> None:
    periods = tuple(finished(period_with(), 2, minutes) for minutes in (10, 40, 90))

    step = figures_since(periods, HOURS, date(2026, 10, 1)).langkah[1]

    assert (step.baku, step.kali, step.median, step.terburuk, step.lewat) == (30, 3, 40, 90, 2)
    assert figures_since(periods, HOURS, date(2026, 10, 2)).periode == ()


def test_a_review_suggests_in_numbers() -> None:
    late = replace(request(UMUM), tepat_waktu=False, pengingat=5)
    punctual = replace(request(TEKNIS), tepat_waktu=True)
    figures = figures_since((finished(period_with(late, punctual), 2, 45),), HOURS, date(2026, 10, 1))

    assert figures.saran == (
        "Langkah 2: median 45 menit terhadap standar 30 menit; "
        "pertimbangkan waktu baku 60 menit atau pengingat yang lebih awal.",
        "Ketepatan waktu isian 50% (1 dari 2); pertimbangkan tingkat pengingat yang lebih awal.",
        "Rata-rata 2,5 pengingat untuk setiap permintaan; pertimbangkan penyampaian format sebelum periode berakhir.",
    )


def test_a_half_year_without_a_period_is_reviewed_all_the_same() -> None:
    old = replace(period_with(), dibuka_at=wit("2026-05-01 08.00"))
    known = replace(facts(wit("2026-12-01 09.00")), periode=(old,))
    day = due_review(known)
    assert day is not None

    duty = owed_for_review(known, day)

    assert duty is not None
    assert isinstance(duty.surat.isi, IsiTinjauan)
    assert (duty.surat.isi.periode, duty.surat.isi.langkah) == ("", ())


def test_an_office_without_any_period_is_not_asked() -> None:
    known = facts(wit("2026-12-01 09.00"))
    day = due_review(known)
    assert day is not None

    assert owed_for_review(known, day) is None


def test_reviews_are_counted_by_the_year_of_the_office() -> None:
    def review(moment: str) -> Review:
        return Review(at=wit(moment), oleh="Kasubbag", catatan="tetap", sop=SOP.nomor)

    known: Facts = replace(
        facts(wit("2027-01-04 09.00")), tinjauan=(review("2026-12-31 23.00"), review("2027-01-01 01.00"))
    )

    assert reviews_this_year(known) == "1 dari 2 tinjauan"


def test_what_lasts_is_shown_as_long_as_it_lasts() -> None:
    known = replace(facts(NOW), pejabat_berubah=("Kasubbag: x",), tanpa_cuti_bersama=(2028,))

    assert [sentence.partition(",")[0] for sentence in warnings(known)] == [
        "penanggung jawab berubah",
        "cuti bersama tahun 2028 belum tercatat; batas waktunya dapat jatuh lebih awal",
    ]
    assert warnings(facts(NOW)) == ()
