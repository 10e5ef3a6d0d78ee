"""A disk that takes nothing any more, as one that the system has made read-only, while the service runs on it."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.demo.cast import BOT, UMUM
from kinerja_mailbot.demo.servers import MailServers
from tests.faults.process import Office
from tests.faults.supervisor import Listener

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="other systems can't limit another process"),
    pytest.mark.sqlite("the disk of a server is the server's trouble"),
]
UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with Listener(tmp_path / "notify", 600.0) as listener:
        yield listener


@pytest.mark.parametrize("moment", ["before a mail comes", "while its answer is handed to the mail server"])
def test_a_running_service_says_so_and_goes_on_by_itself_with_nothing_lost_or_twice(
    servers: MailServers, office: Office, listener: Listener, moment: str
) -> None:
    office.settings = {"interval_detik": "interval_detik = 1", "idle": "idle = false"}
    office.environment = listener.environment
    office.write_config()
    office.open_period()
    process = office.start()
    assert listener.hear_until("READY=1")
    before = office.delivered()

    def fail(*_mail: object) -> None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, UNLIMITED))

    if moment == "before a mail comes":
        fail()
    else:
        servers.on_mail = fail
    servers.deliver(office.question(UMUM, 1), BOT, UMUM.alamat)
    said = listener.hear_until("STATUS=store: disk I/O error")
    meanwhile = office.delivered()
    servers.on_mail = None
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    office.wait_until_settled(1)

    assert said
    assert process.poll() is None
    assert (meanwhile == before) is (moment == "before a mail comes")
    assert office.delivered() == office.owed()
    assert len([letter for letter in office.letters() if letter.templat == "terusan"]) == 1
