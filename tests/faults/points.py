"""The service in a process of its own that kills itself at the n-th point: a commit, or a word to a mail server.

The points come from seams that are there for everybody: Python's audit events name each connection and each command of
smtplib and imaplib before it leaves, SQLAlchemy tells of each commit before and after it, and the mailer and the inbox
of `Service` are replaced by children of themselves that tell when an answer has come.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.connection import Connection
from types import FrameType

from sqlalchemy import Connection as DatabaseConnection
from sqlalchemy import event
from sqlalchemy.orm import Session

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox
from kinerja_mailbot.adapters.mailer import SmtpAccount, SmtpMailer, SmtpSession
from kinerja_mailbot.config import Config
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.heartbeat import Beat
from kinerja_mailbot.usecases.ports import Arrived, Cursor, Refusal
from tests.stories.stage import LONG_AGO, settle

_WRITES = "kinerja_writes"  # the store's own mark on transactions that write; the others leave nothing behind


@dataclass(slots=True)
class Points:
    """Counts the points that this life has reached, and ends it at the one called `fatal`, without a last word."""

    fatal: int | None = None
    names: list[str] = field(default_factory=list)

    def reach(self, name: str) -> None:
        """Reach a point; nobody returns from the fatal one."""
        self.names.append(name)
        if len(self.names) == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, service: Service) -> None:
        """Let commits of this service, and what leaves for the mail servers, be points."""
        event.listen(service.store.engine, "commit", self._before_commit)
        event.listen(Session, "after_commit", self._after_commit)
        sys.addaudithook(self._audit)

    def _before_commit(self, connection: DatabaseConnection) -> None:
        if connection.get_execution_options().get(_WRITES):
            self.reach(f"before commit in {_caller()}")

    def _after_commit(self, session: Session) -> None:
        if session.get_bind().get_execution_options().get(_WRITES):
            self.reach(f"after commit in {_caller()}")

    def _audit(self, name: str, arguments: tuple[object, ...]) -> None:
        match name, arguments:
            case (("smtplib.connect" | "imaplib.open"), _):
                self.reach(f"before {name}")
            case "smtplib.send", (_, said):
                self.reach(f"before SMTP {_verb(said, 0)}")
            case "imaplib.send", (_, said):
                self.reach(f"before IMAP {_verb(said, 1)}")


class MarkedMailer(SmtpMailer):
    """The mailer, with a point after each answer."""

    def __init__(self, account: SmtpAccount, points: Points) -> None:
        super().__init__(account)
        self._points = points
        self._marked = account

    @contextmanager
    def session(self) -> Iterator[SmtpSession]:
        """See `Mailer`."""
        session = MarkedSession(self._marked, self._points)
        session.open()
        self._points.reach("after SMTP login")
        try:
            yield session
        finally:
            session.close()


class MarkedSession(SmtpSession):
    """A session, with a point after the server has taken a letter and before anybody knows."""

    def __init__(self, account: SmtpAccount, points: Points) -> None:
        super().__init__(account)
        self._points = points

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refusal, ...]:
        """See `MailerSession`."""
        refused = super().send(raw, recipients, copies)
        self._points.reach("after SMTP 250")
        return refused


class MarkedInbox(ImapInbox):
    """The inbox, with a point after each batch has come and before it is archived."""

    def __init__(self, account: ImapAccount, config: Config, points: Points) -> None:
        super().__init__(account, config.kebijakan.jam.zona, max_bytes=config.kebijakan.batasan.ukuran_surel)
        self._points = points

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:
        """See `Inbox`."""
        for batch in super().fetch_new(folder, cursor, since):
            self._points.reach("after IMAP batch")
            yield batch


class MarkedService(Service):
    """The real service, whose mail servers tell when they have answered."""

    def __init__(self, config: Config, clock: StageClock, points: Points) -> None:
        super().__init__(config, clock=clock)
        self.mailer = MarkedMailer(self._smtp(), points)
        self.inbox = MarkedInbox(self._imap(), config, points)


@dataclass(frozen=True, slots=True)
class Done:
    """What a life tells of one settling: what was done, and the names of the points so far."""

    beat: Beat
    names: tuple[str, ...]


def live(line: Connection, config: Config, fatal: int | None) -> None:
    """Be the service: settle at each time that comes over the line, until it ends; tell of each settling."""
    warnings.simplefilter("ignore", ResourceWarning)  # whoever is killed closes nothing
    clock = StageClock(line.recv())
    points = Points(fatal)
    service = MarkedService(config, clock, points)
    service.store.open()
    points.watch(service)
    with service:
        service.store.in_service_since(LONG_AGO)  # Dovecot stamps arrivals with the machine's clock
        with service.exclusive(), suppress(EOFError):
            while True:
                line.send(Done(settle(service), tuple(points.names)))
                moment: datetime = line.recv()
                clock.now = moment


def _caller() -> str:
    """Return the method of the store whose transaction ends here."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if "/kinerja_mailbot/adapters/store/" in frame.f_code.co_filename.replace("\\", "/"):
            name = frame.f_code.co_name
            if name not in {"writing", "changing_schema"}:
                return name
        frame = frame.f_back
    return "the schema"


def _verb(said: object, place: int) -> str:
    text = bytes(said) if isinstance(said, bytes | bytearray | memoryview) else str(said).encode()
    if len(text) > 1000:
        return "DATA's letter"
    words = text.split()
    verb = words[place].decode("ascii", "replace").upper() if len(words) > place else "line"
    return f"{verb} {words[place + 1].decode('ascii', 'replace').upper()}" if verb == "UID" else verb
