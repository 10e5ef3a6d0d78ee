"""What differs between two editions of the rekap, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_mailbot.domain.form.value import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Butir:
    """One filled cell of an edition: where it stands, and what it says."""

    lembar: str  # the rekap's sheet: "Capaian Kinerja"
    unit: str  # kode
    baris: str  # names the row within sheet and unit, whatever order the rows have
    kode: str  # what people call the row
    kolom: str  # the column's title
    nilai: Value
    surel: int = field(default=0, compare=False)  # the mail that brought it; 0: not known, or no mail did

    @property
    def tempat(self) -> tuple[str, str, str, str]:
        """Return what names the cell in every edition."""
        return self.lembar, self.unit, self.baris, self.kolom


@dataclass(frozen=True, slots=True, kw_only=True)
class Perubahan:
    """One cell that differs; None where it was, or is, empty."""

    lembar: str
    unit: str
    kode: str
    kolom: str
    sebelum: Value | None
    sesudah: Value | None
    surel: tuple[int, ...] = ()  # the mail that brought it, or where that is not known all of the unit's since then


def find_changes(
    before: tuple[Butir, ...], after: tuple[Butir, ...], surel: tuple[tuple[str, int], ...] = ()
) -> tuple[Perubahan, ...]:
    """Return the cells that differ: those of `after` in its order, then those that are empty now.

    A cell that knows its mail names it. For the others (of older records, and what is empty now) `surel` names the
    mails of each unit (kode, mail id) since the earlier edition. Numbers are compared by their amount: 85,5 and 85,50
    are no change.
    """
    old, new = {b.tempat: b for b in before}, {b.tempat: b for b in after}
    places = (*new, *(place for place in old if place not in new))
    found = ((old.get(place), new.get(place)) for place in places)
    return tuple(_change(was, now, surel) for was, now in found if _value(was) != _value(now))


def _change(was: Butir | None, now: Butir | None, surel: tuple[tuple[str, int], ...]) -> Perubahan:
    at = now or was
    if at is None:
        raise ValueError("a change needs a cell")  # never: a place stands in one of the editions
    return Perubahan(
        lembar=at.lembar,
        unit=at.unit,
        kode=at.kode,
        kolom=at.kolom,
        sebelum=_value(was),
        sesudah=_value(now),
        surel=(now.surel,) if now is not None and now.surel else tuple(mail for unit, mail in surel if unit == at.unit),
    )


def _value(cell: Butir | None) -> Value | None:
    return None if cell is None else cell.nilai
