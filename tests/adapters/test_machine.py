"""What the computer is asked for: memory that large mails have taken, and files that root has made for another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.machine import leave_to_the_folders_owner

ROOT = Path(__file__).parents[2]
# Between large blocks stay small ones, as between the attachments of one mail and the next.
LARGE_MAILS = """
from pathlib import Path
from kinerja_mailbot.adapters.machine import give_back_large_blocks

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

give_back_large_blocks()
for size in range(1, 30):
    bytearray(size << 20)
before, kept = megabytes(), []
mails = [(b"x" * (5 << 20), kept.append(b"x" * 2000)) for _ in range(20)]
assert megabytes() > before + 90
del mails
print(megabytes() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other ways")
def test_the_memory_of_large_mails_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE_MAILS], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 10


OFFICE, STRANGER = 65_534, 65_533


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")
def test_what_root_has_made_in_an_offices_folder_becomes_the_offices_and_nothing_else_does(tmp_path: Path) -> None:
    office = tmp_path / "kantor"
    office.mkdir()
    for name in ("kinerja.db", "kinerja.db.lock", "kinerja.db.tamu", "lain.txt"):
        (office / name).touch()
    for name in ("rahasia", "rahasia-2"):
        (tmp_path / name).touch()
    (office / "kinerja.db-wal").symlink_to(tmp_path / "rahasia")
    (office / "kinerja.db-shm").hardlink_to(tmp_path / "rahasia-2")
    os.chown(office, OFFICE, OFFICE)
    os.chown(office / "kinerja.db.tamu", STRANGER, STRANGER)

    leave_to_the_folders_owner([office / "kinerja.db", tmp_path / "tidak-ada" / "kinerja.log"])

    owners = {path.name: path.stat().st_uid for path in (*office.iterdir(), *tmp_path.glob("rahasia*"))}
    assert owners == {
        "kinerja.db": OFFICE,
        "kinerja.db.lock": OFFICE,
        "kinerja.db.tamu": STRANGER,
        "kinerja.db-wal": 0,
        "kinerja.db-shm": 0,
        "lain.txt": 0,
        "rahasia": 0,
        "rahasia-2": 0,
    }


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")
def test_what_root_has_made_in_a_folder_of_its_own_stays(tmp_path: Path) -> None:
    (tmp_path / "kinerja.db").touch()

    leave_to_the_folders_owner([tmp_path / "kinerja.db"])

    assert (tmp_path / "kinerja.db").stat().st_uid == 0
