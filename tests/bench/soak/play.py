"""Years of an office on stage time: periods open and close, mails of every kind come in, the service does its work."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import BOT, HUKUM, KASUBBAG, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.sop.working_time import is_working_day
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.heartbeat import Beat
from tests.bench.soak.laws import breaches, closed_periods, verdicts
from tests.bench.soak.mailboxes import PASSWORD, Post, StampedDovecot, database_of, envelope_sender
from tests.bench.soak.mixture import Mixture
from tests.bench.soak.worker import Called, Weight, Worker, config_for, running

ZONE = ZoneInfo("Asia/Jayapura")
FIRST_DAY = date(2024, 1, 1)
_BUSY_DAYS = 12  # working days from the opening of a period until the office is calm again
_BUSY = ("08.00", "09.30", "11.00", "14.30")
_CALM = ("10.00",)
_SUNDAY = 6
_GRACE = 1.1  # of the time given, for the days that are left when nobody may write any more
_RESTS = 3  # beats with nothing to do; the quickest counts
_FREE = ("10.00",)  # of Saturdays and holidays; nobody writes on Sundays

Act = Callable[[Mixture], bytes]
# working day of the quarter, index of the moment, what somebody does then
SPINE: dict[tuple[int, int], tuple[Act, ...]] = {
    (0, 3): (lambda mails: mails.reply_with_form(UMUM),),
    (1, 1): (lambda mails: mails.reply_with_form(TEKNIS, 2),),
    (1, 2): (lambda mails: mails.reply_with_form(TEKNIS),),
    (2, 2): (lambda mails: mails.reply_with_form(SEKRETARIS),),
    (4, 2): (lambda mails: mails.reply_with_form(HUKUM),),
    (6, 2): (lambda mails: mails.answer(KASUBBAG, figures.ANALISIS, b"Rekap"),),
    (9, 2): (lambda mails: mails.answer(KASUBBAG, "Tutup periode.", b"Rekap"),),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """When the service is called, how busy the office is, and who is sure to act."""

    at: datetime
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of the time, a quarter or so: what came and left, and what it took."""

    until: date
    mails: int
    archived: int
    letters: int
    beats: int
    processor: float
    clock: float
    resting: float  # seconds of processor of a beat that finds nothing to do
    weight: Weight
    database: float  # MB

    @property
    def per_mail(self) -> float:
        """Return milliseconds of the service's processor for each archived mail."""
        return self.processor / max(self.archived, 1) * 1000


@dataclass(slots=True)
class Soak:
    """What a run has come to so far."""

    stretches: list[Stretch] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    breaches: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()  # periods that came to their end
    verdicts: frozenset[str] = frozenset()
    start: Weight | None = None
    checked: float = 0.0  # seconds that the laws took

    @property
    def mails(self) -> int:
        """Return how many mails came from outside."""
        return sum(stretch.mails for stretch in self.stretches)


def _nobody(_: Soak) -> None:
    pass


