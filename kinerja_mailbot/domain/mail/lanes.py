"""Lanes: which mails have to be decided one after another, where several services share the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kinerja_mailbot.domain.unit import Daftar

ORDERS = "perintah"
"""The lane of whoever may give orders: they concern everybody, so nothing else is decided meanwhile."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of an office: one for each unit, whichever of its addresses writes, and one for all orders."""

    sendiri: frozenset[str]  # the bot's own addresses, case-folded: each copy of a letter has a lane to itself
    _known: Mapping[str, str] = field(repr=False)

    def lane(self, mail_id: int, sender: str, *, released: bool) -> str:
        """Return the lane of a mail; `sender` is the address in From, and proves nothing: only order depends on it.

        What a person has released or given at the machine may concern any unit.
        """
        address = sender.strip().casefold()
        if released:
            return ORDERS
        return f"{mail_id}" if address in self.sendiri else self._known.get(address, address)


def lane_of_unit(unit: str) -> str:
    """Return the lane of the mails of a unit's officials.

    >>> lane_of_unit("umum")
    'unit umum'
    """
    return f"unit {unit}"


def lanes_of(daftar: Daftar, own: tuple[str, ...]) -> Lanes:
    """Return the lanes of the register; an address of two units belongs to the last, at every service the same."""
    known = {
        address.strip().casefold(): lane_of_unit(unit.id)
        for unit in daftar.responden
        for pejabat in unit.pejabat
        for address in pejabat.alamat
    }
    orders = {address.strip().casefold(): ORDERS for p in (*daftar.penyusun, daftar.kasubbag) for address in p.alamat}
    return Lanes(frozenset(address.strip().casefold() for address in own), known | orders)
