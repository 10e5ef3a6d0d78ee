"""An older backup of the store before the mailbox of today: nothing is sent twice, nothing is missed."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import ALL, TEKNIS, UMUM
from kinerja_mailbot.restoring import RestoreError, restore
from kinerja_mailbot.service import AlreadyRunningError, Service
from tests.stories.stage import Stage, request, settle

UNITS = ("umum", "teknis")
pytestmark = pytest.mark.sqlite("the backup is a file that takes the store's place")


def delivered(stage: Stage) -> list[tuple[str, str, str]]:
    """Return (address, Message-ID, subject) of everything that staff have got."""
    mails = [
        (person.alamat, message_from_bytes(raw, policy=policy.default))
        for person in ALL
        for _, raw in stage.system.mails(person.alamat)
    ]
    return sorted((address, str(mail["Message-ID"]), str(mail["Subject"])) for address, mail in mails)


def go_back(stage: Stage, service: Service, backup: Path) -> None:
    kept = restore(service.config, backup, stage.clock, overwrite=True)
    assert kept is not None
    assert kept.exists()


@pytest.mark.parametrize(
    ("arsip", "opened_before"),
    [
        pytest.param((), True, id="opened before the backup"),
        pytest.param((), False, id="opened after it"),
        pytest.param(("Kinerja",), True, id="settled mail was moved"),
    ],
)
def test_what_happened_since_the_backup_is_read_from_the_mailbox(
    dovecot_stage: Stage, arsip: tuple[str, ...], opened_before: bool
) -> None:
    stage = dovecot_stage
    stage.arsip = arsip
    backup = stage.folder / "cadangan.db"
    with stage.service(UNITS) as service:
        if opened_before:
            settle(service)
        service.store.backup(backup)
        settle(service)
        stage.clock.now += timedelta(hours=2)
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        stage.desk.send(stage.desk.write(TEKNIS, "Pertanyaan", "Sampai kapan kami dapat mengirim?"), TEKNIS)
        settle(service)
        settle(service)
        before = delivered(stage)
        known = {line.subjek for line in service.store.mails()}
        value = request(service, "umum").revisi
    go_back(stage, service, backup)
    stage.clock.now += timedelta(minutes=5)

    with stage.service(UNITS) as service:
        settle(service)
        settle(service)

        assert delivered(stage) == before
        assert {line.subjek for line in service.store.mails()} >= known - {""}
        assert request(service, "umum").revisi == value == 1
        assert all(letter.state == "sent" for letter in service.store.letters())


def test_nothing_is_sent_before_the_mailbox_was_read(embedded_stage: Stage) -> None:
    stage = embedded_stage
    backup = stage.folder / "cadangan.db"
    with stage.service(UNITS) as service:
        service.store.backup(backup)
        settle(service)
        before = delivered(stage)
    go_back(stage, service, backup)
    right, stage.system.imap_port = stage.system.imap_port, 1

    with stage.service(UNITS) as service:
        settle(service)
        assert [letter.state for letter in service.store.letters()] == ["queued"] * len(before)
    stage.system.imap_port = right
    with stage.service(UNITS) as service:
        settle(service)

        assert delivered(stage) == before
        assert {letter.state for letter in service.store.letters()} == {"sent"}


def test_a_running_service_keeps_its_store(embedded_stage: Stage) -> None:
    backup = embedded_stage.folder / "cadangan.db"
    with embedded_stage.service() as service:
        service.store.backup(backup)

        with pytest.raises(AlreadyRunningError):
            restore(service.config, backup, embedded_stage.clock, overwrite=True)


def test_a_store_that_is_there_is_not_overwritten_unasked(embedded_stage: Stage) -> None:
    backup = embedded_stage.folder / "cadangan.db"
    with embedded_stage.service() as service:
        service.store.backup(backup)

    with pytest.raises(RestoreError, match="--timpa"):
        restore(service.config, backup, embedded_stage.clock, overwrite=False)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param("empty", "bukan basis data", id="an empty file"),
        pytest.param("text", "not a database", id="some other file"),
        pytest.param("mail", "tidak sesuai dengan jurnalnya", id="a mail was changed"),
        pytest.param("newer", "newer version", id="written by a newer version"),
    ],
)
def test_what_is_no_sound_copy_is_refused_and_nothing_changes(embedded_stage: Stage, spoil: str, said: str) -> None:
    backup = embedded_stage.folder / "cadangan.db"
    with embedded_stage.service() as service:
        settle(service)
        settle(service)
        service.store.backup(backup)
    spoiled(backup, spoil)
    store = service.config.database_file
    assert store is not None
    before = store.read_bytes()

    with pytest.raises(Exception, match=said):
        restore(service.config, backup, embedded_stage.clock, overwrite=True)

    assert store.read_bytes() == before
    assert not list(embedded_stage.folder.glob("*.pulih*"))


def spoiled(backup: Path, how: str) -> None:
    match how:
        case "empty":
            backup.write_bytes(b"")
        case "text":
            backup.write_bytes(b"Rekap data kinerja\n" * 100)
        case _:
            change = {
                "mail": "UPDATE surel_mentah SET isi = CAST(isi || 'x' AS BLOB)",
                "newer": "UPDATE alembic_version SET version_num = '9999'",
            }[how]
            with sqlite3.connect(backup) as store:
                store.execute(change)
            store.close()
