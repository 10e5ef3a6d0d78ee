"""The office of the tests: KPU Kabupaten Sorong's hours, its calendar around the worked examples of DOMAIN 4.2."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from kinerja_mailbot.domain.sop.working_time import Interval, Week, WorkingHours

WIT = ZoneInfo("Asia/Jayapura")


def span(mulai: str, akhir: str) -> Interval:
    return Interval(time.fromisoformat(mulai), time.fromisoformat(akhir))


NORMAL: Week = (
    *((span("07:30", "12:00"), span("13:00", "16:00")),) * 4,
    (span("07:30", "11:30"), span("13:00", "16:30")),
    (),
    (),
)
RAMADAN: Week = (
    *((span("08:00", "12:00"), span("12:30", "15:00")),) * 4,
    (span("08:00", "11:30"), span("12:30", "15:30")),
    (),
    (),
)
LIBUR = (
    (date(2026, 3, 18), "Cuti Bersama Hari Suci Nyepi"),
    (date(2026, 3, 19), "Hari Suci Nyepi"),
    (date(2026, 3, 20), "Cuti Bersama Hari Raya Idulfitri"),
    (date(2026, 3, 23), "Cuti Bersama Hari Raya Idulfitri"),
    (date(2026, 3, 24), "Cuti Bersama Hari Raya Idulfitri"),
    (date(2026, 12, 24), "Cuti Bersama Hari Raya Natal"),
    (date(2026, 12, 25), "Hari Raya Natal"),
    (date(2027, 1, 1), "Tahun Baru Masehi"),
)
HOURS = WorkingHours(zona=WIT, normal=NORMAL, ramadan=RAMADAN, libur=LIBUR)


def wit(text: str) -> datetime:
    """Return the moment (aware UTC) of "2026-11-23 07.30" on the office's clock."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIT).astimezone(UTC)
