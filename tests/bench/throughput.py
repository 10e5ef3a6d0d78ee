"""How fast waiting replies are answered: the service against the obvious script and against the bare libraries."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import yagmail  # type: ignore[import-untyped]  # ships no types
from imap_tools import MailBoxUnencrypted
from python_calamine import CalamineWorkbook
from sqlmodel import Field, Session, SQLModel, create_engine

from kinerja_mailbot.domain.unit import Unit
from kinerja_mailbot.service import Service
from tests.bench.office import BOT, PASSWORD, Respondents, Servers, clock, config, count_rows, fill_inbox, open_period
from tests.bench.sink import running_sink
from tests.bench.table import Figure
from tests.servers import Dovecot

HTML = "<p>Data kinerja {unit} kami terima.</p><table><tr><th>Isian</th><th>Nilai</th></tr>{rows}</table>"


class Answer(SQLModel, table=True):
    """The one table of the obvious script."""

    __tablename__ = "bench_answer"

    id: int | None = Field(default=None, primary_key=True)
    sender: str
    cells: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one reply takes: by the clock, and of the processor (without servers and sandbox); milliseconds."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """What the same replies cost each of the three."""

    service: Cost
    script: Cost
    floor: Cost


@contextmanager
def waiting_replies(count: int, wrong_every: int = 0) -> Iterator[tuple[Service, Servers, Path]]:
    """Lay so many replies into the inbox of a service that has not looked yet."""
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, running_sink() as sink:
        folder = Path(name)
        dovecot.add_mailbox(BOT, PASSWORD)
        servers = Servers(dovecot.imap_port, sink.port)
        # One respondent more than reply: the rekap is another benchmark's.
        with Service(config(folder, servers, count + 1), clock=clock) as service:
            everybody = Respondents(service, open_period(service))
            fill_inbox(
                dovecot,
                [
                    everybody.reply(number, wrong=bool(wrong_every) and number % wrong_every == 0)
                    for number in range(count)
                ],
            )
            yield service, servers, folder


def measure(count: int, wrong_every: int = 0) -> Rates:
    """Return what a reply costs the service, the script and the bare libraries; the service comes first, cold."""
    with waiting_replies(count, wrong_every) as (service, servers, folder):
        mine = cost(lambda: serve(service, count), count)
        units = service.config.daftar.responden
        script = cost(lambda: obvious_script(servers, folder / "script.db", units), count)
        floor = cost(lambda: bare_libraries(servers), count)
    return Rates(service=mine, script=script, floor=floor)


def serve(service: Service, count: int) -> None:
    """Let the service do everything that waits."""
    sent = 0
    while sent < count:
        beat = service.beat()
        assert not beat.faults, beat.faults
        assert beat.arrived or beat.sent, beat
        sent += beat.sent
    assert count_rows(service.store) == count


def obvious_script(servers: Servers, database: Path, units: tuple[Unit, ...]) -> None:
    """Do it as one would in an afternoon: no validation, no archive, one commit and one login a mail."""
    known = {unit.pejabat[0].alamat[0]: unit for unit in units}
    engine = create_engine(f"sqlite:///{database}")
    SQLModel.metadata.create_all(engine, [SQLModel.metadata.tables["bench_answer"]])
    yag = yagmail.SMTP(
        BOT, "", host=servers.host, port=servers.smtp_port, smtp_ssl=False, smtp_starttls=False, smtp_skip_login=True
    )
    with MailBoxUnencrypted(servers.host, servers.imap_port).login(BOT, PASSWORD) as mailbox:
        for mail in mailbox.fetch(mark_seen=False):
            book = openpyxl.load_workbook(io.BytesIO(mail.attachments[0].payload), data_only=True)
            cells = [[str(v) for v in row if v is not None] for row in book.worksheets[1].iter_rows(values_only=True)]
            with Session(engine) as session:
                session.add(Answer(sender=mail.from_, cells=repr(cells)))
                session.commit()
            rows = "".join(f"<tr><td>{row[:1]}</td><td>{row[-1:]}</td></tr>" for row in cells if row)
            html = HTML.format(unit=known[mail.from_].nama, rows=rows)
            yag.send(mail.from_, "Tanda terima", html)
    yag.close()
    engine.dispose()


def bare_libraries(servers: Servers) -> None:
    """Fetch all mails in bulk and read their forms, and do nothing with them."""
    with MailBoxUnencrypted(servers.host, servers.imap_port).login(BOT, PASSWORD) as mailbox:
        for mail in mailbox.fetch(mark_seen=False, bulk=50):
            book = CalamineWorkbook.from_filelike(io.BytesIO(mail.attachments[0].payload))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()


def seconds(work: Callable[[], object]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cost(work: Callable[[], object], count: int) -> Cost:
    """Return what the work costs for each of so many replies."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Cost((time.perf_counter() - clock) / count * 1000, (time.process_time() - processor) / count * 1000)


def compare(count: int) -> list[Figure]:
    """Return the figures of replies that are all right, and of replies of which a fifth is wrong."""
    right, mixed = measure(count), measure(count, 5)
    return [
        Figure(name=f"throughput, {count} replies: the service", value=right.service.clock, unit="ms/reply"),
        Figure(name="the obvious script", value=right.script.clock, unit="ms/reply"),
        Figure(name="the bare libraries (floor)", value=right.floor.clock, unit="ms/reply"),
        Figure(name="processor time: the service", value=right.service.processor, unit="ms/reply"),
        Figure(name="processor time: the script", value=right.script.processor, unit="ms/reply"),
        _faster("faster than the script", right, 5),
        Figure(name="slower than the floor", value=right.service.clock / right.floor.clock, unit="times", goal=3.5),
        _faster("a fifth wrong: faster than the script", mixed, 2),
    ]


def _faster(name: str, rates: Rates, goal: float) -> Figure:
    return Figure(name=name, value=rates.script.clock / rates.service.clock, unit="times", goal=goal, at_least=True)
