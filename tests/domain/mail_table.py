"""The table of the .eml files: what each mail is, what becomes of it, how many letters answer it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

MAILS = Path(__file__).parent / "mails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One line of `mails/table.csv`, about a mail that arrives first thing while all units are still asked."""

    file: str
    verdict: str
    reason: str  # of the verdict
    proofs: str
    label: str  # of the outcome
    hindrance: str  # why no form counts, where none does
    answers: int  # letters that the mail causes, to whomever
    letters: tuple[str, ...]  # "templat > addresses" of each

    @property
    def raw(self) -> bytes:
        """Return the mail."""
        return (MAILS / f"{self.file}.eml").read_bytes()


def read_table() -> tuple[Expected, ...]:
    """Return all lines, by file name."""
    with (MAILS / "table.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Expected(
                file=row["file"],
                verdict=row["verdict"],
                reason=row["reason"],
                proofs=row["proofs"],
                label=row["label"],
                hindrance=row["hindrance"],
                answers=int(row["answers"]),
                letters=tuple(row["letters"].split(" ; ")) if row["letters"] else (),
            )
            for row in csv.DictReader(file)
        )


TABLE = read_table()
