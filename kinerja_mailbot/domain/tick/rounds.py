"""The daily rounds: whether the hour has come at which the service checks itself and the admin hears of it."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.health import LoopBack
from kinerja_mailbot.domain.sop.working_time import is_working_day

BACKUP = "cadangan"
"""The name under which the store remembers when it was last copied (ISO time)."""
RECONCILED = "pencocokan"
"""The name under which the store remembers the last comparison with the mailbox: `<day> <mails found>`."""
RESTORED = "dipulihkan"
"""The name under which the store remembers that an older copy of it was put back (ISO time), until the mailbox has
shown what happened since; "" afterwards."""
OVERDUE = "putar-balik"
"""The name under which the store remembers the last day whose mail to ourselves was noted as overdue."""


def is_round_come(facts: Facts) -> bool:
    """Tell whether the hour of today's rounds has come."""
    return facts.now.astimezone(facts.aturan.jam.zona).time() >= facts.aturan.pemantauan.pukul


def may_tell(facts: Facts, loop_back: LoopBack | None) -> bool:
    """Tell whether the admin's line is due: on working days, when the mail to ourselves is back or overdue."""
    rules = facts.aturan.pemantauan
    if not rules.kabar_admin or not is_round_come(facts) or not is_working_day(facts.aturan.jam, facts.today):
        return False
    return loop_back is None or loop_back.kembali_at is not None or loop_back.is_overdue(facts.now, rules.tunggu_menit)
