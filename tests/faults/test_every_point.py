"""kill -9 at the points of a quarter: each value, each letter and each copy of it stands there once all the same.

A sample: every point of one reply's life, and every so-many-th of the rest. `python -m tests.faults.harness` tries all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.databases import POSTGRESQL, SQLITE, server_for
from tests.faults.harness import Point, table, theatre
from tests.postgresql import PostgreSQL

_GOOD_REPLY = 2  # its scene
_SECOND_KILLS = 20  # every so-many-th point of what follows the first kill
_LEAST_POINTS = 400  # fewer would mean that the harness does not see them any more


def of_one_reply(points: list[Point]) -> list[Point]:
    """Return what happens to one reply from its arrival to the proof of its answer, but for idle looks.

    What happens more often, since other mails are decided and answered with it, is there the first and the last time.
    """
    scene = [point for point in points if point.scene == _GOOD_REPLY]
    first = next(place for place, point in enumerate(scene) if point.name == "after IMAP batch")
    last = max(place for place, point in enumerate(scene) if point.name == "after commit in archive")
    life = [point for point in scene[first : last + 1] if "IMAP " not in point.name and "requeue" not in point.name]
    earliest, latest = {one.name: one for one in reversed(life)}, {one.name: one for one in life}
    return [one for one in life if one in (earliest[one.name], latest[one.name])]


def spread(points: list[Point]) -> list[Point]:
    """Return points of every scene and of most kinds."""
    return points[3::37]


def now_and_then(points: list[Point]) -> list[Point]:
    """Return some of what happens to one reply."""
    return of_one_reply(points)[1::3]


@pytest.fixture
def server(request: pytest.FixtureRequest) -> PostgreSQL | None:
    return server_for(request)


@pytest.mark.parametrize(
    ("server", "sample"),
    [
        pytest.param(SQLITE, of_one_reply, id="sqlite, in the life of one reply"),
        pytest.param(SQLITE, spread, id="sqlite, anywhere"),
        # What else a quarter holds differs between the databases by nothing that this life does not try.
        pytest.param(POSTGRESQL, now_and_then, id="postgresql, now and then in the life of one reply"),
    ],
    indirect=["server"],
)
def test_killed_at_any_point_the_office_sees_nothing_of_it(
    server: PostgreSQL | None, sample: Callable[[list[Point]], list[Point]], capsys: pytest.CaptureFixture[str]
) -> None:
    with theatre(server) as stage:
        found = [stage.kill(point) for point in sample(stage.points)]

        with capsys.disabled():
            sys.stdout.write("\n" + table(stage.points, found) + "\n")
        assert [one for one in found if not one.is_well] == []
        assert len(stage.points) > _LEAST_POINTS


def test_killed_once_more_while_it_recovers_the_office_sees_nothing_of_it_either(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with theatre() as stage:
        points = {point.name: point for point in reversed(of_one_reply(stage.points))}
        first = [points["after commit in archive"], points["after SMTP 250"]]

        found = [one for point in first for one in stage.kill_twice(point, _SECOND_KILLS)]

        with capsys.disabled():
            sys.stdout.write("\n" + table(stage.points, found) + "\n")
        assert [one for one in found if not one.is_well] == []
        assert len(found) > len(first)


def test_killed_in_the_middle_of_a_batch_of_letters_each_leaves_once() -> None:
    moments = ("after commit in take", "after SMTP 250", "before commit in record")
    with theatre(scenes=1) as stage:
        points = [point for point in stage.points if point.name in moments]

        found = [stage.kill(point) for point in points]

        assert [point.name for point in points] == [moments[0], *[moments[1]] * 3, moments[2]]  # all in one batch
        assert [one for one in found if not one.is_well] == []


def test_a_service_that_may_not_write_to_itself_is_seen_to_send_twice() -> None:
    with theatre(own_copy=False, scenes=1) as stage:
        point = next(point for point in stage.points if point.name == "after SMTP 250")

        found = stage.kill(point)

        assert [line for line in found.doubled if " at " in line] != []
