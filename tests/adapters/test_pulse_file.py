"""The heartbeat file of each service on a machine: a name of its own, which a killed one leaves to the next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kinerja_mailbot.adapters.pulse_file import own_place, read_pulse, write_pulse

HOLDS_A_PLACE = """
import sys
from pathlib import Path
from kinerja_mailbot.adapters.pulse_file import own_place

with own_place(Path(sys.argv[1])) as place:
    print(place.name, flush=True)
    sys.stdin.read()
"""


def test_each_service_writes_to_a_file_of_its_own_and_a_free_name_is_taken_again(tmp_path: Path) -> None:
    path = tmp_path / "detak.json"
    with own_place(path) as first:
        with own_place(path) as second:
            pass
        with own_place(path) as third:
            write_pulse(first, {"pid": 1})
            write_pulse(third, {"pid": 3})

    assert (first, second, third) == (path, tmp_path / "detak-2.json", tmp_path / "detak-2.json")
    assert (read_pulse(first), read_pulse(third)) == ({"pid": 1}, {"pid": 3})


def test_a_killed_service_leaves_its_name_to_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "detak.json"
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_PLACE, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    told = child.stdout.readline().strip()
    with own_place(path) as meanwhile:
        pass

    child.kill()
    child.communicate()
    with own_place(path) as afterwards:
        pass

    assert (told, meanwhile.name, afterwards.name) == ("detak.json", "detak-2.json", "detak.json")


def test_a_folder_in_which_nothing_can_be_locked_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / "tiada" / "berkas" / "detak.json"
    path.parent.parent.touch()  # a file where a folder should be

    with own_place(path) as place:
        pass

    assert place == path
