"""The SOP in its versions: numbers, dates, the six steps with their standard times."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from itertools import pairwise

from kinerja_mailbot.config.table import Table
from kinerja_mailbot.domain.sop.version import BacaanHari, Langkah, VersiSop

_STEPS = range(1, 7)
_MOST = 100_000
_MINUTES_EXPECTED = "enam angka menit, langkah 1 s.d. 6, misalnya [30, 30, 30, 480, 480, 480]"
_USUAL = BacaanHari.NET_MINUTES


def read_sop(root: Table) -> tuple[VersiSop, ...]:
    """Read [sop], or [[sop]] once for each version; at least one, in the order in which they take effect.

    The first version names all six steps, each once with a time above zero. A later one may do the same, or give only
    the six times in `menit`, or neither: what it leaves out stays as it was.
    """
    many = isinstance(root.raw("sop", {}), list)
    tables = root.tables("sop", needed=True) if many else (root.table("sop"),)
    versions: tuple[VersiSop, ...] = ()
    for table in tables:
        versions = (*versions, _read_version(table, versions[-1] if versions else None))
    for (earlier, later), table in zip(pairwise(versions), tables[1:], strict=True):
        if table.has("efektif") and (later.efektif, later.pukul) <= (earlier.efektif, earlier.pukul):
            table.complain("efektif", later.efektif.isoformat(), f"saat sesudah versi sebelumnya ({earlier.efektif})")
    return versions or (_read_version(root.table("sop"), None),)


def _read_version(table: Table, before: VersiSop | None) -> VersiSop:
    version = VersiSop(
        nomor=table.text("nomor"),
        tanggal=table.day("tanggal"),
        efektif=table.day("efektif"),
        pukul=table.clock("pukul", time()),
        langkah=_read_steps(table, before),
        revisi=table.text("revisi", "-") or "-",
        bacaan=BacaanHari(table.choice("bacaan", tuple(BacaanHari), before.bacaan if before else _USUAL)),
    )
    if table.has("tanggal") and table.has("efektif") and version.efektif < version.tanggal:
        table.complain("efektif", version.efektif.isoformat(), f"tanggal pada atau sesudah {version.tanggal}")
    return version


def _read_steps(table: Table, before: VersiSop | None) -> tuple[Langkah, ...]:
    if before is not None and not table.has("langkah"):
        return _with_minutes(table, before.langkah) if table.has("menit") else before.langkah
    steps = tuple(_read_step(entry) for entry in table.tables("langkah", needed=True))
    numbers = [step.nomor for step in steps]
    missing = [str(number) for number in _STEPS if number not in numbers]
    if steps and missing:
        table.complain("langkah", f"langkah {', '.join(missing)} tidak ada", "keenam langkah SOP, nomor 1 s.d. 6")
    if twice := sorted({str(number) for number in numbers if numbers.count(number) > 1}):
        table.complain("langkah", f"langkah {', '.join(twice)} lebih dari sekali", "setiap langkah satu kali")
    return tuple(sorted(steps, key=lambda step: step.nomor))


def _with_minutes(table: Table, steps: tuple[Langkah, ...]) -> tuple[Langkah, ...]:
    found = table.items("menit")
    good = [value for _, value in found if isinstance(value, int) and not isinstance(value, bool)]
    if len(good) != len(_STEPS) or len(found) != len(_STEPS) or not all(1 <= value <= _MOST for value in good):
        table.complain("menit", ", ".join(str(value) for _, value in found) or "kosong", _MINUTES_EXPECTED)
        return steps
    return tuple(replace(step, menit=good[step.nomor - 1]) for step in steps)


def _read_step(entry: Table) -> Langkah:
    return Langkah(
        nomor=entry.integer("nomor", at_least=1, at_most=6),
        aktivitas=entry.text("aktivitas"),
        pelaksana=entry.text("pelaksana"),
        menit=entry.integer("menit", at_least=1, at_most=_MOST),
        keluaran=entry.text("keluaran"),
    )
