"""The admin hears of a fault once for each key."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.usecases.alarm import raise_alarm
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
