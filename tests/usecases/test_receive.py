"""Receiving: everything is archived with its cursor, then decided mail by mail, and no mail stops another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kinerja_mailbot.domain.form.workbook import ReadResult
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.usecases.ports import ArchivedMail, Arrived, Cursor, InboxError, OvertakenError, StoreError
from kinerja_mailbot.usecases.receive import Decided, Desk, decide_waiting, fetch
from tests.domain.collection import DAFTAR, TEKNIS, UMUM, facts
from tests.domain.decide.office_mail import FACTS, PERIOD, attached, mail, workbook
from tests.domain.office import wit
from tests.usecases.fakes import FakeArchive, FakeInbox, LazyReader, NoContainers, NoSheets, PlainParser
from tests.usecases.test_plan import PRESS

NOW = wit("2026-10-01 07.45")  # still the 30th of September in UTC
DESK = Desk(PlainParser(), NoSheets(), PRESS, NoContainers())


def arrived(uid: int) -> Arrived:
    return Arrived(folder="INBOX", uidvalidity=7, uid=uid, tiba_at=NOW, mentah=b"x")


def waiting(*raws: str) -> dict[int, ArchivedMail]:
    return {
        number: ArchivedMail(id=number, tiba_at=NOW, percobaan=0, mentah=raw.encode())
        for number, raw in enumerate(raws, start=1)
    }


def test_each_batch_is_archived_with_the_cursor_at_its_end() -> None:
    archive, inbox = FakeArchive(), FakeInbox([[arrived(3), arrived(5)], [arrived(9)]])

    fresh = fetch(inbox, archive, "INBOX", facts(NOW))

    assert fresh == 3
    assert archive.archived == [((3, 5), Cursor(7, 5)), ((9,), Cursor(7, 9))]


def test_the_first_look_goes_back_to_the_office_day_on_which_the_service_began() -> None:
    inbox = FakeInbox()

    fetch(inbox, FakeArchive(), "INBOX", facts(NOW))

    assert inbox.asked == [("INBOX", None, date(2026, 10, 1))]


def test_what_was_archived_before_the_line_broke_stays() -> None:
    archive, inbox = FakeArchive(), FakeInbox([[arrived(3)], InboxError("gone"), [arrived(9)]])

    with pytest.raises(InboxError):
        fetch(inbox, archive, "INBOX", facts(NOW))

    assert archive.archived == [((3,), Cursor(7, 3))]


def test_a_full_disk_ends_the_fetching() -> None:
    archive = FakeArchive(failing=StoreError("disk full"))

    with pytest.raises(StoreError):
        fetch(FakeInbox([[arrived(3)]]), archive, "INBOX", facts(NOW))

    assert archive.archived == []


def test_a_poison_mail_is_set_aside_after_three_attempts_and_stops_nobody() -> None:
    archive = FakeArchive(waiting("a@lain.example", "poison", "b@lain.example"))

    decided = decide_waiting(archive, DESK, facts(NOW))

    assert decided == Decided(2, (2,))
    assert archive.applied == [(1, "disimpan"), (3, "disimpan")]
    assert archive.shunted == [(2, "ZeroDivisionError: a bug")] * 3


def test_a_locked_database_is_nobodys_fault() -> None:
    archive = FakeArchive(waiting("a@lain.example"), failing=StoreError("locked"))

    with pytest.raises(StoreError):
        decide_waiting(archive, DESK, facts(NOW))

    assert archive.shunted == []
    assert list(archive.waiting) == [1]


def test_no_more_is_decided_at_once_than_was_asked_for_and_the_rest_is_told_of() -> None:
    archive = FakeArchive(waiting(*(f"{number}@lain.example" for number in range(9))))

    decided = decide_waiting(archive, DESK, facts(NOW), most=3)
    rest = decide_waiting(archive, DESK, facts(NOW))

    assert decided == Decided(3, terpotong=True)
    assert rest == Decided(6)


def test_a_stop_ends_after_the_mail_in_hand() -> None:
    archive = FakeArchive(waiting("a@lain.example", "b@lain.example"))

    decided = decide_waiting(archive, DESK, facts(NOW), stopping=lambda: bool(archive.applied))

    assert decided == Decided(1)
    assert list(archive.waiting) == [2]


class Watching(FakeArchive):
    """Tells which mails were written together."""

    def __init__(self, *raws: str, overtaken: tuple[int, ...] = ()) -> None:
        super().__init__({m.id: replace(m, pengirim=m.mentah.decode()) for m in waiting(*raws).values()})
        self.overtaken = overtaken
        self.looked: list[tuple[int, ...]] = []
        self.alone: list[bool] = []

    @contextmanager
    def at_the_office(self, *, alone: bool) -> Iterator[None]:
        before = len(self.applied)
        yield
        self.alone.append(alone)
        self.looked.append(tuple(mail_id for mail_id, _ in self.applied[before:]))

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
        if mail_id in self.overtaken:
            self.overtaken = tuple(other for other in self.overtaken if other != mail_id)
            raise OvertakenError("another service was faster")
        super().apply(mail_id, outcome, letters, now)


def test_what_does_not_depend_on_each_other_is_decided_together() -> None:
    archive = Watching("a@lain.example", "b@lain.example", "c@lain.example", "d@lain.example")

    decide_waiting(archive, DESK, facts(NOW))

    assert archive.looked == [(1,), (2, 3), (4,)]  # twice as many each time
    assert archive.batches == 1


def test_the_mails_of_one_sender_are_decided_one_after_another() -> None:
    archive = Watching("a@lain.example", "b@lain.example", "b@lain.example", "b@lain.example", "c@lain.example")

    decide_waiting(archive, DESK, facts(NOW))

    assert archive.looked == [(1,), (2,), (3,), (4, 5)]


def test_an_order_is_decided_alone() -> None:
    archive = Watching("a@lain.example", "b@lain.example", "perencanaan@kpu.example", "c@lain.example")

    decide_waiting(archive, DESK, facts(NOW))

    assert list(zip(archive.looked, archive.alone, strict=True)) == [
        ((1,), False),
        ((2,), False),
        ((3,), True),
        ((4,), False),
    ]


def test_who_was_overtaken_is_left_and_so_is_whatever_the_same_sender_has_sent_later() -> None:
    archive = Watching("a@lain.example", "b@lain.example", "c@lain.example", "b@lain.example", overtaken=(2,))

    decided = decide_waiting(archive, DESK, facts(NOW))

    assert decided.berapa == 4
    assert archive.looked == [(1,), (3,), (2,), (4,)]


class StrangersWithForms:
    """Strangers who have got hold of a form that was sent to Umum."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        form = mail("orang@lain.example", "", files=((FORM, READ),))
        return replace(form, id=mail_id, tiba_at=arrived_at, pengirim=(raw.decode(),))


