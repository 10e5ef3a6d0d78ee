"""Kills the service at every point of a quarter and compares.

`python -m tests.faults.harness [--dovecot] [--postgresql] [--every N] [--again N]`
The quarter is played once undisturbed, scene by scene; before each scene the database and all mailboxes are kept. Then,
for each point of each scene, both are put back, the service is killed at that point and started again, and whatever
stands afterwards must be what stands in the undisturbed quarter: the same values, the same letters, each of them once.
With `--to-the-end` every run goes on until the quarter is over. With `--again N` the service that was started again
is killed once more, at every N-th point of its recovery, and started a third time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from kinerja_mailbot.config import Config
from kinerja_mailbot.demo.cast import BOT
from kinerja_mailbot.demo.staff import Desk
from kinerja_mailbot.demo.story import StageClock
from tests.databases import copy_office, databases_of, put_back
from tests.faults.points import Done, live
from tests.faults.quarter import SCENES, Ending, config_for, ending
from tests.faults.worlds import DovecotWorld, EmbeddedWorld, World
from tests.postgresql import PostgreSQL

_PATIENCE = 300.0  # seconds for one settling: whoever waits in vain has failed anyway


class Life:
    """One process of the service, forked from a server that has imported everything already."""

    def __init__(self, config: Config, fatal: int | None) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.faults.warm"])
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=live, args=(theirs, config, fatal))
        self._process.start()
        theirs.close()

    def settle(self, moment: datetime) -> Done | None:
        """Let the service do all that is due at that moment; None when it was killed meanwhile."""
        try:
            self._line.send(moment)
            if not self._line.poll(_PATIENCE):
                raise TimeoutError(f"nothing heard at {moment}")
            done: Done = self._line.recv()
        except (EOFError, ConnectionError):
            self._process.join(_PATIENCE)
            if self._process.exitcode != -signal.SIGKILL:
                raise AssertionError(f"the service ended by itself: {self._process.exitcode}") from None
            self._line.close()
            return None
        return done

    def end(self) -> None:
        """Let the service end in peace."""
        self._line.close()
        self._process.join(_PATIENCE)
        assert self._process.exitcode == 0, self._process.exitcode


@dataclass(frozen=True, slots=True)
class Point:
    """A point: the n-th of its scene."""

    scene: int
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a killed run has ended with, other than the undisturbed one.

    `again` is the point of the recovery at which it was killed once more; `recovery` counts the points that the last
    life has reached.
    """

    point: Point
    again: int | None
    recovery: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the row of the table that it counts for."""
        return self.point.name if self.again is None else f"{self.point.name}, and again"

    @property
    def is_well(self) -> bool:
        """Tell whether it made no difference."""
        return not self.lost and not self.doubled


@dataclass(slots=True)
class Theatre:
    """Plays the quarter in one world; `folder` holds the database, `kept` the databases from before each scene."""

    world: World
    folder: Path
    kept: Path
    scenes: int = len(SCENES)
    own_copy: bool = True
    endings: list[Ending] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def rehearse(self) -> None:
        """Play the quarter undisturbed; remember each scene's beginning, its points and its ending."""
        for number in range(self.scenes):
            self._keep(number)
            names = self._play(number)
            self.points += [Point(number, count, name) for count, name in enumerate(names, 1)]
            self.endings.append(ending(self.world.system, self.folder))

    def kill(self, point: Point, again: int | None = None, *, to_the_end: bool = False) -> Found:
        """Put everything back to before the scene, play it with the kill, and compare its ending.

        With `again` the recovery is killed too, at this point of its own, unless it is over before.
        """
        self._go_back(point.scene)
        recovery = self._play(point.scene, point.number, *(() if again is None else (again,)))
        last = self.scenes - 1 if to_the_end else point.scene
        for number in range(point.scene + 1, last + 1):
            self._play(number)
        lost, doubled = _compared(self.endings[last], ending(self.world.system, self.folder))
        return Found(point, again, len(recovery), lost, doubled)

    def kill_twice(self, point: Point, every: int, *, to_the_end: bool = False) -> Iterator[Found]:
        """Kill at the point, once alone and then with a second kill at every so-many-th point of what follows."""
        once = self.kill(point, to_the_end=to_the_end)
        yield once
        for again in range(1 + point.number % every, once.recovery + 1, every):
            yield self.kill(point, again, to_the_end=to_the_end)

    def _play(self, number: int, *fatal: int) -> tuple[str, ...]:
        """Play one scene; each fatal point kills one life, and another begins. Return the points of the last life."""
        scene, names = SCENES[number], tuple[str, ...]()
        self.world.clock.now = scene.at
        scene.act(Desk(self.world.system, BOT, self.world.clock), self.world.system)
        config = config_for(self.world.system, self.folder, own_copy=self.own_copy)
        lives = iter((*fatal, None))
        life = Life(config, next(lives))
        for moment in scene.moments:
            self.world.clock.now = moment
            while (done := life.settle(moment)) is None:
                life = Life(config, next(lives))
            assert done.beat.faults == (), done.beat.faults
            names = done.names
        life.end()
        left = len(tuple(lives))
        assert left < max(1, len(fatal)), f"point {fatal} of {scene.nama!r} was not reached"
        return names

    def _keep(self, number: int) -> None:
        self.world.keep(str(number))
        copy_office(self.folder, self.kept / str(number))

    def _go_back(self, number: int) -> None:
        self.world.go_back(str(number))
        put_back(self.kept / str(number), self.folder)


