"""Fakes of our own ports: what they were told stands in a log, what they answer is given to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, ReadResult, Unreadable
from kinerja_mailbot.domain.mail.filing import Place
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.usecases.ports import (
    ArchivedMail,
    Arrived,
    Cursor,
    InboxError,
    Inquiry,
    OnRecord,
    QueuedMail,
    Reading,
    Refusal,
    Report,
    SendError,
    StoreError,
    Untried,
)

Told = tuple[object, ...]


def queued(letter_id: int, attempts: int = 0) -> QueuedMail:
    return QueuedMail(
        id=letter_id,
        kunci=f"surat.{letter_id}",
        message_id=f"<{letter_id}@kpu.example>",
        penerima=("umum@kpu.example",),
        percobaan=attempts,
        mentah=f"surat {letter_id}".encode(),
    )


class Alone:
    """A service that shares its database with nobody: every turn is its own, but for those named `taken`."""

    taken: tuple[str, ...] = ()

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        yield name not in self.taken

    @contextmanager
    def turns(self, names: Sequence[str]) -> Iterator[frozenset[str]]:
        yield frozenset(names).difference(self.taken)

    @contextmanager
    def at_the_office(self, *, alone: bool) -> Iterator[None]:  # noqa: ARG002
        yield


@dataclass
class FakeOutbox(Alone):
    """Letters in the order of their due time."""

    letters: list[QueuedMail] = field(default_factory=list)
    log: list[Told] = field(default_factory=list)
    sent: int = 0
    in_hand: list[int] = field(default_factory=list)
    full: int = 0  # how many times the disk is full when something is to be recorded

    def recover(self, now: datetime) -> int:  # noqa: ARG002
        return 0

    def requeue_unproven(self, before: datetime, now: datetime) -> int:
        self.log.append(("requeue", before, now))
        return 0

    def due(self, now: datetime, limit: int, prefix: str = "") -> tuple[QueuedMail, ...]:  # noqa: ARG002
        waiting = [letter for letter in self.letters if letter.id not in self.in_hand]
        return tuple(letter for letter in waiting if letter.kunci.startswith(prefix))[:limit]

    def take(
        self,
        letters: Sequence[QueuedMail],
        now: datetime,  # noqa: ARG002
        most_an_hour: int | None = None,
    ) -> tuple[QueuedMail, ...]:
        room = len(letters) if most_an_hour is None else max(most_an_hour - self.sent, 0)
        taken = tuple(letters)[:room]
        self.log += [("sending", *(letter.id for letter in taken))]
        self.in_hand += [letter.id for letter in taken]
        return taken

    def record(self, reports: Sequence[Report]) -> None:
        if self.full:
            self.full -= 1
            raise StoreError("disk full")
        for report in reports:
            self.log.append((report.letter_id, report.fate))
            if not isinstance(report.fate, Untried):
                self.letters = [letter for letter in self.letters if letter.id != report.letter_id]
            self.in_hand.remove(report.letter_id)

    def sent_since(self, since: datetime) -> int:  # noqa: ARG002
        return self.sent


Answer = BaseException | tuple[Refusal, ...]


@dataclass
class FakeMailer:
    """A server that answers each letter as it was told to, and takes whatever comes after that."""

    answers: list[Answer] = field(default_factory=list)
    opening: SendError | None = None
    taken: list[tuple[bytes, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    sessions: int = 0

    @contextmanager
    def session(self) -> Iterator[FakeMailer]:
        self.sessions += 1
        if self.opening is not None:
            raise self.opening
        yield self

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        answer = self.answers.pop(0) if self.answers else ()
        if isinstance(answer, BaseException):
            raise answer
        self.taken.append((raw, tuple(recipients), tuple(copies)))
        return answer


@dataclass
class FakeArchive(Alone):
    """Mails that wait, by id; `archived` and `applied` tell what was written."""

    waiting: dict[int, ArchivedMail] = field(default_factory=dict)
    open_periods: tuple[PeriodState, ...] = ()
    here: Cursor | None = None
    archived: list[tuple[tuple[int, ...], Cursor]] = field(default_factory=list)
    applied: list[tuple[int, str]] = field(default_factory=list)
    in_vain: list[Cursor] = field(default_factory=list)
    shunted: list[tuple[int, str]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    failing: Exception | None = None
    inquiries: list[Inquiry] = field(default_factory=list)
    batches: int = 0

    def in_service_since(self, now: datetime) -> datetime:
        return now

    def cursor(self, folder: str) -> Cursor | None:  # noqa: ARG002
        return self.here

    def archive(self, folder: str, arrived: Sequence[Arrived], cursor: Cursor, now: datetime) -> int:  # noqa: ARG002
        if self.failing is not None:
            raise self.failing
        self.archived.append((tuple(one.uid for one in arrived), cursor))
        return len(arrived)

    def undecided(self, limit: int, after: int = 0) -> tuple[ArchivedMail, ...]:
        return tuple(mail for mail in self.waiting.values() if mail.id > after)[:limit]

    def still_undecided(self, mail_ids: Sequence[int]) -> frozenset[int]:
        return frozenset(mail_ids) & self.waiting.keys()

    def mail(self, mail_id: int) -> ArchivedMail | None:
        return self.waiting.get(mail_id)

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:  # noqa: ARG002
        return self.open_periods

    def on_record(self, inquiry: Inquiry) -> OnRecord:
        self.inquiries.append(inquiry)
        return OnRecord(
            periode=tuple(
                replace(p, permintaan=tuple(r for r in p.permintaan if r.unit in inquiry.unit))
                for p in self.open_periods
            )
        )

    @contextmanager
    def together(self) -> Iterator[None]:
        self.batches += 1
        yield

    def archive_given(self, raw: bytes, by: str, now: datetime) -> int:
        raise NotImplementedError

    def passed_on(self, message_ids: Sequence[str]) -> int | None:  # noqa: ARG002
        return None

    def matters(self) -> tuple[Matter, ...]:
        return ()

    def unlisted_matters(self) -> tuple[Matter, ...]:
        return tuple(matter for matter in self.matters() if not matter.diringkas)

    def matters_named(self, numbers: Collection[int]) -> tuple[Matter, ...]:
        return tuple(matter for matter in self.matters() if matter.nomor in numbers)

    def unfiled(self, limit: int) -> tuple[Place, ...]:
        return tuple(self.places[:limit])

    def mark_filed(self, places: Sequence[Place], now: datetime) -> None:  # noqa: ARG002
        self.places = [one for one in self.places if one not in places]

    def apply(self, mail_id: int, outcome: Outcome, letters: Sequence[OutgoingMail], now: datetime) -> None:  # noqa: ARG002
        if self.failing is not None:
            raise self.failing
        del self.waiting[mail_id]
        self.applied.append((mail_id, outcome.label))

    def withhold(self, folder: str, place: Cursor, now: datetime) -> bool:  # noqa: ARG002
        self.in_vain.append(place)
        return self.in_vain.count(place) >= 3

    def withheld(self, folder: str, since: datetime) -> tuple[Cursor, ...]:  # noqa: ARG002
        return ()

    def handed_over(self, folder: str, place: Cursor, now: datetime) -> None:  # noqa: ARG002
        self.in_vain.remove(place)

    def read_anew(self, folder: str, uidvalidity: int, now: datetime) -> None:  # noqa: ARG002
        self.in_vain.clear()

    def shunt(self, mail_id: int, error: str, now: datetime) -> bool:  # noqa: ARG002
        mail = self.waiting[mail_id]
        self.shunted.append((mail_id, error))
        self.waiting[mail_id] = replace(mail, percobaan=mail.percobaan + 1)
        if mail.percobaan < 2:
            return False
        del self.waiting[mail_id]
        return True


@dataclass
class FakeInbox:
    """Batches of mails; an error among them is raised at its turn."""

    batches: list[Sequence[Arrived] | Exception] = field(default_factory=list)
    asked: list[tuple[str, Cursor | None, date]] = field(default_factory=list)

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        self.asked.append((folder, cursor, since))
        for batch in self.batches:
            if isinstance(batch, Exception):
                raise batch
            yield batch

    def fetch_again(self, folder: str, place: Cursor) -> Arrived | None:  # noqa: ARG002
        return None


class PlainParser:
    """Takes the raw bytes for the sender's address; b"poison" breaks it."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        if raw == b"poison":
            raise ZeroDivisionError("a bug")
        return IncomingMail(id=mail_id, tiba_at=arrived_at, pengirim=(raw.decode(),))


