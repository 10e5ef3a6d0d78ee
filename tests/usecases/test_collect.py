from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pytest

from kinerja_mailbot.usecases.collect import Collected, collect
from kinerja_mailbot.usecases.ports import Arrived, Cursor, WentBackError, WithheldError
from tests.domain.mail_office import FACTS
from tests.usecases.fakes import FakeArchive, FakeInbox

PLACE = Cursor(7, 2)
AT = datetime(2026, 10, 1, tzinfo=UTC)


class Remembering(FakeInbox):
    """Goes on where it stopped, as a mailbox does beyond the cursor."""

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:  # noqa: ARG002
        while self.batches:
            batch = self.batches.pop(0)
            if isinstance(batch, Exception):
                raise batch
            yield batch


def arrived(uid: int) -> Arrived:
    return Arrived(folder="INBOX", uidvalidity=7, uid=uid, tiba_at=AT, mentah=b"umum@kpu.example %d" % uid)


@pytest.mark.parametrize("attempts", [0, 1])
def test_a_withheld_mail_stops_its_folder_twice(attempts: int) -> None:
    archive = FakeArchive()
    archive.in_vain = [PLACE] * attempts

    with pytest.raises(WithheldError):
        collect(FakeInbox([[arrived(1)], WithheldError("INBOX", PLACE)]), archive, "INBOX", FACTS)

    assert archive.in_vain == [PLACE] * (attempts + 1)


def test_the_third_time_it_is_stepped_over_and_named() -> None:
    archive = FakeArchive()
    archive.in_vain = [PLACE] * 2
    inbox = Remembering([WithheldError("INBOX", PLACE), [arrived(3)]])

    done = collect(inbox, archive, "INBOX", FACTS)

    assert done == Collected(1, (PLACE,))


def test_a_folder_that_has_gone_back_is_read_anew_at_once() -> None:
    archive = FakeArchive()
    archive.in_vain = [PLACE]

    done = collect(Remembering([WentBackError("INBOX", 7), [arrived(1)]]), archive, "INBOX", FACTS)

    assert done == Collected(1)
    assert archive.in_vain == []
