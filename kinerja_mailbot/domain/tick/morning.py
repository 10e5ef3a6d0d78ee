"""The morning letter to the Kasubbag: whether this working day owes one, and of what.

A working day is looked at once, at its appointed hour: what happens later that day is news for the next morning. So
there is at most one letter a day, none on a day off, and none when nothing has changed since the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.sop.working_time import WorkingHours, is_open, local_day, next_opening

MEMORY = "kabar pagi"
"""The name under which the store remembers what the last look saw: the day, then the gist of every open period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What the look of one morning leads to."""

    ingatan: str
    surat: tuple[Letter, ...] = ()
    diringkas: bool = False  # the letter lists the penyusun's matters too


def opening_of_the_day(hours: WorkingHours, now: datetime) -> datetime:
    """Return when the office opened, or opens, on the local day of `now`; aware UTC."""
    return next_opening(hours, datetime.combine(local_day(hours, now), time(), hours.zona))


def morning_moment(facts: Facts) -> datetime:
    """Return the hour of today's morning letters: the opening of the office, or the configured hour if that is later.

    Aware UTC. An hour in a rest or after closing means the next opening.
    """
    hours, pukul = facts.aturan.jam, facts.aturan.kabar.pagi
    opening = opening_of_the_day(hours, facts.now)
    if pukul is None:
        return opening
    return next_opening(hours, max(opening, datetime.combine(facts.today, pukul, hours.zona)))


def is_morning_come(facts: Facts) -> bool:
    """Tell whether the office is open and the hour of its morning letters has come."""
    return is_open(facts.aturan.jam, facts.now) and facts.now >= morning_moment(facts)


def was_looked_at(facts: Facts, known: str) -> bool:
    """Tell whether today's look has been; `known` is what the store remembers of the last one."""
    return known.partition("\n")[0] == facts.today.isoformat()


def owed_this_morning(facts: Facts, known: str, matters: tuple[Matter, ...] = ()) -> Morning:
    """Return the status letter if anything has changed since the last look, and what to remember of this one.

    A period that was opened this very morning is news for tomorrow: its opening has a letter of its own. `matters`
    are those of which no summary has told; they stand in the same letter where Kasubbag and penyusun are one.
    """
    before = morning_moment(facts)
    periods = tuple(p for p in letters.open_periods(facts) if p.dibuka_at < before)
    gist = "\n".join(letters.gist(facts, period) for period in periods)
    memory = f"{facts.today.isoformat()}\n{gist}"
    if not periods or gist == known.partition("\n")[2]:
        return Morning(ingatan=memory)
    shared = matters if shares_the_desk(facts) else ()
    letter = letters.kabar_pagi(facts, periods, shared)
    return Morning(ingatan=memory, surat=(letter,), diringkas=bool(shared))


def shares_the_desk(facts: Facts) -> bool:
    """Tell whether the Kasubbag also gets the penyusun's letters: one letter then serves both."""
    own = {address.casefold() for address in facts.daftar.kasubbag.alamat}
    staff = facts.daftar.penyusun or (facts.daftar.kasubbag,)
    return any(address.casefold() in own for person in staff for address in person.alamat)
