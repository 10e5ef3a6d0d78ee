"""What in a rekap needs attention, as formal Indonesian sentences; finding texts never appear in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.lhe import predikat_differs, sum_differs
from kinerja_mailbot.domain.kinerja.progress import BELUM_DITERIMA, PERLU_PERBAIKAN
from kinerja_mailbot.domain.kinerja.rekap import (
    AnggaranRow,
    CapaianRow,
    LheRingkas,
    Rekap,
    StatusCapaian,
    UnitStatus,
)
from kinerja_mailbot.domain.kinerja.source import as_text

_HIGH, _LOW = Decimal(200), Decimal(10)  # percent: beyond them a figure is to be confirmed (DOMAIN 3.3)
_NEGATIVE_ZERO = frozenset({"NEG_LAN", "NEG_SKP", "NEG_RASIO"})


def describe_attention(rekap: Rekap) -> tuple[str, ...]:
    """Return the sentences: what is missing first, then what is due, what looks wrong, what fell short."""
    names = {unit.kode: unit.nama for unit in rekap.unit}
    return (
        *_missing(rekap.unit),
        *_overdue(rekap),
        *(line for lhe in rekap.lhe for line in _lhe_faults(lhe, names)),
        *(line for row in rekap.capaian for line in _implausible(row)),
        *_overspent(rekap.anggaran),
        *(line for unit, rows in _by_unit(rekap) for line in _indicators_of(unit, rows)),
        *_open_notes(rekap.unit),
    )


def _missing(units: tuple[UnitStatus, ...]) -> Iterator[str]:
    silent = [unit.nama for unit in units if unit.keadaan == BELUM_DITERIMA]
    if silent:
        yield f"Data dari {text.rangkai(silent)} belum diterima."
    for unit in units:
        if unit.keadaan == PERLU_PERBAIKAN:
            extent = f" ({unit.terisi} dari {unit.seluruh} baris)" if unit.seluruh else ""
            yield f"Isian {unit.nama} telah diterima sebagian{extent} dan masih memerlukan perbaikan."


def _overdue(rekap: Rekap) -> Iterator[str]:
    late = [row for row in rekap.tl_hp if row.lewat_hari > 0]
    if not late:
        return
    day = f" per {text.tanggal(rekap.per_tanggal)}" if isinstance(rekap.per_tanggal, date) else ""
    longest = max(row.lewat_hari for row in late)
    yield (
        f"Terdapat {len(late)} dari {len(rekap.tl_hp)} rekomendasi hasil pemeriksaan yang melewati batas waktu tindak "
        f"lanjut{day}, paling lama {longest} hari."
    )


def _lhe_faults(lhe: LheRingkas, names: dict[str, str]) -> Iterator[str]:
    source = names.get(lhe.unit, lhe.unit)
    if sum_differs(lhe) and lhe.total is not None and lhe.total_hitung is not None:
        yield (
            f"Nilai total LHE dari {source} tertulis {text.desimal(lhe.total)}, sedangkan jumlah komponennya "
            f"{text.desimal(lhe.total_hitung)}."
        )
    if predikat_differs(lhe):
        yield (
            f'Predikat LHE dari {source} tertulis "{lhe.predikat}", sedangkan nilainya memperoleh predikat '
            f'"{lhe.predikat_hitung}".'
        )


def _implausible(row: CapaianRow) -> Iterator[str]:
    name = f"{row.kode} {text.ringkas(row.indikator, 80)}"
    if row.realisasi is None:
        return
    if row.target is None:
        yield f"{name}: target belum ditetapkan sehingga capaian tidak dapat dihitung."
    elif row.target == Decimal(0) and isinstance(row.realisasi, Decimal) and row.realisasi > 0:
        beyond = "melampaui batas" if row.rumus in _NEGATIVE_ZERO else "tidak dapat dihitung capaiannya"
        yield f"{name}: realisasi {as_text(row.realisasi, row.satuan)} dengan target 0 {beyond}; mohon dipastikan."
    elif row.capaian is not None and not _LOW <= row.capaian <= _HIGH:
        extent = "jauh di atas" if row.capaian > _HIGH else "jauh di bawah"
        yield f"{name}: capaian {text.persen(row.capaian)}, {extent} target; mohon dipastikan."


def _overspent(rows: tuple[AnggaranRow, ...]) -> Iterator[str]:
    over = [row.kode for row in rows if row.sisa is not None and row.sisa < 0]
    if over:
        yield f"Realisasi anggaran melebihi pagu pada {text.rangkai(over)}; mohon dipastikan."


def _by_unit(rekap: Rekap) -> Iterator[tuple[UnitStatus, list[CapaianRow]]]:
    rows: dict[str, list[CapaianRow]] = {}
    for row in rekap.capaian:
        rows.setdefault(row.unit, []).append(row)
    for unit in rekap.unit:
        yield unit, rows.get(unit.kode, [])


def _indicators_of(unit: UnitStatus, rows: list[CapaianRow]) -> Iterator[str]:
    below = [row for row in rows if row.status is StatusCapaian.BELUM_TERCAPAI]
    if below:
        listed = text.rangkai([_short(row) for row in below])
        yield f"{unit.nama}: {len(below)} indikator belum mencapai target, yaitu {listed}."
    silent = [row.kode for row in below if not (row.penghambat and row.tindak_lanjut)]
    if silent:
        yield f"{unit.nama}: faktor penghambat atau rencana tindak lanjut belum lengkap pada {text.rangkai(silent)}."
    judged = [row for row in rows if row.status in (StatusCapaian.TERCAPAI, StatusCapaian.BELUM_TERCAPAI)]
    bare = [row.kode for row in judged if not row.bukti]
    if bare:
        yield f"{unit.nama}: data dukung belum disebutkan pada {text.rangkai(bare)}."
    empty = [row.kode for row in rows if row.status is StatusCapaian.BELUM_DIISI]
    if empty and unit.keadaan != BELUM_DITERIMA:
        yield f"{unit.nama}: realisasi belum diisi pada {text.rangkai(empty)}."


def _short(row: CapaianRow) -> str:
    return row.kode if row.capaian is None else f"{row.kode} ({text.persen(row.capaian)})"


def _open_notes(units: tuple[UnitStatus, ...]) -> Iterator[str]:
    count = sum(len(unit.catatan) for unit in units)
    if count:
        yield (
            f"Terdapat {count} catatan pada lembar Catatan yang memerlukan konfirmasi sebelum data digunakan dalam "
            "Laporan Kinerja."
        )
