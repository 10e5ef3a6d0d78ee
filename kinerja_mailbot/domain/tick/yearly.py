"""The letters of the year: a change of who is responsible, a year without cuti bersama, the review of the SOP.

Each is owed once, in office time, whether a period is open or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.sop.responsible import Diketahui, fingerprint, is_new_change
from kinerja_mailbot.domain.sop.review import figures_since
from kinerja_mailbot.domain.sop.working_time import WorkingHours, is_working_day
from kinerja_mailbot.domain.tick.owed import Event

NO_CUTI_BERSAMA = "cuti-bersama."
REVIEW = "tinjauan-sop."

# The decree on cuti bersama comes out in autumn; from 1 October on, deadlines of January are near.
_WARNED_FROM = (10, 1)
_CATCH_UP = timedelta(days=31)  # a review day that is longer past belongs to a time before this office was served


@dataclass(frozen=True, slots=True)
class Duty:
    """A letter that is owed, and its line of the journal."""

    surat: Letter
    jurnal: Event


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """A day of the configuration on which the SOP is reviewed, and the one before it."""

    hari: date
    sebelumnya: date

    @property
    def key(self) -> str:
        """Return the key of its letter."""
        return f"{REVIEW}{self.hari.isoformat()}"


def owed_for_change(facts: Facts, known: str, seen: Diketahui) -> Duty | None:
    """Return the warning about a change of scope or of persons in charge (SOP pengesahan 5), once for each change."""
    if not is_new_change(known, seen):
        return None
    letter = letters.penanggung_jawab_berubah(facts, seen.perubahan, sidik=fingerprint(seen.kini))
    return Duty(letter, _event(facts, "officials changed", "; ".join(seen.perubahan)))


def years_without_cuti_bersama(facts: Facts) -> tuple[int, ...]:
    """Return the years within reach whose cuti bersama nobody knows: this one, from 1 October on the next one too."""
    return tuple(year for year in facts.tanpa_cuti_bersama if facts.today >= date(year - 1, *_WARNED_FROM))


def owed_for_calendar(facts: Facts, year: int) -> Duty:
    """Return the warning about a year without cuti bersama."""
    letter = letters.cuti_bersama_belum_ada(facts, year, kunci=f"{NO_CUTI_BERSAMA}{year}")
    return Duty(letter, _event(facts, "cuti bersama unknown", str(year)))


def due_review(facts: Facts) -> ReviewDay | None:
    """Return the review day that has come last, at most a month ago; None when there is none.

    A day off is put off to the next working day.
    """
    today, days = facts.today, facts.aturan.kabar.tinjauan
    if not days:
        return None
    every = sorted(date(year, *day) for year in range(today.year - 2, today.year + 1) for day in days)
    come = [number for number, day in enumerate(every) if number and _working_day(facts.aturan.jam, day) <= today]
    latest = come[-1] if come else None
    if latest is None or every[latest] < today - _CATCH_UP:
        return None
    return ReviewDay(every[latest], every[latest - 1])


def owed_for_review(facts: Facts, day: ReviewDay) -> Duty | None:
    """Return the review letter; None in an office that has had no period for a year.

    A half-year without a period is reviewed all the same, for the SOP demands it twice a year (pengesahan 2); its
    letter says that there is nothing to measure.
    """
    if not facts.periode:
        return None
    figures = figures_since(facts.periode, facts.aturan.jam, day.sebelumnya)
    letter = letters.tinjauan_sop(facts, figures, kunci=day.key, sejak=day.sebelumnya)
    return Duty(letter, _event(facts, "sop review asked for", f"{len(figures.periode)} periods since {day.sebelumnya}"))


def _working_day(hours: WorkingHours, day: date) -> date:
    while not is_working_day(hours, day):
        day += timedelta(days=1)
    return day


def _event(facts: Facts, what: str, more: str) -> Event:
    return Event(at=facts.now, peristiwa=what, periode=None, rincian=more)
