"""`run` as a process on the real clock: how soon somebody has his answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import BOT, HUKUM, TEKNIS, UMUM
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Person, attach_workbook
from kinerja_mailbot.service import system_clock
from tests.faults.process import Office
from tests.servers import Dovecot

GENEROUS = 10.0  # seconds: the figure printed is what counts, and a busy machine must not fail


class WatchedDovecot(Dovecot):
    """Remembers when each mail was delivered."""

    def __init__(self) -> None:
        super().__init__()
        self.delivered: list[tuple[float, str]] = []

    def deliver(self, raw: bytes, to: str, sender: str = "") -> None:
        super().deliver(raw, to, sender)
        self.delivered.append((time.monotonic(), to))


@pytest.fixture
def watched() -> Iterator[WatchedDovecot]:
    with WatchedDovecot() as servers:
        yield servers


def filled_form(office: Office, person: Person, entries: tuple[Entry, ...]) -> bytes:
    letter = office.desk.newest(person, "Permintaan")
    name, workbook = letter.workbooks()[0]
    mail = office.desk.reply(person, letter, "Terlampir isian kami.")
    attach_workbook(mail, name, fill_in(workbook, entries))
    return bytes(mail)


def tell(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n  {words}\n")


@pytest.mark.dovecot
def test_a_reply_is_answered_as_soon_as_dovecot_says_that_it_came(
    dovecot: Dovecot,  # noqa: ARG001  skips where Dovecot is missing
    watched: WatchedDovecot,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = Office(watched, tmp_path)
    office.open_period()
    replies = ((UMUM, figures.UMUM), (TEKNIS, figures.TEKNIS_FIRST), (HUKUM, figures.HUKUM))
    mails = [(person, filled_form(office, person, entries)) for person, entries in replies]
    office.start()
    try:
        office.wait_until_settled()
        waits = [seconds_to_answer(office, watched, person, raw) for person, raw in mails]
    finally:
        office.kill_all()

    tell(capsys, "LMTP's 250 to the answer's acceptance: " + ", ".join(f"{wait:.2f} s" for wait in waits))
    assert max(waits) < GENEROUS


def seconds_to_answer(office: Office, watched: WatchedDovecot, person: Person, raw: bytes) -> float:
    watched.deliver(raw, BOT, person.alamat)
    arrived = watched.delivered[-1][0]

    def answered() -> list[float]:
        return [at for at, to in list(watched.delivered) if at > arrived and to == person.alamat]

    office.wait(lambda: bool(answered()), "answer")
    office.wait_until_settled()
    return answered()[0] - arrived


def test_without_idle_a_reply_is_answered_within_one_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with MailServers(system_clock, idle=False) as servers:
        office = Office(servers, tmp_path, idle=False)
        office.open_period()
        raw = filled_form(office, UMUM, figures.UMUM)
        office.start()
        try:
            office.wait_until_settled()
            before = len(servers.mails(UMUM.alamat))
            servers.deliver(raw, BOT, UMUM.alamat)
            arrived = time.monotonic()
            office.wait(lambda: len(servers.mails(UMUM.alamat)) > before, "answer")
            wait = time.monotonic() - arrived
        finally:
            office.kill_all()

    tell(capsys, f"without IDLE, looking every 2 s: answered after {wait:.2f} s")
    assert wait < GENEROUS
