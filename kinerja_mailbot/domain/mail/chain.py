"""The chain of rules: the first one that recognises a mail says what it is."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.rules import Rule
from kinerja_mailbot.domain.mail.rules.auto_reply import auto_reply
from kinerja_mailbot.domain.mail.rules.bounce import bounce
from kinerja_mailbot.domain.mail.rules.order import order
from kinerja_mailbot.domain.mail.rules.own import own
from kinerja_mailbot.domain.mail.rules.reply import reply
from kinerja_mailbot.domain.mail.rules.unknown import unknown
from kinerja_mailbot.domain.mail.verdict import Verdict

# Order is the decision: machines first, so that nothing below can answer a robot; the person with
# more authority before the one with less; whatever nobody claims is a stranger's.
CHAIN: tuple[Rule, ...] = (
    own,  # our own copy proves that a letter went out; it must never look like a bounce of itself
    bounce,  # before auto_reply: delivery reports carry Auto-Submitted too
    auto_reply,
    order,
    reply,
)


def judge(mail: IncomingMail, facts: Facts) -> Verdict:
    """Return what the mail is, by the first rule of `CHAIN` that recognises it (DESIGN section 4)."""
    for rule in CHAIN:
        if verdict := rule(mail, facts):
            return verdict
    return unknown(mail, facts)
