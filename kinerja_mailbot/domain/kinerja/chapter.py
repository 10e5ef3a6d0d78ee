"""Writing the laporan from a rekap: the covering nota dinas and the draft of LKjIP chapter III, stored values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.accounts import EMPTY, describe_audit, describe_budget, describe_evaluation, figure
from kinerja_mailbot.domain.kinerja.analysis import (
    ANALISIS,
    MOST_INDICATORS,
    PENDUKUNG,
    PENGHAMBAT,
    TINDAK_LANJUT,
    UMUM,
    analysis_keys,
    goal_key,
)
from kinerja_mailbot.domain.kinerja.narrative import (
    describe_change,
    describe_indicator,
    describe_whole,
)
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Penanda, Rekap, SasaranRingkas, StatusCapaian
from kinerja_mailbot.domain.kinerja.report import Blok, Judul, Kolom, Laporan, NotaDinas, Paragraf, Tabel
from kinerja_mailbot.domain.kinerja.source import as_text
from kinerja_mailbot.domain.kinerja.timeline import Tren
from kinerja_mailbot.domain.kinerja.trend import find_point, last_year, previous

_MOST_OF_A_GOAL = 25  # of very many indicators
_INDICATORS = (
    Kolom("No", 5),
    Kolom("Indikator kinerja", 33),
    Kolom("Target", 11, angka=True),
    Kolom("Realisasi", 11, angka=True),
    Kolom("Capaian (%)", 10, angka=True),
    Kolom("Predikat", 12),
    Kolom("Periode lalu (%)", 9, angka=True),
    Kolom("Tahun lalu (%)", 9, angka=True),
)
_GOALS = (
    Kolom("No", 5),
    Kolom("Sasaran", 50),
    Kolom("Indikator terukur", 15),
    Kolom("Rata-rata capaian (%)", 15, angka=True),
    Kolom("Predikat", 15),
)
_YEAR = (
    Kolom("Kode", 10),
    Kolom("Indikator kinerja", 28),
    Kolom("Target", 10, angka=True),
    *(Kolom(f"TW {number}", 9, angka=True) for number in ("I", "II", "III", "IV")),
    Kolom("Setahun", 9, angka=True),
    Kolom("Capaian (%)", 9, angka=True),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One indicator with all that is known about it."""

    row: CapaianRow
    tren: Tren | None
    analisis: Mapping[str, str]  # by column


def write_report(rekap: Rekap, yth: str, penanda: Penanda, today: date) -> Laporan:
    """Return the laporan of this rekap; `yth` is the office that the nota dinas goes to, `penanda` signs it."""
    return Laporan(
        judul=f"Konsep Laporan Kinerja {rekap.periode.nama}",
        kaki=f"Konsep Laporan Kinerja {rekap.periode.nama} – edisi {rekap.nama_edisi}",
        dibuat_at=rekap.dibuat_at,
        nota=_covering_letter(rekap, yth, penanda, today),
        isi=(
            Judul("BAB III AKUNTABILITAS KINERJA", 0),
            *_performance(rekap),
            *_year(rekap),
            *describe_budget(rekap),
            *describe_audit(rekap),
            *describe_evaluation(rekap),
            *_conclusion(rekap),
            *_basis(rekap),
        ),
    )


def _covering_letter(rekap: Rekap, yth: str, penanda: Penanda, today: date) -> NotaDinas:
    nama = rekap.periode.nama
    missing = [unit.nama for unit in rekap.unit if unit.keadaan != "lengkap"]
    body = (
        f"Berdasarkan Standar Operasional Prosedur Nomor {rekap.sop.nomor} tentang pengumpulan data kinerja, bersama "
        f"ini disampaikan konsep Laporan Kinerja {nama} beserta rekap data kinerjanya.",
        describe_whole(rekap),
        f"Data dari {text.rangkai(missing)} belum lengkap sehingga konsep ini bersifat sementara."
        if missing
        else "Konsep disusun dari data yang disampaikan dan telah dinyatakan lengkap oleh seluruh unit.",
        "Mohon perkenan Bapak/Ibu untuk memberikan arahan atas konsep tersebut. Atas perhatian Bapak/Ibu, kami ucapkan "
        "terima kasih.",
    )
    return NotaDinas(
        yth=yth,
        dari=penanda.jabatan,
        tanggal=text.tanggal(today),
        sifat="Biasa",
        lampiran="Satu berkas",
        hal=f"Penyampaian Konsep Laporan Kinerja {nama}",
        isi=body,
        penanda=penanda,
    )


def _performance(rekap: Rekap) -> Iterator[Blok]:
    yield Judul("A. Capaian Kinerja Organisasi")
    yield Paragraf(describe_whole(rekap))
    if rekap.sasaran:
        rows = tuple(_goal(number, goal) for number, goal in enumerate(rekap.sasaran, start=1))
        yield Tabel(keterangan="Rata-rata capaian setiap sasaran", kolom=_GOALS, baris=rows)
    written = _written(rekap)
    served: dict[str, list[_Line]] = {}
    for line in _lines(rekap):
        served.setdefault(line.row.sasaran, []).append(line)
    for number, (goal, every) in enumerate(served.items(), start=1):
        lines = _worth_telling(every, rekap)
        yield Judul(f"Sasaran {number}: {goal or 'belum ditetapkan'}", 2)
        yield Tabel(
            keterangan=f"Target, realisasi, dan capaian Sasaran {number}",
            kolom=_INDICATORS,
            baris=tuple(_indicator(place, line, rekap) for place, line in enumerate(lines, start=1)),
        )
        if len(lines) < len(every):
            yield Paragraf(
                f"{len(every) - len(lines)} indikator lain tercantum pada lembar Capaian Kinerja dalam rekap."
            )
        yield from _said(written, goal_key(number))
        for line in lines:
            yield from _told(line, rekap)


