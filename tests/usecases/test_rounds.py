"""The comparison with the mailbox: what was passed over is found wherever it lies, in lists of bounded length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from kinerja_mailbot.usecases.ports import Arrived, Cursor
from kinerja_mailbot.usecases.ports.rounds import Listing
from kinerja_mailbot.usecases.rounds import Rounds, make_rounds
from tests.domain.collection import facts
from tests.domain.office import wit
from tests.usecases.test_heartbeat import FakeStore
from tests.usecases.test_plan import PRESS

MAILS = 50_000
LONGEST = 20_000
MORNING = wit("2026-10-06 09.00")


@dataclass
class LargeStore(FakeStore):
    """Has seen all mails of the folder but some."""

    unseen: frozenset[int] = frozenset()
    found: list[int] = field(default_factory=list)

    def cursor(self, folder: str) -> Cursor | None:  # noqa: ARG002
        return Cursor(7, MAILS)

    def sighted(self, folder: str, uidvalidity: int, after: int, most: int) -> tuple[int, ...]:  # noqa: ARG002
        return tuple(uid for uid in range(after + 1, MAILS + 1) if uid not in self.unseen)[:most]

    def archive(self, folder: str, arrived: Sequence[Arrived], cursor: Cursor, now: object) -> int:  # noqa: ARG002
        self.found += [mail.uid for mail in arrived]
        return len(arrived)


@dataclass
class LargeShelf:
    """Holds all mails, and remembers how many were listed at once."""

    longest: int = 0

    def listed(self, folder: str, since: date, first: int, last: int) -> Listing:  # noqa: ARG002
        self.longest = max(self.longest, last - first + 1)
        return Listing(7, frozenset(range(first, min(last, MAILS) + 1)))

    def drawers(self, path: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def fetch_these(self, folder: str, listing: Listing, since: date) -> Iterator[Sequence[Arrived]]:  # noqa: ARG002
        for uid in sorted(listing.uids):
            yield (Arrived(folder=folder, uidvalidity=7, uid=uid, tiba_at=MORNING, mentah=b"", terpotong=False),)


class NoMachine:
    def free_space(self) -> int | None:
        return None


@pytest.mark.parametrize(
    "unseen",
    [
        pytest.param((), id="none"),
        pytest.param((1,), id="the first"),
        pytest.param((LONGEST, LONGEST + 1), id="at the end of a list"),
        pytest.param((MAILS,), id="the last"),
        pytest.param(tuple(range(10_000, 10_200)), id="many in a row"),
    ],
)
def test_what_was_passed_over_is_found_in_a_mailbox_of_many_years(unseen: tuple[int, ...]) -> None:
    shelf, store = LargeShelf(), LargeStore(unseen=frozenset(unseen))
    rounds = Rounds(shelf=shelf, machine=NoMachine(), folders=("INBOX",), is_one_file=True)

    make_rounds(rounds, store, PRESS, facts(MORNING))

    assert tuple(store.found) == unseen
    assert shelf.longest <= LONGEST + len(unseen)
