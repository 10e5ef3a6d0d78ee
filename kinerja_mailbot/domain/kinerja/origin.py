"""From which receipt the figures of a row come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinerja_mailbot.domain.sop.state import Penerimaan


@dataclass(frozen=True, slots=True)
class Asal:
    """Which receipt brought each cell of a row: by column key, or under "" where one receipt brought them all."""

    sel: tuple[tuple[str, Penerimaan], ...] = ()

    @property
    def penerimaan(self) -> tuple[Penerimaan, ...]:
        """Return the receipts, oldest first, each once."""
        return tuple(sorted(dict.fromkeys(receipt for _, receipt in self.sel), key=lambda one: one.revisi))

    def surel(self, *kunci: str) -> int:
        """Return the mail that brought the first of these columns that is known; 0 when none is."""
        known = dict(self.sel)
        return next((receipt.surel_id for key in (*kunci, "") if (receipt := known.get(key)) is not None), 0)

    def __str__(self) -> str:
        """Return what a sheet of the rekap shows.

        >>> str(Asal((("", Penerimaan(1, "TRM-2026-TW3-UKL-01", 12)),)))
        'TRM-2026-TW3-UKL-01 (surel 12)'
        """
        return "\n".join(f"{receipt.nomor} (surel {receipt.surel_id})" for receipt in self.penerimaan)


NOWHERE = Asal()


def origin_of(cells: Iterable[tuple[str, int]], receipts: dict[int, Penerimaan]) -> Asal:
    """Return the origin of a row's cells, each with its column key and the revision that brought it.

    >>> first = Penerimaan(1, "TRM-2026-TW3-UKL-01", 12)
    >>> origin_of([("realisasi", 1), ("bukti", 1)], {1: first}) == Asal((("", first),))
    True
    """
    known = tuple((kolom, receipt) for kolom, revisi in cells if (receipt := receipts.get(revisi)) is not None)
    if not known:
        return NOWHERE
    first = known[0][1]
    return Asal((("", first),)) if all(receipt is first for _, receipt in known) else Asal(known)
