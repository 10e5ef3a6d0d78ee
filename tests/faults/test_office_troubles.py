"""Troubles of the machine and of the mailbox as the office sees them, through the whole service on real servers."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.mime import MimeParser
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ADMIN, BOT, STRANGER, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.service import system_clock
from tests.domain.office import wit
from tests.faults.process import ENVIRONMENT, Office
from tests.stories.stage import CURTAIN_UP, Stage, request, sent_twice, settle

WAITING = int(os.environ.get("KINERJA_WAITING", "500"))


@pytest.fixture
def clock() -> StageClock:
    return StageClock(CURTAIN_UP)


@pytest.fixture
def servers(clock: StageClock) -> Iterator[MailServers]:
    with MailServers(clock) as servers:
        yield servers


@pytest.fixture
def stage(servers: MailServers, tmp_path: Path, clock: StageClock, database: str) -> Stage:  # noqa: ARG001  chosen for it
    return Stage(servers, tmp_path, clock)


def receipts(stage: Stage) -> int:
    return sum(subject.startswith("Tanda terima") for subject in stage.subjects(UMUM))


def reply(stage: Stage) -> bytes:
    return bytes(stage.returns_form(UMUM, figures.UMUM))


# --- the mail server's word ----------------------------------------------------------------------------------------


def test_with_a_wrong_password_the_server_is_not_hammered_and_the_admin_hears_of_it_by_the_other_way(
    stage: Stage,
) -> None:
    with stage.service() as service:
        settle(service)
        right = service.inbox._account
        service.inbox.close()
        service.inbox._account = replace(right, password="salah")
        faults = list[str]()

        for _ in range(60):
            stage.clock.now += timedelta(minutes=1)
            faults += service.beat().faults
        told = [subject for subject in stage.subjects(ADMIN) if "angguan" in subject]
        service.inbox._account = right
        stage.clock.now += timedelta(hours=1)

        assert 1 <= len(faults) <= 6
        assert len(told) == 1
        assert settle(service).faults == ()


# --- disk and database ---------------------------------------------------------------------------------------------


def _small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_200_000, 1_200_000))


def test_on_a_full_disk_the_service_says_so_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with MailServers(system_clock) as servers:
        office = Office(servers, tmp_path)
        office.open_period()
        for number in range(3):
            mail = office.desk.write(UMUM, f"Foto {number}", "Terlampir foto.")
            mail.replace_header("Message-ID", f"<foto.{number}@kpu.example>")
            mail.add_attachment(bytes([number]) * 900_000, maintype="image", subtype="jpeg", filename="foto.jpg")
            servers.deliver(bytes(mail), BOT, UMUM.alamat)
        once = [sys.executable, "-m", "kinerja_mailbot", "once", "--config", str(office.config)]
        environment = {**os.environ, **ENVIRONMENT}

        full = subprocess.run(
            once, env=environment, preexec_fn=_small_files, capture_output=True, text=True, check=False
        )
        before = len(office.mails())
        for _ in range(3):
            roomy = subprocess.run(once, env=environment, capture_output=True, text=True, check=False)

        assert full.returncode == 1
        assert "basis data" in full.stderr + full.stdout
        assert "Traceback" not in full.stderr
        assert roomy.returncode == 0, roomy.stderr
        assert len([mail for mail in office.mails() if mail.subjek.startswith("Foto")]) == 3
        assert before < len(office.mails())
        assert office.delivered() == office.owed()


@pytest.mark.sqlite("one writer at a time")
def test_while_the_database_is_locked_the_service_stays_up_and_nothing_is_lost(
    stage: Stage, servers: MailServers
) -> None:
    with stage.service() as service:
        settle(service)
        servers.deliver(reply(stage), BOT, UMUM.alamat)
        holder = sqlite3.connect(stage.folder / "kinerja.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        locked = service.beat()
        holder.execute("ROLLBACK")
        holder.close()

        settle(service)

        assert [fault for fault in locked.faults if "locked" in fault] != []
        assert receipts(stage) == 1
        assert sent_twice(service) == []


@pytest.mark.sqlite("a pragma makes it read-only")
def test_while_the_database_is_read_only_nothing_is_answered_and_afterwards_everything_once(
    stage: Stage, servers: MailServers
) -> None:
    with stage.service() as service:
        settle(service)
        servers.deliver(reply(stage), BOT, UMUM.alamat)
        with service.store.sqlite_connection() as connection:
            connection.execute("PRAGMA query_only = ON")
        refused = settle(service)
        unanswered = receipts(stage)
        with service.store.sqlite_connection() as connection:
            connection.execute("PRAGMA query_only = OFF")

        settle(service)

        assert [fault for fault in refused.faults if "readonly" in fault] != []
        assert (unanswered, receipts(stage)) == (0, 1)
        assert sent_twice(service) == []


def read_only(folder: Path, command: Sequence[str]) -> list[str]:
    """Return the command as it runs where the folder's file system may only be read; nobody else sees it so."""
    as_root = () if os.geteuid() == 0 else ("--map-root-user",)
    mounted = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    return ["unshare", "--mount", *as_root, "sh", "-c", mounted, str(folder), *command]


