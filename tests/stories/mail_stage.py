"""The office of the .eml files as a running service: every mail arrives by IMAP in the same state of affairs."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import text

from kinerja_mailbot.adapters.store.lines import LetterLine, MailLine
from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import BotSettings, KeamananSambungan
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.policy import Batasan
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.manage import open_period
from kinerja_mailbot.usecases.ports import Arrived, Cursor
from kinerja_mailbot.usecases.receive import decide_waiting
from tests.copies import Copy, copy_of
from tests.databases import database_in
from tests.domain.collection import SOP, TW3
from tests.domain.mail_office import ARRIVED, DAFTAR, FORMS, ME, POLICY
from tests.domain.office import wit
from tests.servers import MailSystem
from tests.stories.stage import LONG_AGO, settle

PASSWORD = "rahasia"
OPENED = wit("2026-10-06 09.00")
_LINE_ENDS = re.compile(rb"\r\n|\r|\n")


def on_the_wire(raw: bytes) -> bytes:
    """Return the mail with the line ends that IMAP asks for (RFC 3501 section 2.2); nothing can't be appended."""
    return _LINE_ENDS.sub(b"\r\n", raw) or b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of one mail: how it is listed, the bytes that were kept, the letters that it caused."""

    surel: MailLine
    mentah: bytes = field(repr=False)
    surat: tuple[LetterLine, ...]

    @property
    def briefly(self) -> tuple[str, ...]:
        """Return "templat > addresses" of each letter."""
        return tuple(f"{letter.templat} > {' '.join(letter.penerima)}" for letter in self.surat)


@dataclass(slots=True)
class MailOffice:
    """The service in front of its mailbox; `receive` begins each time in the same state of affairs."""

    system: MailSystem
    service: Service
    clock: StageClock
    before: Copy

    def go_back(self) -> None:
        """Return to what was kept; whatever lies in the mailbox was seen long ago."""
        self.before.put_back()
        with self._imap() as imap:
            uidvalidity, uidnext = _position(imap)
        self.service.store.archive("INBOX", (), Cursor(uidvalidity, uidnext - 1), self.clock())

    def receive(self, raw: bytes) -> Answered:
        """Deliver one mail into the kept state and let the service do all that it leads to."""
        self.go_back()
        self.put(raw)
        self.beat()
        return self.answered(self.service.store.mails(limit=1)[0])

    def decide(self, raw: bytes) -> Answered:
        """Let the service decide a mail that the servers of these tests would not survive, archived as fetched."""
        self.go_back()
        self._archive(raw)
        self.beat()
        return self.answered(self.service.store.mails(limit=1)[0])

    def decide_only(self, raw: bytes) -> Answered:
        """Let the flows archive and decide a mail in the kept state; its letters stay in the outbox."""
        self.before.put_back()
        self._archive(raw)
        service = self.service
        decide_waiting(service.store, service.desk, service.facts())
        return self.answered(service.store.mails(limit=1)[0])

    def _archive(self, raw: bytes) -> None:
        here = self.service.store.cursor("INBOX")
        assert here is not None
        mail = Arrived(
            folder="INBOX",
            uidvalidity=here.uidvalidity,
            uid=here.uid,
            tiba_at=self.clock(),
            mentah=raw,
        )
        self.service.store.archive("INBOX", (mail,), here, self.clock())

    def put(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put exactly these lines into the mailbox, arrived now."""
        with self._imap() as imap:
            answer, said = imap.append(folder, "", self.clock(), on_the_wire(raw))
            assert answer == "OK", said

    def beat(self) -> None:
        """Do everything that is due, without a fault."""
        beat = self.service.beat()
        assert beat.faults == ()

    def answered(self, line: MailLine) -> Answered:
        """Return what became of an archived mail."""
        kept = self.service.store.mail(line.id)
        assert kept is not None
        caused = tuple(letter for letter in self.service.store.letters() if letter.surel_id == line.id)
        return Answered(surel=line, mentah=kept.mentah, surat=caused)

    @contextmanager
    def _imap(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4(self.system.host, self.system.imap_port) as imap:
            imap.login(ME.address, PASSWORD)
            yield imap


@contextmanager
def mail_office(system: MailSystem, folder: Path, clock: StageClock, *, answers: int = 10) -> Iterator[MailOffice]:
    """Open the third quarter for the units of `mail_office.py`, and wait until their requests have gone out."""
    for address in (ME.address, *sorted(DAFTAR.addresses())):
        system.add_mailbox(address, PASSWORD)
    clock.now = OPENED
    with Service(settings(system, folder, answers), clock=clock) as service:
        # It signs as the .eml files were signed: only so are their threads and forms genuine.
        _write(service, "INSERT INTO rahasia (nama, nilai) VALUES ('hmac', :kunci)", kunci=ME.kunci)
        with service.exclusive():
            service.store.in_service_since(LONG_AGO)
            open_period(service.store, service.facts(), TW3, "uji")
            settle(service)
            _write(service, "UPDATE permintaan SET nonce = 'nonce'")
            clock.now = ARRIVED
            with copy_of(service.store) as before:
                yield MailOffice(system, service, clock, before)


def settings(system: MailSystem, folder: Path, answers: int) -> Config:
    """Return the shipped example with the people, the form and the servers of these tests."""
    example = load_config(bundled_example(), {}, require_secrets=False)
    plain = KeamananSambungan.POLOS
    limits = Batasan(jawaban_per_hari=answers, surat_per_jam=10_000, ukuran_surel=POLICY.batasan.ukuran_surel)
    by_order = replace(POLICY.jadwal, jenis=frozenset())
    return replace(
        example,
        daftar=DAFTAR,
        kebijakan=replace(POLICY, sop=SOP, format=FORMS, batasan=limits, jadwal=by_order),
        bot=BotSettings(nama="Data Kinerja", alamat=ME.alamat, domain=ME.domain, authserv_id=ME.authserv_id),
        penyimpanan=database_in(folder),
        imap=replace(
            example.imap,
            host=system.host,
            port=system.imap_port,
            keamanan=plain,
            user=ME.address,
            password=PASSWORD,
        ),
        smtp=replace(
            example.smtp,
            host=system.host,
            port=system.smtp_port,
            keamanan=plain,
            user="",
            password=None,
        ),
    )


def _write(service: Service, statement: str, **values: bytes) -> None:
    with service.store.engine.begin() as connection:
        connection.execute(text(statement), values)


def _position(imap: imaplib.IMAP4) -> tuple[int, int]:
    answer = imap.status("INBOX", "(UIDVALIDITY UIDNEXT)")[1][0]
    assert isinstance(answer, bytes)
    numbers = dict(re.findall(rb"(UIDVALIDITY|UIDNEXT) (\d+)", answer))
    return int(numbers[b"UIDVALIDITY"]), int(numbers[b"UIDNEXT"])
