"""The figures of one row that belong together: target, realisasi and the capaian that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kinerja_mailbot.domain.capaian import FORMULAS, compute_capaian, is_met
from kinerja_mailbot.domain.form.definition import Row, Sheet
from kinerja_mailbot.domain.form.record import Place, Record
from kinerja_mailbot.domain.form.value import Value

TARGETS = ("target_tw", "target_tahun", "target")  # the nearest target first
CAPAIAN = "capaian"
AKUMULATIF = "akumulatif"  # the sifat of what is counted since the year's beginning (DOMAIN 3.4)
REALISASI = ("realisasi_kum", "realisasi_tw", "realisasi")  # the measure to judge first


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One sheet of the merged record with its rows: (key, printed row or None).

    Of cells that must be mended (`terbuka`) nothing is known, whatever the record held before: a rule that needs one of
    them has nothing to say until it is mended.
    """

    sheet: Sheet
    record: Record
    rows: tuple[tuple[str, Row | None], ...]
    terbuka: frozenset[Place] = frozenset()
    _printed: dict[str, Row | None] = field(init=False, repr=False, compare=False)
    _capaian: dict[str, Decimal | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the rows out by their keys; of two with one key the first counts."""
        object.__setattr__(self, "_printed", dict(reversed(self.rows)))

    def is_open(self, baris: str, kolom: str) -> bool:
        """Tell whether this cell waits to be mended."""
        return (self.sheet.id, baris, kolom) in self.terbuka

    def get(self, baris: str, kolom: str) -> Value | None:
        """Return what was reported, else what we printed, else the capaian that we compute."""
        if self.is_open(baris, kolom):
            return None
        stored = self.record.get(self.sheet.id, baris, kolom)
        if stored is not None and kolom != CAPAIAN:
            return stored
        printed = self.printed(baris)
        if kolom == CAPAIAN:
            return self.capaian(baris)
        return printed.get(kolom) if printed is not None else None

    def printed(self, baris: str) -> Row | None:
        """Return the printed row with this key."""
        return self._printed.get(baris)

    def capaian(self, baris: str) -> Decimal | None:
        """Return the raw capaian of a row in percent, None where nothing is measured; several rules ask for it."""
        if baris not in self._capaian:
            self._capaian[baris] = _capaian_of(self, baris)
        return self._capaian[baris]


def _capaian_of(view: SheetView, baris: str) -> Decimal | None:
    row = view.printed(baris)
    rumus = row.get("rumus") if row is not None else None
    if row is None or not isinstance(rumus, str) or rumus not in FORMULAS:
        return None
    return compute_capaian(rumus, target_of(row), realisasi_of(view, baris)[1])


def misses_target(view: SheetView, baris: str) -> bool:
    """Tell whether the target is known to be missed, where no percentage says so (a predikat, DOMAIN 3.1)."""
    row = view.printed(baris)
    rumus = row.get("rumus") if row is not None else None
    if row is None or not isinstance(rumus, str) or rumus not in FORMULAS:
        return False
    return is_met(rumus, target_of(row), realisasi_of(view, baris)[1]) is False


def target_of(row: Row) -> Value | None:
    """Return the target of the period, else of the year."""
    for key in TARGETS:
        value = row.get(key)
        if value is not None:
            return value
    return None


def realisasi_of(view: SheetView, baris: str) -> tuple[str, Value | None]:
    """Return the column and the value of the realisasi that the target is compared with."""
    for kolom in REALISASI:
        value = view.record.get(view.sheet.id, baris, kolom)
        if view.is_open(baris, kolom):  # another measure must not stand in for the one that is being asked about
            return kolom, None
        if value is not None:
            return kolom, value
    return REALISASI[0], None