@pytest.mark.sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="mount namespaces are Linux's")
def test_on_a_read_only_file_system_it_says_so_and_afterwards_answers_once(tmp_path: Path) -> None:
    with MailServers(system_clock) as servers:
        office = Office(servers, tmp_path)
        office.open_period()
        servers.deliver(office.question(UMUM, 1), BOT, UMUM.alamat)
        once = [sys.executable, "-m", "kinerja_mailbot", "once", "--config", str(office.config)]
        environment = {**os.environ, **ENVIRONMENT}

        refused = subprocess.run(
            read_only(tmp_path, once), env=environment, capture_output=True, text=True, check=False
        )
        before = len(office.mails())
        for _ in range(2):
            allowed = subprocess.run(once, env=environment, capture_output=True, text=True, check=False)

        assert refused.returncode == 1
        assert refused.stderr.startswith("Basis data tidak dapat dipakai: ")
        assert "tidak boleh ditulisi" in refused.stderr
        assert allowed.returncode == 0, allowed.stderr
        assert len(office.mails()) > before
        assert len([letter for letter in office.letters() if letter.templat == "terusan"]) == 1
        assert office.delivered() == office.owed()


# --- the clock -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "jump",
    [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)],
    ids=["an hour forward", "an hour back", "a day forward", "a day back"],
)
def test_a_clock_that_jumps_and_is_set_right_again_sends_no_letter_twice_and_loses_no_reply(
    stage: Stage, servers: MailServers, jump: timedelta
) -> None:
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00") + jump
        settle(service)
        servers.deliver(reply(stage), BOT, UMUM.alamat)
        settle(service)
        stage.clock.now = wit("2026-10-01 10.30")

        settle(service)

        keys = [letter.kunci for letter in service.store.letters()]
        assert len(keys) == len(set(keys))
        assert receipts(stage) == 1
        assert request(service, "umum").revisi == 1
        assert sent_twice(service) == []


# --- what waits in the mailbox -------------------------------------------------------------------------------------


class Stumbling(MimeParser):
    """Breaks over one mail, as a bug would."""

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        if b"Subject: Racun" in raw:
            raise ZeroDivisionError("a bug")
        return super().parse(raw, mail_id, arrived_at)


def test_behind_a_poison_mail_and_thousands_that_wait_a_reply_is_answered_and_nobody_else_is(
    stage: Stage, servers: MailServers
) -> None:
    with stage.service() as service:
        service.desk = replace(service.desk, parser=Stumbling())
        settle(service)
        servers.deliver(bytes(stage.desk.write(STRANGER, "Racun", "Isi.")), BOT, STRANGER.alamat)
        for number in range(WAITING):
            mail = stage.desk.write(STRANGER, f"Penawaran {number}", "Mohon dibalas.")
            mail.replace_header("Message-ID", f"<{number}@toko.example>")
            servers.deliver(bytes(mail), BOT, STRANGER.alamat)
        servers.deliver(reply(stage), BOT, UMUM.alamat)

        beat = settle(service)

        mails = service.store.mails(limit=WAITING + 99)
        assert beat.faults == ()
        assert receipts(stage) == 1
        assert sum(mail.verdict == "unknown" for mail in mails) == WAITING
        assert [mail.subjek for mail in mails if mail.state == "shunted"] == ["Racun"]
        assert sum("belum dapat diproses" in subject for subject in stage.subjects(ADMIN)) == 1
        assert servers.mails(STRANGER.alamat) == []


def test_a_mail_that_somebody_moves_away_and_back_counts_once(stage: Stage, servers: MailServers) -> None:
    with stage.service() as service:
        settle(service)
        raw = reply(stage)
        servers.deliver(raw, BOT, UMUM.alamat)
        settle(service)
        servers.deliver(raw, BOT, UMUM.alamat)  # back under a new UID

        settle(service)

        assert receipts(stage) == 1
        assert request(service, "umum").revisi == 1


@pytest.mark.sqlite("the copy is a file")
def test_an_older_copy_of_the_store_put_back_answers_nobody_a_second_time(stage: Stage, servers: MailServers) -> None:
    with stage.service() as service:
        settle(service)
        service.store.backup(stage.folder / "salinan.db")
        servers.deliver(reply(stage), BOT, UMUM.alamat)
        settle(service)
    put_back(stage.folder)

    with stage.service() as service:
        settle(service)

        assert request(service, "umum").revisi == 1
        assert receipts(stage) == 1
        assert len(stage.subjects(UMUM)) == len(set(stage.subjects(UMUM)))


def put_back(folder: Path) -> None:
    """Restore the copy of the database as an admin would: the service is off."""
    for leftover in folder.glob("kinerja.db*"):
        if leftover.suffix != ".lock":
            leftover.unlink()
    shutil.copy(folder / "salinan.db", folder / "kinerja.db")
