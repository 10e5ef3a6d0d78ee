"""The admin hears of a fault once for each key."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.usecases.alarm import raise_alarm, tell_set_aside
from tests.domain.collection import DAFTAR, facts
from tests.domain.office import wit
from tests.usecases.test_plan import PRESS, FakeBook

NOW = wit("2026-10-01 09.00")


def test_a_fault_is_told_once() -> None:
    book = FakeBook()

    told = [raise_alarm(book, PRESS, facts(NOW), key, "Server tidak menjawab.") for key in ("a.1", "a.1", "a.2")]

    assert told == [True, False, True]
    assert book.keys == ["a.1", "a.2"]


def test_a_longer_key_is_another_one() -> None:
    book = FakeBook(keys=["gangguan.imap.2026-10-01"])

    assert raise_alarm(book, PRESS, facts(NOW), "gangguan.imap", "Server tidak menjawab.")


def test_without_an_admin_nobody_is_told() -> None:
    book = FakeBook()
    nobody = replace(facts(NOW), daftar=replace(DAFTAR, admin=()))

    assert not raise_alarm(book, PRESS, nobody, "a.1", "Server tidak menjawab.")
    assert book.writes == 0


SET_ASIDE = Matter(nomor=4, urusan=Urusan.DISISIHKAN, tiba_at=NOW, pengirim="umum@kpu.example")


def test_a_mail_that_was_set_aside_is_told_once() -> None:
    book = FakeBook()

    told = [tell_set_aside(book, PRESS, facts(NOW), (SET_ASIDE,)) for _ in range(2)]

    assert (told, book.keys) == ([True, False], ["gangguan.surel.4"])


def test_many_mails_set_aside_are_told_in_one_letter() -> None:
    book, many = FakeBook(), tuple(replace(SET_ASIDE, nomor=n) for n in range(4, 40))

    tell_set_aside(book, PRESS, facts(NOW), many)
    tell_set_aside(book, PRESS, facts(NOW), (*many, replace(SET_ASIDE, nomor=41)))

    assert book.keys == ["gangguan.surel.4-39", "gangguan.surel.41"]


def test_what_only_waits_for_the_penyusun_is_no_fault() -> None:
    book = FakeBook()

    assert not tell_set_aside(book, PRESS, facts(NOW), (replace(SET_ASIDE, urusan=Urusan.TAK_DIKENAL),))
