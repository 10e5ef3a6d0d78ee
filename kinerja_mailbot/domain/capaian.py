"""The capaian formulas: how far a realisasi has come towards its target, in percent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

# The stored value of domain/form/value.py (a Mark is a str), spelled out: the form's rules import these formulas.
Value = Decimal | date | str

HUNDRED = Decimal(100)

_RANGE = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%?\s*(?:-|–|s\.?d\.?)\s*(\d+(?:[.,]\d+)?)\s*%?\s*")
_NOT_MEASURED, _NIL = "tidak diukur", "nihil"
_YES = frozenset({"ya", "ada", "sudah", "1"})
# Best first; a later rank is a worse one (PermenPANRB 88/2021 for AKIP, BPK's opinions).
_RANKS = (("AA", "A", "BB", "B", "CC", "C", "D"), ("WTP", "WDP", "TW", "TMP"))


def compute_capaian(rumus: str, target: Value | None, realisasi: Value | None) -> Decimal | None:
    """Return the raw capaian in percent, neither capped nor rounded; None where it is not measured or not a number.

    A target of zero measures nothing for POS; for a negative indicator nothing happening is full marks, anything is 0
    (offices report "0 % / 0 %" as achieved). PREDIKAT has no percentage unless the target is met.

    >>> compute_capaian("POS", Decimal("80"), Decimal("83")) == Decimal("103.75")
    True
    >>> compute_capaian("NEG_LAN", Decimal(2), Decimal(5)), compute_capaian("NEG_RASIO", Decimal(2), Decimal(5))
    (Decimal('-50.0'), Decimal('40.0'))
    >>> compute_capaian("RENTANG", "80-90", Decimal(85)), compute_capaian("POS", Decimal(80), None)
    (Decimal('100'), None)

    Raises:
        ValueError: `rumus` is not one of `FORMULAS`.
    """
    if rumus not in FORMULAS:
        raise ValueError(f"unknown formula {rumus!r}; known: {', '.join(FORMULAS)}")
    if target is None or realisasi is None or _says(target, _NOT_MEASURED) or _says(realisasi, _NOT_MEASURED):
        return None
    wanted, got = _nil_is_zero(target), _nil_is_zero(realisasi)
    if _is_negative(wanted) or _is_negative(got):
        return None  # DOMAIN 3.2: below zero nothing is measured
    return FORMULAS[rumus](wanted, got)


def is_met(rumus: str, target: Value | None, realisasi: Value | None) -> bool | None:
    """Tell whether the target is reached; None where there is nothing to judge.

    Nothing happening at all meets a negative target, although NEG_RASIO has no percentage for it.

    >>> is_met("PREDIKAT", "BB", "A"), is_met("PREDIKAT", "BB", "B"), is_met("POS", Decimal(75), Decimal("40.9"))
    (True, False, False)
    >>> is_met("NEG_RASIO", Decimal(2), Decimal(0)), is_met("POS", Decimal(0), Decimal(0))
    (True, None)
    """
    if rumus == "PREDIKAT" and isinstance(target, str) and isinstance(realisasi, str):
        wanted, got = _rank(target), _rank(realisasi)
        return None if wanted is None or got is None or wanted[0] != got[0] else got[1] <= wanted[1]
    if rumus == "NEG_RASIO" and isinstance(target, Decimal) and target >= 0 and realisasi in (Decimal(0), _NIL):
        return True
    capaian = compute_capaian(rumus, target, realisasi)
    return None if capaian is None else capaian >= HUNDRED


def read_range(target: Value) -> tuple[Decimal, Decimal] | None:
    """Return the bounds of a target such as "80 - 90%", or None.

    >>> read_range("80 - 90%")
    (Decimal('80'), Decimal('90'))
    """
    found = _RANGE.fullmatch(target) if isinstance(target, str) else None
    if not found:
        return None
    low, high = (Decimal(part.replace(",", ".")) for part in found.groups())
    return (low, high) if low <= high else None


def _says(value: Value, mark: str) -> bool:
    return isinstance(value, str) and value == mark  # a number takes long to find that it is no text


def _is_negative(value: Value) -> bool:
    return isinstance(value, Decimal) and value < 0


def _nil_is_zero(value: Value) -> Value:
    return Decimal(0) if _says(value, _NIL) else value


def _positive(target: Value, realisasi: Value) -> Decimal | None:
    """R / T (DOMAIN 3.1 POS)."""
    if not (isinstance(target, Decimal) and isinstance(realisasi, Decimal)) or target == 0:
        return None
    return realisasi / target * HUNDRED


def _negative_lan(target: Value, realisasi: Value) -> Decimal | None:
    """(2T - R) / T (Keputusan Kepala LAN 239/IX/6/8/2003)."""
    if not (isinstance(target, Decimal) and isinstance(realisasi, Decimal)):
        return None
    if target == 0:
        return HUNDRED if realisasi == 0 else Decimal(0)
    return (2 * target - realisasi) / target * HUNDRED


def _negative_ratio(target: Value, realisasi: Value) -> Decimal | None:
    """T / R, as some regional applications do it; undefined when nothing happened against a target above zero."""
    if not (isinstance(target, Decimal) and isinstance(realisasi, Decimal)):
        return None
    if target == 0:
        return HUNDRED if realisasi == 0 else Decimal(0)
    return None if realisasi == 0 else target / realisasi * HUNDRED


def _within_range(target: Value, realisasi: Value) -> Decimal | None:
    bounds = read_range(target)
    if bounds is None or not isinstance(realisasi, Decimal):
        return None
    low, high = bounds
    if realisasi > high:
        return realisasi / high * HUNDRED if high else None
    if realisasi < low:
        return realisasi / low * HUNDRED
    return HUNDRED


def _yes_or_no(target: Value, realisasi: Value) -> Decimal | None:
    wanted, got = _truth(target), _truth(realisasi)
    return HUNDRED if wanted == got else Decimal(0)


def _truth(value: Value) -> bool:
    return value == 1 if isinstance(value, Decimal) else str(value).strip().casefold() in _YES


def _rank_met(target: Value, realisasi: Value) -> Decimal | None:
    return HUNDRED if is_met("PREDIKAT", target, realisasi) else None


def _rank(predikat: str) -> tuple[int, int] | None:
    wanted = predikat.strip().upper()
    return next(((scale, names.index(wanted)) for scale, names in enumerate(_RANKS) if wanted in names), None)


FORMULAS: dict[str, Callable[[Value, Value], Decimal | None]] = {
    "POS": _positive,
    "NEG_LAN": _negative_lan,
    "NEG_RASIO": _negative_ratio,
    "NEG_SKP": _negative_lan,  # [1 + (1 - R/T)] x 100 is the same number
    "RENTANG": _within_range,
    "YATIDAK": _yes_or_no,
    "PREDIKAT": _rank_met,
}
