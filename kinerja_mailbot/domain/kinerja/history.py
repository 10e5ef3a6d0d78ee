"""The filled cells of an edition, as they are kept for the comparison with the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kinerja_mailbot.domain.form.measure import REALISASI
from kinerja_mailbot.domain.form.value import Value
from kinerja_mailbot.domain.kinerja.changes import Butir, find_changes
from kinerja_mailbot.domain.kinerja.rekap import AnggaranRow, CapaianRow, LheRingkas, Rekap, TableRow, UnitStatus

_Cell = tuple[str, Value | None, int]  # column's title, value, the mail that brought it (0: not known)
_NAMES = {"lhp": ("no_lhp",), "tl_hp": ("no_lhp", "no_rekomendasi"), "lhe_rekomendasi": ("no",)}
_TITLES = {"lhp": "LHP", "tl_hp": "TL HP", "lhe_rekomendasi": "LHE"}


def cells_of(rekap: Rekap) -> tuple[Butir, ...]:
    """Return every filled cell that a mail may change, sheet by sheet; empty cells and averages are left out."""
    return (
        *(cell for row in rekap.capaian for cell in _indicator(row)),
        *(cell for row in rekap.anggaran for cell in _budget(row)),
        *_list(rekap, "lhp", rekap.lhp),
        *_list(rekap, "tl_hp", rekap.tl_hp),
        *(cell for lhe in rekap.lhe for cell in _lhe(lhe)),
        *_list(rekap, "lhe_rekomendasi", rekap.lhe_rekomendasi),
        *(cell for unit in rekap.unit for cell in _files(unit)),
    )


def with_history(rekap: Rekap, before: tuple[Butir, ...], dari: str, surel: tuple[tuple[str, int], ...] = ()) -> Rekap:
    """Return the rekap that tells what has changed since the edition `dari`, which said `before`.

    `surel` names the mails (unit kode, mail id) that have brought data since then: what a cell shows that knows none
    of its own.
    """
    return replace(rekap, riwayat=find_changes(before, cells_of(rekap), surel), riwayat_dari=dari)


def _indicator(row: CapaianRow) -> Iterator[Butir]:
    measured, told = row.asal.surel(*REALISASI), row.asal.surel
    values: tuple[_Cell, ...] = (
        ("Target", row.target, 0),
        ("Realisasi", row.realisasi, measured),
        ("Capaian (%)", row.capaian, measured),
        ("Predikat", row.predikat, measured),
        ("Status", row.status.value, measured),
        ("Faktor Pendukung", row.pendukung, told("pendukung")),
        ("Faktor Penghambat", row.penghambat, told("penghambat")),
        ("Rencana Tindak Lanjut", row.tindak_lanjut, told("tindak_lanjut")),
        ("Data Dukung", row.bukti, told("bukti")),
    )
    return _filled("Capaian Kinerja", row.unit, row.kode, row.kode, values)


def _budget(row: AnggaranRow) -> Iterator[Butir]:
    spent = row.asal.surel("realisasi")
    values: tuple[_Cell, ...] = (
        ("Pagu (Rp)", row.pagu, 0),
        ("Realisasi (Rp)", row.realisasi, spent),
        ("Sisa (Rp)", row.sisa, spent),
        ("Serapan (%)", row.serapan, spent),
        ("Kendala", row.kendala, row.asal.surel("kendala")),
    )
    return _filled("Anggaran", row.unit, row.kode, row.kode, values)


def _list(rekap: Rekap, lembar: str, rows: tuple[TableRow, ...]) -> Iterator[Butir]:
    status = rekap.list_status(lembar)
    for number, row in enumerate(rows, start=1):
        name = " / ".join(str(value) for key in _NAMES[lembar] if (value := row.get(key)) is not None)
        columns = status.kolom if status else ()
        values = tuple((column.judul, row.get(column.kunci), row.asal.surel(column.kunci)) for column in columns)
        yield from _filled(_TITLES[lembar], row.unit, row.kunci or str(number), name or str(number), values)


def _lhe(lhe: LheRingkas) -> Iterator[Butir]:
    told = lhe.asal.surel
    parts: tuple[_Cell, ...] = (
        *((name, value, told(name)) for name, _, value in lhe.komponen),
        ("Nomor", lhe.nomor, told("NO")),
        ("Tanggal", lhe.tanggal, told("TGL")),
        ("Evaluator", lhe.evaluator, told("EVALUATOR")),
        ("Tahun yang dievaluasi", None if lhe.tahun is None else Decimal(lhe.tahun), told("TAHUN")),
        ("Nilai total", lhe.total, told("TOTAL")),
        ("Predikat", lhe.predikat, told("PREDIKAT")),
    )
    return _filled("LHE", lhe.unit, "lhe", "LHE", parts)


def _files(unit: UnitStatus) -> Iterator[Butir]:
    for file in unit.data_dukung:
        name: _Cell = ("Nama Berkas", file.nama, file.surel_id)
        yield from _filled("Data Dukung", unit.kode, file.sha256, file.nama, (name,))


def _filled(lembar: str, unit: str, baris: str, kode: str, values: tuple[_Cell, ...]) -> Iterator[Butir]:
    for kolom, value, surel in values:
        if value is not None and value != "":
            yield Butir(lembar=lembar, unit=unit, baris=baris, kode=kode, kolom=kolom, nilai=value, surel=surel)
