"""Years of service in an afternoon: python -m tests.bench.soak --years 3 --mails 50000

The real service on a fast clock, its mailbox on Dovecot, mails of every kind laid into it, its letters by SMTP. Prints
what each quarter took and held, and whether all laws hold at the end. Needs Dovecot.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.bench.soak.play import Soak, Stretch, soak
from tests.bench.soak.worker import Weight

_DAYS = 365.25
_HEADING = "until       mails   kept letters  ms cpu      ms resting    MB  most +child fds  db MB"
_PARTS = (("a quarter", 0.25), ("half", 0.5), ("three quarters", 0.75), ("all", 1.0))


def main() -> None:
    """Run it and print as it goes; the exit code is 1 if a law is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=3.0)
    parser.add_argument("--mails", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="as many mails as fit into this time")
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    run = soak(round(asked.years * _DAYS), asked.mails, seed=asked.seed, seconds=asked.minutes * 60, tell=_tell)
    _say(_ending(run))
    sys.exit(1 if run.breaches else 0)


def _tell(run: Soak) -> None:
    if not run.stretches:
        assert run.start is not None
        _say(f"start: {run.start.memory:.0f} MB, {run.start.with_sandbox:.0f} MB with the sandbox")
        _say(_HEADING)
        return
    _say(_line(run.stretches[-1]))


def _line(one: Stretch) -> str:
    return (
        f"{one.until} {one.mails:6} {one.archived:6} {one.letters:7} {one.per_mail:7.2f} "
        f"{one.clock / max(one.archived, 1) * 1000:7.2f} {one.resting * 1000:7.2f} {one.weight.memory:5.0f} "
        f"{one.weight.peak:5.0f} {one.weight.with_sandbox:6.0f} {one.weight.descriptors:3} {one.database:6.0f}"
    )


def _ending(run: Soak) -> str:
    first, last = run.stretches[0], run.stretches[-1]
    lines = [
        *_by_parts(run),
        f"{run.mails} mails from outside, {sum(s.archived for s in run.stretches)} kept with our own copies, "
        f"{sum(s.letters for s in run.stretches)} letters",
        f"processor per mail, last quarter to first: {last.per_mail / first.per_mail:.2f}",
        f"all laws looked at in {run.checked:.0f} s: {len(run.breaches)} broken",
        *run.breaches[:50],
    ]
    return "\n".join(lines)


def _by_parts(run: Soak) -> Iterator[str]:
    """Yield what it held at the start, after a quarter of the time, and so on."""
    assert run.start is not None
    yield _of_part("the start", 0, run.start)
    for name, part in _PARTS:
        until = max(1, round(len(run.stretches) * part))
        yield _of_part(name, sum(one.archived for one in run.stretches[:until]), run.stretches[until - 1].weight)


def _of_part(name: str, kept: int, weight: Weight) -> str:
    return (
        f"{name}: {kept} mails kept, {weight.memory:.0f} MB, with the sandbox {weight.with_sandbox:.0f} MB, "
        f"{weight.descriptors} descriptors"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
