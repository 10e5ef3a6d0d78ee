"""A PostgreSQL server that ends connections, restarts, crashes or is away: late but right, nothing lost or twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.adapters.store.watch import remember
from kinerja_mailbot.config import Config
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ALL, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from kinerja_mailbot.usecases.ports import Cursor, StoreError
from tests.adapters.store_cases import NOW, arrived
from tests.databases import databases_of
from tests.faults.lost_commits import LostCommits
from tests.postgresql import PostgreSQL
from tests.stories.stage import CURTAIN_UP, Stage, request, settle

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"


@dataclass(slots=True)
class FarStage(Stage):
    """A stage whose service reaches its database by this port, 0 for the server's socket."""

    port: int = 0

    def config(self, units: Sequence[str], *, perintah: PerintahLangkah1, by_schedule: bool) -> Config:
        config = Stage.config(self, units, perintah=perintah, by_schedule=by_schedule)
        if not self.port:
            return config
        near = make_url(config.penyimpanan)
        far = near.set(host="127.0.0.1", port=self.port, query={})
        return replace(config, penyimpanan=far.render_as_string())


@pytest.fixture
def stage(postgresql: PostgreSQL, tmp_path: Path) -> Iterator[FarStage]:
    clock = StageClock(CURTAIN_UP)
    with databases_of(postgresql, tmp_path), MailServers(clock) as servers:
        yield FarStage(servers, tmp_path, clock)


def delivered(stage: Stage) -> Counter[tuple[str, str]]:
    return Counter(
        (person.alamat, str(message_from_bytes(raw, policy=policy.default)["Message-ID"]))
        for person in ALL
        for _, raw in stage.system.mails(person.alamat)
    )


def owed(service: Service) -> Counter[tuple[str, str]]:
    return Counter((to, letter.message_id) for letter in service.store.letters() for to in letter.penerima)


def name(service: Service) -> str:
    return str(make_url(service.config.penyimpanan).database)


def send_reply(stage: Stage) -> None:
    stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)


def test_a_transaction_whose_connection_ends_leaves_nothing_and_the_next_one_works(postgresql: PostgreSQL) -> None:
    url = postgresql.migrated()
    with Store(url) as store:

        def write() -> None:
            with store.writing() as session:
                remember(session, "x", "setengah", NOW)
                session.flush()
                postgresql.execute(END_ALL.format(make_url(url).database))

        with pytest.raises(StoreError):
            write()
        archived = store.archive("INBOX", (arrived("satu"),), Cursor(7, 1), NOW)

        assert store.remembered("x") == ""
        assert (archived, store.cursor("INBOX")) == (1, Cursor(7, 1))


@pytest.mark.parametrize("how", ["fast", "immediate"], ids=["restarted", "crashed"])
def test_a_server_that_starts_anew_between_two_beats_costs_no_reply_and_doubles_none(
    postgresql: PostgreSQL, stage: FarStage, how: str
) -> None:
    with stage.service() as service:
        settle(service)
        send_reply(stage)
        postgresql.stop(how)
        away = service.beat()
        postgresql.start()
        stage.clock.now += timedelta(minutes=10)

        settle(service)
        settle(service)

        assert [fault for fault in away.faults if fault.startswith("store")] != []
        assert request(service, "umum").revisi == 1
        assert delivered(stage) == owed(service)
        assert service.store.check() == ()


def test_connections_that_end_in_the_middle_of_the_work_cost_no_reply_and_double_none(
    postgresql: PostgreSQL, stage: FarStage
) -> None:
    with stage.service() as service:
        settle(service)
        send_reply(stage)
        taken: list[bytes] = []

        def end_connections(_sender: str, _recipients: list[str], raw: bytes) -> None:
            if not taken:
                postgresql.execute(END_ALL.format(name(service)))
            taken.append(raw)

        assert isinstance(stage.system, MailServers)
        stage.system.on_mail = end_connections
        for _ in range(4):
            service.beat()
            stage.clock.now += PROOF_WAIT

        assert taken != []
        assert request(service, "umum").revisi == 1
        assert delivered(stage) == owed(service)
        assert {letter.state for letter in service.store.letters()} == {"sent"}


@pytest.mark.parametrize("every", [2, 3, 5, 11])
def test_a_commit_whose_answer_is_lost_is_not_done_a_second_time(
    postgresql: PostgreSQL, stage: FarStage, every: int
) -> None:
    with stage.service() as service:
        settle(service)
        send_reply(stage)
    with LostCommits(postgresql.socket, every) as line:
        stage.port = line.port
        lives = 0
        while line.lost < 8 and lives < 40:
            lives += 1
            try:
                with stage.service() as service:
                    service.beat()
            except StoreError:
                pass  # at its start: the supervisor starts it again
            stage.clock.now += timedelta(minutes=1)
        stage.port = 0
    stage.clock.now += PROOF_WAIT

    with stage.service() as service:
        for _ in range(3):
            settle(service)
            stage.clock.now += PROOF_WAIT

        assert line.lost >= 8
        assert request(service, "umum").revisi == 1
        assert delivered(stage) == owed(service)
        assert {letter.state for letter in service.store.letters()} == {"sent"}
        assert service.store.check() == ()
