"""One year of the office through the real service: every letter in its own minute, once, and never on a day off.

Four quarters, two half-years and a year; Ramadan and Lebaran; three outages of days; two extensions, a flood; a revised
SOP; officials on leave with and without a Plh. What is expected was worked by hand and is checked by counting minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic, process_time

import pytest

from kinerja_mailbot.config import Config
from kinerja_mailbot.demo.staff import Desk
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.periode import JenisPeriode
from kinerja_mailbot.domain.policy import PerintahLangkah1
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.domain.sop.version import VersiSop
from kinerja_mailbot.service import Service
from tests.domain.office import WIT
from tests.stories.stage import LONG_AGO, PASSWORD, Stage, sent_twice, settle
from tests.stories.year_acts import ACTS, AGUS, KODE
from tests.stories.year_clock import DAYS_OFF, at, counted, is_day_off, is_worked, written

UNITS = ("umum", "teknis", "hukum", "sekretaris")
ASKED = "permintaan.umum permintaan.teknis permintaan.hukum permintaan.sekretaris pembukaan"
OUTAGES = (("04-01 16.30", "04-07 09.00"), ("06-29 16.30", "07-02 10.00"), ("11-27 17.00", "12-03 09.00"))

# Every letter that time, not a mail, makes us owe; a line is a moment, the period, the keys.
BY_TIME = f"""
01-02 08.00 2025-TW4 {ASKED}
01-02 08.00 2025-SM2 {ASKED}
01-02 13.30 2025-SM2 pengingat.1.teknis
01-05 07.30 kabar.2026-01-05
01-05 08.30 2025-SM2 pengingat.2.teknis
01-05 13.30 2025-SM2 pengingat.3.teknis
01-06 07.30 kabar.2026-01-06
01-06 09.00 2025-SM2 pengingat.4.teknis eskalasi.3.teknis rekap.1
01-06 13.00 2025-TW4 pengingat.1.teknis
01-07 07.30 kabar.2026-01-07
01-07 08.30 2025-TW4 pengingat.2.teknis
01-07 13.00 2025-SM2 pengingat.5.teknis pengingat.5.teknis.tembusan eskalasi.4.teknis
01-07 14.00 2025-SM2 rekap.2
01-08 07.30 kabar.2026-01-08
01-08 09.40 2025-TW4 pengingat.3.teknis
01-08 10.00 2025-TW4 rekap.1
01-08 11.00 2025-TW4 rekap.2
01-08 14.31 2025-SM2 langkah.6
01-08 15.00 2025-SM2 rekap.3
03-16 14.00 2025 {ASKED}
03-17 08.00 kabar.2026-03-17
03-17 11.00 2025 pengingat.1.hukum
03-25 07.30 kabar.2026-03-25
03-25 08.00 2025 pengingat.2.hukum
03-25 13.00 2025 pengingat.3.hukum
03-25 14.00 2025 rekap.1
03-26 07.30 kabar.2026-03-26
03-26 09.00 2025 rekap.2
04-01 08.00 2026-TW1 {ASKED}
04-01 13.00 2026-TW1 pengingat.1.hukum
04-07 09.00 kabar.2026-04-07
04-07 09.00 2026-TW1 pengingat.2.hukum eskalasi.3.hukum rekap.1
04-07 13.00 2026-TW1 pengingat.3.hukum pengingat.3.hukum.tembusan eskalasi.4.hukum
04-07 14.00 2026-TW1 rekap.2
04-08 07.30 kabar.2026-04-08
04-08 09.00 2026-TW1 rekap.3
06-02 07.30 tinjauan-sop.2026-06-01
07-02 10.00 2026-TW2 {ASKED}
07-02 10.00 2026-SM1 {ASKED}
07-02 10.30 tidak-hadir.hukum.20260702T0130
07-02 11.00 2026-TW2 permintaan.umum.{AGUS.alamat}
07-02 11.00 2026-SM1 permintaan.umum.{AGUS.alamat}
07-03 07.30 kabar.2026-07-03
07-03 08.30 2026-SM1 pengingat.1.umum
07-03 13.00 2026-TW2 pengingat.1.umum
07-06 07.30 kabar.2026-07-06
07-06 14.00 2026-TW2 eskalasi.3.hukum.20260703T0500 rekap.1
07-06 14.00 2026-SM1 eskalasi.3.hukum.20260703T0500
07-07 07.30 kabar.2026-07-07
07-07 07.30 2026-SM1 pengingat.1.hukum
07-07 09.00 2026-SM1 rekap.1
07-07 13.00 2026-TW2 pengingat.1.hukum
07-07 13.30 2026-TW2 rekap.2
07-08 07.30 kabar.2026-07-08
07-08 09.00 2026-SM1 rekap.2
07-08 09.10 2026-TW2 rekap.3
10-01 08.00 2026-TW3 {ASKED}
10-01 13.00 2026-TW3 pengingat.1.sekretaris
10-02 07.30 kabar.2026-10-02
10-05 13.00 2026-TW3 pengingat.1.hukum
10-06 07.30 kabar.2026-10-06
10-06 08.30 2026-TW3 pengingat.2.hukum
10-06 09.00 2026-TW3 rekap.1
10-06 10.00 2026-TW3 rekap.2
12-03 09.00 tinjauan-sop.2026-12-01
"""

# Why: so many worked minutes from one moment is the other one. Deadlines first, then the rungs of the ladder.
COUNTED = (
    ("01-02 08.00", 480, "01-05 08.30", "deadline of a Friday's request"),
    ("01-05 08.30", -240, "01-02 13.30", "half of the time"),
    ("01-05 08.30", 240, "01-05 13.30", "the second reminder after it"),
    ("01-05 08.30", 480, "01-06 09.00", "escalation and provisional rekap"),
    ("01-05 08.30", 960, "01-07 09.30", "copy to the Sekretaris; that half-day had its reminder: 13.00"),
    ("01-05 08.30", 900, "01-07 08.30", "two working days more"),
    ("01-07 08.30", -240, "01-06 13.00", "half of the time before the extended deadline"),
    ("01-07 14.10", 240, "01-08 09.40", "time for the correction"),
    ("01-07 14.00", 480, "01-08 14.30", "step 6 is due: overdue a minute later"),
    ("03-16 14.00", 480, "03-25 08.00", "deadline over Nyepi and Lebaran, Ramadan hours before"),
    ("03-25 08.00", -240, "03-17 11.00", "half of the time"),
    ("03-25 08.00", 240, "03-25 12.00", "the rest begins: 13.00"),
    ("04-01 08.00", 480, "04-02 08.30", "deadline in the outage"),
    ("04-02 08.30", -240, "04-01 13.00", "half of the time"),
    ("04-02 08.30", 480, "04-06 09.00", "escalation, paid after the outage"),
    ("04-02 08.30", 960, "04-07 09.30", "copy to the Sekretaris; that half-day had its reminder: 13.00"),
    ("07-02 10.00", 600, "07-03 14.00", "deadline of the units under the revised SOP"),
    ("07-02 10.00", 480, "07-03 10.30", "deadline of the Sekretaris: half of it is after his answer"),
    ("07-03 10.30", -240, "07-02 15.00", "half of the Sekretaris's time: he has answered"),
    ("07-03 14.00", -240, "07-03 08.30", "half of the time"),
    ("07-03 14.00", 480, "07-06 14.00", "escalation of who is away, and provisional rekap"),
    ("07-06 14.00", -240, "07-06 09.00", "half of the extended time: Teknis has answered"),
    ("07-06 14.00", 480, "07-07 14.30", "provisional rekap of the half-year: all is in by then"),
    ("10-01 08.00", 480, "10-02 08.30", "deadline of the Sekretaris"),
    ("10-01 08.00", 600, "10-02 10.30", "deadline of the units"),
    ("10-02 08.30", -240, "10-01 13.00", "half of the Sekretaris's time"),
    ("10-01 14.00", 780, "10-05 11.00", "the clock stood so long"),
    ("10-02 08.30", 780, "10-05 15.00", "the Sekretaris's deadline after the flood"),
    ("10-02 10.30", 780, "10-06 08.30", "the units' deadline after the flood"),
    ("10-05 15.00", -240, "10-05 10.00", "half of his time: of that he was reminded before the flood"),
    ("10-06 08.30", -240, "10-05 13.00", "half of the units' time"),
)


@pytest.mark.parametrize(("start", "minutes", "end", "why"), COUNTED, ids=[row[3] for row in COUNTED])
def test_the_table_of_the_year_is_right(start: str, minutes: int, end: str, why: str) -> None:
    assert written(counted(at(start), minutes)) == end, why


@pytest.mark.sqlite("it takes a minute; quarters and years are begun on both")
def test_every_letter_of_a_year_leaves_in_its_minute(embedded_stage: Stage) -> None:
    stage, begun = embedded_stage, (monotonic(), process_time())
    config = office_config(stage)
    stage.clock.now = at("01-01 12.00")
    stage.system.add_mailbox(AGUS.alamat, PASSWORD)

    looks = sum(live_through(stage, config, until) for until in (*(until for _, until in OUTAGES), "12-31 16.00"))

    took = f"{monotonic() - begun[0]:.0f} s, {process_time() - begun[1]:.0f} s of processor"
    sys.stdout.write(f"\na year with {looks} looks at the clock in {took}\n")
    with office(stage, config) as service:
        letters = service.store.letters()
        moments = {one.kunci: one.created_at for one in letters}
        assert sorted(f"{written(one.created_at)} {one.kunci}" for one in letters if one.surel_id is None) == by_time()
        assert sorted((written(one.created_at), one.templat) for one in letters if one.surel_id) == by_mail()
        assert [key for key, moment in moments.items() if not is_worked(moment)] == []
        assert [one.kunci for one in letters if one.sent_at != one.created_at] == []
        assert sent_twice(service) == []
        periods = service.store.periods(
            ["2025-TW4", "2025-SM2", "2025", "2026-TW1", "2026-TW2", "2026-SM1", "2026-TW3"]
        )
        assert [one.keadaan for one in periods] == [KeadaanPeriode.DITUTUP] * 7
        assert {one.periode.kode for one in periods if one.sop.nomor == REVISED} == {"2026-TW2", "2026-SM1", "2026-TW3"}


def by_time() -> list[str]:
    """Return "moment key" of every expected letter of BY_TIME."""
    found = []
    for line in BY_TIME.strip().splitlines():
        day, hour, first, *rest = line.split()
        found += [f"{day} {hour} {first}.{key}" for key in rest] if rest else [f"{day} {hour} {first}"]
    return sorted(found)


def by_mail() -> list[tuple[str, str]]:
    """Return the moment and the template of every expected answer."""
    return sorted((act.saat, templat) for act in ACTS for templat in act.answered)


# --- the stage ----------------------------------------------------------------------------------------------------

REVISED = "7/ORT.06/9601/2026"


def live_through(stage: Stage, config: Config, until: str) -> int:
    """Run the service from where the clock stands to the next outage's end, or the year's; return its looks."""
    looks = 0
    begin, end = stage.clock.now, at(until)
    desk = stage.desk
    with office(stage, config) as service:
        for moment in [one for one in looks_of_the_year() if begin <= at(one) < end]:
            stage.clock.now = at(moment)
            perform(desk, moment)
            settle(service)
            looks += 1
    stage.clock.now = end
    return looks


def perform(desk: Desk, moment: str) -> None:
    for act in ACTS:
        if act.saat == moment:
            act.perform(desk)


def looks_of_the_year() -> list[str]:
    """Return every moment at which the service looks at the clock.

    That is the minute before, at and after everything that is expected or done; the opening on working days and noon
    on days off around them, and each Monday besides; nothing while the machine stands still. So what comes a minute
    too early or too late is seen, and what comes unasked on a Sunday too.
    """
    minute, day = timedelta(minutes=1), timedelta(days=1)
    events = {line[:11] for line in BY_TIME.strip().splitlines()} | {row[2] for row in COUNTED} | {a.saat for a in ACTS}
    around = {written(at(event) + step * minute) for event in events for step in (-1, 0, 1)}
    near = {(at(event) + step * day).astimezone(WIT).date() for event in events for step in (-1, 0, 1, 2)}
    year = [date(2026, 1, 2) + number * day for number in range(364)]
    days = [one for one in year if one in near or one.weekday() == 0 or one.strftime("%m-%d") in DAYS_OFF]
    daily = {f"{one:%m-%d} {'12.00' if is_day_off(one) else '07.30'}" for one in days}
    back = {until for _, until in OUTAGES}
    return sorted(m for m in around | daily | back if not any(off <= m < until for off, until in OUTAGES))


@contextmanager
def office(stage: Stage, config: Config) -> Iterator[Service]:
    with Service(config, clock=stage.clock) as service, service.exclusive():
        service.store.in_service_since(LONG_AGO)
        yield service


def office_config(stage: Stage) -> Config:
    """Return an office that collects quarters and half-years, one indicator a unit, and revises its SOP in June."""
    config = stage.config(UNITS, perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)
    policy = config.kebijakan
    steps = tuple(replace(step, menit=600) if step.nomor == 5 else step for step in policy.sop.langkah)
    revised = VersiSop(nomor=REVISED, tanggal=date(2026, 6, 15), efektif=date(2026, 6, 15), langkah=steps)
    policy = replace(
        policy,
        versi_sop=(policy.sop, revised),
        jadwal=replace(policy.jadwal, jenis=frozenset({JenisPeriode.TRIWULAN, JenisPeriode.SEMESTER})),
        format=tuple((unit, shortened(form)) for unit, form in policy.format),
    )
    return replace(config, kebijakan=policy)


def shortened(form: Form) -> Form:
    """Return the form with the one indicator of this story; the Sekretaris's stays."""
    sheet = form.lembar[0]
    rows = tuple(row for row in sheet.baris if row.kode in KODE.values())
    return replace(form, lembar=(replace(sheet, baris=rows),)) if rows else form
