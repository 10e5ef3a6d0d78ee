"""How long a rekap takes and how much memory: four respondents, then 552 offices with four each and 20 indicators.

    python -m tests.bench.rekap [OFFICES]

Each size runs in a process of its own, whose peak memory is printed.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kinerja_mailbot.adapters.rekap_workbook import RekapWorkbookWriter
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form, Row
from kinerja_mailbot.domain.kinerja.changes import find_changes
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.history import cells_of
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Daftar
from tests.domain.kinerja.quarter import DAFTAR, KANTOR, NOW, POLICY, indicator, quarter, request

_INDICATORS, _UNITS = 20, 4
_SASARAN = (
    "Meningkatnya akuntabilitas keuangan",
    "Meningkatnya partisipasi masyarakat",
    "Terwujudnya kepastian hukum",
)


def main(offices: tuple[int, ...]) -> None:
    """Print one line a size."""
    context = multiprocessing.get_context("spawn")
    for count in offices:
        with context.Pool(1, maxtasksperchild=1) as pool:
            sys.stdout.write(f"{pool.apply(measure, (count,))}\n")


def measure(offices: int) -> str:
    """Return a line with the figures for so many offices of four respondents."""
    period, daftar = collected(offices)
    before = peak()
    marks = [_now()]
    rekap = compile_rekap(period, daftar, POLICY, edisi=1, nama_edisi="lengkap", now=NOW)
    marks.append(_now())
    content = RekapWorkbookWriter(KANTOR).write(rekap)
    marks.append(_now())
    cells = cells_of(rekap)
    find_changes(cells, cells)
    marks.append(_now())
    spans = [
        f"{what} in {b[0] - a[0]:.1f} s (processor {b[1] - a[1]:.1f} s)"
        for what, a, b in zip(("compiled", "written", "compared"), marks, marks[1:], strict=False)
    ]
    return (
        f"{len(rekap.unit)} respondents, {len(rekap.capaian)} indicators: {', '.join(spans)}; "
        f"{len(content) / 1e6:.1f} MB file, peak {peak():.0f} MB, of which {before:.0f} MB are the period itself"
    )


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def collected(offices: int) -> tuple[PeriodState, Daftar]:
    """Return a complete quarter of so many offices, and the register that names them."""
    form = _form(POLICY.form_for("umum"))
    units = tuple(
        replace(
            DAFTAR.responden[0],
            id=f"u{n}",
            kode=f"S{n:04}",
            nama=f"Subbagian {n % _UNITS + 1} Satker {n // _UNITS + 1}",
        )
        for n in range(offices * _UNITS)
    )
    requests = tuple(_request(unit.id, form, number) for number, unit in enumerate(units))
    return quarter(*requests), replace(DAFTAR, responden=units)


def _form(form: Form) -> Form:
    rows = tuple(
        Row(
            f"IK-{n:02}",
            (
                ("no", Decimal(n)),
                ("sasaran", _SASARAN[n % len(_SASARAN)]),
                ("indikator", f"Persentase pelaksanaan kegiatan nomor {n} sesuai jadwal dan ketentuan yang berlaku"),
                ("satuan", "%"),
                ("jenis", "Positif; posisi akhir"),
                ("rumus", "POS"),
                ("target_tw", Decimal(80 + n)),
            ),
        )
        for n in range(1, _INDICATORS + 1)
    )
    return replace(form, lembar=tuple(replace(s, baris=rows) if s.id == "capaian" else s for s in form.lembar))


def _request(unit: str, form: Form, number: int) -> RequestState:
    cells: tuple[StoredCell, ...] = tuple(
        cell
        for n in range(1, _INDICATORS + 1)
        for cell in indicator(
            f"IK-{n:02}",
            Decimal((number * 7 + n * 13) % 1200) / 10,
            penghambat=f"Jadwal kegiatan {n} bergeser karena cuaca di {number} kampung.",
            tindak_lanjut="Dilaksanakan pada triwulan berikutnya.",
        )
    )
    return replace(request("umum", cells, 30, 30), unit=unit, form=form)


def peak() -> float:
    """Return the most memory that this process has held, in MB (Linux counts in KiB)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or (1, 552))
