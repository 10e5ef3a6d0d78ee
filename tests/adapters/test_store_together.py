"""Mails that are decided together: one transaction for all of them, each of them in it whole or not at all."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.evidence.chain import ChainedLine, broken_links
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.outcome import HoldMail
from kinerja_mailbot.usecases.ports import OvertakenError, StoreError
from tests.adapters.store_cases import (
    LATER,
    NOW,
    archive_one,
    letter,
    new_store,
    open_period,
    outcome,
    submission,
    umum,
)


@contextmanager
def three_mails(folder: Path) -> Iterator[Store]:
    with new_store(folder) as store:
        open_period(store)
        for uid, content in enumerate(("isian", "racun", "kabar"), start=1):
            archive_one(store, content, uid)
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with three_mails(tmp_path) as store:
        yield store


def everything(store: Store) -> tuple[object, ...]:
    return store.periods(), store.letters(), store.submissions("2026-TW3"), store.stored_values("2026-TW3")


def chain_of(store: Store) -> list[ChainedLine]:
    with store.evidence() as record:
        return [line for line in record.chain() if isinstance(line, ChainedLine)]


class Bug(tuple[OutgoingMail, ...]):
    """Letters of which the second one breaks, when the first one is written already."""

    def __iter__(self) -> Iterator[OutgoingMail]:
        yield letter("surel.2.tanda-terima")
        raise ZeroDivisionError("a bug")


def test_what_is_written_together_stands_as_if_it_had_been_written_alone(tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    with three_mails(tmp_path) as store, three_mails(tmp_path / "lain") as alone:
        alone.apply(1, outcome(submission(1)), (letter("surel.1.tanda-terima"),), LATER)
        alone.apply(2, outcome(HoldMail(surel_id=2, unit="umum", periode="2026-TW3")), (), LATER)
        alone.apply(3, outcome(submission(3, 2)), (letter("surel.3.tanda-terima"),), LATER)

        with store.together():
            store.apply(1, outcome(submission(1)), (letter("surel.1.tanda-terima"),), LATER)
            store.apply(2, outcome(HoldMail(surel_id=2, unit="umum", periode="2026-TW3")), (), LATER)
            store.apply(3, outcome(submission(3, 2)), (letter("surel.3.tanda-terima"),), LATER)

        assert (everything(store), chain_of(store)) == (everything(alone), chain_of(alone))


def test_a_mail_that_breaks_in_the_middle_leaves_nothing_and_takes_nothing_with_it(store: Store) -> None:
    with store.together():
        store.apply(1, outcome(submission(1)), (letter("surel.1.tanda-terima"),), LATER)
        with pytest.raises(ZeroDivisionError):
            store.apply(2, outcome(submission(2, 2)), Bug(), LATER)
        set_aside = store.shunt(2, "ZeroDivisionError: a bug", LATER)
        store.apply(3, outcome(submission(3, 2)), (letter("surel.3.tanda-terima"),), LATER)

    assert not set_aside
    assert [(mail.id, mail.percobaan) for mail in store.undecided(9)] == [(2, 1)]
    assert [(one.surel_id, one.revisi) for one in store.submissions("2026-TW3")] == [(1, 1), (3, 2)]
    assert [one.kunci for one in store.letters("surel.")] == ["surel.1.tanda-terima", "surel.3.tanda-terima"]
    assert [line.baris.surel_id for line in chain_of(store) if line.baris.peristiwa == "mail decided"] == [1, 3]
    assert list(broken_links(chain_of(store))) == []


def test_a_mail_that_was_overtaken_waits_and_the_others_are_written(store: Store) -> None:
    with store.together():
        store.apply(1, outcome(submission(1)), (), LATER)
        with pytest.raises(OvertakenError):
            store.apply(2, outcome(submission(2, 5)), (), LATER)
        store.apply(3, outcome(submission(3, 2)), (), LATER)

    assert ([mail.id for mail in store.undecided(9)], umum(store).revisi) == ([2], 2)


def test_a_failure_of_the_whole_leaves_nothing_at_all(tmp_path: Path) -> None:
    with three_mails(tmp_path) as store:
        before, lines = everything(store), chain_of(store)

        def fail() -> None:
            with store.together():
                store.apply(1, outcome(submission(1)), (letter("surel.1.tanda-terima"),), LATER)
                store.shunt(2, "a bug", LATER)
                raise StoreError("disk full")

        with pytest.raises(StoreError):
            fail()

        assert (everything(store), chain_of(store)) == (before, lines)
        assert [(mail.id, mail.percobaan) for mail in store.undecided(9)] == [(1, 0), (2, 0), (3, 0)]


def test_one_sees_what_another_one_of_them_has_written(store: Store) -> None:
    with store.together():
        store.apply(1, outcome(submission(1)), (), LATER)

        assert (umum(store).revisi, [mail.id for mail in store.undecided(9)]) == (1, [2, 3])


def test_another_thread_has_no_part_in_it(tmp_path: Path) -> None:
    seen = list[int]()
    with three_mails(tmp_path) as store:
        with store.together():
            store.apply(1, outcome(submission(1)), (), LATER)
            other = threading.Thread(target=lambda: seen.append(umum(store).revisi))
            other.start()
            other.join()

        assert (seen, umum(store).revisi) == ([0], 1)


def test_a_database_that_is_locked_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    with new_store(tmp_path, busy_seconds=0.05) as store:
        mail_id = archive_one(store, "isian")
        holder = sqlite3.connect(tmp_path / "kinerja.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="locked"), store.together():
            store.apply(mail_id, outcome(), (), NOW)
        holder.close()

        assert [mail.id for mail in store.undecided(9)] == [mail_id]
        store.apply(mail_id, outcome(), (), NOW)
        assert store.undecided(9) == ()


def test_what_is_written_amid_a_common_look_stands(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        open_period(store)

        with store.reading_together():
            before = store.periods()
            key = store.secret_key()  # made by the first who asks
            same = store.periods()

        assert same == before == store.periods()
        assert store.secret_key() == key
