"""The heartbeat: the flows in their order, and how long a server in trouble is left alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.retry import Pause
from kinerja_mailbot.usecases.alarm import raise_alarm, tell_set_aside, tell_withheld
from kinerja_mailbot.usecases.catch_up import drawers_to_read, is_behind, may_send
from kinerja_mailbot.usecases.collect import collect
from kinerja_mailbot.usecases.compile import compile_due
from kinerja_mailbot.usecases.deliver import deliver_due
from kinerja_mailbot.usecases.oversee import oversee
from kinerja_mailbot.usecases.plan import open_owed, tick
from kinerja_mailbot.usecases.ports import (
    EditionBook,
    Filing,
    FilingRecord,
    FolderMissingError,
    Inbox,
    InboxError,
    InboxLoginError,
    MailArchive,
    Mailer,
    Outbox,
    OvertakenError,
    StoreError,
    WithheldRecord,
)
from kinerja_mailbot.usecases.ports.rounds import RoundsBook
from kinerja_mailbot.usecases.receive import Desk, decide_waiting
from kinerja_mailbot.usecases.rounds import Rounds, make_rounds
from kinerja_mailbot.usecases.summarise import summarise
from kinerja_mailbot.usecases.tidy import tidy

_log = logging.getLogger(__name__)
_ALARM_AFTER = 3  # failures in a row before the admin hears of it
_ALARMS = "gangguan."
_ALARM = "alarm"
_AT_ONCE = 100  # mails that are decided before the answers to them leave
_ANSWERS = "surel."  # letters that a mail has brought about
_PLANNING = "rencana"  # the turn of whoever writes what is owed: one service at a time
_ALARMS_AT_ONCE = 3  # beyond the limit of letters per hour


class WholeStore(MailArchive, Outbox, EditionBook, FilingRecord, RoundsBook, WithheldRecord, Protocol):
    """The parts of the store that the flows share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What one heartbeat did."""

    arrived: int = 0
    decided: int = 0
    written: int = 0
    sent: int = 0
    faults: tuple[str, ...] = ()
    elsewhere: bool = False  # another service has some of the work in hand: what it leaves will be seen soon


@dataclass(slots=True)
class Server:
    """How a mail server has been doing."""

    nama: str
    pause: Pause = field(default_factory=Pause)
    fault: str = ""
    worked_at: datetime | None = None  # when it last did what it was asked


@dataclass(slots=True, kw_only=True)
class Heartbeat:
    """Everything the flows are given, and what the last beats have taught about the servers."""

    inbox: Inbox
    mailer: Mailer
    store: WholeStore
    desk: Desk
    facts: Callable[[], Facts]
    clock: Callable[[], datetime]
    new_nonce: Callable[[], str]
    stopping: Callable[[], bool]
    folders: tuple[str, ...]
    own_copy: tuple[str, ...]
    filing: Filing | None = None
    rounds: Rounds | None = None
    cabinet: tuple[str, ...] = ()  # path of the folder that settled mail goes to; empty: it stays where it is
    read_until: datetime | None = None  # when every folder was last read to its end
    _imap: Server = field(default_factory=lambda: Server("IMAP"))
    _smtp: Server = field(default_factory=lambda: Server("SMTP"))
    _flows: dict[str, Pause] = field(default_factory=dict)  # those that a bug of ours has stopped
    _seen: Facts | None = None  # gathered in this beat, and nothing was done since
    _looked_back: bool = False
    _elsewhere: bool = False
    _proven_until: datetime | None = None  # `read_until` of the last beat that left no mail undecided

    def beat(self) -> Beat:
        """Do everything that is due now: fetch, decide, plan, compile, deliver.

        The fault of a server or of the disk is recorded and tried again at a later beat, and so is a bug of ours in one
        of the flows; the others go on. Services that share a database share each flow: see `Turns`.
        """
        faults: list[str] = []
        arrived = decided = written = sent = 0
        self._elsewhere, self._seen = False, None
        try:
            if is_behind(self.store):  # the mails that wait in the mailbox may answer what the backup does not know
                written = self._planning("open", self._open, faults)
            arrived = self._flow("fetch", lambda: self._fetch(faults), faults)
            while more := self._flow("decide", self._decide, faults):
                decided += more  # whoever has written waits for the answer, not for later mails or what is planned
                sent += self._flow("deliver", lambda: self._deliver(faults, _ANSWERS), faults)
            written += self._tick(faults)
            written += self._planning("summarise", self._summarise, faults)
            written += self._planning("oversee", lambda: oversee(self.store, self.desk.press, self._facts()), faults)
            written += self._planning("rounds", self._round, faults)
            if others := self._flow("deliver", lambda: self._deliver(faults), faults):
                sent, written = sent + others, written + self._tick(faults)  # what was just sent may start a step
            if compiled := self._planning("compile", self._compile, faults):
                written += compiled + self._tick(faults)
                sent += self._flow("deliver", lambda: self._deliver(faults), faults)
            self._planning("tidy", self._tidy, faults)
        except StoreError as error:
            faults.append(f"store: {error}")
            _log.error("store: %s", error)
        done = Beat(arrived=arrived, decided=decided, written=written, sent=sent)
        return replace(done, faults=tuple(faults), elsewhere=self._elsewhere)

    def servers(self) -> tuple[tuple[str, Server], ...]:
        """Return how each mail server has been doing, by its name in the heartbeat file."""
        return ("imap", self._imap), ("smtp", self._smtp)

    def _facts(self) -> Facts:
        """Return the facts of this beat; what a flow has done since they were gathered may have changed them."""
        self._seen = self._seen or self.facts()
        return self._seen

    def _flow(self, name: str, work: Callable[[], int], faults: list[str]) -> int:
        """Run one flow and return what it did; after a bug it is left alone for a while, and the admin is told."""
        now = self.clock()
        if not self._flows.get(name, Pause()).is_over(now):
            return 0
        try:
            done = work()
        except OvertakenError as error:
            _log.info("%s is done again: %s", name, error)
            self._elsewhere, self._seen = True, None
            return 0
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  a bug costs this flow a pause; the service and the others go on
            self._flows[name], self._seen = self._flows.get(name, Pause()).lengthened(now), None
            faults.append(f"{name}: {type(error).__name__}: {error}")
            _log.exception("%s failed; next try at %s", name, self._flows[name].until)
            if name != _ALARM:
                sentence = f'Bagian layanan "{name}" berhenti karena kesalahan program: {type(error).__name__}.'
                self._flow(_ALARM, lambda: self._alarm(f"alur-{name}", sentence), faults)
            return 0
        self._flows.pop(name, None)
        self._seen = None if done or name == "deliver" else self._seen  # letters that did not leave are facts too
        return done

    def _planning(self, name: str, work: Callable[[], int], faults: list[str]) -> int:
        """Run a flow that only one service may run at a time."""
        with self.store.turn(_PLANNING) as is_ours:
            if is_ours:
                return self._flow(name, work, faults)
        self._elsewhere = True
        return 0

    def _tidy(self) -> int:
        now = self.clock()
        if self.filing is None or not self.cabinet or self.stopping() or not self._imap.pause.is_over(now):
            return 0
        try:
            can_move = self.filing.can_move()
        except InboxError as error:
            _log.warning("settled mail was not moved: %s", error)
            return 0
        return tidy(self.filing, self.store, self.cabinet, now) if can_move else 0

    def _decide(self) -> int:
        done = decide_waiting(self.store, self.desk, self._facts(), self.stopping, _AT_ONCE)
        if done.tertunda:
            self._elsewhere = True
        elif not done.terpotong:  # every own copy that had come by then has been seen
            self._proven_until = self.read_until
        if done.disisihkan or not self._looked_back:  # at the first beat also what a crash may have left untold
            tell_set_aside(self.store, self.desk.press, self._facts(), self.store.matters())
            self._looked_back = True
        return done.berapa

    def _tick(self, faults: list[str]) -> int:
        """Write what is owed, as of a moment at which no other service decides a mail."""

        def undisturbed() -> int:
            with self.store.at_the_office(alone=True):
                self._seen = None  # as it is now that nobody else changes it
                return tick(self.store, self.desk.press, self._facts(), self.new_nonce)

        return self._planning("tick", undisturbed, faults)

    def _open(self) -> int:
        return open_owed(self.store, self.desk.press, self.facts(), self.new_nonce)

    def _summarise(self) -> int:
        return summarise(self.store, self.store, self.desk, self._facts())

    def _round(self) -> int:
        if self.rounds is None or self.stopping():
            return 0
        may_read = self._imap.pause.is_over(self.clock())
        return make_rounds(self.rounds, self.store, self.desk.press, self._facts(), may_read=may_read)

    def _compile(self) -> int:
        return compile_due(self.store, self.desk.press, self._facts())

    def _fetch(self, faults: list[str]) -> int:
        now, arrived, is_whole = self.clock(), 0, True
        if self.stopping() or not self._imap.pause.is_over(now):
            return 0
        try:
            shelves = drawers_to_read(self.store, self.rounds.shelf if self.rounds else None, self.cabinet)
            for folder in (*self.folders, *shelves):
                with self.store.turn(f"folder.{folder}") as is_ours:
                    is_whole = is_whole and is_ours
                    if is_ours:
                        arrived += self._collect(folder, faults)
        except InboxError as error:
            self._trouble(self._imap, str(error), faults, login=isinstance(error, InboxLoginError))
        else:
            self._well(self._imap, now)
            self._elsewhere = self._elsewhere or not is_whole
            if is_whole and not self.stopping():  # which may have cut the reading short
                self.read_until = now
        return arrived

    def _collect(self, folder: str, faults: list[str]) -> int:
        try:
            done = collect(self.inbox, self.store, folder, self._facts(), self.stopping)
        except FolderMissingError as error:
            if folder == self.folders[0]:
                raise
            faults.append(f"IMAP: {error}")  # nothing can come there: the others are not left alone for it
            return 0
        tell_withheld(self.store, self.desk.press, self._facts(), folder, done.ditahan)
        return done.fresh

    def _deliver(self, faults: list[str], prefix: str = "") -> int:
        now = self.clock()
        if self.stopping() or not self._smtp.pause.is_over(now):
            return 0
        if not may_send(self.store, self._proven_until, now):
            return 0
        limit = self._facts().aturan.batasan.surat_per_jam
        room = limit - self.store.sent_since(now - timedelta(hours=1))
        if room <= 0:
            self._alarm("batas-surat", f"Pengiriman ditunda: sudah {limit} surat dalam satu jam.")
        # The alarm must not wait behind what it warns of.
        delivery = deliver_due(
            self.store,
            self.mailer,
            self.own_copy,
            self.clock,
            limit=room if room > 0 else _ALARMS_AT_ONCE,
            most_an_hour=limit if room > 0 else None,
            prefix=prefix if room > 0 else _ALARMS,
            read_until=self._proven_until,
            stopping=self.stopping,
        )
        self._elsewhere = self._elsewhere or delivery.elsewhere > 0
        if delivery.fault:
            self._trouble(self._smtp, delivery.fault, faults, login=delivery.login_refused)
        elif delivery.sent:
            self._well(self._smtp, now)
        return delivery.sent

    def _trouble(self, server: Server, fault: str, faults: list[str], *, login: bool = False) -> None:
        now = self.clock()
        server.pause, server.fault = server.pause.lengthened(now, login=login), fault
        faults.append(f"{server.nama}: {fault}")
        _log.error("%s: %s; next try at %s", server.nama, fault, server.pause.until)
        if server.pause.failures >= _ALARM_AFTER:
            self._alarm(server.nama.lower(), f"Server {server.nama} tidak dapat dipakai: {fault}")

    def _well(self, server: Server, now: datetime) -> None:
        if server.fault:
            _log.info("%s works again", server.nama)
        server.pause, server.fault, server.worked_at = Pause(), "", now

    def _alarm(self, kind: str, sentence: str) -> bool:
        """Tell the admin, at most once a day of the office for each kind of trouble."""
        facts = self._facts()
        return raise_alarm(self.store, self.desk.press, facts, f"gangguan.{kind}.{facts.today}", sentence)
