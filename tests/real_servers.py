"""Servers that offices have besides Dovecot: Cyrus keeps mailboxes, OpenSMTPD hands letters on."""

from __future__ import annotations

import imaplib
import os
import shutil
import signal
import smtplib
import socketserver
import struct
import subprocess
import tempfile
from pathlib import Path
from string import Template
from threading import Thread
from types import TracebackType
from typing import Self

from filelock import FileLock

from tests.servers import HOST, MailSystem, end_group, free_ports, mails_in, wait_for_port

CYRUS = Path("/usr/lib/cyrus/bin")
# Debian's Cyrus and Dovecot refuse to be installed together; its imapd may stand here, taken out of its package.
_BESIDE = Path("/usr/local/lib/cyrus/usr/lib/cyrus/bin/imapd")
CYRUS_IMAPD = next((path for path in (CYRUS / "imapd", _BESIDE) if path.exists()), CYRUS / "imapd")

IMAPD_CONF = Template("""
configdirectory: $folder/conf
partition-default: $folder/spool
defaultpartition: default
cyrus_user: cyrus
servername: localhost
virtdomains: userid
defaultdomain: localhost
altnamespace: no
unixhierarchysep: no
allowplaintext: $allowplaintext
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: $folder/auth
autocreate_quota: 0
autocreate_post: yes
""")
CYRUS_CONF = Template("""
START {
  recover cmd="ctl_cyrusdb -C $folder/imapd.conf -r"
}
SERVICES {
  imap cmd="$imapd -C $folder/imapd.conf" listen="$host:$imap_port" prefork=1 proto=tcp4
  lmtp cmd="lmtpd -a -C $folder/imapd.conf" listen="$host:$lmtp_port" prefork=1 proto=tcp4
}
EVENTS {
}
""")
SMTPD_CONF = Template("""
listen on $host port $port
table boxes { "@" = "nobody" }
action "in" lmtp "$host:$lmtp_port" rcpt-to virtual <boxes>
match from any for any action "in"
""")


def missing_cyrus() -> str:
    """Say why Cyrus can't be run here; empty when it can."""
    if not (CYRUS / "master").exists() or not CYRUS_IMAPD.exists():
        return "cyrus is not installed"
    return "" if os.geteuid() == 0 else "cyrus starts as root only"


def missing_dovecot() -> str:
    """Say why Dovecot can't be run here; empty when it can."""
    return "" if shutil.which("dovecot") else "dovecot is not installed"


def missing_opensmtpd() -> str:
    """Say why OpenSMTPD can't be run here; empty when it can."""
    if shutil.which("smtpd") is None:
        return "opensmtpd is not installed"
    return "" if os.geteuid() == 0 else "opensmtpd starts as root only"


class Cyrus:
    """A real Cyrus on free loopback ports: folders inside INBOX, dots between them, words of its own in answers.

    It has no SMTP: put `OpenSmtpd` before it.
    """

    host = HOST
    smtp_port = 0

    def __init__(self, *, allowplaintext: str = "yes") -> None:
        self._allowplaintext = allowplaintext
        self._folder = Path(tempfile.mkdtemp(prefix="cyrus-"))
        self.imap_port, self.lmtp_port = free_ports(2)
        self._passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._auth: socketserver.ThreadingUnixStreamServer | None = None

    def __enter__(self) -> Self:
        for name in ("db", "socket", "proc", "lock", "msg", "log", "sync", "ptclient", "user", "quota"):
            (self._folder / "conf" / name).mkdir(parents=True)
        (self._folder / "spool").mkdir()
        values = {
            "folder": self._folder,
            "host": HOST,
            "imapd": CYRUS_IMAPD,
            "imap_port": self.imap_port,
            "lmtp_port": self.lmtp_port,
            "allowplaintext": self._allowplaintext,
        }
        (self._folder / "imapd.conf").write_text(IMAPD_CONF.substitute(values))
        (self._folder / "cyrus.conf").write_text(CYRUS_CONF.substitute(values))
        self._auth = socketserver.ThreadingUnixStreamServer(str(self._folder / "auth"), self._handler())
        Thread(target=self._auth.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        for path in (self._folder, *self._folder.rglob("*")):
            shutil.chown(path, "cyrus")
        files = ["-C", str(self._folder / "imapd.conf"), "-M", str(self._folder / "cyrus.conf")]
        pid = ["-p", str(self._folder / "conf" / "pid"), "-D"]
        self._process = subprocess.Popen([CYRUS / "master", *files, *pid], start_new_session=True)
        for port in (self.imap_port, self.lmtp_port):
            wait_for_port(port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            end_group(self._process)
        if self._auth is not None:
            self._auth.shutdown()
            self._auth.server_close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add_mailbox(self, address: str, password: str) -> None:
        self._passwords[address] = password
        self.deliver(b"Subject: -\r\n\r\n", address)  # makes the mailbox
        with imaplib.IMAP4(HOST, self.imap_port) as imap:
            imap.login(address, password)
            imap.select()
            imap.store("1", "+FLAGS", r"\Deleted")
            imap.expunge()

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        with smtplib.LMTP(HOST, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        return mails_in(self.imap_port, address, self._passwords[address])

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        passwords = self._passwords

        class SaslAuthd(socketserver.StreamRequestHandler):
            """Speaks saslauthd's protocol: four counted texts (user, password, service, realm), one counted answer."""

            def handle(self) -> None:
                user, password, _, realm = (self.rfile.read(self.count()).decode() for _ in range(4))
                right = passwords.get(f"{user}@{realm}" if realm else user) == password
                said = b"OK" if right else b"NO"
                self.wfile.write(struct.pack("!H", len(said)) + said)

            def count(self) -> int:
                (length,) = struct.unpack("!H", self.rfile.read(2))
                return int(length)

        return SaslAuthd


class OpenSmtpd:
    """A real OpenSMTPD that hands every letter to an LMTP server, a moment after it has taken it.

    Its queue and its control socket have fixed places on the machine: one test at a time.
    """

    def __init__(self, lmtp_port: int) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="smtpd-"))
        self._lmtp_port = lmtp_port
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = FileLock(Path(tempfile.gettempdir()) / "kinerja-opensmtpd.lock", timeout=120)

    def __enter__(self) -> Self:
        self._turn.acquire()
        path = self._folder / "smtpd.conf"
        path.write_text(SMTPD_CONF.substitute(host=HOST, port=self.port, lmtp_port=self._lmtp_port))
        log = (self._folder / "log").open("wb")
        with log:
            self._process = subprocess.Popen(
                ["smtpd", "-d", "-f", str(path)], stdout=log, stderr=log, start_new_session=True
            )
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            end_group(self._process, by=signal.SIGTERM)
        self._turn.release()
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self) -> str:
        """Return its log, for tests that fail."""
        return (self._folder / "log").read_text()


class Fronted:
    """A mail system with another SMTP server before its mailboxes."""

    host = HOST

    def __init__(self, behind: MailSystem, smtp_port: int) -> None:
        self._behind = behind
        self.smtp_port = smtp_port
        self.imap_port = behind.imap_port

    def add_mailbox(self, address: str, password: str) -> None:
        self._behind.add_mailbox(address, password)

    def deliver(self, raw: bytes, to: str, sender: str = "") -> object:
        return self._behind.deliver(raw, to, sender)

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        return self._behind.mails(address)
