"""The service as a process: how soon somebody has his answer, how soon it works, what it takes when idle."""

from __future__ import annotations

import imaplib
import re
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinerja_mailbot.demo import figures as demo
from kinerja_mailbot.demo.cast import BOT, UMUM
from kinerja_mailbot.demo.spreadsheet import fill_in
from kinerja_mailbot.demo.staff import attach_workbook
from tests.bench.process import cpu_seconds, resident, resident_with_children
from tests.bench.table import Figure
from tests.faults.process import PASSWORD, Office
from tests.servers import HOST, Dovecot

_ROOT = Path(__file__).parents[2]


class Watched(Dovecot):
    """Remembers when each mail was delivered, and when its Dovecot told of it."""

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[tuple[float, str]] = []

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        super().deliver(raw, to, sender)
        self.delivered.append((time.monotonic(), to))


@contextmanager
def office() -> Iterator[tuple[Office, Watched]]:
    """Set an office up on Dovecot, with a quarter open."""
    with tempfile.TemporaryDirectory() as name, Watched() as servers:
        place = Office(servers, Path(name))
        text = place.config.read_text()
        place.config.write_text(re.sub(r"(?m)^(surat_per_jam|jawaban_per_hari) = \d+", r"\1 = 1000", text))
        place.open_period()
        try:
            yield place, servers
        finally:
            place.kill_all()


def latency(count: int) -> list[Figure]:
    """Measure LMTP's 250 to the acceptance of the answer by SMTP, the mailbox otherwise idle."""
    with office() as (place, servers):
        letter = place.desk.newest(UMUM, "Permintaan")
        name, workbook = letter.workbooks()[0]
        filled = fill_in(workbook, demo.UMUM)
        place.start()
        place.wait_until_settled()
        waits, told = [], []
        for number in range(count):
            mail = place.desk.reply(UMUM, letter, f"Terlampir isian kami, kiriman {number}.")
            mail.replace_header("Message-ID", f"<{number}.latensi@kpu.example>")
            attach_workbook(mail, name, filled)
            with _listener(servers.imap_port) as heard:
                time.sleep(0.3)
                servers.deliver(bytes(mail), BOT, UMUM.alamat)
                arrived = servers.delivered[-1][0]
                place.wait(lambda since=arrived: _answered(servers, since) is not None, "answer")  # type: ignore[misc]  # a default
                heard.wait(5)
            answered = _answered(servers, arrived)
            assert answered is not None
            waits.append(answered - arrived)
            told.append(max(heard.at - arrived, 0.0))
            time.sleep(1.5)  # its own copy comes and goes; the mailbox is idle again
    waits.sort()
    return [
        Figure(name=f"latency, median of {count}", value=statistics.median(waits), unit="s", goal=0.3),
        Figure(name="latency, 99th percentile", value=waits[int(len(waits) * 0.99)], unit="s", goal=1.0),
        Figure(name="of it until Dovecot tells an IDLE of its own, median", value=statistics.median(told), unit="s"),
    ]


class _Heard(threading.Event):
    at: float = 0.0


@contextmanager
def _listener(port: int) -> Iterator[_Heard]:
    """Idle beside the service and note when the server speaks: the part of the wait that is Dovecot's."""
    heard = _Heard()
    imap = imaplib.IMAP4(HOST, port)
    imap.login(BOT, PASSWORD)
    imap.select(readonly=True)
    imap.send(b"x1 IDLE\r\n")
    imap.readline()

    def listen() -> None:
        while not heard.is_set():
            line = imap.readline()
            if b"EXISTS" in line or not line:
                heard.at = time.monotonic()
                heard.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        heard.set()
        imap.shutdown()
        thread.join(1)


def _answered(servers: Watched, since: float) -> float | None:
    return next((at for at, to in list(servers.delivered) if at > since and to == UMUM.alamat), None)


def idle(seconds: float) -> list[Figure]:
    """Measure the start, then what the service takes while nothing happens."""
    with office() as (place, servers):
        place.environment |= _installed(place.folder / "program")
        place.start()
        place.wait_until_settled()
        place.stop(place.running[-1])
        began = time.monotonic()
        process = place.launch()
        before = _logins(servers)
        while _logins(servers) < before + 2:  # the watcher's login, and the poll's own
            time.sleep(0.005)
        first_poll = time.monotonic() - began
        time.sleep(5)
        used = cpu_seconds(process.pid)
        time.sleep(seconds)
        share = (cpu_seconds(process.pid) - used) / seconds * 100
        memory, together = resident(process.pid), resident_with_children(process.pid)
    return [
        Figure(name="start to the first poll", value=first_poll, unit="s", goal=1.5),
        Figure(name=f"idle for {seconds:.0f} s: processor", value=share, unit="%", goal=0.2),
        Figure(name="idle: memory", value=memory, unit="MB", goal=90),
        Figure(name="idle: memory with the sandbox's child", value=together, unit="MB"),
    ]


def _installed(folder: Path) -> dict[str, str]:
    """Lay the program down as a wheel does; return the environment that runs it.

    An office has the program's templates within it, which a start trusts, and its bytecode.
    """
    inside = folder / "kinerja_mailbot"
    shutil.copytree(_ROOT / "kinerja_mailbot", inside, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(_ROOT / "templates", inside / "bawaan/templates")
    shutil.copy(_ROOT / "config.example.toml", inside / "bawaan")
    return {
        "PYTHONPATH": str(folder),
        "PYTHONSAFEPATH": "1",  # not the checkout, where this was started
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def _logins(servers: Watched) -> int:
    return servers.log().count("Login: user=")
