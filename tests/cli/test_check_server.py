"""`check`, `status` and the start of the service on a PostgreSQL server: what is wrong is named, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.usecases.ports import StoreError
from tests.cli.shell import Shell
from tests.pgbouncer import MISSING, PgBouncer
from tests.postgresql import PostgreSQL


@pytest.fixture
def url(postgresql: PostgreSQL) -> Iterator[str]:
    url = postgresql.migrated()
    yield url
    postgresql.drop(url)


def checked(shell: Shell, url: str) -> dict[str, tuple[str, str]]:
    """Return what `check` finds on this database: the mark and the sentence, by what they are about."""
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", url)
    lines = shell("check", "--json").records
    return {str(line["hal"]): (str(line["hasil"]), str(line["keterangan"])) for line in lines}


@pytest.mark.usefixtures("servers")
def test_a_server_that_does_not_wait_for_its_disk_is_named(shell: Shell, url: str) -> None:
    mark, sentence = checked(shell, url)["Peladen PostgreSQL"]

    assert mark == "salah"  # as are all servers of the tests, which trust their memory
    assert "fsync atau full_page_writes dimatikan" in sentence
    assert sentence.startswith("versi 1")
    assert len(sentence.splitlines()) == 2


@pytest.fixture
def guest(postgresql: PostgreSQL) -> str:
    """A user of the server without any rights."""
    if not postgresql.execute("SELECT 1 FROM pg_roles WHERE rolname = 'tamu'"):
        postgresql.execute("CREATE ROLE tamu LOGIN")
    return "//tamu@"


def test_a_server_that_may_only_be_read_and_a_user_who_may_make_no_tables_are_seen(
    postgresql: PostgreSQL, url: str, guest: str
) -> None:
    with Store(url) as store:
        usual = store.server()
    postgresql.execute(f"ALTER DATABASE {make_url(url).database} SET default_transaction_read_only = on")

    with Store(url.replace("//kinerja@", guest)) as store:
        found = store.server()

    assert usual is not None
    assert found is not None
    assert (usual.writable, usual.may_create, usual.turns_hold) == (True, True, True)
    assert (found.writable, found.may_create, found.turns_hold) == (False, False, True)


def test_a_user_without_rights_is_told_so_and_by_no_traceback(shell: Shell, postgresql: PostgreSQL, guest: str) -> None:
    empty = postgresql.empty()
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", empty.replace("//kinerja@", guest))

    result = shell("status")

    assert result.code == 1
    assert "Basis data tidak dapat dipakai" in result.err
    assert "pengguna basis data belum diberi hak" in result.err


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param(("@/uji", "@/tiada"), "basis data itu belum ada", id="no such database"),
        pytest.param(("//kinerja@", "//siapa@"), "pengguna basis data itu belum ada", id="no such user"),
        pytest.param(("?host=", "?host=/tiada"), "berkas atau folder tidak ada", id="no such server"),
    ],
)
def test_a_database_that_can_not_be_reached_is_named(
    shell: Shell, url: str, change: tuple[str, str], sentence: str
) -> None:
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", url.replace(*change))

    result = shell("status")

    assert result.code == 1
    assert "Basis data tidak dapat dipakai" in result.err
    assert sentence in result.err


@pytest.mark.skipif(MISSING, reason="PgBouncer is not installed")
def test_a_pooler_in_transaction_mode_is_named_and_nobody_works_through_it(
    shell: Shell, postgresql: PostgreSQL, url: str
) -> None:
    with PgBouncer(postgresql, "transaction") as pooler:
        mark, sentence = checked(shell, pooler.url(url))["Peladen PostgreSQL"]
        with (
            Store(pooler.url(url)) as store,
            pytest.raises(StoreError, match="advisory locks do not hold"),
            store.turn("x"),
        ):
            pass

    assert mark == "salah"
    assert "PgBouncer" in sentence


@pytest.mark.skipif(MISSING, reason="PgBouncer is not installed")
def test_a_pooler_in_session_mode_keeps_turns(postgresql: PostgreSQL, url: str) -> None:
    with (
        PgBouncer(postgresql, "session") as pooler,
        Store(pooler.url(url)) as one,
        Store(pooler.url(url)) as two,
        one.turn("x") as first,
        two.turn("x") as second,
    ):
        pass

    assert (first, second) == (True, False)


def test_the_services_that_work_are_listed_with_their_machine_and_process(shell: Shell, url: str) -> None:
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", url)
    with Store(url) as one, Store(url) as two, one.turn("x"), two.turn("y"):
        page = shell("status")
        (record,) = shell("status", "--json").records
    services = record["services"]

    assert page.out.count("Layanan ") == 2
    assert isinstance(services, list)
    assert {set(one) == {"name", "since", "last_at"} for one in services} == {True}


def test_a_commit_waits_for_the_disk_even_where_the_server_would_not(postgresql: PostgreSQL, url: str) -> None:
    postgresql.execute(f"ALTER DATABASE {make_url(url).database} SET synchronous_commit = off")
    with Store(url) as store, store.reading() as session:
        setting = session.connection().exec_driver_sql("SHOW synchronous_commit").scalar_one()

    assert setting == "on"


def test_the_copy_is_left_to_the_server_s_tools_and_said_so(shell: Shell, url: str, tmp_path: Path) -> None:
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", url)
    (tmp_path / "lama.db").touch()

    copied, restored = shell("backup", "salinan.db"), shell("restore", "lama.db")

    assert (copied.code, restored.code) == (1, 1)
    assert "pg_dump" in copied.err
    assert "pg_restore" in restored.err
    assert not (tmp_path / "salinan.db").exists()
