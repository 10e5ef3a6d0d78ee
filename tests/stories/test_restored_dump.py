"""An older dump that pg_restore has put back: the service notices by itself, sends nothing twice and misses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import TEKNIS, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from tests.databases import database_in, databases_of
from tests.postgresql import PostgreSQL
from tests.stories.stage import CURTAIN_UP, Stage, request, settle
from tests.stories.test_restored import UNITS, delivered


@pytest.fixture
def stage(postgresql: PostgreSQL, tmp_path: Path) -> Iterator[Stage]:
    clock = StageClock(CURTAIN_UP)
    with databases_of(postgresql, tmp_path), MailServers(clock) as servers:
        yield Stage(servers, tmp_path, clock)


def put_back(postgresql: PostgreSQL, url: str, dump: Path) -> None:
    """Do what an administrator does, with every service stopped."""
    postgresql.drop(url)
    postgresql.execute(f"CREATE DATABASE {make_url(url).database}")
    postgresql.restore(url, dump)


def test_what_happened_since_the_dump_is_read_from_the_mailbox_before_anything_is_sent(
    postgresql: PostgreSQL, stage: Stage, tmp_path: Path
) -> None:
    url, dump = database_in(tmp_path), tmp_path / "kinerja.dump"
    with stage.service(UNITS) as service:
        settle(service)
        postgresql.dump(url, dump)
        stage.clock.now += timedelta(hours=2)
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        stage.desk.send(stage.desk.write(TEKNIS, "Pertanyaan", "Sampai kapan kami dapat mengirim?"), TEKNIS)
        settle(service)
        before = delivered(stage)
    put_back(postgresql, url, dump)
    stage.clock.now += timedelta(minutes=5)

    with stage.service(UNITS) as service:
        settle(service)
        settle(service)

        assert delivered(stage) == before
        assert request(service, "umum").revisi == 1
        assert all(letter.state == "sent" for letter in service.store.letters())
        assert [entry.oleh for entry in service.store.journal() if entry.peristiwa == "store restored"] == ["bot"]
        assert service.store.check() == ()


def test_a_database_that_nobody_has_touched_is_not_taken_for_another(stage: Stage) -> None:
    for _ in range(2):
        with stage.service(UNITS) as service:
            settle(service)

    with stage.service(UNITS) as service:
        assert "store restored" not in {entry.peristiwa for entry in service.store.journal()}
