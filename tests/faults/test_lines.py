"""Lines that are slow, dead or garbled between office and server: answers come late at most, and never twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from kinerja_mailbot.adapters.inbox import ImapAccount, ImapInbox
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ADMIN, BOT, STRANGER, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.service import Service, system_clock
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from kinerja_mailbot.usecases.ports import Arrived, Cursor, InboxError
from tests.faults.lines import Line
from tests.faults.process import Office
from tests.servers import Dovecot
from tests.stories.stage import CURTAIN_UP, PASSWORD, Stage, sent_twice, settle

EVER = date(2020, 1, 1)
LETTER = b"From: bot@contoh.id\r\nSubject: surat\r\n\r\n" + b"isi surat " * 2000 + b"\r\n"
WIT = ZoneInfo("Asia/Jayapura")


@dataclass(slots=True)
class Lines:
    """The embedded servers, behind a line for each of their protocols."""

    servers: MailServers
    imap: Line
    smtp: Line
    host: str = "127.0.0.1"
    imap_port: int = 0
    smtp_port: int = 0

    def __post_init__(self) -> None:
        self.imap_port, self.smtp_port = self.imap.port, self.smtp.port

    def add_mailbox(self, address: str, password: str) -> None:
        self.servers.add_mailbox(address, password)

    def deliver(self, raw: bytes, to: str, sender: str = "") -> object:
        return self.servers.deliver(raw, to, sender)

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        return self.servers.mails(address)


@pytest.fixture
def clock() -> StageClock:
    return StageClock(CURTAIN_UP)


@pytest.fixture
def lines(clock: StageClock) -> Iterator[Lines]:
    with MailServers(clock) as servers, Line(servers.imap_port) as imap, Line(servers.smtp_port) as smtp:
        yield Lines(servers, imap, smtp)


@pytest.fixture
def stage(lines: Lines, tmp_path: Path, clock: StageClock) -> Stage:
    return Stage(lines, tmp_path, clock)


def impatient(service: Service) -> None:
    """Let the service wait half a second for each answer of its servers."""
    for adapter in (service.inbox, service.mailer):
        adapter._account = replace(adapter._account, timeout=0.5)


def reply(stage: Stage, lines: Lines) -> None:
    """Deliver the good reply of UMUM past the lines."""
    lines.deliver(bytes(stage.returns_form(UMUM, figures.UMUM)), BOT, UMUM.alamat)


def test_on_a_slow_line_everything_takes_its_way(stage: Stage, lines: Lines) -> None:
    lines.imap.delay = lines.smtp.delay = 0.02
    with stage.service() as service:
        settle(service)
        reply(stage, lines)

        beat = settle(service)

        assert beat.faults == ()
        assert [s for s in stage.subjects(UMUM) if s.startswith("Tanda terima")] != []
        assert sent_twice(service) == []


def test_while_the_server_is_a_black_hole_the_service_stays_up_and_afterwards_every_letter_comes_once(
    stage: Stage, lines: Lines
) -> None:
    with stage.service() as service:
        impatient(service)
        lines.imap.is_dead = lines.smtp.is_dead = True
        first = service.beat()
        lines.imap.is_dead = lines.smtp.is_dead = False
        for _ in range(3):
            stage.clock.now += PROOF_WAIT
            settle(service)
        reply(stage, lines)

        settle(service)

        assert {fault.partition(":")[0] for fault in first.faults} == {"IMAP", "SMTP"}
        assert len(stage.subjects(UMUM)) == len(set(stage.subjects(UMUM)))
        assert [s for s in stage.subjects(UMUM) if s.startswith("Tanda terima")] != []
        assert {letter.state for letter in service.store.letters()} == {"sent"}


def test_a_server_that_restarts_at_any_moment_costs_nothing(stage: Stage, lines: Lines) -> None:
    with stage.service() as service:
        settle(service)
        lines.servers.disconnect()
        reply(stage, lines)

        beat = settle(service)

        assert beat.faults == ()
        assert [s for s in stage.subjects(UMUM) if s.startswith("Tanda terima")] != []
        assert sent_twice(service) == []


def test_idle_that_died_silently_is_made_good_by_looking_now_and_then(tmp_path: Path) -> None:
    with MailServers(system_clock) as servers, Line(servers.imap_port) as watched:
        office = Office(servers, tmp_path, imap_port=watched.port, settings={"interval_detik": "interval_detik = 5"})
        office.settings["batas_detik"] = "batas_detik = 2"
        office.write_config()
        office.open_period()
        try:
            office.start()
            office.wait_until_settled()
            watched.is_dead = True  # neither side hears of it
            servers.deliver(office.question(UMUM, 1), BOT, UMUM.alamat)
            watched.is_dead = False

            office.wait_until_settled(1)
        finally:
            office.kill_all()

        assert office.delivered() == office.owed()


@pytest.mark.dovecot
def test_a_garbled_line_never_gives_us_a_mail_that_nobody_sent(
    dovecot_tls: Dovecot, certificate: tuple[Path, Path]
) -> None:
    dovecot_tls.add_mailbox(BOT, PASSWORD)
    for number in range(4):
        dovecot_tls.deliver(LETTER + b"%d\r\n" % number, BOT)
    sent = [raw for _, raw in dovecot_tls.mails(BOT)]
    broken, kept = 0, list[Arrived]()
    with Line(dovecot_tls.imaps_port) as line:
        account = ImapAccount(
            host="localhost",
            port=line.port,
            security="ssl",
            user=BOT,
            password=PASSWORD,
            ca_file=str(certificate[0]),
            timeout=2.0,
        )
        for place in (0, 700, 2_000, 5_000, 30_000, 60_000):
            line.garbled = frozenset({place})
            try:
                with ImapInbox(account, WIT) as inbox:
                    for batch in inbox.fetch_new("INBOX", None, EVER):
                        kept.extend(batch)
            except InboxError:
                broken += 1

        assert broken > 0
        assert [one.mentah for one in kept if one.mentah not in sent] == []
        line.garbled = frozenset()
        with ImapInbox(account, WIT) as inbox:
            whole = [one for batch in inbox.fetch_new("INBOX", None, EVER) for one in batch]
        assert [one.mentah for one in whole] == sent


EXPIRING = """
[ca]
default_ca = here
[here]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = DNS:localhost
"""


def expired(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for "localhost" whose time was January 2020; return certificate and key file."""
    for name, content in (("conf", EXPIRING), ("index", ""), ("serial", "01\n")):
        (folder / name).write_text(content)
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "key.pem"]
    times = ["-startdate", "20200101000000Z", "-enddate", "20200201000000Z", "-out", "cert.pem"]
    for words in (
        ["req", "-new", "-subj", "/CN=localhost", *key, "-out", "request"],
        ["ca", "-batch", "-notext", "-selfsign", "-config", "conf", "-keyfile", "key.pem", "-in", "request", *times],
    ):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.dovecot
