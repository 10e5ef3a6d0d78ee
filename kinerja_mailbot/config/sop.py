"""The SOP in force: its number, its dates, the six steps with their standard times."""

from __future__ import annotations

from kinerja_mailbot.config.table import Table
from kinerja_mailbot.domain.sop.version import BacaanHari, Langkah, VersiSop

_STEPS = range(1, 7)


def read_sop(table: Table) -> VersiSop:
    """Read [sop]; all six steps must be there once, each with a time above zero."""
    steps = tuple(_read_step(entry) for entry in table.tables("langkah", needed=True))
    numbers = [step.nomor for step in steps]
    missing = [str(number) for number in _STEPS if number not in numbers]
    if steps and missing:
        table.complain("langkah", f"langkah {', '.join(missing)} tidak ada", "keenam langkah SOP, nomor 1 s.d. 6")
    if twice := sorted({str(number) for number in numbers if numbers.count(number) > 1}):
        table.complain("langkah", f"langkah {', '.join(twice)} lebih dari sekali", "setiap langkah satu kali")
    version = VersiSop(
        nomor=table.text("nomor"),
        tanggal=table.day("tanggal"),
        efektif=table.day("efektif"),
        langkah=tuple(sorted(steps, key=lambda step: step.nomor)),
        revisi=table.text("revisi", "-") or "-",
        bacaan=BacaanHari(table.choice("bacaan", tuple(BacaanHari), BacaanHari.NET_MINUTES)),
    )
    if table.has("tanggal") and table.has("efektif") and version.efektif < version.tanggal:
        table.complain("efektif", version.efektif.isoformat(), f"tanggal pada atau sesudah {version.tanggal}")
    return version


def _read_step(entry: Table) -> Langkah:
    return Langkah(
        nomor=entry.integer("nomor", at_least=1, at_most=6),
        aktivitas=entry.text("aktivitas"),
        pelaksana=entry.text("pelaksana"),
        menit=entry.integer("menit", at_least=1, at_most=100_000),
        keluaran=entry.text("keluaran"),
    )
