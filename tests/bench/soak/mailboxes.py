"""The office's mail servers on stage time: Dovecot for the bot, and an SMTP server for everybody."""

from __future__ import annotations

import asyncio
import imaplib
import re
import threading
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from kinerja_mailbot.adapters.mime import fingerprint
from kinerja_mailbot.demo.cast import BOT
from kinerja_mailbot.demo.story import StageClock
from tests.servers import HOST, Dovecot, free_ports

PASSWORD = "rahasia"
_KEPT = 60  # letters of each person; nobody answers older ones
_ID = re.compile(rb"(?im)^message-id:\s*(<[^>]*>)")
_FROM = re.compile(rb"(?im)^from:[^\r\n]*?([\w.+-]+@[\w.-]+)")
_RETURN = re.compile(rb"(?im)^return-path:\s*<([^>\r\n]*)>")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HEAD = re.compile(rb"\r?\n\r?\n")
_WORKBOOK = b"spreadsheetml"


class StampedDovecot(Dovecot):
    """A Dovecot whose mails arrive on stage time, since APPEND names the time of arrival, as LMTP can't.

    Its mailboxes are sdbox, which hands over a new mail as fast behind a hundred thousand others as in an empty folder;
    a Maildir of that size takes a second for each look. What `deliver` adds to a mail is what its LMTP would add.
    """

    def __init__(self, clock: StageClock) -> None:
        super().__init__()
        self.delivered = 0
        self.prints: set[str] = set()
        self._clock = clock
        self._turn = threading.Lock()
        self._imap: imaplib.IMAP4 | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._imap is not None:
            self._imap.shutdown()
        super().__exit__(kind, error, trace)

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        """Deliver over one connection that stays open; a mail that the server does not take was never delivered."""
        at = self._clock()
        trace = f"Return-Path: <{sender}>\r\nDelivered-To: {to}\r\nReceived: by panggung; {format_datetime(at)}\r\n"
        mail = _LINE_END.sub(b"\r\n", trace.encode() + raw)  # as imaplib writes it to the server
        with self._turn:
            if self._imap is None:
                self._imap = imaplib.IMAP4(HOST, self.imap_port)
                self._imap.login(to, self._passwords[to])
            said, _ = self._imap.append("INBOX", "", imaplib.Time2Internaldate(at), mail)
            if said == "OK":
                self.delivered += 1
                self.prints.add(fingerprint(mail))

    def _configuration(self, *, root: bool) -> str:
        return super()._configuration(root=root) + "mail_location = sdbox:~/mail\nmail_fsync = never\n"


@dataclass(frozen=True, slots=True)
class Held:
    """A letter in somebody's hands."""

    message_id: str
    mentah: bytes

    @property
    def has_workbook(self) -> bool:
        """Tell whether a spreadsheet is attached."""
        return _WORKBOOK in self.mentah

    @property
    def subject(self) -> str:
        """Return what the letter is about, as a person reads it."""
        head = message_from_bytes(_HEAD.split(self.mentah, maxsplit=1)[0])
        return " ".join(str(make_header(decode_header(str(head["Subject"])))).split())

    def workbook(self) -> tuple[str, bytes]:
        """Return the last spreadsheet attached, with its name."""
        (*_, found) = (part for part in message_from_bytes(self.mentah).walk() if _is_workbook(part))
        content = found.get_payload(decode=True)
        assert isinstance(content, bytes)
        return found.get_filename() or "", content


class Post:
    """The SMTP server that the service hands its letters to; what is for the bot itself goes on to Dovecot."""

    def __init__(self, dovecot: StampedDovecot) -> None:
        self.taken = 0
        self.copies: Counter[tuple[str, str]] = Counter()  # (Message-ID, address) -> how often
        self.letters: dict[str, deque[Held]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self.forms: dict[str, list[Held]] = defaultdict(list)  # by address; each letter that carried one
        (self.port,) = free_ports(1)
        self._dovecot = dovecot
        self._controller = Controller(self, hostname=HOST, port=self.port, data_size_limit=64_000_000)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        """Take the letter for everybody at once."""
        del server, session
        raw = envelope.original_content or b""
        message_id = _message_id(raw)
        self.taken += 1
        for address in map(str, envelope.rcpt_tos):
            self.copies[message_id, address] += 1
            if address == BOT:
                await asyncio.to_thread(self._dovecot.deliver, raw, BOT, BOT)
                continue
            held = Held(message_id, raw)
            self.letters[address].append(held)
            if held.has_workbook:
                self.forms[address].append(held)
                del self.forms[address][:-_KEPT]
        return "250 2.0.0 taken"


def envelope_sender(raw: bytes) -> str:
    """Return whom a server would name as the sender: nobody of a report, else whoever the mail says it is from."""
    head = _HEAD.split(raw, maxsplit=1)[0]
    if (returned := _RETURN.search(head)) is not None:
        return returned[1].decode("ascii", "ignore")
    found = _FROM.search(head)
    return "" if found is None or b"multipart/report" in head else found[1].decode("ascii", "ignore")


def _is_workbook(part: Message) -> bool:
    return (part.get_filename() or "").endswith(".xlsx")


def _message_id(raw: bytes) -> str:
    found = _ID.search(_HEAD.split(raw, maxsplit=1)[0])
    return found[1].decode("ascii", "replace") if found else ""


def database_of(folder: Path) -> Path:
    """Return where the office keeps its database."""
    return folder / "kinerja.db"
