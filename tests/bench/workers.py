"""How much faster two services on one PostgreSQL database answer than one: waiting replies, until all are stored."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.bench.office import BOT, PASSWORD, PERIODE, Respondents, Servers, fill_inbox, open_period
from tests.bench.sink import running_sink
from tests.bench.table import Figure
from tests.postgresql import PostgreSQL
from tests.servers import Dovecot
from tests.workers import Workers


def scale_out(replies: int) -> list[Figure]:
    """Return the replies a minute of one service and of two, from their start."""
    return [
        Figure(
            name=f"{replies} replies on PostgreSQL, {count} service(s)", value=_rate(replies, count), unit="a minute"
        )
        for count in (1, 2)
    ]


def _rate(replies: int, count: int) -> float:
    with (
        tempfile.TemporaryDirectory() as name,
        PostgreSQL() as database,
        Dovecot() as dovecot,
        running_sink() as sink,
    ):
        dovecot.add_mailbox(BOT, PASSWORD)
        servers = Servers(dovecot.imap_port, sink.port)
        workers = Workers(database.migrated(), servers, replies + 1, Path(name) / "log")
        with workers.service() as service:
            everybody = Respondents(service, open_period(service))
            fill_inbox(dovecot, [everybody.reply(number) for number in range(replies)])
            began = time.monotonic()
            for _ in range(count):
                workers.start()
            while len(service.store.submissions(PERIODE.kode)) < replies:
                time.sleep(0.1)
            seconds = time.monotonic() - began
            workers.stop()
    return replies / seconds * 60
