"""Turns among services that share a database: nobody has one twice, and the dead have none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from kinerja_mailbot.adapters.store import Store
from tests.adapters.store_cases import LATER, NOW, begin, open_period
from tests.postgresql import PostgreSQL

END_EVERY_OTHER = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")


@pytest.fixture
def pair(postgresql: PostgreSQL) -> Iterator[tuple[Store, Store]]:
    url = postgresql.migrated()
    with Store(url) as one, Store(url) as two:
        yield one, two


def test_a_turn_is_had_by_one_service_and_given_back(pair: tuple[Store, Store]) -> None:
    one, two = pair

    with one.turn("x") as first, two.turn("x") as second, two.turn("y") as other:
        pass
    with two.turn("x") as afterwards:
        pass

    assert (first, second, other, afterwards) == (True, False, True, True)


def test_of_many_turns_those_are_had_that_are_free(pair: tuple[Store, Store]) -> None:
    one, two = pair

    with one.turns(("a", "b")) as first, two.turns(("b", "c")) as second, one.turns(("c", "d")) as third:
        pass
    with two.turns(("a", "b", "c", "d")) as afterwards, two.turns(()) as none:
        pass

    assert [sorted(each) for each in (first, second, third)] == [["a", "b"], ["c"], ["d"]]
    assert [sorted(each) for each in (afterwards, none)] == [["a", "b", "c", "d"], []]


def test_a_closed_service_has_no_turn(pair: tuple[Store, Store]) -> None:
    one, two = pair

    with one.turn("x"):
        one.close()
        with two.turn("x") as free:
            pass

    assert free


def test_a_letter_that_somebody_is_sending_is_not_recovered(pair: tuple[Store, Store]) -> None:
    one, two = pair
    open_period(one)

    with one.turn("surat.1"):
        begin(one, 1, NOW)
        meanwhile = two.recover(LATER)
    afterwards = two.recover(LATER)

    assert (meanwhile, afterwards) == (0, 1)


def test_a_connection_that_the_server_ends_is_made_anew(postgresql: PostgreSQL) -> None:
    url = postgresql.migrated()
    with Store(url) as store:
        with store.turn("x"):
            engine = create_engine(url)
            with engine.begin() as connection:
                connection.execute(END_EVERY_OTHER)
            engine.dispose()

        with store.turn("x") as again:
            pass

    assert again
