"""The analysis sheet of step 6 as a form: a row for each indicator and one for the whole, made from the rekap."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.capaian import HUNDRED
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet, WajibBila
from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.kinerja.analysed import LembarAnalisis
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap, SasaranRingkas, StatusCapaian
from kinerja_mailbot.domain.kinerja.source import as_text
from kinerja_mailbot.domain.sop.state import PeriodState

FORMAT = "analisis"
"""The format, the sheet and, in the hidden identity, the unit of an analysis: no respondent has this id."""

UMUM = "UMUM"
"""The row of the whole period: conclusion and recommendation."""

PENDUKUNG, PENGHAMBAT, ANALISIS, TINDAK_LANJUT = "pendukung", "penghambat", "analisis", "tindak_lanjut"

MOST_INDICATORS = 400

STEP = 6
"""The step of the SOP that the analysis ends."""

_ASKED = "wajib"  # a key without a column: how much of a row is compulsory
_ANALYSIS, _ALL = "analisis", "lengkap"


def _printed(kunci: str, judul: str, lebar: float) -> Column:
    return Column(kunci=kunci, judul=judul, jenis=ColumnType.TEKS, lebar=lebar)


def _input(kunci: str, judul: str, lebar: float, padanan: tuple[str, ...]) -> Column:
    return Column(kunci=kunci, judul=judul, jenis=ColumnType.TEKS, isian=True, lebar=lebar, padanan=padanan)


COLUMNS = (
    _printed("kode", "Kode", 10),
    _printed("indikator", "Indikator Kinerja", 25),
    _printed("target_kini", "Target", 10),
    _printed("realisasi_kini", "Realisasi", 11),
    _printed("capaian_kini", "Capaian (%)", 10),
    _printed("predikat", "Predikat", 11),
    _printed("status", "Status", 12),
    _printed("uraian_unit", "Uraian menurut Unit", 28),
    _input(PENDUKUNG, "Faktor Pendukung", 23, ("pendukung",)),
    _input(PENGHAMBAT, "Faktor Penghambat", 23, ("penghambat", "kendala", "hambatan")),
    _input(ANALISIS, "Analisis dan Evaluasi", 30, ("analisis", "evaluasi", "analisa", "kesimpulan")),
    _input(TINDAK_LANJUT, "Rekomendasi Tindak Lanjut", 27, ("tindak lanjut", "rekomendasi", "rencana tindak lanjut")),
)
INPUTS = tuple(column for column in COLUMNS if column.isian)
# What is below its target needs a way out; the unit itself has named the hindrance already, its form asks for it.
_RULES = (
    WajibBila(kolom=ANALISIS, bila=_ASKED, isi=(_ANALYSIS, _ALL)),
    WajibBila(kolom=TINDAK_LANJUT, bila=_ASKED, isi=(_ALL,)),
)


def analysis_form(rekap: Rekap) -> Form:
    """Return the form that this rekap asks the Kasubbag to fill in; its version is the edition.

    Nobody analyses thousands of indicators one by one: of more than `MOST_INDICATORS` each sasaran gets a row.
    """
    if len(rekap.capaian) > MOST_INDICATORS:
        rows = tuple(_goal(goal, number) for number, goal in enumerate(rekap.sasaran, start=1))
    else:
        keys = analysis_keys(rekap.capaian)
        rows = tuple(_row(row, key) for row, key in zip(rekap.capaian, keys, strict=True))
    rows = (*rows, _whole(rekap))
    return Form(
        id=FORMAT,
        versi=max(rekap.edisi, 1),
        judul="Analisis dan Evaluasi",
        lembar=(Sheet(id=FORMAT, judul="Analisis", kolom=COLUMNS, baris=rows, aturan=_RULES),),
    )


def for_reading(form: Form) -> Form:
    """Return the form without its printed words: a sheet of an older edition that comes back has other figures."""
    return replace(form, lembar=tuple(_bare(sheet) for sheet in form.lembar))


def analysis_keys(rows: tuple[CapaianRow, ...]) -> tuple[str, ...]:
    """Return the key of each indicator in the analysis: its kode, with the unit's where two units share it."""
    kodes = Counter(row.kode for row in rows)
    return tuple(row.kode if kodes[row.kode] == 1 else f"{row.unit} {row.kode}" for row in rows)


def goal_key(number: int) -> str:
    """Return the key of a sasaran, counted from 1.

    >>> goal_key(3)
    'SASARAN-03'
    """
    return f"SASARAN-{number:02}"


