"""Trouble of sending: letters to a unit that the mail server refused, or has not taken yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingTrouble:
    """Letters of one period to one unit that were tried and have not been taken."""

    periode: str
    unit: str
    gagal: int  # refused for good
    tertunda: int  # still being tried, or not certain

    @property
    def words(self) -> str:
        """Return how a status names it.

        >>> SendingTrouble(periode="2026-TW3", unit="umum", gagal=1, tertunda=2).words
        '1 surat gagal dikirim, 2 surat tertunda'
        """
        told = ((self.gagal, "surat gagal dikirim"), (self.tertunda, "surat tertunda"))
        return ", ".join(f"{count} {what}" for count, what in told if count)
