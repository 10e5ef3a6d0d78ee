"""Who takes part: the office, its units and officials, and whose address is whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from kinerja_mailbot.domain.same import Same


class Peran(StrEnum):
    """The part a person plays in the collection (DESIGN section 1)."""

    KASUBBAG = "kasubbag"
    PENYUSUN = "penyusun"
    RESPONDEN = "responden"
    ADMIN = "admin"


class Kertas(StrEnum):
    """The paper that an office prints on."""

    A4 = "A4"  # 210 × 297 mm
    F4 = "F4"  # 215 × 330 mm, also called folio: what many offices have in their printers

    @property
    def milimeter(self) -> tuple[int, int]:
        """Return width and height of the upright sheet in millimetres.

        >>> Kertas.F4.milimeter
        (215, 330)
        """
        match self:
            case Kertas.A4:
                return 210, 297
            case Kertas.F4:
                return 215, 330


@dataclass(frozen=True, slots=True, kw_only=True)
class Pejabat:
    """An official with registered addresses; an acting one (Plh./Plt.) only from `sejak` to `sampai`, both included."""

    nama: str
    jabatan: str
    alamat: tuple[str, ...]
    sapaan: str = "Bapak/Ibu"
    sejak: date | None = None
    sampai: date | None = None
    terdaftar_at: datetime | None = None  # when an order made him known (aware UTC); None: configuration did
    tak_sampai: frozenset[str] = frozenset()  # addresses, case-folded, that have proven not to work

    @property
    def tujuan(self) -> tuple[str, ...]:
        """Return the addresses to write to: those that work, or all of them when none is known to."""
        working = tuple(a for a in self.alamat if a.casefold() not in self.tak_sampai)
        return working or self.alamat

    @property
    def is_acting(self) -> bool:
        """Tell whether he only acts for the regular official (Plh., Plt.)."""
        return self.sejak is not None

    def is_in_office(self, day: date) -> bool:
        """Tell whether the official may act on that day."""
        return (self.sejak is None or self.sejak <= day) and (self.sampai is None or day <= self.sampai)

    def was_registered(self, at: datetime | None) -> bool:
        """Tell whether the register knew him by then (aware UTC); None is now."""
        return at is None or self.terdaftar_at is None or self.terdaftar_at <= at


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A respondent of the SOP: a Subbag, or the Sekretaris."""

    id: str  # "umum": in keys and the database
    kode: str  # "UKL": in subjects and receipt numbers
    nama: str  # "Subbagian Keuangan, Umum, dan Logistik"
    pejabat: tuple[Pejabat, ...]  # the regular official first, then acting ones
    format: str  # id of the form that it fills in
    langkah_kirim: int = 2  # the SOP step that sends the request: 2 for a Subbag, 3 for the Sekretaris
    langkah_himpun: int = 5  # the SOP step that gathers the reply: 5 for a Subbag, 4 for the Sekretaris
    panggilan: tuple[str, ...] = ()  # other names in orders: "keuangan", "logistik"

    def official_on(self, day: date, known_by: datetime | None = None) -> Pejabat:
        """Return who answers for the unit on that day: an acting official in his time, else the regular one.

        With `known_by` (aware UTC), as the register stood at that moment.
        """
        acting = [p for p in self.pejabat[1:] if p.is_in_office(day) and p.was_registered(known_by)]
        return acting[-1] if acting else self.pejabat[0]

    def official_with(self, address: str, day: date) -> Pejabat | None:
        """Return the unit's official with this address, if he may act on that day; the one in charge first."""
        wanted, in_charge = address.strip().casefold(), self.official_on(day)
        return next(
            (
                p
                for p in (in_charge, *self.pejabat)
                if p.is_in_office(day) and wanted in {known.casefold() for known in p.alamat}
            ),
            None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kantor:
    """The office as letterheads and footers name it."""

    nama: str
    alamat: str
    kota: str
    zona: str = "Asia/Jayapura"
    singkatan_zona: str = "WIT"
    kertas: Kertas = Kertas.A4


@dataclass(frozen=True, slots=True, kw_only=True)
class Peserta:
    """Somebody whose address is registered, in the part that he plays."""

    peran: Peran
    pejabat: Pejabat
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Daftar:
    """The register of everybody who takes part; addresses are compared by addr-spec, without case."""

    kasubbag: Pejabat
    penyusun: tuple[Pejabat, ...]
    responden: tuple[Unit, ...]
    admin: tuple[str, ...]

    @property
    def administrator(self) -> tuple[Pejabat, ...]:
        """Return the admins as letters write to them: they hold no office of the SOP."""
        return tuple(
            Pejabat(nama="Administrator", jabatan="Administrator Sistem", alamat=(address,)) for address in self.admin
        )

    def whose(self, address: str, day: date) -> Peserta | None:
        """Return whose address it is on that day, or None for a stranger."""
        return next(iter(self.all_with(address, day)), None)

    def all_with(self, address: str, day: date) -> tuple[Peserta, ...]:
        """Return every part that somebody with this address plays on that day: Kasubbag, penyusun, respondents."""
        found = _by_address(Same(self)).get(address.strip().casefold(), ())
        return tuple(peserta for peserta in found if peserta.pejabat.is_in_office(day))

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit with this id."""
        return _by_id(Same(self.responden)).get(unit_id)

    def find_unit(self, name: str) -> Unit | None:
        """Return the unit that a person means by id, kode or nickname.

        Case does not matter; a name that fits two units fits none.
        """
        wanted = name.strip().casefold()
        hits = [u for u in self.responden if wanted in {n.casefold() for n in (u.id, u.kode, u.nama, *u.panggilan)}]
        return hits[0] if len(hits) == 1 else None

    def without(self, failing: frozenset[str]) -> Daftar:
        """Return the register that knows which addresses (case-folded) fail; they still identify their owner."""

        def told(pejabat: Pejabat) -> Pejabat:
            return pejabat if pejabat.tak_sampai == failing else replace(pejabat, tak_sampai=failing)

        def with_told(unit: Unit) -> Unit:
            people = tuple(told(p) for p in unit.pejabat)
            return unit if people == unit.pejabat else replace(unit, pejabat=people)

        return replace(
            self,
            kasubbag=told(self.kasubbag),
            penyusun=tuple(told(p) for p in self.penyusun),
            responden=tuple(with_told(u) for u in self.responden),
        )

    def addresses(self) -> frozenset[str]:
        """Return every registered address, case-folded: the only ones that may ever be written to."""
        people = (a for peserta in self.everybody() for a in peserta.pejabat.alamat)
        return frozenset(a.casefold() for a in (*people, *self.admin))

    def everybody(self) -> Iterator[Peserta]:
        """Yield everybody in every part, in the order in which an address is looked for."""
        yield Peserta(peran=Peran.KASUBBAG, pejabat=self.kasubbag)
        for penyusun in self.penyusun:
            yield Peserta(peran=Peran.PENYUSUN, pejabat=penyusun)
        for unit in self.responden:
            for pejabat in unit.pejabat:
                yield Peserta(peran=Peran.RESPONDEN, pejabat=pejabat, unit=unit)


@lru_cache(maxsize=8)  # a register of thousands is looked into several times for each mail
def _by_address(daftar: Same[Daftar]) -> Mapping[str, tuple[Peserta, ...]]:
    found: dict[str, list[Peserta]] = {}
    for peserta in daftar.value.everybody():
        for address in dict.fromkeys(known.strip().casefold() for known in peserta.pejabat.alamat):
            found.setdefault(address, []).append(peserta)
    return {address: tuple(parts) for address, parts in found.items()}


@lru_cache(maxsize=8)
def _by_id(units: Same[tuple[Unit, ...]]) -> Mapping[str, Unit]:
    return {unit.id: unit for unit in reversed(units.value)}  # of two with one id the first counts
