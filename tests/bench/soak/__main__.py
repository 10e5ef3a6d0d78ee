"""Years of service in an afternoon: python -m tests.bench.soak --years 3 --mails 50000

The real service on a fast clock, its mailbox on Dovecot, mails of every kind by LMTP, its letters by SMTP. Prints what
each quarter took and held, and whether all laws hold at the end. Needs Dovecot.
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.soak.play import Soak, Stretch, soak

_DAYS = 365.25
_HEADING = "until       mails   kept letters  ms cpu      ms    MB +child fds  db MB"


def main() -> None:
    """Run it and print as it goes; the exit code is 1 if a law is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=float, default=3.0)
    parser.add_argument("--mails", type=int, default=50_000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end earlier, wherever it is")
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
        f"{one.clock / max(one.archived, 1) * 1000:7.2f} {one.weight.memory:5.0f} {one.weight.with_sandbox:6.0f} "
        f"{one.weight.descriptors:3} {one.database:6.0f}"
    )


def _ending(run: Soak) -> str:
    first, last = run.stretches[0], run.stretches[-1]
    lines = [
        f"{run.mails} mails from outside, {sum(s.archived for s in run.stretches)} kept with our own copies, "
        f"{sum(s.letters for s in run.stretches)} letters",
        f"processor per mail, last quarter to first: {last.per_mail / first.per_mail:.2f}",
        f"all laws looked at in {run.checked:.0f} s: {len(run.breaches)} broken",
        *run.breaches[:50],
    ]
    return "\n".join(lines)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
