"""The daily summary: once a working morning, only when something is new, without a word that could do harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinerja_mailbot.domain.mail.letters.summary import IsiRingkasan
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.tick.summary import may_summarise, owed_summary
from tests.domain.collection import facts
from tests.domain.office import wit

YESTERDAY = Matter(
    nomor=4,
    urusan=Urusan.TAK_DIKENAL,
    tiba_at=wit("2026-10-01 15.00"),
    pengirim="promosi@toko.example",
    subjek="Lihat https://toko.example/diskon",
    berkas=("brosur.pdf",),
)
MORNING = facts(wit("2026-10-02 07.30"))
KEY = "ringkasan.2026-10-02"


@pytest.mark.parametrize(
    ("moment", "written", "may"),
    [
        pytest.param("2026-10-02 07.29", (), False, id="before the office opens"),
        pytest.param("2026-10-02 07.30", (), True, id="when it opens"),
        pytest.param("2026-10-02 14.00", (), True, id="later, after the server was off"),
        pytest.param("2026-10-02 07.30", (KEY,), False, id="written already"),
        pytest.param("2026-10-02 07.30", ("ringkasan.2026-10-01",), True, id="written yesterday"),
        pytest.param("2026-10-03 09.00", (), False, id="a Saturday"),
    ],
)
def test_a_summary_may_go_out_once_on_a_working_day(moment: str, written: tuple[str, ...], may: bool) -> None:
    assert may_summarise(facts(wit(moment)), frozenset(written)) is may


@pytest.mark.parametrize(
    ("matters", "owed"),
    [
        pytest.param((), False, id="nothing"),
        pytest.param((YESTERDAY,), True, id="something of yesterday"),
        pytest.param((replace(YESTERDAY, diringkas=True),), False, id="listed before"),
        pytest.param((replace(YESTERDAY, tiba_at=wit("2026-10-02 07.31")),), False, id="of this morning: tomorrow"),
        pytest.param((YESTERDAY, replace(YESTERDAY, nomor=3, diringkas=True)), True, id="old and new"),
    ],
)
def test_a_summary_is_owed_when_something_new_has_come(matters: tuple[Matter, ...], owed: bool) -> None:
    letter = owed_summary(replace(MORNING, now=wit("2026-10-02 10.00")), matters)

    assert (letter is not None) is owed


def content(*matters: Matter) -> IsiRingkasan:
    letter = owed_summary(MORNING, matters)
    assert letter is not None
    assert isinstance(letter.isi, IsiRingkasan)
    return letter.isi


def test_it_goes_to_every_penyusun_under_the_key_of_the_day() -> None:
    letter = owed_summary(MORNING, (YESTERDAY,))

    assert letter is not None
    assert (letter.kunci, [p.alamat for p in letter.kepada]) == (KEY, [("penyusun@kpu.example",)])


def test_a_strangers_subject_holds_no_link() -> None:
    [group] = content(YESTERDAY).kelompok

    assert [(row.tentang, row.berkas) for row in group.baris] == [("Lihat https: //toko. example/diskon", "brosur.pdf")]


def test_a_respondents_subject_is_not_repeated() -> None:
    finding = replace(YESTERDAY, urusan=Urusan.BELUM_JELAS, unit="umum", subjek="Temuan LHP: kelebihan bayar")

    [group] = content(finding).kelompok

    assert [row.tentang for row in group.baris] == ["Subbagian Umum"]


def test_what_needs_most_stands_first_and_the_old_ones_last_by_number() -> None:
    kinds = (Urusan.TAK_DIKENAL, Urusan.BELUM_JELAS, Urusan.DISISIHKAN, Urusan.DITAHAN)
    new = tuple(replace(YESTERDAY, nomor=n, urusan=kind) for n, kind in enumerate(kinds, start=10))
    old = tuple(replace(YESTERDAY, nomor=n, diringkas=True) for n in (2, 3))

    isi = content(*old, *new)

    assert [[row.nomor for row in group.baris] for group in isi.kelompok] == [[13], [12], [11], [10]]
    assert (isi.baru, isi.lama, isi.terima, isi.abaikan) == (4, "2 dan 3", "TERIMA 13", "ABAIKAN 11, 10")


@pytest.mark.parametrize(
    ("urusan", "unit", "arrived", "named"),
    [
        pytest.param(Urusan.TAK_DIKENAL, None, "2026-09-03 07.30", "3", id="a stranger's, for thirty days"),
        pytest.param(Urusan.TAK_DIKENAL, None, "2026-09-01 07.29", "", id="and no longer"),
        pytest.param(Urusan.BELUM_JELAS, "umum", "2026-09-01 07.29", "", id="words without a form likewise"),
        pytest.param(Urusan.TAK_DIKENAL, "umum", "2026-01-05 09.00", "3", id="a unit's form from a stranger, always"),
        pytest.param(Urusan.DITAHAN, "umum", "2026-01-05 09.00", "3", id="a form that is held, always"),
        pytest.param(Urusan.DISISIHKAN, None, "2026-01-05 09.00", "3", id="what broke the bot, always"),
    ],
)
def test_what_was_listed_is_named_as_long_as_something_may_come_of_it(
    urusan: Urusan, unit: str | None, arrived: str, named: str
) -> None:
    old = replace(YESTERDAY, nomor=3, urusan=urusan, unit=unit, tiba_at=wit(arrived), diringkas=True)

    assert content(old, YESTERDAY).lama == named


def test_what_came_long_ago_and_was_never_listed_is_listed_once() -> None:
    late = replace(YESTERDAY, tiba_at=wit("2026-01-05 09.00"))

    assert content(late).baru == 1


def test_of_many_old_ones_the_newest_are_named() -> None:
    old = tuple(replace(YESTERDAY, nomor=n, urusan=Urusan.DITAHAN, diringkas=True) for n in range(1, 41))

    assert content(*old, replace(YESTERDAY, nomor=50)).lama.endswith("39, 40, dan 25 surel yang lebih lama")


def test_a_hundred_strangers_do_not_fill_the_letter() -> None:
    isi = content(*(replace(YESTERDAY, nomor=n) for n in range(1, 101)))

    [group] = isi.kelompok
    assert (len(group.baris), group.selebihnya, isi.terima) == (15, 85, "")
    assert group.baris[0].nomor == 100
