"""How much faster two services on one PostgreSQL database answer than one: waiting replies, until all are stored."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from kinerja_mailbot.adapters.store import Store
from tests.bench.office import BOT, PASSWORD, Respondents, Servers, fill_inbox, open_period
from tests.bench.sink import running_sink
from tests.bench.table import Figure
from tests.postgresql import PostgreSQL
from tests.servers import Dovecot
from tests.workers import Workers


def scale_out(replies: int) -> list[Figure]:
    """Return the replies a minute of one service and of two, as soon as all of them work, and how they compare."""
    one, two = _rate(replies, 1), _rate(replies, 2)
    name = f"{replies} replies on PostgreSQL"
    return [
        Figure(name=f"{name}, 1 service", value=one, unit="a minute"),
        Figure(name=f"{name}, 2 services", value=two, unit="a minute"),
        Figure(name=f"{name}, 2 services to 1", value=two / one, unit="times"),
    ]


def _rate(replies: int, count: int) -> float:
    with (
        tempfile.TemporaryDirectory() as name,
        PostgreSQL(durable=True) as database,
        Dovecot() as dovecot,
        running_sink() as sink,
    ):
        dovecot.add_mailbox(BOT, PASSWORD)
        servers = Servers(dovecot.imap_port, sink.port)
        workers = Workers(database.migrated(), servers, replies + 1, Path(name) / "log")
        with workers.service() as service:
            everybody = Respondents(service, open_period(service))
            fill_inbox(dovecot, [everybody.reply(number) for number in range(replies)])
            for _ in range(count):
                workers.start()
            while workers.log.read_text().count("started for") < count:
                time.sleep(0.05)
            began, before = time.monotonic(), _stored(service.store)
            while (stored := _stored(service.store)) < replies:
                time.sleep(0.1)
            seconds = time.monotonic() - began
            workers.stop()
    return (stored - before) / seconds * 60


def _stored(store: Store) -> int:
    """Count the revisions as cheaply as can be, since the services need the processor."""
    with store.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM kiriman")).scalar_one())
