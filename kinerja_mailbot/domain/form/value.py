"""What a cell can hold: as the file gives it (`RawCell`), as it is stored (`Value`), and the judgement between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum


class Mark(StrEnum):
    """A declared absence; never the same as an empty cell, and never a silent zero (DOMAIN 3.2)."""

    NIHIL = "nihil"
    TIDAK_DIUKUR = "tidak diukur"


Value = Decimal | date | Mark | str
"""A stored value. Percent are stored as people say them: 85,5 % is Decimal("85.5"); money in whole rupiah."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error shown in a cell: #REF!, #DIV/0!, #N/A …"""

    code: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose result the writing program never stored: unreadable, which is not the same as empty."""

    formula: str = ""


RawValue = None | bool | int | float | str | datetime | date | time | CellError | Uncalculated


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file has it; `number_format` only where the reader could learn it ("0%", "General")."""

    value: RawValue
    number_format: str | None = None


class CellOutcome(StrEnum):
    """How a cell ends (DOMAIN 7.3)."""

    ACCEPTED = "accepted"
    INFO = "info"  # stored; we say what we read
    CHECK = "check"  # stored; please confirm
    FIX = "fix"  # wrong or ambiguous: not stored until answered


@dataclass(frozen=True, slots=True)
class Reading:
    """What one cell reader makes of one cell; `message` is a formal Indonesian sentence, empty when accepted.

    `value` is None for an empty cell, and for every `FIX`; `pilihan` are the values that it may mean then.
    """

    outcome: CellOutcome
    value: Value | None
    message: str = ""
    id: str = ""  # of the message, in the catalogue
    pilihan: tuple[Value, ...] = ()
