"""The daily summary to the penyusun: whether this working morning owes one, and of what."""

from __future__ import annotations

from datetime import datetime, time

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.sop.working_time import WorkingHours, is_open, local_day, next_opening


def may_summarise(facts: Facts, written: frozenset[str]) -> bool:
    """Tell whether the office is open and has had no summary yet today; `written` are the keys of summaries so far."""
    return is_open(facts.aturan.jam, facts.now) and letters.kunci_ringkasan(facts) not in written


def owed_summary(facts: Facts, matters: tuple[Matter, ...]) -> Letter | None:
    """Return the summary of everything that waits, or None while nothing of it is new this morning.

    New is what no summary has listed and what came before the office opened: the rest of the day waits for the next
    morning, so that there is one letter a day and not one for each mail.
    """
    opened = opening_of_the_day(facts.aturan.jam, facts.now)
    if not any(matter.tiba_at < opened and not matter.diringkas for matter in matters):
        return None
    return letters.ringkasan(facts, matters)


def opening_of_the_day(hours: WorkingHours, now: datetime) -> datetime:
    """Return when the office opened, or opens, on the local day of `now`; aware UTC."""
    return next_opening(hours, datetime.combine(local_day(hours, now), time(), hours.zona))
