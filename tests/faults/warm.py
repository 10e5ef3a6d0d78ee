"""What the server of lives does once, so that each life need not: imports, mappers, the calendar."""

from __future__ import annotations

from sqlalchemy.orm import configure_mappers

from kinerja_mailbot.adapters.calendar import IndonesianCalendar
from tests.faults import points

__all__ = ["points"]

configure_mappers()
IndonesianCalendar().holidays(2026)
IndonesianCalendar().has_cuti_bersama(2026)