def test_strangers_with_forms_of_the_same_unit_are_decided_one_after_another() -> None:
    archive = Watching("a@lain.example", "b@lain.example", "c@lain.example", "d@lain.example")
    archive.open_periods = (PERIOD,)

    decide_waiting(archive, Desk(StrangersWithForms(), Sandbox(), PRESS, NoContainers()), FACTS)

    assert archive.applied == [(number, "ditahan") for number in (1, 2, 3, 4)]
    assert archive.looked == [(1,), (2,), (3,), (4,)]


FORM, READ = attached(workbook(UMUM, 80, 90))


class FormParser:
    """Every mail is Umum's, with a form."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:  # noqa: ARG002
        return replace(mail("umum", "", answers="umum", files=((FORM, READ),)), id=mail_id)


class Sandbox(LazyReader):
    """Reads forms; a stop comes in the middle of the first one."""

    def __init__(self) -> None:
        self.stopped = False
        self.contents: list[bytes] = []

    def read(self, content: bytes) -> ReadResult:
        self.contents.append(content)
        self.stopped = True
        assert READ is not None
        return READ


def test_a_stop_while_a_file_is_read_leaves_the_mail_for_the_next_start() -> None:
    sandbox, archive = Sandbox(), FakeArchive(waiting("umum"), open_periods=(PERIOD,))

    decided = decide_waiting(
        archive, Desk(FormParser(), sandbox, PRESS, NoContainers()), FACTS, stopping=lambda: sandbox.stopped
    )

    assert (decided, archive.applied, archive.shunted) == (Decided(), [], [])
    assert list(archive.waiting) == [1]


def test_a_form_is_read_and_its_consequences_written() -> None:
    sandbox, archive = Sandbox(), FakeArchive(waiting("umum"), open_periods=(PERIOD,))

    decided = decide_waiting(archive, Desk(FormParser(), sandbox, PRESS, NoContainers()), FACTS)

    assert (decided, archive.applied) == (Decided(1), [(1, "tanda terima")])
    assert sandbox.contents == [FORM.isi]


class BounceParser:
    """Every mail is a delivery report with a spreadsheet."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:  # noqa: ARG002
        item: Attachment = FORM
        return IncomingMail(
            id=mail_id,
            tiba_at=arrived_at,
            pengirim=("mailer-daemon@kpu.example",),
            return_path="",
            tipe=("multipart/report", "message/delivery-status"),
            lampiran=(item,),
        )


def test_a_spreadsheet_in_a_bounce_is_never_opened() -> None:
    sandbox, archive = Sandbox(), FakeArchive(waiting("x"))

    decide_waiting(archive, Desk(BounceParser(), sandbox, PRESS, NoContainers()), FACTS)

    assert sandbox.contents == []
    assert archive.applied == [(1, "laporan dicatat")]


def test_answers_are_counted_from_midnight_at_the_office() -> None:
    archive = FakeArchive(waiting("umum@kpu.example"))

    decide_waiting(archive, DESK, facts(NOW))

    assert [(one.alamat, one.sejak) for one in archive.inquiries] == [
        (frozenset({"umum@kpu.example"}), datetime(2026, 9, 30, 15, 0, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("sender", "asked"),
    [
        pytest.param("umum@kpu.example", ["umum"], id="a respondent"),
        pytest.param("perencanaan@kpu.example", ["teknis"], id="a Kasubbag who is acting head of a unit"),
        pytest.param("penyusun@kpu.example", [], id="a penyusun"),
        pytest.param("orang@lain.example", [], id="a stranger"),
    ],
)
def test_held_mails_are_looked_up_for_the_unit_that_somebody_answers_for(sender: str, asked: list[str]) -> None:
    archive = FakeArchive(waiting(sender))
    acting = replace(TEKNIS, pejabat=(*TEKNIS.pejabat, replace(DAFTAR.kasubbag, jabatan="Plt. Kepala Teknis")))
    register = replace(DAFTAR, responden=(UMUM, acting))

    decide_waiting(archive, DESK, replace(facts(NOW), daftar=register))

    assert [unit for one in archive.inquiries for unit in one.unit] == asked
