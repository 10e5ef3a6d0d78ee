"""The daily rounds through the whole service: a mail to itself, the comparison with the mailbox, the admin's letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import text

from kinerja_mailbot.demo.cast import ADMIN, BOT, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.policy import Pemantauan
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import Stage, settle

WATCHED = Pemantauan(putar_balik=True, kabar_admin=True)
MORNING = wit("2026-10-06 07.05")  # a Tuesday


@pytest.fixture
def watched(stage: Stage) -> Stage:
    stage.pemantauan, stage.clock.now = WATCHED, MORNING
    return stage


def subjects(stage: Stage, address: str) -> list[str]:
    mails = [message_from_bytes(raw, policy=policy.default) for _, raw in stage.system.mails(address)]
    return [str(mail["Subject"]).partition("] ")[2] for mail in mails]


def body(stage: Stage, address: str) -> str:
    mail = message_from_bytes(stage.system.mails(address)[-1][1], policy=policy.default)
    part = mail.get_body(("plain",))
    assert part is not None
    return " ".join(str(part.get_content()).split())


def test_the_mail_to_ourselves_comes_back_and_the_admin_hears_that_all_is_well(watched: Stage) -> None:
    with watched.service(by_schedule=False) as service:
        service.store.note_backup(watched.clock.now)
        settle(service)
        settle(service)

        assert subjects(watched, BOT)[:1] == ["Surel uji putaran"]
        assert subjects(watched, ADMIN.alamat) == ["Layanan berjalan baik"]
        assert "kembali dalam satu menit" in body(watched, ADMIN.alamat)
        watched.clock.now += timedelta(hours=5)
        settle(service)
        assert len(subjects(watched, ADMIN.alamat)) == 1


@pytest.mark.parametrize(
    ("moment", "letters"),
    [
        pytest.param("2026-10-06 06.55", [], id="before the hour"),
        pytest.param("2026-10-04 09.00", ["putar-balik.2026-10-04"], id="on a Sunday only the mail to ourselves"),
    ],
)
def test_the_admin_s_letter_keeps_its_hours(watched: Stage, moment: str, letters: list[str]) -> None:
    watched.clock.now = wit(moment)
    with watched.service(by_schedule=False) as service:
        settle(service)
        settle(service)

        assert [letter.kunci for letter in service.store.letters()] == letters


class Deaf(MailServers):
    """Takes every letter and loses those to the bot."""

    async def accept(self, sender: str, recipients: Sequence[str], raw: bytes) -> None:
        others = [one for one in recipients if one != BOT]
        if others:
            await super().accept(sender, others, raw)


@pytest.mark.usefixtures("database")
def test_a_mail_to_ourselves_that_is_lost_is_told_by_log_journal_and_letter(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock = StageClock(MORNING)
    with Deaf(clock) as servers:
        stage = Stage(servers, tmp_path, clock, WATCHED)
        with stage.service(by_schedule=False) as service:
            service.store.note_backup(clock.now)
            settle(service)
            told_early = subjects(stage, ADMIN.alamat)
            clock.now += timedelta(minutes=31)
            settle(service)
            settle(service)

            events = [entry.peristiwa for entry in service.store.journal()]
            assert told_early == []
            assert subjects(stage, ADMIN.alamat) == ["Layanan: 1 hal memerlukan pemeriksaan"]
            assert "belum kembali" in body(stage, ADMIN.alamat)
            assert events.count("mail to ourselves overdue") == 1
            assert "the mail to ourselves has not come back within 30 minutes" in caplog.messages


def test_a_mail_that_was_never_archived_is_found_and_decided(watched: Stage) -> None:
    with watched.service() as service:
        service.store.note_backup(watched.clock.now)
        settle(service)
        watched.system.deliver(bytes(watched.desk.write(UMUM, "Pertanyaan", "Sampai kapan?")), BOT, UMUM.alamat)
        skip_what_came(service)
        settle(service)
        before = len(service.store.mails())
        watched.clock.now += timedelta(days=1)

        settle(service)
        settle(service)

        question = next(line for line in service.store.mails() if line.subjek == "Pertanyaan")
        assert len(service.store.mails()) > before
        assert question.state == "decided"
        assert "Terdapat 1 surel pada kotak surat" in body(watched, ADMIN.alamat)


def skip_what_came(service: Service) -> None:
    """Set the cursor beyond everything, as an older version with a mistake might have done."""
    with service.store.engine.begin() as connection:
        connection.execute(text("UPDATE kursor SET uid = uid + 1"))
