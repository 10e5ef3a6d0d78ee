"""What a benchmark says: figures with their goals, as a table or as JSON."""

from __future__ import annotations

import json
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

    @property
    def verdict(self) -> str:
        """Return how it stands to its goal."""
        if self.goal is None:
            return ""
        met = (ge if self.at_least else le)(self.value, self.goal)
        return f"{'≥' if self.at_least else '≤'} {self.goal:g} {'met' if met else 'MISSED'}"


def show(figures: Sequence[Figure], *, as_json: bool) -> None:
    """Print the figures of one benchmark as soon as it is over."""
    for each in figures:
        line = (
            json.dumps(asdict(each))
            if as_json
            else f"{each.name:<66} {each.value:>10.3g} {each.unit:<9} {each.verdict}"
        )
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
