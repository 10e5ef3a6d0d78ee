"""What a benchmark says: figures with their goals, as a table or as JSON."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from operator import ge, le


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure; `goal` is the least or the most that it should be, None where there is none."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    def verdict(self, value: float) -> str:
        """Return how a value of it stands to its goal."""
        if self.goal is None:
            return ""
        met = (ge if self.at_least else le)(value, self.goal)
        return f"{'≥' if self.at_least else '≤'} {self.goal:g} {'met' if met else 'MISSED'}"


def to_json(figures: Sequence[Figure]) -> str:
    """Return the figures of one run, one object a line."""
    return "".join(f"{json.dumps(asdict(figure))}\n" for figure in figures)


def from_json(text: str) -> list[Figure]:
    """Return the figures of one run; whatever else its servers have said is passed over."""
    return [Figure(**json.loads(line)) for line in text.splitlines() if line.startswith('{"name"')]


def show(benchmark: str, runs: Sequence[Sequence[Figure]], *, as_json: bool) -> None:
    """Print the figures of one benchmark as soon as it is over: the median, and of several runs least and most."""
    for figures in zip(*runs, strict=True):
        first, values = figures[0], sorted(figure.value for figure in figures)
        median = statistics.median(values)
        if as_json:
            line = json.dumps(asdict(first) | {"benchmark": benchmark, "value": median, "runs": values})
        else:
            spread = f" ({values[0]:.3g} … {values[-1]:.3g})" if len(values) > 1 else ""
            line = f"{benchmark:<13}{first.name:<66} {median:>9.3g}{spread} {first.unit:<9} {first.verdict(median)}"
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
