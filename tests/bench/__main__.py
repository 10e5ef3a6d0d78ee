"""All benchmarks by one command: python -m tests.bench [throughput latency inbox …] [--full] [--runs N] [--json]

Without names all are run, in small; `--full` runs them at the size of the whole KPU: 2,208 replies, 100,000 old mails,
10,000 replies in one process, ten idle minutes. Each run is a process of its own, so that none pays for or gains from
another; of several runs the median is held against the goal, and least and most stand beside it. Figures of one run are
compared with each other.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable

from tests.bench.forms import forms
from tests.bench.growth import memory, old_mails, stored_revisions, years
from tests.bench.programs import deadlines, rekap
from tests.bench.running import idle, latency
from tests.bench.table import Figure, from_json, show, to_json
from tests.bench.throughput import compare
from tests.bench.workers import scale_out

# name -> (in small, in full)
BENCHMARKS: dict[str, tuple[Callable[[], list[Figure]], Callable[[], list[Figure]]]] = {
    "throughput": (lambda: compare(200), lambda: compare(2_208)),
    "latency": (lambda: latency(20), lambda: latency(200)),
    "inbox": (lambda: old_mails((100, 10_000, 100_000)), lambda: old_mails((100, 10_000, 100_000))),
    "revisions": (lambda: stored_revisions(100_000, 60), lambda: stored_revisions(100_000, 400)),
    "years": (lambda: years(10), lambda: years(40)),
    "memory": (lambda: memory(500), lambda: memory(10_000)),
    "idle": (lambda: idle(20), lambda: idle(600)),
    "workers": (lambda: scale_out(200), lambda: scale_out(2_208)),
    "forms": (lambda: forms(100), lambda: forms(2_208)),
    "rekap": (lambda: rekap((1, 552)), lambda: rekap((1, 552))),
    "working_time": (deadlines, deadlines),
}


def main() -> int:
    """Run what is asked for and print each figure as soon as it is known; 1 when one could not be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--full", action="store_true", help="at the size of the whole KPU")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="how often each is run")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--here", action="store_true", help="one run in this very process, as JSON")
    asked = parser.parse_args()
    if unknown := set(asked.names) - BENCHMARKS.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    names = asked.names or list(BENCHMARKS)
    if asked.here:
        for name in names:
            sys.stdout.write(to_json(BENCHMARKS[name][asked.full]()))
        return 0
    return max([_run(name, asked.runs, full=asked.full, as_json=asked.json) for name in names])


def _run(name: str, runs: int, *, full: bool, as_json: bool) -> int:
    command = [sys.executable, "-m", "tests.bench", name, "--here", *(["--full"] if full else [])]
    measured: list[list[Figure]] = []
    for _ in range(runs):
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if run.returncode:
            sys.stdout.write(f"{name}: could not be measured\n")
            return 1
        measured.append(from_json(run.stdout))
    show(name, measured, as_json=as_json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
