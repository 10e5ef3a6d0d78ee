"""The real service in a process of its own, called at moments of stage time, and what it takes of the machine."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import KeamananSambungan
from kinerja_mailbot.demo.cast import BOT, OLD_ADDRESS, SEKRETARIS
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.heartbeat import Beat
from tests.bench.process import resident, resident_with_children
from tests.bench.soak.mailboxes import PASSWORD, database_of
from tests.stories.stage import LONG_AGO

_MOST_BEATS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What one call led to: all that was done, and seconds of the service's processor and of the clock."""

    beat: Beat
    processor: float
    clock: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the service holds: MB alone, the most it ever held, MB with its sandbox, open descriptors of both."""

    memory: float
    peak: float
    with_sandbox: float
    descriptors: int


@dataclass(slots=True)
class Worker:
    """The service's process, seen from outside."""

    line: Connection
    pid: int

    def call(self, moment: datetime) -> Called:
        """Let the service do everything that is due at this moment."""
        self.line.send(moment)
        called: Called = self.line.recv()
        return called

    def weigh(self) -> Weight:
        """Weigh the process now."""
        children = [
            int(child)
            for path in Path(f"/proc/{self.pid}/task").glob("*/children")
            for child in path.read_text(encoding="ascii").split()
        ]
        return Weight(
            memory=resident(self.pid),
            peak=resident(self.pid, "VmHWM"),
            with_sandbox=resident_with_children(self.pid),
            descriptors=sum(sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()) for pid in (self.pid, *children)),
        )


def config_for(imap_port: int, smtp_port: int, folder: Path) -> Config:
    """Return the shipped example on these servers; the Sekretaris has an old address, whose mail is returned."""
    example = load_config(bundled_example(), {}, require_secrets=False)
    units = tuple(
        replace(unit, pejabat=(replace(unit.pejabat[0], alamat=(SEKRETARIS.alamat, OLD_ADDRESS)),))
        if unit.id == "sekretaris"
        else unit
        for unit in example.daftar.responden
    )
    plain = KeamananSambungan.POLOS
    imap = replace(example.imap, host="127.0.0.1", port=imap_port, keamanan=plain, user=BOT, password=PASSWORD)
    smtp = replace(example.smtp, host="127.0.0.1", port=smtp_port, keamanan=plain, user="", password=None)
    return replace(
        example,
        daftar=replace(example.daftar, responden=units),
        penyimpanan=f"sqlite:///{database_of(folder)}",
        imap=imap,
        smtp=smtp,
    )


@contextmanager
def running(config: Config, first: datetime) -> Iterator[Worker]:
    """Run the service until the end of the block."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=serve, args=(its, config, first), name="soak", daemon=False)
    process.start()
    assert process.pid is not None
    its.close()
    try:
        yield Worker(mine, process.pid)
    finally:
        mine.close()
        process.join(60)
        if process.is_alive():
            process.kill()


def serve(line: Connection, config: Config, first: datetime) -> None:
    """Be the service: do all that is due at each moment that comes over the line, until it is closed."""
    logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # as the command line does
    clock = StageClock(first)
    with Service(config, clock=clock) as service:
        service.store.in_service_since(LONG_AGO)
        with service.exclusive():
            while True:
                try:
                    moment: datetime = line.recv()
                except EOFError:
                    return
                clock.now = moment
                line.send(_settled(service))


def _settled(service: Service) -> Called:
    began, used = time.perf_counter(), time.process_time()
    total = Beat()
    for _ in range(_MOST_BEATS):
        beat = service.beat()
        total = Beat(
            arrived=total.arrived + beat.arrived,
            decided=total.decided + beat.decided,
            written=total.written + beat.written,
            sent=total.sent + beat.sent,
            faults=(*total.faults, *beat.faults),
        )
        if not (beat.written or beat.sent):  # copies of its own letters may wait for the next call
            break
    return Called(beat=total, processor=time.process_time() - used, clock=time.perf_counter() - began)
