"""How long a rekap takes and how much memory: four respondents, then 552 offices with four each and 20 indicators.

    python -m tests.bench.rekap [OFFICES …] [--json]

Each size runs in a process of its own, whose peak memory is printed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from dataclasses import asdict, dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a rekap took: seconds by the clock and of the processor for each part of the work, bytes and MB."""

    respondents: int
    indicators: int
    parts: tuple[tuple[str, float, float], ...]
    size: int
    peak: float
    before: float  # of the peak, what the period itself takes

    def line(self) -> str:
        """Return it as people read it."""
        spans = (f"{what} in {clock:.1f} s (processor {worked:.1f} s)" for what, clock, worked in self.parts)
        return (
            f"{self.respondents} respondents, {self.indicators} indicators: {', '.join(spans)}; "
            f"{self.size / 1e6:.1f} MB file, peak {self.peak:.0f} MB, "
            f"of which {self.before:.0f} MB are the period itself"
        )

    def json(self) -> str:
        """Return it as one JSON object."""
        whole = {"clock": sum(clock for _, clock, _ in self.parts), "processor": sum(cpu for *_, cpu in self.parts)}
        return json.dumps(asdict(self) | whole)


def main(arguments: list[str]) -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("offices", nargs="*", type=int, default=[1, 552])
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    asked = parser.parse_args(arguments)
    context = multiprocessing.get_context("spawn")
    for count in asked.offices:
        with context.Pool(1, maxtasksperchild=1) as pool:
            spent = pool.apply(measure, (count,))
        sys.stdout.write(f"{spent.json() if asked.json else spent.line()}\n")


def measure(offices: int) -> Spent:
    """Return the figures for so many offices of four respondents."""
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
    spans = zip(("compiled", "written", "compared"), marks, marks[1:], strict=False)
    return Spent(
        respondents=len(rekap.unit),
        indicators=len(rekap.capaian),
        parts=tuple((what, b[0] - a[0], b[1] - a[1]) for what, a, b in spans),
        size=len(content),
        peak=peak(),
        before=before,
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
    main(sys.argv[1:])
