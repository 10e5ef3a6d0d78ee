"""Which request a respondent's mail belongs to: workbook id, then thread, then subject tag, then the only open one."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.thread import read_message_id
from kinerja_mailbot.domain.sop.state import PeriodState

_TAG = re.compile(r"\[KINERJA[ -](?P<periode>20\d\d(?:-(?:TW[1-4]|SM[12]))?)\b", re.IGNORECASE)


def thread_period(mail: IncomingMail, facts: Facts) -> PeriodState | None:
    """Return the period of the first letter of ours that the mail provably answers."""
    for message_id in mail.thread_ids():
        ref = read_message_id(facts.identitas, message_id)
        if ref is not None and (period := facts.period(ref.periode)) is not None:
            return period
    return None


def period_of(mail: IncomingMail, unit: str, claimed: str | None, facts: Facts) -> PeriodState | None:
    """Return the running period that the mail is about, or None when nothing is open for the unit.

    `claimed` is what a genuine workbook says; it wins, for it travels with the figures.
    """
    open_ones = tuple(p for p in facts.running() if p.request(unit) is not None)
    tagged = _TAG.search(mail.subjek)
    thread = thread_period(mail, facts)
    for kode in (claimed, thread.periode.kode if thread else None, tagged["periode"].upper() if tagged else None):
        if found := next((p for p in open_ones if p.periode.kode == kode), None):
            return found
    return open_ones[-1] if open_ones else None
