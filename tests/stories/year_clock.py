"""The office's clock of 2026 as a clerk counts it: minute by minute, with the holidays written out from the decree."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.domain.office import WIT, wit

# SKB 3 Menteri about 2026: national holidays, then cuti bersama; those on a weekend are left out.
DAYS_OFF = (
    *(
        "01-01",
        "01-16",
        "02-17",
        "03-19",
        "04-03",
        "05-01",
        "05-14",
        "05-27",
        "06-01",
        "06-16",
        "08-17",
        "08-25",
        "12-25",
    ),
    *("02-16", "03-18", "03-20", "03-23", "03-24", "05-15", "05-28", "12-24"),
)
_RAMADAN = (date(2026, 2, 18), date(2026, 3, 19))
# Perpres 21/2023, article 4: Monday to Thursday, then Friday.
_HOURS = {
    False: ((("07.30", "12.00"), ("13.00", "16.00")), (("07.30", "11.30"), ("13.00", "16.30"))),
    True: ((("08.00", "12.00"), ("12.30", "15.00")), (("08.00", "11.30"), ("12.30", "15.30"))),
}
_MINUTE = timedelta(minutes=1)


def at(written: str) -> datetime:
    """Return the moment of "10-05 08.30" in 2026, office time; aware UTC."""
    return wit(f"2026-{written}")


def written(moment: datetime) -> str:
    """Return how the tables write a moment."""
    return moment.astimezone(WIT).strftime("%m-%d %H.%M")


def is_day_off(day: date) -> bool:
    """Tell whether nobody works on that day."""
    return day.weekday() > 4 or day.strftime("%m-%d") in DAYS_OFF


def is_worked(moment: datetime) -> bool:
    """Tell whether the office works in the minute that begins then."""
    local = moment.astimezone(WIT)
    if is_day_off(local.date()):
        return False
    in_ramadan = _RAMADAN[0] <= local.date() <= _RAMADAN[1]
    spans = _HOURS[in_ramadan][local.weekday() == 4]
    return any(begin <= local.strftime("%H.%M") < end for begin, end in spans)


def counted(start: datetime, minutes: int) -> datetime:
    """Return the moment after this many worked minutes, or before (negative), counted one by one."""
    moment, left = start, abs(minutes)
    while left:
        if minutes > 0:
            left -= is_worked(moment)
            moment += _MINUTE
        else:
            moment -= _MINUTE
            left -= is_worked(moment)
    return moment