class NoContainers:
    """Opens nothing."""

    def unpack(self, content: bytes) -> tuple[Attachment, ...] | Unreadable:  # noqa: ARG002
        return Unreadable(FileKind.OTHER, Obstacle.DAMAGED)


class LazyReader(ABC):
    """A reader of sheets that reads a file when its result is wanted."""

    @abstractmethod
    def read(self, content: bytes) -> ReadResult: ...

    def begin(self, content: bytes) -> Reading:
        return _Begun(self, content)


@dataclass(frozen=True, slots=True)
class _Begun:
    reader: LazyReader
    content: bytes

    def result(self) -> ReadResult:
        return self.reader.read(self.content)


class NoSheets(LazyReader):
    """Reads nothing."""

    def read(self, content: bytes) -> ReadResult:  # noqa: ARG002
        return Unreadable(FileKind.OTHER, Obstacle.DAMAGED)


@dataclass
class FakeFiling:
    """Moves, refuses or fails as it was told."""

    answer: bool | InboxError = True
    able: bool = True
    moves: list[tuple[tuple[int, ...], tuple[str, ...]]] = field(default_factory=list)

    def can_move(self) -> bool:
        return self.able

    def move(self, folder: str, uidvalidity: int, uids: Sequence[int], to: Sequence[str]) -> bool:  # noqa: ARG002
        if isinstance(self.answer, InboxError):
            raise self.answer
        self.moves.append((tuple(uids), tuple(to)))
        return self.answer
