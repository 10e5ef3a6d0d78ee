"""Mail systems that the tests run against: the embedded one and a real Dovecot, in one shape."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Protocol, Self

from aiosmtpd.controller import Controller

from tests.relay import Relay

HOST = "127.0.0.1"

DOVECOT = Template("""
protocols = imap lmtp
listen = $host
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/log
$tls
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = $internal
default_internal_group = $internal_group
default_login_user = $login
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u $folder/users
}
userdb {
  driver = static
  args = uid=$me gid=$my_group home=$folder/home/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap_port
  }
  inet_listener imaps {
    port = $imaps_port
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = $lmtp_port
  }
}
service anvil {
  chroot =
}
$extra
""")


BY_TOKEN = Template("""
auth_mechanisms = plain xoauth2
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = $folder/oauth2.conf
}
""")
OAUTH = Template("""
introspection_mode = post
introspection_url = $url
username_attribute = username
active_attribute = active
active_value = true
force_introspection = yes
""")


class MailSystem(Protocol):
    """What a story needs of a mail server; plain connections on loopback."""

    host: str
    smtp_port: int
    imap_port: int

    def add_mailbox(self, address: str, password: str) -> None:
        """Make an empty mailbox whose login name is the address."""
        ...

    def deliver(self, raw: bytes, to: str, sender: str = "") -> object:
        """Put a mail into the inbox as LMTP does."""
        ...

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        """Return UID and raw bytes of all mails in the inbox, oldest first."""
        ...


class Dovecot:
    """A real Dovecot on free loopback ports, with an SMTP server before it that relays into its LMTP.

    Without `certificate` everything is plain; with it (certificate and key file) there are IMAPS and STARTTLS.
    `extra` is configuration that goes last; with `oauth`, an address for introspection, tokens open the mailboxes too.
    """

    host = HOST

    def __init__(self, certificate: tuple[Path, Path] | None = None, *, extra: str = "", oauth: str = "") -> None:
        # Not pytest's tmp_path: its parents are closed to the mail user, and socket names must stay short.
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._certificate = certificate
        self._extra = extra
        self._oauth = oauth
        self.imap_port, self.imaps_port, self._lmtp_port, self.smtp_port = free_ports(4)
        self._passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._relay = Controller(Relay(self), hostname=HOST, port=self.smtp_port)

    def __enter__(self) -> Self:
        root = os.geteuid() == 0
        self._folder.chmod(0o755)
        (self._folder / "home").mkdir()
        if root:
            shutil.chown(self._folder / "home", "nobody")
        (self._folder / "users").touch()
        (self._folder / "oauth2.conf").write_text(OAUTH.substitute(url=self._oauth))
        (self._folder / "dovecot.conf").write_text(self._configuration(root=root))
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self._folder / "dovecot.conf")], start_new_session=True
        )
        for port in (self.imap_port, self._lmtp_port):
            wait_for_port(port)
        self._relay.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._relay.stop()
        if self._process is not None:
            end_group(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def lmtp_port(self) -> int:
        """Where another SMTP server may hand letters in."""
        return self._lmtp_port

    def add_mailbox(self, address: str, password: str) -> None:
        self._passwords[address] = password
        with (self._folder / "users").open("a") as users:
            users.write(f"{address}:{{PLAIN}}{password}\n")

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        with smtplib.LMTP(HOST, self._lmtp_port) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        return mails_in(self.imap_port, address, self._passwords[address])

    def log(self) -> str:
        """Return Dovecot's log, for tests that fail."""
        return (self._folder / "log").read_text()

    def home(self, address: str) -> Path:
        """Return the folder with this address's Maildir."""
        return self._folder / "home" / address

    def knows(self, address: str) -> bool:
        return address in self._passwords

    def _configuration(self, *, root: bool) -> str:
        me, my_group = ("nobody", "nogroup") if root else (getpass.getuser(), grp.getgrgid(os.getegid()).gr_name)
        internal, login = ("dovecot", "dovenull") if root else (me, me)
        tls = "ssl = no"
        if self._certificate is not None:
            tls = f"ssl = yes\nssl_cert = <{self._certificate[0]}\nssl_key = <{self._certificate[1]}"
        return DOVECOT.substitute(
            host=HOST,
            folder=self._folder,
            tls=tls,
            internal=internal,
            internal_group=internal if root else my_group,
            login=login,
            me=me,
            my_group=my_group,
            imap_port=self.imap_port,
            imaps_port=self.imaps_port if self._certificate else 0,
            lmtp_port=self._lmtp_port,
            extra=self._extra + (BY_TOKEN.substitute(folder=self._folder) if self._oauth else ""),
        )


def free_ports(count: int) -> list[int]:
    """Return ports that were free a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind((HOST, 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for_port(port: int, seconds: float = 10.0) -> None:
    """Return when something listens there."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")


def mails_in(imap_port: int, address: str, password: str) -> list[tuple[int, bytes]]:
    """Return UID and raw bytes of all mails in an inbox on loopback, oldest first."""
    found: list[tuple[int, bytes]] = []
    with imaplib.IMAP4(HOST, imap_port) as imap:
        imap.login(address, password)
        imap.select(readonly=True)
        for uid in imap.uid("SEARCH", "ALL")[1][0].split():
            answer = imap.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1]
            found.extend((int(uid), part[1]) for part in answer if isinstance(part, tuple))
    return found


def end_group(server: subprocess.Popen[bytes], by: int = signal.SIGKILL) -> None:
    """End a server that leads a session of its own, with all its processes.

    Unless it must tidy up something, it is killed: the polite end takes a server a second.
    """
    os.killpg(server.pid, by)
    server.wait(10)


def self_signed(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """Make a certificate for `name` that is its own authority; return certificate and key file."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", *kind, *subject, "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return certificate, key
