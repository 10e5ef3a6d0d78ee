"""Courier, the IMAP server of many older Debian and cPanel offices, on loopback."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import socketserver
import subprocess
import tempfile
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from filelock import FileLock

from tests.relay import Relay
from tests.servers import HOST, end_group, free_ports, mails_in, wait_for_port

# Debian's IMAP servers refuse to be installed together; Courier may stand here, taken out of its packages.
ROOT = next((path for path in (Path("/"), Path("/usr/local/lib/courier")) if (path / "usr/bin/imapd").exists()), None)
_LIBRARIES = ("usr/lib", "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "usr/lib/courier-authlib")
_AUTH = Path("/run/courier/authdaemon/socket")  # built into its programs
_OWNER = "nobody"
_SETTINGS = {
    "IMAP_CAPABILITY": "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE",
    "IMAP_CHECK_ALL_FOLDERS": "0",
    "IMAP_ENHANCEDIDLE": "0",  # which would want a daemon that watches files
    "IMAP_TRASHFOLDERNAME": "Trash",
    "IMAP_EMPTYTRASH": "",
    "TZ": "GMT",
}


def missing_courier() -> str:
    """Say why Courier can't be run here; empty when it can."""
    if ROOT is None:
        return "courier is not installed"
    return "" if os.geteuid() == 0 else "courier starts as root only"


class Courier:
    """A real Courier on a free loopback port, with an SMTP server before it that writes into its Maildirs.

    Folders lie inside INBOX, with dots between them; it names no UIDNEXT and has no MOVE. Its programs look for their
    password daemon at one place of the machine: one test at a time.
    """

    host = HOST

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="courier-"))
        self.imap_port, self.smtp_port = free_ports(2)
        self._passwords: dict[str, str] = {}
        self._names = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._auth: socketserver.ThreadingUnixStreamServer | None = None
        self._relay = Controller(Relay(self), hostname=HOST, port=self.smtp_port)
        self._turn = FileLock(Path(tempfile.gettempdir()) / "kinerja-courier.lock", timeout=120)

    def __enter__(self) -> Self:
        assert ROOT is not None
        self._turn.acquire()
        self.folder.chmod(0o755)
        _AUTH.parent.mkdir(parents=True, exist_ok=True)
        _AUTH.unlink(missing_ok=True)
        self._auth = socketserver.ThreadingUnixStreamServer(str(_AUTH), self._handler())
        Thread(target=self._auth.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        listen = [f"-address={HOST}", "-nodnslookup", "-noidentlookup", "-maxprocs=40", "-maxperip=40"]
        serve: list[str | Path] = [ROOT / "usr/lib/courier/courier/imaplogin", ROOT / "usr/bin/imapd", "Maildir"]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [ROOT / "usr/sbin/couriertcpd", *listen, str(self.imap_port), *serve],
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for_port(self.imap_port)
        self._relay.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._relay.stop()
        if self._process is not None:
            end_group(self._process)
        if self._auth is not None:
            self._auth.shutdown()
            self._auth.server_close()
        _AUTH.unlink(missing_ok=True)
        self._turn.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_mailbox(self, address: str, password: str) -> None:
        assert ROOT is not None
        self._passwords[address] = password
        home = self.home(address)
        home.mkdir()
        subprocess.run([ROOT / "usr/bin/maildirmake.courier", home / "Maildir"], env=self._environment(), check=True)
        for path in (home, *home.rglob("*")):
            shutil.chown(path, _OWNER, pwd.getpwnam(_OWNER).pw_gid)

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        """Write the mail as delivery agents do: whole under tmp, then at once into new."""
        name = f"{next(self._names):06}.kinerja"
        maildir = self.home(to) / "Maildir"
        path = maildir / "tmp" / name
        path.write_bytes(f"Return-Path: <{sender}>\n".encode() + raw.replace(b"\r\n", b"\n"))  # Maildirs are Unix files
        shutil.chown(path, _OWNER, pwd.getpwnam(_OWNER).pw_gid)
        path.rename(maildir / "new" / name)

    def mails(self, address: str) -> list[tuple[int, bytes]]:
        return mails_in(self.imap_port, address, self._passwords[address])

    def knows(self, address: str) -> bool:
        return address in self._passwords

    def home(self, address: str) -> Path:
        """Return the folder with this address's Maildir."""
        return self.folder / address

    def log(self) -> str:
        """Return its log, for tests that fail."""
        return (self.folder / "log").read_text()

    def _environment(self) -> dict[str, str]:
        assert ROOT is not None
        libraries = ":".join(str(ROOT / place) for place in _LIBRARIES)
        return {**os.environ, **_SETTINGS, **({"LD_LIBRARY_PATH": libraries} if ROOT.name else {})}

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        courier = self

        class AuthDaemon(socketserver.StreamRequestHandler):
            """Speaks courier-authlib's protocol: a counted request, then who that is, or FAIL."""

            def handle(self) -> None:
                while not (line := self.rfile.readline()).startswith(b"AUTH "):
                    if not line:
                        return
                _, _, user, password, *_ = self.rfile.read(int(line.split()[1])).decode().split("\n")
                if courier._passwords.get(user) != password:
                    self.wfile.write(b"FAIL\n")
                    return
                home = courier.home(user)
                owner = pwd.getpwnam(_OWNER)
                said = (
                    f"UID={owner.pw_uid}\nGID={owner.pw_gid}\nHOME={home}\nADDRESS={user}\nMAILDIR={home}/Maildir\n.\n"
                )
                self.wfile.write(said.encode())

        return AuthDaemon
