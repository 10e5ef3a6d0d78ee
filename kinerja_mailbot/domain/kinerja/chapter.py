"""Writing the laporan from a rekap: the covering nota dinas and the draft of LKjIP chapter III, stored values only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.analysis import ANALISIS, PENDUKUNG, PENGHAMBAT, TINDAK_LANJUT, UMUM, analysis_keys
from kinerja_mailbot.domain.kinerja.narrative import (
    describe_change,
    describe_efficiency,
    describe_indicator,
    describe_whole,
)
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Penanda, Rekap, SasaranRingkas, StatusCapaian
from kinerja_mailbot.domain.kinerja.report import Blok, Judul, Kolom, Laporan, NotaDinas, Paragraf, Tabel
from kinerja_mailbot.domain.kinerja.source import as_text
from kinerja_mailbot.domain.kinerja.timeline import Tren
from kinerja_mailbot.domain.kinerja.trend import find_point, last_year, previous

_EMPTY = "–"
_STATUS = {
    "SESUAI": "Telah sesuai rekomendasi",
    "BELUM_SESUAI": "Belum sesuai rekomendasi",
    "BELUM_TL": "Belum ditindaklanjuti",
    "TIDAK_DAPAT": "Tidak dapat ditindaklanjuti",
}
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
_BUDGET = (
    Kolom("Unit", 9),
    Kolom("Uraian", 33),
    Kolom("Pagu (Rp)", 17, angka=True),
    Kolom("Realisasi (Rp)", 17, angka=True),
    Kolom("Sisa (Rp)", 14, angka=True),
    Kolom("Serapan (%)", 10, angka=True),
)
_FOLLOW_UP = (Kolom("Status", 50), Kolom("Rekomendasi", 20, angka=True), Kolom("Nilai (Rp)", 30, angka=True))
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
            *_budget(rekap),
            *_audit(rekap),
            *_evaluation(rekap),
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
    served: dict[str, list[_Line]] = {}
    for line in _lines(rekap):
        served.setdefault(line.row.sasaran, []).append(line)
    for number, (goal, lines) in enumerate(served.items(), start=1):
        yield Judul(f"Sasaran {number}: {goal or 'belum ditetapkan'}", 2)
        yield Tabel(
            keterangan=f"Target, realisasi, dan capaian Sasaran {number}",
            kolom=_INDICATORS,
            baris=tuple(_indicator(place, line, rekap) for place, line in enumerate(lines, start=1)),
        )
        for line in lines:
            yield from _told(line, rekap)


def _lines(rekap: Rekap) -> Iterator[_Line]:
    """Yield each indicator with its trend and with what was written about it in the analysis."""
    written: dict[str, dict[str, str]] = {}
    for (baris, kolom), words in _written(rekap).items():
        written.setdefault(baris, {})[kolom] = words
    trends = {(tren.unit, tren.kode): tren for tren in rekap.tren}
    for row, key in zip(rekap.capaian, analysis_keys(rekap.capaian), strict=True):
        yield _Line(row, trends.get((row.unit, row.kode)), written.get(key, {}))


def _written(rekap: Rekap) -> dict[tuple[str, str], str]:
    return rekap.analisis.words() if rekap.analisis is not None else {}


def _goal(number: int, goal: SasaranRingkas) -> tuple[str, ...]:
    return (
        str(number),
        goal.sasaran,
        f"{goal.terukur} dari {goal.indikator}",
        _decimal(goal.rata_capaian),
        goal.predikat or _EMPTY,
    )


def _indicator(number: int, line: _Line, rekap: Rekap) -> tuple[str, ...]:
    row, tren = line.row, line.tren
    earlier = (previous(rekap.periode), last_year(rekap.periode))
    points = [find_point(tren, other) if tren else None for other in earlier]
    return (
        str(number),
        row.indikator,
        as_text(row.target, row.satuan) or _EMPTY,
        as_text(row.realisasi, row.satuan) or _EMPTY,
        _decimal(row.capaian),
        row.predikat or (row.status.value if row.capaian is None else _EMPTY),
        *(_decimal(point.capaian if point else None) for point in points),
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
            as_text(row.target, row.satuan) or _EMPTY,
            *(as_text(value) or _EMPTY for value in row.triwulan),
            as_text(row.setahun) or _EMPTY,
            _decimal(row.capaian),
        )
        for row in rekap.tahunan
    )
    yield Tabel(keterangan="Realisasi setiap triwulan dan setahun", kolom=_YEAR, baris=rows)
    for row in rekap.tahunan:
        for clause in row.pertentangan:
            yield Paragraf(f"{clause[:1].upper()}{clause[1:]}; mohon dipastikan.", row.kode)


def _budget(rekap: Rekap) -> Iterator[Blok]:
    if not rekap.anggaran:
        return
    yield Judul("B. Realisasi Anggaran")
    rows = tuple(
        (row.unit, row.uraian, _rupiah(row.pagu), _rupiah(row.realisasi), _rupiah(row.sisa), _decimal(row.serapan))
        for row in rekap.anggaran
    )
    known = [row for row in rekap.anggaran if row.pagu is not None and row.realisasi is not None]
    if known:
        pagu = sum((row.pagu for row in known if row.pagu is not None), Decimal(0))
        spent = sum((row.realisasi for row in known if row.realisasi is not None), Decimal(0))
        amounts = (_rupiah(pagu), _rupiah(spent), _rupiah(pagu - spent))
        rows = (*rows, ("Jumlah", "Baris yang dilaporkan", *amounts, _decimal(rekap.serapan)))
        share = f", atau {text.persen(rekap.serapan)}" if rekap.serapan is not None else ""
        yield Paragraf(
            f"Realisasi anggaran sampai dengan {rekap.periode.nama} sebesar {text.rupiah(spent)} dari pagu "
            f"{text.rupiah(pagu)}{share}."
        )
    yield Tabel(keterangan="Pagu dan realisasi anggaran", kolom=_BUDGET, baris=rows)
    if sentence := describe_efficiency(rekap):
        yield Paragraf(sentence, "Efisiensi")
    for row in rekap.anggaran:
        if row.kendala:
            yield Paragraf(row.kendala, f"Kendala {row.kode}")


def _audit(rekap: Rekap) -> Iterator[Blok]:
    every = sum(item.jumlah for item in rekap.tl_hp_ringkas)
    yield Judul("C. Tindak Lanjut Hasil Pemeriksaan")
    if not every:
        yield Paragraf(f"Tidak terdapat rekomendasi hasil pemeriksaan yang dilaporkan pada {rekap.periode.nama}.")
        return
    settled = sum(item.jumlah for item in rekap.tl_hp_ringkas if item.status == "SESUAI")
    late = sum(row.lewat_hari > 0 for row in rekap.tl_hp)
    sentence = f"Dari {every} rekomendasi hasil pemeriksaan, {settled} rekomendasi telah sesuai"
    yield Paragraf(f"{sentence}; {late} rekomendasi telah melewati batas waktu." if late else f"{sentence}.")
    rows = tuple(
        (_STATUS.get(item.status, item.status), str(item.jumlah), _rupiah(item.rupiah)) for item in rekap.tl_hp_ringkas
    )
    yield Tabel(keterangan="Status tindak lanjut rekomendasi", kolom=_FOLLOW_UP, baris=rows)


def _evaluation(rekap: Rekap) -> Iterator[Blok]:
    graded = [lhe for lhe in rekap.lhe if lhe.total is not None]
    if not graded:
        return
    yield Judul("D. Evaluasi Akuntabilitas Kinerja")
    for lhe in graded:
        by = f" oleh {lhe.evaluator}" if lhe.evaluator else ""
        year = f" Tahun {lhe.tahun}" if lhe.tahun else ""
        grade = lhe.predikat or lhe.predikat_hitung
        yield Paragraf(
            f"Hasil evaluasi akuntabilitas kinerja{year}{by} memperoleh nilai {_decimal(lhe.total)}"
            f"{f' dengan predikat {grade}' if grade else ''}."
        )


def _conclusion(rekap: Rekap) -> Iterator[Blok]:
    yield Judul("E. Kesimpulan dan Rekomendasi")
    written = _written(rekap)
    wanted = (("Kesimpulan", ANALISIS), ("Rekomendasi", TINDAK_LANJUT))
    said = [(label, words) for label, kolom in wanted if (words := written.get((UMUM, kolom)))]
    yield from (Paragraf(words, label) for label, words in said)
    if not said:
        yield Paragraf("Kesimpulan belum dituliskan pada lembar Analisis.")
    below = [row.kode for row in rekap.capaian if row.status is StatusCapaian.BELUM_TERCAPAI]
    if below:
        yield Paragraf(f"Indikator yang belum mencapai target: {text.rangkai(below)}.")


def _basis(rekap: Rekap) -> Iterator[Blok]:
    if rekap.catatan_kaki:
        yield Judul("Keterangan", 2)
        yield from (Paragraf(f"{number}. {note}") for number, note in enumerate(rekap.catatan_kaki, start=1))


def _decimal(value: Decimal | None) -> str:
    return _EMPTY if value is None else text.desimal(value)


def _rupiah(value: Decimal | None) -> str:
    return _EMPTY if value is None else text.desimal(value, 0)
