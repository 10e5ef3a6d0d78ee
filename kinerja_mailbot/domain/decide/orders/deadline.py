"""The new deadline that an extension means, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.orders import Hingga
from kinerja_mailbot.domain.sop.changes import Lama, extend
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import intervals_of
from kinerja_mailbot.domain.unit import Unit

_MOST_DAYS = 60  # working days: more is rather a slip of the pen


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a deadline was not moved, as the giver reads it."""

    kalimat: str


def new_deadline(
    facts: Facts, period: PeriodState, request: RequestState, unit: Unit, lama: Lama | Hingga
) -> datetime | Refused:
    """Return the deadline that is meant, later than the one in force (aware UTC)."""
    pause = period.jeda
    now = facts.now if pause is None else pause.mulai_at  # what is given while the clock stands moves with it later
    match lama:
        case Lama():
            if lama.hari > _MOST_DAYS:
                return Refused(f"Perpanjangan {lama.sebutan} belum dilaksanakan: paling lama {_MOST_DAYS} hari kerja.")
            return extend(facts.aturan.jam, request.batas_at, lama, now)
        case Hingga():
            return _until(facts, period, request, unit, lama)


def _until(facts: Facts, period: PeriodState, request: RequestState, unit: Unit, hingga: Hingga) -> datetime | Refused:
    hours = facts.aturan.jam
    if period.jeda is not None:
        return Refused(
            "Hitungan waktu sedang ditunda sehingga tanggal batas belum dapat ditetapkan; mohon tulis lamanya "
            "(contoh: 2 hari), atau LANJUT terlebih dahulu."
        )
    day = hingga.day_from(facts.today)
    if day is None:
        return Refused(
            "Tanggal batas yang dimaksud belum jelas (hari dan tanggalnya tidak sesuai); mohon ditulis kembali."
        )
    opened = intervals_of(hours, day)
    if not opened:
        return Refused(f"{text.hari_tanggal(day)} bukan hari kerja; mohon pilih hari kerja sebelum atau sesudahnya.")
    at = datetime.combine(day, hingga.pukul or opened[-1].akhir, hours.zona).astimezone(UTC)
    if at <= max(request.batas_at, facts.now):
        shown = text.waktu(request.batas_at, hours.zona, facts.aturan.kantor.singkatan_zona)
        return Refused(f"Batas {unit.nama} tidak diubah: batas yang berlaku ({shown}) tidak lebih awal.")
    return at
