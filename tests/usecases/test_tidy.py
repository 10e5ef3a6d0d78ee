"""Tidying: each settled mail is tried once, into the drawer of its period; trouble is only logged."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.usecases.ports import InboxError
from kinerja_mailbot.usecases.tidy import tidy
from tests.domain.office import wit
from tests.usecases.fakes import FakeArchive, FakeFiling

NOW = wit("2026-10-02 09.00")


def place(uid: int, verdict: str = "reply", periode: str | None = "2026-TW3") -> Place:
    return Place(folder="INBOX", uidvalidity=7, uid=uid, verdict=verdict, periode=periode)


def test_each_mail_goes_to_its_drawer() -> None:
    record = FakeArchive(places=[place(1), place(2, "own"), place(3), place(4, "order", None)])
    filing = FakeFiling()

    moved = tidy(filing, record, ("Arsip", "Kinerja"), NOW)

    assert (moved, record.places) == (4, [])
    assert filing.moves == [
        ((1, 3), ("Arsip", "Kinerja", "2026-TW3")),
        ((2,), ("Arsip", "Kinerja", "Terkirim")),
        ((4,), ("Arsip", "Kinerja", "Umum")),
    ]


def test_what_the_server_refuses_is_not_tried_for_ever() -> None:
    record = FakeArchive(places=[place(1)])

    assert tidy(FakeFiling(answer=False), record, ("Kinerja",), NOW) == 0
    assert record.places == []


def test_a_broken_line_leaves_everything_for_later() -> None:
    record = FakeArchive(places=[place(1), place(2, "own")])

    assert tidy(FakeFiling(answer=InboxError("gone")), record, ("Kinerja",), NOW) == 0
    assert len(record.places) == 2
