"""The daily summary to the penyusun: whether this working morning owes one, and of what."""

from __future__ import annotations

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.tick.morning import is_morning_come, morning_moment


def may_summarise(facts: Facts, written: frozenset[str]) -> bool:
    """Tell whether the morning has come and has had no summary yet; `written` are the keys of summaries so far."""
    return is_morning_come(facts) and letters.kunci_ringkasan(facts) not in written


def has_news(facts: Facts, matters: tuple[Matter, ...]) -> bool:
    """Tell whether something waits that no summary has listed and that came before this morning's hour.

    The rest of the day waits for the next morning, so that there is one letter a day and not one for each mail.
    """
    come = morning_moment(facts)
    return any(matter.tiba_at < come and not matter.diringkas for matter in matters)


def owed_summary(facts: Facts, matters: tuple[Matter, ...]) -> Letter | None:
    """Return the summary of everything that waits, or None while nothing of it is new this morning."""
    return letters.ringkasan(facts, matters) if has_news(facts, matters) else None
