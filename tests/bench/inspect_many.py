"""Measure `inspect mail` on a folder of thousands of mails, most of them damaged: python -m tests.bench.inspect_many

Prints how long the whole took, the slowest mails, and the most memory that the command and its sandbox held together.
The mails are the .eml files of the tests, replies with the forms of the shipped example, and mutations of them all,
the same ones in every run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from email.message import EmailMessage
from pathlib import Path

from tests.domain.mail_table import TABLE
from tests.mutations import DAMAGES, damaged

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-u", "-m", "kinerja_mailbot"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
LIMIT_SECONDS, LIMIT_MEGABYTES = 5.0, 300.0


# The people of the .eml files, and whom the shipped configuration knows in their place.
PEOPLE = {
    b"budi@kpu.example": b"kasubbag.umum@kpu.example",
    b"ruth@kpu.example": b"kasubbag.teknis@kpu.example",
    b"dewi@kpu.example": b"kasubbag.hukum@kpu.example",
    b"maria@kpu.example": b"kasubbag.perencanaan@kpu.example",
    b"yosep@kpu.example": b"penyusun@kpu.example",
}
UNITS = {
    "umum": "kasubbag.umum@kpu.example",
    "teknis": "kasubbag.teknis@kpu.example",
    "hukum": "kasubbag.hukum@kpu.example",
    "sekretaris": "sekretaris@kpu.example",
}


class Scales:
    """Weighs a process and its children, twenty times a second, until told to stop."""

    def __init__(self, pid: int) -> None:
        self.most = self.most_of_children = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End weighing."""
        self._over.set()
        self._thread.join()

    def _weigh(self) -> None:
        while not self._over.wait(0.05):
            own, children = _resident(self._pid), sum(_resident(child) for child in _children(self._pid))
            self.most = max(self.most, own + children)
            self.most_of_children = max(self.most_of_children, children)


def write_mails(folder: Path, count: int) -> None:
    """Write the mails of the table and replies with real forms, then damaged ones until there are so many."""
    whole = {row.file: with_people(row.raw) for row in TABLE} | replies_with_forms()
    for name, raw in whole.items():
        (folder / f"asli-{name}.eml").write_bytes(raw)
    chance = random.Random(2026)  # noqa: S311  # a benchmark must repeat
    names = [*whole, *[f"isian-{unit}" for unit in UNITS] * 20]  # forms cost most, so they come often
    for number in range(count - len(whole)):
        name = chance.choice(names)
        kinds = tuple(chance.choice(DAMAGES) for _ in range(chance.randint(1, 4)))
        (folder / f"rusak-{number:05}-{name}.eml").write_bytes(damaged(whole[name], kinds, number))


def with_people(raw: bytes) -> bytes:
    """Return the mail as one between people of the shipped configuration."""
    for one, other in PEOPLE.items():
        raw = raw.replace(one, other)
    return raw


def replies_with_forms() -> dict[str, bytes]:
    """Return a reply of each unit with its whole form, unsigned, as the command `form` makes it."""
    replies: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([*PROGRAM, "init"], check=True, cwd=name, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        for unit, address in UNITS.items():
            file = Path(name) / f"{unit}.xlsx"
            make = [*PROGRAM, "form", unit, "2026-TW3", "-o", str(file)]
            subprocess.run(make, check=True, cwd=name, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = address, "kinerja@kpu.example", "Data kinerja"
            mail.set_content("Terlampir isian kami.")
            mail.add_attachment(file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name)
            replies[f"isian-{unit}"] = bytes(mail)
    return replies


def measure(folder: Path) -> tuple[list[tuple[float, str]], Scales, int]:
    """Run the command as a person would; return the time of each mail, the weights, the exit code."""
    command = [*PROGRAM, "inspect", "mail", "--json", str(folder)]
    times: list[tuple[float, str]] = []
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process,
    ):
        scales = Scales(process.pid)
        assert process.stdout is not None
        before = time.perf_counter()
        for line in process.stdout:
            now = time.perf_counter()
            times.append((now - before, Path(str(json.loads(line).get("file", "?"))).name))
            before = now
        code = process.wait()
        scales.stop()
    return times, scales, code


def main() -> None:
    """Print the figures, and whether they keep the promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=2_000)
    count = max(int(parser.parse_args().count), len(TABLE) + len(UNITS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_mails(folder, count)
        begun = time.perf_counter()
        times, scales, code = measure(folder)
        whole = time.perf_counter() - begun
    first, rest = times[0], sorted(times[1:], reverse=True)
    typical = rest[len(rest) // 2][0] * 1000
    say(f"{len(times)} mails of {count}, exit code {code}, {whole:.1f} s")
    say(f"the first one, with the start of the program: {first[0]:.2f} s; the middle one: {typical:.0f} ms")
    for seconds, mail in rest[:5]:
        say(f"  {seconds:6.3f} s  {mail}")
    say(f"peak memory {scales.most:.0f} MB with the sandbox, of which the sandbox {scales.most_of_children:.0f} MB")
    kept = code == 0 and len(times) == count and rest[0][0] < LIMIT_SECONDS and scales.most < LIMIT_MEGABYTES
    say("promise kept" if kept else "PROMISE BROKEN")
    sys.exit(0 if kept else 1)


def say(line: str) -> None:
    """Print a line of the report."""
    sys.stdout.write(f"{line}\n")


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _children(pid: int) -> list[int]:
    try:
        lists = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for text in lists for child in text.split()]


if __name__ == "__main__":
    main()