def _worth_telling(lines: list[_Line], rekap: Rekap) -> list[_Line]:
    """Return all indicators, or of very many only the first that are below their targets: a draft is for reading."""
    if len(rekap.capaian) <= MOST_INDICATORS:
        return lines
    return [line for line in lines if line.row.status is StatusCapaian.BELUM_TERCAPAI][:_MOST_OF_A_GOAL]


def _lines(rekap: Rekap) -> Iterator[_Line]:
    """Yield each indicator with its trend and with what was written about it in the analysis."""
    written: dict[str, dict[str, str]] = {}
    for (baris, kolom), words in _written(rekap).items():
        written.setdefault(baris, {})[kolom] = words
    trends = {(tren.unit, tren.kode): tren for tren in rekap.tren}
    for row, key in zip(rekap.capaian, analysis_keys(rekap.capaian), strict=True):
        yield _Line(row, trends.get((row.unit, row.kode)), written.get(key, {}))


def _said(written: Mapping[tuple[str, str], str], key: str) -> Iterator[Blok]:
    """Yield the analysis of a sasaran as a whole, which stands in for those of its indicators where they are many."""
    for label, kolom in (
        ("Faktor pendukung", PENDUKUNG),
        ("Faktor penghambat", PENGHAMBAT),
        ("Analisis", ANALISIS),
        ("Tindak lanjut", TINDAK_LANJUT),
    ):
        if words := written.get((key, kolom)):
            yield Paragraf(words, label)


def _written(rekap: Rekap) -> dict[tuple[str, str], str]:
    return rekap.analisis.words() if rekap.analisis is not None else {}


def _goal(number: int, goal: SasaranRingkas) -> tuple[str, ...]:
    return (
        str(number),
        goal.sasaran,
        f"{goal.terukur} dari {goal.indikator}",
        figure(goal.rata_capaian),
        goal.predikat or EMPTY,
    )


def _indicator(number: int, line: _Line, rekap: Rekap) -> tuple[str, ...]:
    row, tren = line.row, line.tren
    earlier = (previous(rekap.periode), last_year(rekap.periode))
    points = [find_point(tren, other) if tren else None for other in earlier]
    return (
        str(number),
        row.indikator,
        as_text(row.target, row.satuan) or EMPTY,
        as_text(row.realisasi, row.satuan) or EMPTY,
        figure(row.capaian),
        row.predikat or (row.status.value if row.capaian is None else EMPTY),
        *(figure(point.capaian if point else None) for point in points),
    )


def _told(line: _Line, rekap: Rekap) -> Iterator[Blok]:
    """Yield what is said of one indicator: its figures, then the Kasubbag's words, else the unit's."""
    row = line.row
    sentences = (describe_indicator(row, rekap.periode), describe_change(row, line.tren, rekap.periode))
    yield Paragraf(" ".join(filter(None, sentences)))
    for label, kolom, units in (
        ("Analisis", ANALISIS, ""),
        ("Faktor pendukung", PENDUKUNG, row.pendukung),
        ("Faktor penghambat", PENGHAMBAT, row.penghambat),
        ("Tindak lanjut", TINDAK_LANJUT, row.tindak_lanjut),
    ):
        if words := line.analisis.get(kolom) or units:
            yield Paragraf(words, label)


def _year(rekap: Rekap) -> Iterator[Blok]:
    if not rekap.tahunan:
        return
    yield Judul("Realisasi setahun menurut triwulan", 2)
    rows = tuple(
        (
            row.kode,
            row.indikator,
            as_text(row.target, row.satuan) or EMPTY,
            *(as_text(value) or EMPTY for value in row.triwulan),
            as_text(row.setahun) or EMPTY,
            figure(row.capaian),
        )
        for row in rekap.tahunan
    )
    yield Tabel(keterangan="Realisasi setiap triwulan dan setahun", kolom=_YEAR, baris=rows)
    for row in rekap.tahunan:
        for clause in row.pertentangan:
            yield Paragraf(f"{clause[:1].upper()}{clause[1:]}; mohon dipastikan.", row.kode)


def _conclusion(rekap: Rekap) -> Iterator[Blok]:
    yield Judul("E. Kesimpulan dan Rekomendasi")
    written = _written(rekap)
    wanted = (("Kesimpulan", ANALISIS), ("Rekomendasi", TINDAK_LANJUT))
    said = [(label, words) for label, kolom in wanted if (words := written.get((UMUM, kolom)))]
    yield from (Paragraf(words, label) for label, words in said)
    if not said:
        yield Paragraf("Kesimpulan belum dituliskan pada lembar Analisis.")
    below = [row.kode for row in rekap.capaian if row.status is StatusCapaian.BELUM_TERCAPAI]
    if below and len(rekap.capaian) <= MOST_INDICATORS:
        yield Paragraf(f"Indikator yang belum mencapai target: {text.rangkai(below)}.")


def _basis(rekap: Rekap) -> Iterator[Blok]:
    if rekap.catatan_kaki:
        yield Judul("Keterangan", 2)
        yield from (Paragraf(f"{number}. {note}") for number, note in enumerate(rekap.catatan_kaki, start=1))
