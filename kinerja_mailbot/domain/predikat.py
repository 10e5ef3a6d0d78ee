"""Predikat: the words that scores earn, by scales that the source names."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol


class Band(Protocol):
    """One band of a scale, as `policy.SkalaPredikat` is one: from this capaian (percent) on."""

    @property
    def mulai(self) -> Decimal:
        """Return the lowest capaian of the band, in percent."""
        ...

    @property
    def sebutan(self) -> str:
        """Return the word for the band."""
        ...


# PermenPANRB 88/2021: each band is open below, so exactly 70,00 is still B.
_LHE = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30))


def lhe_predikat(nilai: Decimal) -> str:
    """Return the AKIP predikat of a total score from 0 to 100 (PermenPANRB 88/2021).

    >>> lhe_predikat(Decimal("70.00")), lhe_predikat(Decimal("70.01")), lhe_predikat(Decimal(12))
    ('B', 'BB', 'D')
    """
    return next((name for name, above in _LHE if nilai > above), "D")


def predikat_capaian(capaian: Decimal, skala: tuple[Band, ...]) -> str:
    """Return the word for a capaian (percent, rounded half up to 2 decimals first); bands go from highest to lowest."""
    rounded = capaian.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return next((band.sebutan for band in skala if rounded >= band.mulai), skala[-1].sebutan if skala else "")
