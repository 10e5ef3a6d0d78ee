"""Benchmarks that are programs of their own, whose memory and imports are theirs alone."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench.table import Figure


def rekap(offices: tuple[int, ...]) -> list[Figure]:
    """Measure a rekap of so many offices with four respondents each; the goals are those of the smallest and largest.

    Four respondents in 1 s; 2,208 in 30 s and 400 MB.
    """
    figures = []
    for count in offices:
        found = _told("tests.bench.rekap", str(count))
        name = f"a rekap of {found['respondents']} respondents, {found['indicators']} indicators"
        figures += [
            Figure(name=f"{name}: by the clock", value=found["clock"], unit="s", goal=1 if count == 1 else 30),
            Figure(name=f"{name}: processor", value=found["processor"], unit="s"),
            Figure(name=f"{name}: most memory", value=found["peak"], unit="MB", goal=400),
        ]
    return figures


def deadlines() -> list[Figure]:
    """Measure each kind of working time, 100,000 times."""
    found = _told("tests.bench.working_time")
    return [Figure(name=f"100,000 times {kind}", value=took, unit="s", goal=1) for kind, took in found.items()]


def _told(program: str, *arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", program, *arguments, "--json"]
    told: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told
