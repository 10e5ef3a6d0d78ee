"""All benchmarks by one command: python -m tests.bench [throughput latency growth idle forms …] [--full] [--json]

Without names all but the slowest are run, in small; `--full` runs them at the size of the whole KPU: 2,208 replies,
100,000 old mails, 10,000 replies in one process, ten idle minutes. Figures of one run are compared with each other.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tests.bench.forms import forms
from tests.bench.growth import memory, old_mails, stored_revisions
from tests.bench.running import idle, latency
from tests.bench.table import Figure, show
from tests.bench.throughput import compare
from tests.bench.workers import scale_out

# name -> (in small, in full)
BENCHMARKS: dict[str, tuple[Callable[[], list[Figure]], Callable[[], list[Figure]]]] = {
    "throughput": (lambda: compare(200), lambda: compare(2_208)),
    "latency": (lambda: latency(20), lambda: latency(200)),
    "inbox": (lambda: old_mails((100, 10_000)), lambda: old_mails((100, 10_000, 100_000))),
    "revisions": (lambda: stored_revisions(20_000), lambda: stored_revisions(100_000)),
    "memory": (lambda: memory(500), lambda: memory(10_000)),
    "idle": (lambda: idle(20), lambda: idle(600)),
    "workers": (lambda: scale_out(100), lambda: scale_out(2_208)),
    "forms": (lambda: forms(100), lambda: forms(2_208)),
}


def main() -> None:
    """Run what is asked for and print each figure as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS])
    parser.add_argument("--full", action="store_true", help="at the size of the whole KPU")
    parser.add_argument("--json", action="store_true", help="one object a line")
    asked = parser.parse_args()
    for name in asked.names or BENCHMARKS:
        small, full = BENCHMARKS[name]
        show((full if asked.full else small)(), as_json=asked.json)


if __name__ == "__main__":
    main()
