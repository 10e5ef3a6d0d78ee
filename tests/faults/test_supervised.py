"""`run` under a supervisor: it says when it is ready, feeds the watchdog by progress alone, and says how it is."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.systemd import Supervisor
from kinerja_mailbot.demo.cast import BOT, UMUM
from tests.faults.process import ENVIRONMENT, Office
from tests.faults.proxy import CuttingProxy
from tests.faults.supervisor import Listener

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="systemd is Linux's")
WATCHDOG = 1.5
SILENCE = 2 * WATCHDOG


pytestmark = pytest.mark.sqlite("systemd is asked, not the database")


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    with Listener(tmp_path / "notify", WATCHDOG) as listener:
        yield listener


def test_it_is_ready_after_the_first_look_into_the_mailbox_and_says_when_it_stops(
    office: Office, listener: Listener
) -> None:
    office.environment = listener.environment
    office.open_period(send=False)
    process = office.start()

    assert listener.hear_until("READY=1")
    assert len(office.delivered()) == 5  # the first beat is over
    assert listener.hear_until("WATCHDOG=1")
    office.stop(process)
    assert listener.hear_until("STOPPING=1")
    assert listener.heard.count("READY=1") == 1
    assert "STATUS=all is well" in listener.heard


def test_a_mail_server_that_is_away_is_told_and_keeps_nobody_from_starting(office: Office, listener: Listener) -> None:
    with CuttingProxy(office.system.imap_port, allowance=1) as proxy:
        office.imap_port, office.environment = proxy.port, listener.environment
        office.write_config()
        office.start()

        assert listener.hear_until("READY=1")
        assert listener.hear_until("WATCHDOG=1")

    assert re.search(r"STATUS=IMAP: .*", "\n".join(listener.heard))


def test_a_connection_that_hangs_without_end_starves_the_watchdog(office: Office, listener: Listener) -> None:
    office.settings = {"interval_detik": "interval_detik = 1", "idle": "idle = false"}
    with CuttingProxy(office.system.imap_port) as proxy:
        office.imap_port, office.environment = proxy.port, listener.environment
        office.write_config()
        process = office.start()
        assert listener.hear_until("WATCHDOG=1")

        proxy.hold()

        while listener.hear(SILENCE):
            pass
        assert process.poll() is None
        process.kill()
        process.wait()


def test_work_that_takes_long_feeds_the_watchdog(office: Office, listener: Listener) -> None:
    """Twelve mails are decided in the first beat; the service is fed by each of them."""
    office.environment = listener.environment
    office.open_period()
    for number in range(12):
        office.system.deliver(office.question(UMUM, number), BOT, UMUM.alamat)

    office.start()
    listener.hear_until("READY=1")

    assert listener.heard.count("WATCHDOG=1") >= 1
    assert listener.heard.index("WATCHDOG=1") < listener.heard.index("READY=1")


@pytest.mark.parametrize(
    "moment",
    ["handlers stand", "kinerja.db", "kinerja.db.lock", "log"],
)
def test_a_stop_before_the_service_runs_ends_well(office: Office, moment: str) -> None:
    process = office.launch()
    office.wait(lambda: _has_come(office, process, moment), moment)

    process.send_signal(signal.SIGTERM)

    assert process.wait(20) == 0, office.log
    assert "Traceback" not in office.log


def _has_come(office: Office, process: subprocess.Popen[bytes], moment: str) -> bool:
    if moment == "handlers stand":
        caught = re.search(r"SigCgt:\s*([0-9a-f]+)", Path(f"/proc/{process.pid}/status").read_text())
        return caught is not None and bool(int(caught[1], 16) & 1 << signal.SIGTERM - 1)
    return (office.folder / moment).exists() and (moment != "log" or "started for" in office.log)


def test_monitoring_finds_how_the_service_is(office: Office) -> None:
    office.settings = {"berkas_detak": 'berkas_detak = "detak.json"'}
    office.write_config()
    office.open_period()
    process = office.start()
    path = office.folder / "detak.json"
    office.wait(path.exists, "heartbeat file")

    found = json.loads(path.read_text())

    assert found["pid"] == process.pid
    assert found["faults"] == []
    assert found["loop_back"] is None
    assert found["imap"]["last_success_at"] == found["last_poll_at"]
    assert found["queue"] == {
        "mails_waiting": 0,
        "mails_set_aside": 0,
        "letters_waiting": 0,
        "letters_uncertain": 0,
        "letters_failed": 0,
    }
    assert not (office.folder / "detak.json.baru").exists()


def test_status_for_machines_tells_of_the_running_service(office: Office) -> None:
    office.settings = {"berkas_detak": 'berkas_detak = "detak.json"'}
    office.write_config()
    office.open_period()
    process = office.start()
    office.wait((office.folder / "detak.json").exists, "heartbeat file")

    said = subprocess.run(
        [sys.executable, "-m", "kinerja_mailbot", "status", "--json", "--config", str(office.config)],
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    ).stdout

    assert json.loads(said)["service"]["pid"] == process.pid


def test_a_log_in_a_file_holds_one_object_a_line_and_no_password(office: Office) -> None:
    office.settings = {"berkas": 'berkas = "kinerja.log"', r'format(?= = "teks")': 'format = "json"'}
    office.write_config()
    office.open_period()
    office.launch()

    log = office.folder / "kinerja.log"
    office.wait(lambda: log.exists() and "started for" in log.read_text(), "log")

    assert all(json.loads(line)["message"] for line in log.read_text().splitlines())
    assert "rahasia" not in log.read_text()


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "@nobody-listens"])
def test_where_nobody_listens_nothing_happens(address: str) -> None:
    Supervisor(address).tell("READY=1")
