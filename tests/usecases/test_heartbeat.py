"""The heartbeat: a server in trouble is left alone for growing pauses, the admin hears of it, the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.domain.mail.health import DayCounts, LoopBack, Queues
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from kinerja_mailbot.usecases.heartbeat import Beat, Heartbeat
from kinerja_mailbot.usecases.ports import (
    ArchivedMail,
    ConnectionSendError,
    EditionRecord,
    InboxError,
    InboxLoginError,
    LoginSendError,
    StoreError,
)
from kinerja_mailbot.usecases.receive import Desk
from tests.domain.collection import POLICY, facts
from tests.domain.office import wit
from tests.usecases.fakes import (
    FakeArchive,
    FakeFiling,
    FakeInbox,
    FakeMailer,
    FakeOutbox,
    NoContainers,
    NoSheets,
    PlainParser,
    queued,
)
from tests.usecases.test_plan import PRESS, FakeBook

START = wit("2026-10-03 09.00")  # a Saturday: no tick owes anything
MINUTE = timedelta(minutes=1)
UNSCHEDULED = replace(POLICY, jadwal=replace(POLICY.jadwal, jenis=frozenset()))


@dataclass
class FakeStore(FakeBook, FakeArchive, FakeOutbox):
    """All parts in one; what the rounds would look at is empty."""

    def edition_record(self, kode: str, edisi: int) -> EditionRecord:  # noqa: ARG002
        return EditionRecord(butir=None, surel=())

    def queues(self) -> Queues:
        return Queues()

    def loop_back(self, prefix: str) -> LoopBack | None:  # noqa: ARG002
        return None

    def counts(self, since: datetime, until: datetime) -> DayCounts:  # noqa: ARG002
        return DayCounts()

    def sighted(self, folder: str, uidvalidity: int, after: int, most: int) -> tuple[int, ...]:  # noqa: ARG002
        return ()


@dataclass
class Office:
    """A heartbeat with its surroundings, on a clock that is set by hand."""

    inbox: FakeInbox = field(default_factory=FakeInbox)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    store: FakeStore = field(default_factory=FakeStore)
    now: datetime = START
    stopping: bool = False

    def __post_init__(self) -> None:
        self.heart = Heartbeat(
            inbox=self.inbox,
            mailer=self.mailer,
            store=self.store,
            desk=Desk(PlainParser(), NoSheets(), PRESS, NoContainers()),
            facts=lambda: facts(self.now, UNSCHEDULED),
            clock=lambda: self.now,
            new_nonce=lambda: "nonce",
            stopping=lambda: self.stopping,
            folders=("INBOX",),
            own_copy=("bot@kpu.example",),
        )

    def beat(self, after: timedelta = timedelta()) -> Beat:
        self.now += after
        return self.heart.beat()

    def tries(self, minutes: int) -> list[int]:
        """Beat once a minute; return the minutes at which the mailbox was tried."""
        tried: list[int] = []
        for minute in range(minutes):
            before = len(self.inbox.asked)
            self.beat(MINUTE if minute else timedelta())
            tried += [minute] * (len(self.inbox.asked) - before)
        return tried


def alarms(office: Office) -> list[str]:
    return [key for key in office.store.keys if key.startswith("gangguan.")]


def test_a_mailbox_in_trouble_is_tried_at_growing_intervals() -> None:
    office = Office(FakeInbox([InboxError("gone")]))

    assert office.tries(60) == [0, 1, 3, 8, 23, 53]


def test_a_refused_password_is_not_hammered() -> None:
    office = Office(FakeInbox([InboxLoginError("no")]))

    assert office.tries(40) == [0, 5, 20]


def test_the_admin_hears_of_trouble_that_lasts_and_once_a_day() -> None:
    office = Office(FakeInbox([InboxError("gone")]))
    office.tries(60 * 12)

    assert alarms(office) == ["gangguan.imap.2026-10-03"]

    office.tries(60 * 16)

    assert alarms(office) == ["gangguan.imap.2026-10-03", "gangguan.imap.2026-10-04"]


def test_a_short_outage_is_not_worth_an_alarm() -> None:
    office = Office(FakeInbox([InboxError("gone")]))
    office.tries(3)
    office.inbox.batches = []
    office.tries(60)

    assert alarms(office) == []


def test_a_refused_password_is_told_at_once() -> None:
    office = Office(FakeInbox([InboxLoginError("no")]))

    beat = office.beat()

    assert beat.faults == ("IMAP: no",)
    assert alarms(office) == ["gangguan.imap.2026-10-03"]


def test_after_a_recovery_the_pauses_begin_anew() -> None:
    office = Office(FakeInbox([InboxError("gone")]))
    office.tries(10)
    office.inbox.batches = []
    office.beat(timedelta(hours=1))
    office.inbox.batches = [InboxError("gone again")]

    assert office.tries(5)[:2] == [0, 1]


def test_trouble_with_the_mailbox_does_not_stop_the_letters() -> None:
    office = Office(FakeInbox([InboxError("gone")]), store=FakeStore(letters=[queued(1)]))

    beat = office.beat()

    assert (beat.sent, beat.faults) == (1, ("IMAP: gone",))


@pytest.mark.parametrize(
    ("error", "sessions"),
    [
        pytest.param(ConnectionSendError("refused"), 6, id="away: 0, 1, 3, 8, 23, 53"),
        pytest.param(LoginSendError("535"), 4, id="password refused: 0, 5, 20, 50"),
    ],
)
def test_a_mail_server_in_trouble_is_left_alone_too(error: ConnectionSendError, sessions: int) -> None:
    office = Office(mailer=FakeMailer(opening=error), store=FakeStore(letters=[queued(1)]))

    office.tries(60)

    assert office.mailer.sessions == sessions
    assert len(office.inbox.asked) == 60
    assert alarms(office) == ["gangguan.smtp.2026-10-03"]


def test_too_many_letters_in_an_hour_stop_the_delivery_and_alarm_the_admin_once() -> None:
    limit = POLICY.batasan.surat_per_jam
    office = Office(store=FakeStore(letters=[queued(1)], sent=limit))

    sent = [office.beat(MINUTE).sent for _ in range(5)]

    assert sent == [0] * 5
    assert office.mailer.sessions == 0
    assert alarms(office) == ["gangguan.batas-surat.2026-10-03"]


def test_the_alarm_does_not_wait_behind_the_letters_that_it_warns_of() -> None:
    alarm = replace(queued(2), kunci="gangguan.batas-surat.2026-10-03")
    office = Office(store=FakeStore(letters=[queued(1), alarm], sent=POLICY.batasan.surat_per_jam))

    sent = [office.beat(MINUTE).sent for _ in range(3)]

    assert (sent, [letter.id for letter in office.store.letters]) == ([1, 0, 0], [1])


def test_the_hour_s_limit_counts_what_is_still_free() -> None:
    limit = POLICY.batasan.surat_per_jam
    office = Office(store=FakeStore(letters=[queued(n) for n in range(5)], sent=limit - 2))
    office.beat()

    assert len(office.mailer.taken) == 2


def test_a_database_in_trouble_ends_the_beat_and_not_the_service() -> None:
    class Locked(FakeStore):
        def due(self, now: datetime, limit: int, prefix: str = "") -> tuple[()]:  # noqa: ARG002
            raise StoreError("locked")

    office = Office(store=Locked(letters=[queued(1)]))

    assert office.beat().faults == ("store: locked",)


def test_an_uncertain_letter_is_not_sent_again_while_our_mailbox_can_t_be_read() -> None:
    office = Office()
    office.beat()
    read_until = office.now
    office.inbox.batches = [InboxError("gone")]
    office.store.log.clear()
    office.beat(timedelta(hours=2))

    assert {told[1] for told in office.store.log} == {read_until - PROOF_WAIT}


def test_a_service_that_is_stopping_calls_no_server() -> None:
    office = Office(store=FakeStore(letters=[queued(1)]))
    office.stopping = True

    beat = office.beat()

    assert (beat, office.inbox.asked, office.mailer.sessions) == (Beat(), [], 0)


LEFT = Place(folder="INBOX", uidvalidity=7, uid=3, verdict="reply", periode="2026-TW3")


@pytest.mark.parametrize(
    ("cabinet", "able", "moves"),
    [
        pytest.param(("Kinerja",), True, [((3,), ("Kinerja", "2026-TW3"))], id="the office wants it"),
        pytest.param((), True, [], id="the office does not want it"),
        pytest.param(("Kinerja",), False, [], id="the server can't move"),
    ],
)
def test_settled_mail_is_moved_where_the_office_wants_it_and_the_server_can(
    cabinet: tuple[str, ...], able: bool, moves: list[object]
) -> None:
    office, filing = Office(store=FakeStore(places=[LEFT])), FakeFiling(able=able)
    office.heart.filing, office.heart.cabinet = filing, cabinet

    office.beat()

    assert filing.moves == moves


def test_a_poison_mail_is_told_to_the_admin_once() -> None:
    class Remembering(FakeStore):
        def matters(self) -> tuple[Matter, ...]:
            return tuple(
                Matter(nomor=number, urusan=Urusan.DISISIHKAN, tiba_at=START, pengirim="")
                for number in sorted({mail_id for mail_id, _ in self.shunted})
            )

    poison = ArchivedMail(id=5, tiba_at=START, percobaan=0, mentah=b"poison")
    office = Office(store=Remembering(waiting={5: poison}))

    office.tries(5)

    assert alarms(office) == ["gangguan.surel.5"]


def test_a_beat_without_work_gathers_the_facts_as_often_as_somebody_else_may_have_changed_them() -> None:
    office = Office()
    office.beat()
    gathered: list[datetime] = []
    ordinary = office.heart.facts

    def counting() -> Facts:
        gathered.append(office.now)
        return ordinary()

    office.heart.facts = counting
    office.beat(MINUTE)

    assert len(gathered) == 3  # for the mailbox, under the planner's lock, and after the outbox


def test_whoever_has_written_is_answered_before_anything_is_planned() -> None:
    class Watching(FakeStore):
        planned_after: list[int] | None = None

        def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
            super().apply(mail_id, outcome, letters, now)
            self.letters += [replace(queued(1), kunci=f"surel.{mail_id}.petunjuk"), queued(2)]

        @contextmanager
        def turn(self, name: str) -> Iterator[bool]:
            if name == "rencana" and self.planned_after is None:
                self.planned_after = [letter.id for letter in self.letters]
            with super().turn(name) as is_ours:
                yield is_ours

    asked = ArchivedMail(id=5, tiba_at=START, percobaan=0, mentah=b"umum@kpu.example")
    office = Office(store=Watching(waiting={5: asked}))

    beat = office.beat()

    assert (beat.decided, beat.sent) == (1, 2)
    assert isinstance(office.store, Watching)
    assert office.store.planned_after == [2]


def test_in_a_rush_the_first_answers_leave_before_the_last_mail_is_decided() -> None:
    class Answering(FakeStore):
        waited: int = 0

        def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:
            super().apply(mail_id, outcome, letters, now)
            self.letters.append(replace(queued(mail_id), kunci=f"surel.{mail_id}.petunjuk"))
            self.waited = max(self.waited, len(self.letters))

    rush = range(1, 301)
    asked = {n: ArchivedMail(id=n, tiba_at=START, percobaan=0, mentah=b"umum@kpu.example") for n in rush}
    office = Office(store=Answering(waiting=asked))

    beat = office.beat()

    assert (beat.decided, beat.sent) == (len(rush), len(rush))
    assert isinstance(office.store, Answering)
    assert office.store.waited < len(rush) / 2
