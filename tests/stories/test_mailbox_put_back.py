"""The mail server's own backup put back, or a folder made anew: nothing is answered twice, nothing is missed."""

from __future__ import annotations

import imaplib
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from kinerja_mailbot.config import Config
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import BOT, TEKNIS, UMUM
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.service import Service
from tests.servers import Dovecot
from tests.stories.stage import PASSWORD, Stage, request, sent_twice, settle

pytestmark = pytest.mark.dovecot
UNITS = ("umum", "teknis")
QUESTION = "Pertanyaan"
SPAM = "Junk"


def question(stage: Stage, number: int) -> EmailMessage:
    mail = stage.desk.write(TEKNIS, f"{QUESTION} {number}", f"Pertanyaan nomor {number}: sampai kapan?")
    mail.replace_header("Message-ID", f"<{number}@tanya.example>")
    return mail


def as_before(mailbox: Path, kept: Path) -> None:
    """Put the whole Maildir back: UIDVALIDITY and the next UID are those of the copy."""
    shutil.rmtree(mailbox)
    subprocess.run(["cp", "-a", kept, mailbox], check=True)


def renumbered(mailbox: Path, kept: Path) -> None:
    """Put the mails back without the server's own lists: it numbers them anew."""
    as_before(mailbox, kept)
    for path in (mailbox / "Maildir").glob("dovecot*"):
        path.unlink()


def emptied(mailbox: Path, kept: Path) -> None:
    """Make the mailbox anew, with nothing in it."""
    assert kept.exists()
    shutil.rmtree(mailbox)


def answered(service: Service) -> list[str]:
    """Return the questions that were passed on, each as often as it was."""
    names = {line.id: line.subjek for line in service.store.mails(limit=999)}
    return sorted(
        names[letter.surel_id]
        for letter in service.store.letters()
        if letter.surel_id is not None and letter.templat == "terusan"
    )


@pytest.mark.parametrize(
    ("put_back", "meanwhile"),
    [
        pytest.param(as_before, 1, id="a copy of it, and less came since than was lost"),
        pytest.param(as_before, 9, id="a copy of it, and more came since than was lost"),
        pytest.param(renumbered, 1, id="a copy that is numbered anew"),
        pytest.param(emptied, 1, id="an empty one"),
    ],
)
def test_what_comes_after_the_mailbox_was_put_back_is_read(
    dovecot_stage: Stage, dovecot: Dovecot, put_back: Callable[[Path, Path], None], meanwhile: int
) -> None:
    stage = dovecot_stage
    kept = stage.folder / "kotak-surat"
    with stage.service(UNITS) as service:
        settle(service)
        settle(service)
        subprocess.run(["cp", "-a", dovecot.home(BOT), kept], check=True)
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        stage.desk.send(question(stage, 0), TEKNIS)
        settle(service)
        settle(service)
        service.inbox.close()
        put_back(dovecot.home(BOT), kept)
        time.sleep(1.1)  # IMAP tells dates by the second, and no server's backup is put back within one
        for number in range(meanwhile):
            stage.desk.send(question(stage, 1 + number), TEKNIS)

        beat = settle(service)
        settle(service)

        assert beat.faults == ()
        assert answered(service) == sorted(f"{QUESTION} {number}" for number in range(1 + meanwhile))
        assert request(service, "umum").revisi == 1
        assert sum(subject.startswith("Tanda terima") for subject in stage.subjects(UMUM)) == 1
        assert sent_twice(service) == []


@dataclass
class SpamReadingStage(Stage):
    """An office whose spam folder is read too."""

    def config(self, units: Sequence[str], *, perintah: PerintahLangkah1, by_schedule: bool) -> Config:
        config = super().config(units, perintah=perintah, by_schedule=by_schedule)
        return replace(config, imap=replace(config.imap, folder=("INBOX", SPAM)))


@pytest.mark.sqlite
def test_a_spam_folder_that_somebody_deletes_stops_nothing_and_is_read_again_when_it_is_back(
    dovecot: Dovecot, tmp_path: Path, clock: StageClock
) -> None:
    stage = SpamReadingStage(dovecot, tmp_path, clock)
    with stage.service(UNITS) as service, imaplib.IMAP4(dovecot.host, dovecot.imap_port) as person:
        person.login(BOT, PASSWORD)
        person.create(SPAM)
        settle(service)
        person.delete(SPAM)
        stage.desk.send(question(stage, 1), TEKNIS)

        without = settle(service)
        person.create(SPAM)
        person.append(SPAM, "", stage.clock(), bytes(stage.returns_form(UMUM, figures.UMUM)))
        again = settle(service)

        assert set(without.faults) == {f"IMAP: there is no folder {SPAM}"}
        assert answered(service) == [f"{QUESTION} 1"]
        assert again.faults == ()
        assert request(service, "umum").revisi == 1
        assert sent_twice(service) == []