@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_an_expired_certificate_is_refused_before_the_password_is_said(
    dovecot: Dovecot,  # noqa: ARG001  skips where Dovecot is missing
    tmp_path: Path,
    security: Literal["ssl", "starttls"],
) -> None:
    with Dovecot(expired(tmp_path)) as servers:
        servers.add_mailbox(BOT, PASSWORD)
        port = servers.imaps_port if security == "ssl" else servers.imap_port
        account = ImapAccount(
            host="localhost",
            port=port,
            security=security,
            user=BOT,
            password=PASSWORD,
            ca_file=str(tmp_path / "cert.pem"),
        )

        with pytest.raises(InboxError, match="expired"):
            ImapInbox(account, WIT).check([])

        assert "user=<" + BOT not in servers.log()


# --- mails that the server lists and does not hand over ------------------------------------------------------------


def test_a_mail_that_the_server_hangs_up_over_is_stepped_over_told_and_fetched_when_it_can_be(
    stage: Stage, lines: Lines
) -> None:
    with stage.service() as service:
        settle(service)
        lines.deliver(bytes(stage.desk.write(STRANGER, "Surel rusak", "Isi.")), BOT, STRANGER.alamat)
        reply(stage, lines)
        uid = next(uid for uid, raw in lines.mails(BOT) if b"Surel rusak" in raw)
        lines.imap.forbidden = re.compile(rb"FETCH [\d,]*\b%d\b[\d,]* \(UID BODY" % uid)

        for _ in range(6):
            stage.clock.now += timedelta(minutes=6)
            settle(service)
        answered = [s for s in stage.subjects(UMUM) if s.startswith("Tanda terima")]
        told = [s for s in stage.subjects(ADMIN) if "tidak dapat diambil" in s]
        before = [mail.subjek for mail in service.store.mails(limit=99)]
        lines.imap.forbidden = None
        stage.clock.now += timedelta(days=1)
        settle(service)

        assert (len(answered), len(told)) == (1, 1)
        assert "Surel rusak" not in before
        assert "Surel rusak" in [mail.subjek for mail in service.store.mails(limit=99)]
        assert service.store.withheld("INBOX", stage.clock.now + timedelta(days=9)) == ()
        assert sent_twice(service) == []


@pytest.mark.dovecot
def test_a_mail_that_can_t_be_read_on_the_server_s_own_disk_hides_no_other(dovecot: Dovecot) -> None:
    dovecot.add_mailbox(BOT, PASSWORD)
    for number in range(5):
        dovecot.deliver(LETTER + b"%d\r\n" % number, BOT)
    sent = dovecot.mails(BOT)
    third = sorted((dovecot.home(BOT) / "Maildir").glob("*/*.M*"), key=lambda file: file.stat().st_mtime_ns)[2]
    third.unlink()
    third.mkdir()  # listed, and nothing that could be read
    account = ImapAccount(
        host="127.0.0.1", port=dovecot.imap_port, security="polos", user=BOT, password=PASSWORD, timeout=5.0
    )
    kept, cursor = list[Arrived](), None
    with ImapInbox(account, WIT) as inbox:
        for _ in range(4):
            try:
                for batch in inbox.fetch_new("INBOX", cursor, EVER):
                    kept.extend(batch)
                    cursor = Cursor(batch[-1].uidvalidity, batch[-1].uid)
            except InboxError as error:
                place = getattr(error, "place", None)
                cursor = place or cursor

    assert {one.uid for one in kept} >= {uid for uid, _ in sent} - {sent[2][0]}