def analysis_sheet(rekap: Rekap, isian: tuple[StoredCell, ...], key: bytes) -> LembarAnalisis:
    """Return the sheet to send: pre-filled with what is on record, with its signed identity."""
    form = analysis_form(rekap)
    meta = FormMeta(
        format=form.id, versi=form.versi, unit=FORMAT, periode=rekap.periode.kode, nonce=f"edisi-{rekap.edisi}"
    )
    return LembarAnalisis(form=form, isian=isian, meta=replace(meta, tanda=sign_meta(meta, key)))


def with_analysis(rekap: Rekap, period: PeriodState, key: bytes) -> Rekap:
    """Return the rekap with its analysis sheet, as soon as step 6 has begun; before that nobody is asked for it."""
    if period.step(STEP).mulai_at is None:
        return rekap
    isian = period.analisis.sel if period.analisis is not None else ()
    return replace(rekap, analisis=analysis_sheet(rekap, isian, key))


def missing_cells(form: Form, isian: tuple[StoredCell, ...]) -> tuple[tuple[str, str], ...]:
    """Return the compulsory cells without a value, (row key, column key), in the order of the form."""
    filled = {(cell.baris, cell.kolom) for cell in isian}
    return tuple(
        (row.kode, kolom)
        for sheet in form.lembar
        for row in sheet.baris
        for kolom in _compulsory(row)
        if (row.kode, kolom) not in filled
    )


def _compulsory(row: Row) -> tuple[str, ...]:
    asked = row.get(_ASKED)
    return tuple(rule.kolom for rule in _RULES if asked in rule.isi)


def _row(row: CapaianRow, key: str) -> Row:
    asked = {StatusCapaian.TERCAPAI: _ANALYSIS, StatusCapaian.BELUM_TERCAPAI: _ALL}.get(row.status, "")
    capaian = "–" if row.capaian is None else text.desimal(row.capaian)
    return Row(
        kode=key,
        nilai=(
            ("indikator", row.indikator),
            ("target_kini", as_text(row.target, row.satuan) or "–"),
            ("realisasi_kini", as_text(row.realisasi, row.satuan) or "–"),
            ("capaian_kini", capaian),
            ("predikat", row.predikat or "–"),
            ("status", row.status.value),
            ("uraian_unit", _told(row)),
            (_ASKED, asked),
        ),
    )


def _goal(goal: SasaranRingkas, number: int) -> Row:
    mean = goal.rata_capaian
    reached = mean is not None and mean >= HUNDRED
    status = "tidak diukur" if mean is None else "tercapai" if reached else "belum tercapai"
    return Row(
        kode=goal_key(number),
        nilai=(
            ("indikator", goal.sasaran),
            ("target_kini", "–"),
            ("realisasi_kini", f"{goal.terukur} dari {goal.indikator} indikator diukur"),
            ("capaian_kini", "–" if mean is None else text.desimal(mean)),
            ("predikat", goal.predikat or "–"),
            ("status", status),
            ("uraian_unit", "–"),
            (_ASKED, "" if mean is None else _ANALYSIS if reached else _ALL),
        ),
    )


def _told(row: CapaianRow) -> str:
    parts = (("Pendukung", row.pendukung), ("Penghambat", row.penghambat), ("Tindak lanjut", row.tindak_lanjut))
    return "\n".join(f"{name}: {words}" for name, words in parts if words) or "–"


def _whole(rekap: Rekap) -> Row:
    reached, missed = rekap.count(StatusCapaian.TERCAPAI), rekap.count(StatusCapaian.BELUM_TERCAPAI)
    mean = "–" if rekap.rata_capaian is None else text.desimal(rekap.rata_capaian)
    return Row(
        kode=UMUM,
        nilai=(
            ("indikator", f"Kesimpulan umum {rekap.periode.nama}"),
            ("target_kini", f"{reached + missed} indikator diukur"),
            ("realisasi_kini", f"{reached} tercapai"),
            ("capaian_kini", mean),
            ("predikat", rekap.predikat or "–"),
            ("status", "keseluruhan"),
            ("uraian_unit", "Tuliskan kesimpulan pada kolom Analisis dan Evaluasi."),
            (_ASKED, _ALL),
        ),
    )


def _bare(sheet: Sheet) -> Sheet:
    kept = (_ASKED, "indikator")
    rows = (Row(row.kode, tuple((key, value) for key, value in row.nilai if key in kept)) for row in sheet.baris)
    return replace(sheet, baris=tuple(rows))
