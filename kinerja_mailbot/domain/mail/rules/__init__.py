"""The verdict rules, one question and one file each; `CHAIN` in `mail/chain.py` is their order."""

from __future__ import annotations

from collections.abc import Callable

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.verdict import Verdict

Rule = Callable[[IncomingMail, Facts], Verdict | None]
"""Answers one question about a mail: its verdict, or None for "ask the next rule"."""
