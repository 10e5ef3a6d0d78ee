"""Short names for the four ways a reading can end."""

from __future__ import annotations

from kinerja_mailbot.domain.form.value import CellOutcome, Reading, Value


def accepted(value: Value | None) -> Reading:
    """Return a reading that needs no word; None is an empty cell."""
    return Reading(CellOutcome.ACCEPTED, value)


def info(value: Value, message: str) -> Reading:
    """Return a stored value of which we say how it was read."""
    return Reading(CellOutcome.INFO, value, message)


def check(value: Value, message: str) -> Reading:
    """Return a stored value that the respondent should confirm."""
    return Reading(CellOutcome.CHECK, value, message)


def fix(message: str) -> Reading:
    """Return a refusal: nothing is stored until the respondent has answered."""
    return Reading(CellOutcome.FIX, None, message)
