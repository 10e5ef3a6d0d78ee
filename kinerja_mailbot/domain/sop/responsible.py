"""Who is responsible under the SOP: a change of scope or of a person in charge voids it (pengesahan 5)."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256

from kinerja_mailbot.domain.sop.version import VersiSop
from kinerja_mailbot.domain.unit import Daftar, Pejabat

MEMORY = "penanggung jawab"
"""The name under which the store remembers whom the office last knew."""


@dataclass(frozen=True, slots=True)
class Penanggung:
    """A part of the SOP with its holder. An address is no part of it, nor is who acts for him for a while."""

    bagian: str  # "kasubbag", "penyusun 1", or the unit's id
    nama_unit: str
    format: str  # the form that the unit fills in: the scope
    jabatan: str
    nama: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diketahui:
    """What the office is known to be, and what it was when the SOP in force was first seen."""

    sop: str
    dasar: tuple[Penanggung, ...]
    kini: tuple[Penanggung, ...]
    sejak: date  # when `kini` was first seen

    @property
    def perubahan(self) -> tuple[str, ...]:
        """Return what has changed since the SOP in force was established, formal Indonesian; () when nothing has."""
        return changes(self.dasar, self.kini)


def responsible(daftar: Daftar) -> tuple[Penanggung, ...]:
    """Return everybody who is responsible, in the register's order."""
    staff = tuple((f"penyusun {n}", person) for n, person in enumerate(daftar.penyusun, start=1))
    people = (("kasubbag", daftar.kasubbag), *staff)
    return (
        *(_holder(part, "", "", person) for part, person in people),
        *(_holder(unit.id, unit.nama, unit.format, unit.pejabat[0]) for unit in daftar.responden),
    )


def look(known: str, daftar: Daftar, sop: VersiSop, today: date) -> Diketahui:
    """Return what is known after this look; `known` is what the store remembers, "" when nothing.

    A version of the SOP that is seen for the first time establishes whoever is responsible then.
    """
    version = f"{sop.nomor}, {sop.revisi}, {sop.tanggal}, {sop.efektif}"
    now, before = responsible(daftar), _read(known)
    if before is None or before.sop != version:
        return Diketahui(sop=version, dasar=now, kini=now, sejak=today)
    if before.kini == now:
        return before
    return Diketahui(sop=version, dasar=before.dasar, kini=now, sejak=today)


def is_new_change(known: str, seen: Diketahui) -> bool:
    """Tell whether this look has found a change of which nobody was told; a return to what was established is none."""
    before = _read(known)
    return before is not None and before.sop == seen.sop and seen.kini not in {before.kini, seen.dasar}


def as_text(seen: Diketahui) -> str:
    """Return what the store is to remember."""
    people = {name: [astuple(one) for one in holders] for name, holders in (("dasar", seen.dasar), ("kini", seen.kini))}
    return json.dumps({"sop": seen.sop, "sejak": seen.sejak.isoformat(), **people}, ensure_ascii=False)


def fingerprint(people: tuple[Penanggung, ...]) -> str:
    """Return eight letters that differ when anybody differs; for the key of the one letter about a change."""
    return sha256(json.dumps([astuple(one) for one in people]).encode()).hexdigest()[:8]


def changes(before: tuple[Penanggung, ...], after: tuple[Penanggung, ...]) -> tuple[str, ...]:
    """Return what has changed, one sentence for each part, formal Indonesian.

    >>> umum = Penanggung("umum", "Subbagian Umum", "kinerja", "Kepala Subbagian Umum", "Andi")
    >>> changes((umum,), (Penanggung("umum", "Subbagian Umum", "kinerja", "Kepala Subbagian Umum", "Budi"),))
    ('Subbagian Umum: penanggung jawab semula Andi (Kepala Subbagian Umum), menjadi Budi (Kepala Subbagian Umum)',)
    """
    old, new = {one.bagian: one for one in before}, {one.bagian: one for one in after}
    return tuple(
        sentence for part in dict.fromkeys((*old, *new)) for sentence in _difference(old.get(part), new.get(part))
    )


def _difference(old: Penanggung | None, new: Penanggung | None) -> tuple[str, ...]:
    if old is None:
        return (f"{_title(new)}: ditambahkan ({_person(new)})",) if new else ()
    if new is None:
        return (f"{_title(old)}: tidak lagi tercantum ({_person(old)})",)
    found: list[str] = []
    if old.nama_unit != new.nama_unit:
        found.append(f"{old.nama_unit}: nama unit menjadi {new.nama_unit}")
    if (old.nama, old.jabatan) != (new.nama, new.jabatan):
        found.append(f"{_title(new)}: penanggung jawab semula {_person(old)}, menjadi {_person(new)}")
    if old.format != new.format:
        found.append(f"{_title(new)}: ruang lingkup (format isian) semula {old.format}, menjadi {new.format}")
    return tuple(found)


def _title(one: Penanggung) -> str:
    return one.nama_unit or one.bagian.partition(" ")[0].capitalize()


def _person(one: Penanggung) -> str:
    return f"{one.nama} ({one.jabatan})"


def _holder(part: str, unit: str, form: str, person: Pejabat) -> Penanggung:
    return Penanggung(part, unit, form, person.jabatan, person.nama)


def _read(known: str) -> Diketahui | None:
    if not known:
        return None
    found = json.loads(known)
    return Diketahui(
        sop=found["sop"],
        sejak=date.fromisoformat(found["sejak"]),
        dasar=tuple(Penanggung(*one) for one in found["dasar"]),
        kini=tuple(Penanggung(*one) for one in found["kini"]),
    )