@contextmanager
def theatre(
    server: PostgreSQL | None = None, *, dovecot: bool = False, own_copy: bool = True, scenes: int = len(SCENES)
) -> Iterator[Theatre]:
    """Open a theatre in which the quarter was rehearsed; on SQLite unless there is a server."""
    clock = StageClock(SCENES[0].at)
    with (
        tempfile.TemporaryDirectory() as folder,
        databases_of(server, Path(folder)),
        DovecotWorld(clock) if dovecot else EmbeddedWorld(clock) as world,
    ):
        found = Theatre(world, Path(folder, "now"), Path(folder, "kept"), scenes, own_copy)
        found.folder.mkdir()
        found.kept.mkdir()
        found.rehearse()
        yield found


def _compared(expected: Ending, actual: Ending) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is missing, and what is there beyond the undisturbed ending."""
    lost, doubled = list(expected.temuan), list(actual.temuan)
    pairs = (
        (expected.nilai, actual.nilai),
        (expected.surat, actual.surat),
        (expected.surel, actual.surel),
        (expected.diterima, actual.diterima),
    )
    for wanted, found in pairs:
        lost += (wanted - found).elements()
        doubled += (found - wanted).elements()
    return tuple(lost), tuple(doubled)


def table(points: list[Point], found: list[Found]) -> str:
    """Return the figures: for each kind of point how many there are, how many runs, what was lost and doubled."""
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    for point in points:
        lines[point.name]["points"] += 1
    for one in found:
        lines[one.name].update(runs=1, lost=len(one.lost), doubled=len(one.doubled))
    total = Counter[str]()
    for counts in lines.values():
        total.update(counts)
    rows = [*sorted(lines.items(), key=lambda row: re.sub("before|after", "", row[0])), ("all", total)]
    head = f"{'killed':<46}{'points':>8}{'runs':>8}{'losses':>8}{'doubles':>9}\n"
    return head + "\n".join(
        f"{name:<46}{count['points']:>8}{count['runs']:>8}{count['lost']:>8}{count['doubled']:>9}"
        for name, count in rows
    )


def main() -> None:
    """Kill at each point, or at every n-th, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dovecot", action="store_true", help="on Dovecot instead of the embedded servers")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th point")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this point")
    parser.add_argument("--again", type=int, default=0, metavar="N", help="kill the recovery too, at every N-th point")
    parser.add_argument("--to-the-end", action="store_true", help="play on after each killed scene")
    asked = parser.parse_args()
    began, found = monotonic(), list[Found]()
    with (
        PostgreSQL() if asked.postgresql else nullcontext() as server,
        theatre(server, dovecot=asked.dovecot) as stage,
    ):
        say(f"{len(stage.points)} points in {len(SCENES)} scenes, rehearsed in {monotonic() - began:.0f} s")
        for point in stage.points[asked.first :: asked.every]:
            runs = (
                stage.kill_twice(point, asked.again, to_the_end=asked.to_the_end)
                if asked.again
                else (stage.kill(point, to_the_end=asked.to_the_end),)
            )
            for one in runs:
                found.append(one)
                if not one.is_well:
                    say(f"{one}")
                if len(found) % 50 == 0:
                    say(f"{len(found)} runs in {monotonic() - began:.0f} s")
        say(table(stage.points, found))
    say(f"{monotonic() - began:.0f} s")
    sys.exit(0 if all(one.is_well for one in found) else 1)


def say(words: str) -> None:
    """Print at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