def moments(service: Service, days: int, calm_every: int) -> Iterator[Moment]:
    """Yield every moment at which the service is called, of so many days; of calm ones only each `calm_every`-th."""
    number, quarter = 0, None
    for day in (FIRST_DAY + timedelta(days=n) for n in range(days)):
        if quarter != (day.year, (day.month - 1) // 3):
            quarter, number = (day.year, (day.month - 1) // 3), -1
        free = not _is_workday(service, day)
        number += not free
        is_skipped = number >= _BUSY_DAYS and day.toordinal() % calm_every
        if is_skipped or (free and day.weekday() == _SUNDAY):
            continue
        hours = _FREE if free else _BUSY if number < _BUSY_DAYS else _CALM
        for place, hour in enumerate(hours):
            at = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H.%M").replace(tzinfo=ZONE).astimezone(UTC)
            yield Moment(at, () if free else SPINE.get((number, place), ()))


def _is_workday(service: Service, day: date) -> bool:
    holidays = tuple(d for year in (day.year - 1, day.year, day.year + 1) for d in service.calendar.holidays(year))
    return is_working_day(service.config.policy(holidays).jam, day)


def soak(  # noqa: PLR0913  each is one plain thing that a run needs
    days: int,
    mails: int,
    *,
    seed: int = 2026,
    calm_every: int = 1,
    seconds: float = float("inf"),
    tell: Callable[[Soak], None] = _nobody,
) -> Soak:
    """Play so many days with so many mails, or with as many of them as fit into `seconds`.

    When the time runs faster than the days, nobody writes but those without whom no period comes to its end. Of the
    calm days of a quarter each `calm_every`-th is played. `tell` hears of the start and of each quarter.
    """
    clock, run = StageClock(datetime(FIRST_DAY.year, 1, 1, tzinfo=UTC)), Soak()
    with (
        tempfile.TemporaryDirectory() as name,
        StampedDovecot(clock) as dovecot,
        Post(dovecot) as post,
    ):
        dovecot.add_mailbox(BOT, PASSWORD)
        config = config_for(dovecot.imap_port, post.port, Path(name))
        with Service(replace(config, penyimpanan=f"sqlite:///{name}/kalender.db"), clock=clock) as calendar:
            called_at = tuple(moments(calendar, days, calm_every))
        with running(config, clock.now) as worker:
            office = _Office(
                clock=clock,
                dovecot=dovecot,
                post=post,
                mixture=Mixture(post, clock, seed),
                worker=worker,
                folder=Path(name),
                run=run,
                tell=tell,
                ends=(time.monotonic(), seconds),
            )
            office.play(called_at, mails)
        began = time.perf_counter()
        with Service(config, clock=clock) as service:
            database = database_of(Path(name))
            run.closed, run.verdicts = closed_periods(database), verdicts(database)
            run.breaches = (*run.faults, *breaches(service, database, dovecot, post))
        run.checked = time.perf_counter() - began
    return run


@dataclass(slots=True, kw_only=True)
class _Office:
    """Everybody around the service, and what the run has come to."""

    clock: StageClock
    dovecot: StampedDovecot
    post: Post
    mixture: Mixture
    worker: Worker
    folder: Path
    run: Soak
    tell: Callable[[Soak], None]
    ends: tuple[float, float]  # when it began, and how many seconds it may take

    def play(self, called_at: tuple[Moment, ...], mails: int) -> None:
        """Call the service at each moment, after what came since the last one; the mails are spread evenly."""
        number_of, sent, letters, calls = len(called_at), 0, 0, list[Called]()
        for number, moment in enumerate(called_at, start=1):
            self.clock.now = moment.at
            owed = mails * number // number_of - mails * (number - 1) // number_of
            sent += self._write(moment, 0 if self._is_late((number - 1) / number_of) else owed)
            calls.append(self._call(moment))
            last = number == number_of or self._is_late(_GRACE)
            if last or _quarter(moment.at) != _quarter(called_at[number].at):
                while calls[-1].beat != Beat():  # the last copies of its own letters
                    calls.append(self._call(moment))
                self._conclude(moment, calls, sent, self.post.taken - letters)
                sent, letters, calls = 0, self.post.taken, []
            if last:
                return

    def _is_late(self, part: float) -> bool:
        """Tell whether more than this part of the time is over."""
        began, seconds = self.ends
        return time.monotonic() - began > seconds * part

    def _write(self, moment: Moment, owed: int) -> int:
        """Let people and machines write; return how many mails that made."""
        made = [self.mixture.next for _ in range(owed - len(moment.acts))]
        for make in made:
            self._deliver(make())
        for act in moment.acts:
            self._deliver(act(self.mixture))
        return len(made) + len(moment.acts)

    def _call(self, moment: Moment) -> Called:
        called = self.worker.call(moment.at)
        self.run.faults += [f"{moment.at}: {fault}" for fault in called.beat.faults]
        if self.run.start is None:
            self.run.start = self.worker.weigh()
            self.tell(self.run)
        return called

    def _deliver(self, raw: bytes) -> None:
        with suppress(UnicodeError):  # what no server would take, none has taken
            self.dovecot.deliver(raw, BOT, envelope_sender(raw))

    def _conclude(self, moment: Moment, calls: list[Called], mails: int, letters: int) -> None:
        stretch = Stretch(
            until=moment.at.astimezone(ZONE).date(),
            mails=mails,
            archived=sum(called.beat.arrived for called in calls),
            letters=letters,
            beats=len(calls),
            processor=sum(called.processor for called in calls),
            clock=sum(called.clock for called in calls),
            resting=min(self._call(moment).processor for _ in range(_RESTS)),
            weight=self.worker.weigh(),
            database=sum(path.stat().st_size for path in self.folder.glob("kinerja.db*")) / 1024**2,
        )
        self.run.stretches.append(stretch)
        self.tell(self.run)


def _quarter(at: datetime) -> tuple[int, int]:
    day = at.astimezone(ZONE)
    return day.year, (day.month - 1) // 3
