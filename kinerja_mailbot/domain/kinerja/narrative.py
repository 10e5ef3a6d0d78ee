"""Sentences about one indicator that agree with its figures: nothing below its target is called reached."""

from __future__ import annotations

from decimal import Decimal

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.rekap import CapaianRow, Rekap, StatusCapaian
from kinerja_mailbot.domain.kinerja.source import as_text
from kinerja_mailbot.domain.kinerja.timeline import Tren
from kinerja_mailbot.domain.kinerja.trend import change, find_point, last_year, previous
from kinerja_mailbot.domain.periode import Periode

FULL = Decimal(100)  # percent


def describe_indicator(row: CapaianRow, periode: Periode) -> str:
    """Return how far an indicator has come towards its target, and whether that target is met."""
    name = row.indikator[:1].upper() + row.indikator[1:]
    match row.status:
        case StatusCapaian.BELUM_DIISI:
            return f"{name}: data realisasi {periode.nama} belum diterima."
        case StatusCapaian.TIDAK_DIUKUR:
            return f"{name} tidak diukur pada {periode.nama} sehingga tidak diperhitungkan dalam rata-rata capaian."
        case StatusCapaian.TERCAPAI:
            return f"{_measured(name, row, periode)}; target telah {_reached(row)}."
        case StatusCapaian.BELUM_TERCAPAI:
            return f"{_measured(name, row, periode)}; target belum tercapai{_short_of(row)}."


def describe_change(row: CapaianRow, tren: Tren | None, periode: Periode) -> str:
    """Return how the capaian compares with the period before and the year before; nothing where neither is known."""
    if tren is None or row.capaian is None:
        return ""
    parts = []
    for other in dict.fromkeys((previous(periode), last_year(periode))):
        point = find_point(tren, other)
        before = point.capaian if point is not None else None
        difference = change(row.capaian, before)
        if difference is not None and before is not None:
            parts.append(f"{_moved(difference)} dibandingkan dengan {other.nama} ({text.persen(before)})")
    return f"Capaian {text.rangkai(parts)}." if parts else ""


def describe_whole(rekap: Rekap) -> str:
    """Return the result of the period in two sentences."""
    reached, missed = rekap.count(StatusCapaian.TERCAPAI), rekap.count(StatusCapaian.BELUM_TERCAPAI)
    if not reached + missed:
        return f"Pada {rekap.periode.nama} belum ada indikator yang dapat diukur."
    first = (
        f"Dari {len(rekap.capaian)} indikator kinerja, {reached + missed} indikator diukur pada {rekap.periode.nama}: "
        f"{reached} indikator mencapai atau melampaui target dan {missed} indikator belum mencapai target."
    )
    if rekap.rata_capaian is None:
        return first
    word = f" dengan predikat {rekap.predikat}" if rekap.predikat else ""
    return f"{first} Rata-rata capaian sebesar {text.persen(rekap.rata_capaian)}{word}."


def describe_efficiency(rekap: Rekap) -> str:
    """Return what was achieved against what was spent; efficiency is claimed only where the targets are met."""
    mean, spent = rekap.rata_capaian, rekap.serapan
    if mean is None or spent is None:
        return ""
    both = f"Rata-rata capaian kinerja {text.persen(mean)} diperoleh dengan serapan anggaran {text.persen(spent)}"
    if mean >= FULL and not rekap.count(StatusCapaian.BELUM_TERCAPAI) and spent < FULL:
        return f"{both}; seluruh target yang diukur tercapai dengan anggaran yang belum terserap seluruhnya."
    if mean < spent:
        return f"{both}; serapan anggaran lebih tinggi daripada capaian kinerja sehingga perlu ditelaah lebih lanjut."
    return f"{both}."


def _measured(name: str, row: CapaianRow, periode: Periode) -> str:
    got, wanted = as_text(row.realisasi, row.satuan), as_text(row.target, row.satuan)
    share = "" if row.capaian is None else f", dengan capaian {text.persen(row.capaian)}"
    word = f" ({row.predikat})" if row.predikat and row.capaian is not None else ""
    return f"{name} sampai dengan {periode.nama} terealisasi {got} dari target {wanted}{share}{word}"


def _reached(row: CapaianRow) -> str:
    # Of what should stay small, "exceeded" would say the opposite.
    is_more = row.capaian is not None and row.capaian > FULL and not row.rumus.startswith("NEG")
    return "terlampaui" if is_more else "tercapai"


def _short_of(row: CapaianRow) -> str:
    if row.capaian is None or row.capaian >= FULL:
        return ""
    return f" dengan selisih {text.desimal(FULL - row.capaian)} poin persen"


def _moved(difference: Decimal) -> str:
    if difference == 0:
        return "tetap"
    verb = "meningkat" if difference > 0 else "menurun"
    return f"{verb} {text.desimal(abs(difference))} poin persen"
