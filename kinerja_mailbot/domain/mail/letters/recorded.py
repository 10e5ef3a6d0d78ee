"""What a receipt repeats of a form: the figures of printed rows, only counts of everything confidential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.capaian import compute_capaian
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form, Row, Sheet
from kinerja_mailbot.domain.form.value import Mark, Value

_Record = Mapping[tuple[str, str, str], Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisCapaian:
    """One indicator as we recorded it."""

    indikator: str
    target: str
    realisasi: str
    capaian: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarisAnggaran:
    """One budget line as we recorded it."""

    uraian: str
    pagu: str
    realisasi: str
    serapan: str


@dataclass(frozen=True, slots=True)
class BarisLembar:
    """A sheet of which only the number of rows is repeated: findings of an audit are confidential (UU 15/2004)."""

    judul: str
    isi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catatan:
    """The record of one form in three small tables; an empty one is left out of the letter."""

    capaian: tuple[BarisCapaian, ...] = ()
    anggaran: tuple[BarisAnggaran, ...] = ()
    lembar: tuple[BarisLembar, ...] = ()


def recorded(form: Form, cells: tuple[StoredCell, ...]) -> Catatan:
    """Return what the record holds, as the receipt shows it."""
    record: _Record = {(c.lembar, c.baris, c.kolom): c.nilai for c in cells}
    capaian: list[BarisCapaian] = []
    anggaran: list[BarisAnggaran] = []
    lembar: list[BarisLembar] = []
    for sheet in form.lembar:
        if record.get((sheet.id, "*", "nihil")) is Mark.NIHIL:
            lembar.append(BarisLembar(sheet.judul, "dinyatakan nihil"))
        elif _measures(sheet):
            capaian += [_indicator(sheet, row, record) for row in sheet.baris]
        elif _budgets(sheet):
            anggaran += [_budget_line(sheet, row, record) for row in sheet.baris]
        else:
            lembar.append(BarisLembar(sheet.judul, _count(sheet, record)))
    return Catatan(capaian=tuple(capaian), anggaran=tuple(anggaran), lembar=tuple(lembar))


def _measures(sheet: Sheet) -> bool:
    return not sheet.is_open and (sheet.column("realisasi_tw") or sheet.column("realisasi_kum")) is not None


def _budgets(sheet: Sheet) -> bool:
    return not sheet.is_open and sheet.column("pagu") is not None and sheet.column("realisasi") is not None


def _indicator(sheet: Sheet, row: Row, record: _Record) -> BarisCapaian:
    satuan, target = str(row.get("satuan") or ""), row.get("target_tw")
    # The measure that is judged is the cumulative one; many indicators only have the quarter's.
    cumulative = record.get((sheet.id, row.kode, "realisasi_kum"))
    realisasi = cumulative if cumulative is not None else record.get((sheet.id, row.kode, "realisasi_tw"))
    capaian = compute_capaian(str(row.get("rumus") or "POS"), target, realisasi)
    return BarisCapaian(
        indikator=_name(row, "indikator"),
        target="–" if target is None else _shown(target, satuan),
        realisasi=_shown(realisasi, satuan),
        capaian="–" if capaian is None else text.persen(capaian),
    )


def _budget_line(sheet: Sheet, row: Row, record: _Record) -> BarisAnggaran:
    given = record.get((sheet.id, row.kode, "pagu"))
    pagu, realisasi = (given if given is not None else row.get("pagu")), record.get((sheet.id, row.kode, "realisasi"))
    serapan = compute_capaian("POS", pagu, realisasi)
    return BarisAnggaran(
        uraian=_name(row, "uraian"),
        pagu="–" if pagu is None else _shown(pagu, "rupiah"),
        realisasi=_shown(realisasi, "rupiah"),
        serapan="–" if serapan is None else text.persen(serapan),
    )


def _count(sheet: Sheet, record: _Record) -> str:
    filled = {baris for lembar, baris, _ in record if lembar == sheet.id}
    return f"{len(filled)} baris" if sheet.is_open else f"{len(filled)} dari {len(sheet.baris)} baris"


def _name(row: Row, kunci: str) -> str:
    wording = row.get(kunci)
    return f"{row.kode} {wording}" if isinstance(wording, str) else row.kode


def _shown(value: Value | None, satuan: str) -> str:
    if value is None:
        return "belum diisi"
    return text.rupiah(value) if satuan == "rupiah" and isinstance(value, Decimal) else text.ukuran(value, satuan)
