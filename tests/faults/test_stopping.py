"""`run` as a process: SIGTERM at any moment ends it soon and well, and nothing is lost or sent twice."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import closing
from threading import Event

import pytest

from kinerja_mailbot.demo.cast import BOT, HUKUM, SEKRETARIS, TEKNIS, UMUM
from kinerja_mailbot.demo.servers import MailServers
from tests.faults.process import ENVIRONMENT, Office
from tests.servers import HOST

# What the configuration lets a silent server take, the shorter one: who waits for it needs longer than that, and who
# hangs up on it ends within it on the busiest machine. How long it took is printed.
SERVERS_PATIENCE = 30.0
ASKERS = (UMUM, TEKNIS, HUKUM, SEKRETARIS)


class SilentServer:
    """Connections get through to it, and it never says a word."""

    def __init__(self) -> None:
        self._server = socket.create_server((HOST, 0))
        self._server.settimeout(0.05)
        self._calls: list[socket.socket] = []
        self.port: int = self._server.getsockname()[1]

    def is_called(self) -> bool:
        try:
            connection, _ = self._server.accept()
        except TimeoutError:
            return False
        self._calls.append(connection)
        return True

    def close(self) -> None:
        for one in (*self._calls, self._server):
            one.close()


def ask(office: Office, rounds: int) -> int:
    """Put questions of all respondents into the bot's mailbox."""
    for number in range(rounds):
        for person in ASKERS:
            office.system.deliver(office.question(person, number), BOT, person.alamat)
    return rounds * len(ASKERS)


def test_an_idle_service_ends_at_once(office: Office) -> None:
    office.open_period()
    process = office.start()
    office.wait_until_settled()

    office.stop(process)

    assert office.delivered() == office.owed()


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("surel.", id="while letters leave"),
        pytest.param("reply, pertanyaan diteruskan", id="while mails are decided"),
    ],
)
def test_a_batch_in_the_middle_goes_on_after_the_next_start(office: Office, moment: str) -> None:
    office.open_period()
    process = office.start()
    office.wait_until_settled()
    asked = ask(office, 3)
    office.wait(lambda: moment in office.log, moment)

    office.stop(process)
    before = len(office.delivered())
    office.start()
    office.wait_until_settled(asked)

    assert before < len(office.owed())
    assert office.delivered() == office.owed()
    assert len({letter.surel_id for letter in office.letters() if letter.templat == "terusan"}) == asked


def test_a_mail_server_that_never_speaks_does_not_hold_the_service(office: Office) -> None:
    office.open_period(send=False)
    with closing(SilentServer()) as silence:
        office.smtp_port = silence.port
        office.write_config()
        process = office.start()
        office.wait(silence.is_called, "called")

        assert office.stop(process) < SERVERS_PATIENCE
    office.smtp_port = office.system.smtp_port
    office.write_config()
    office.start()
    office.wait_until_settled()

    assert office.delivered() == office.owed()
    assert len(office.owed()) == 5


def test_a_mail_server_that_falls_silent_after_a_letter_does_not_get_it_again(
    office: Office, servers: MailServers
) -> None:
    reached, go_on = Event(), Event()

    def hang(sender: str, recipients: list[str], raw: bytes) -> None:  # noqa: ARG001  the hook's arguments
        reached.set()
        go_on.wait(60)

    office.open_period(send=False)
    servers.on_mail = hang
    process = office.start()
    assert reached.wait(30)

    assert office.stop(process) < SERVERS_PATIENCE
    states = sorted(letter.state for letter in office.letters())
    servers.on_mail = None
    go_on.set()
    office.start()
    office.wait_until_settled()

    assert states == [*["queued"] * 4, "uncertain"]  # only of the one at the server nobody knows
    assert office.delivered() == office.owed()
    assert len(office.owed()) == 5


@pytest.mark.sqlite("on PostgreSQL both work")
def test_a_second_service_on_the_same_database_says_so_and_leaves(office: Office) -> None:
    office.open_period()
    office.start()

    second = subprocess.run(
        [sys.executable, "-m", "kinerja_mailbot", "run", "--config", str(office.config)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert second.returncode == 1
    assert "Layanan lain sedang berjalan" in second.stderr
    assert "Traceback" not in second.stderr
