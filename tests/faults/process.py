"""The service as a process of its own: configured from the example, started, signalled, started again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path

from kinerja_mailbot.adapters.store import LetterLine, MailLine, Store
from kinerja_mailbot.config import bundled_example, load_config
from kinerja_mailbot.demo.cast import ALL, BOT
from kinerja_mailbot.demo.staff import Desk, Person
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.service import Clock, Service, system_clock
from kinerja_mailbot.usecases.manage import open_period
from tests.databases import database_in
from tests.servers import MailSystem

PASSWORD = "rahasia"
PERIODE = parse_periode("2026-TW3")
ENVIRONMENT = {"KINERJA_IMAP_PASSWORD": PASSWORD}
PATIENCE = 100.0  # seconds, more than the first pause after a fault; a test that waits in vain has failed anyway


@dataclass(slots=True)
class Office:
    """A folder with configuration and database, and the mail servers that it names."""

    system: MailSystem
    folder: Path
    idle: bool = True
    smtp_port: int = 0
    imap_port: int = 0
    settings: dict[str, str] = field(default_factory=dict)  # lines of the configuration, by their beginning
    environment: dict[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for address in (BOT, *(person.alamat for person in ALL)):
            self.system.add_mailbox(address, PASSWORD)
        self.smtp_port = self.smtp_port or self.system.smtp_port
        self.imap_port = self.imap_port or self.system.imap_port
        self.write_config()

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def desk(self) -> Desk:
        return Desk(self.system, BOT, system_clock)

    def write_config(self) -> None:
        """Write the example with these servers in it; nothing opens by itself."""
        text = bundled_example().read_text()
        for pattern, new in (
            (r'(?m)^penyimpanan = ".*?"', f'penyimpanan = "{database_in(self.folder)}"'),
            (r'(?m)^host = "mail\.kpu\.example"', f'host = "{self.system.host}"'),
            (r"(?m)^port = 993$", f"port = {self.imap_port}"),
            (r"(?m)^port = 465$", f"port = {self.smtp_port}"),
            (r'(?m)^keamanan = "ssl"', 'keamanan = "polos"'),
            (r"(?m)^idle = true", f"idle = {str(self.idle).lower()}"),
            (r"(?m)^interval_detik = 60", f"interval_detik = {600 if self.idle else 2}"),
            (r'(?m)^jenis = \["triwulan"\]', "jenis = []"),
            (r"(?m)^(putar_balik|kabar_admin) = true", r"\1 = false"),
            (r"(?m)^jawaban_per_hari = 10\b", "jawaban_per_hari = 100"),
        ):
            text, found = re.subn(pattern, new, text)
            assert found, pattern
        for begins, line in self.settings.items():
            text, found = re.subn(rf"(?m)^{begins} = .*$", line, text)
            assert found, begins
        before, smtp, after = text.partition("\n[smtp]")
        self.config.write_text(before + smtp + re.sub(r'(?m)^user = "[^"]*"', 'user = ""', after, count=1))

    def service(self, clock: Clock = system_clock) -> Service:
        """Return the same service inside the test's own process."""
        return Service(load_config(self.config, ENVIRONMENT), clock=clock)

    def open_period(self, *, send: bool = True) -> None:
        """Open the third quarter; its five letters are sent, or wait in the outbox."""
        with self.service() as service, service.exclusive():
            open_period(service.store, service.facts(), PERIODE, "uji")
            if send:
                service.beat()
                service.beat()

    def launch(self) -> subprocess.Popen[bytes]:
        """Start `run` and return at once."""
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "kinerja_mailbot", "run", "--config", str(self.config)],
                env={**os.environ, **ENVIRONMENT, **self.environment},
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        return process

    def start(self) -> subprocess.Popen[bytes]:
        """Start `run`; return when it says that it works."""
        process = self.launch()
        self.wait(lambda: "started for" in self.log or process.poll() is not None, "start")
        assert process.poll() is None, self.log
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> float:
        """Send SIGTERM; return the seconds until the process has ended well."""
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
        seconds = time.monotonic() - began
        assert code == 0, (code, self.log)
        print(f"ended {seconds:.1f} s after SIGTERM")  # noqa: T201  a figure, not a limit: machines are busy
        return seconds

    def kill_all(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.wait()

    def wait(self, what: Callable[[], bool], name: str) -> None:
        """Wait until something is so."""
        until = time.monotonic() + PATIENCE
        while not what():
            if time.monotonic() > until:
                raise TimeoutError(f"{name}\n{self.log}")
            time.sleep(0.05)

    def wait_until_settled(self, mails: int = 0) -> None:
        """Wait until so many mails of people are decided, and every letter is sent and proven by its copy."""

        def settled() -> bool:
            decided = [line for line in self.mails() if line.state == "decided" and line.verdict != "own"]
            letters = self.letters()
            return len(decided) >= mails and bool(letters) and all(letter.confirmed_at for letter in letters)

        self.wait(settled, "settled")

    def letters(self) -> tuple[LetterLine, ...]:
        with Store(database_in(self.folder)) as store:
            return store.letters()

    def mails(self) -> tuple[MailLine, ...]:
        with Store(database_in(self.folder)) as store:
            return store.mails(limit=1000)

    def delivered(self) -> list[tuple[str, str]]:
        """Return (address, Message-ID) of every letter of the bot in the staff's mailboxes, sorted."""
        return sorted(
            (person.alamat, str(message_from_bytes(raw, policy=policy.default)["Message-ID"]))
            for person in ALL
            for _, raw in self.system.mails(person.alamat)
        )

    def owed(self) -> list[tuple[str, str]]:
        """Return (address, Message-ID) as they must be delivered: every letter to each recipient once."""
        return sorted((address, letter.message_id) for letter in self.letters() for address in letter.penerima)

    def question(self, person: Person, number: int) -> bytes:
        """Return a mail of words only, different from all others."""
        mail = self.desk.write(person, f"Pertanyaan {number}", f"Pertanyaan nomor {number}: sampai kapan?")
        mail.replace_header("Message-ID", f"<{number}.{person.alamat}>")
        return bytes(mail)
