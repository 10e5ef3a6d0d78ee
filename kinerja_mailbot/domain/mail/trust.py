"""Whose Authentication-Results might be believed: a proposal from the newest mails, for a person to decide on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3  # mails that say the same, before it means anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What one mail's headers say about its check: the topmost header's authserv-id, empty where there is none."""

    pengirim: str  # addr-spec in From, lower case
    authserv_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The authserv-id on most mails; counts say how sure that is."""

    authserv_id: str  # empty: none is on most of them
    surel: int  # mails that carry it
    seluruh: int  # mails from others that were looked at
    domain: int  # different domains that these mails come from


def propose(traces: Sequence[Trace], own: frozenset[str]) -> Proposal:
    """Return the authserv-id that more than half of the mails carry, at least three of them from two domains.

    A sender can write such a header himself, but not on everybody's mail: hence the two domains. `own` are the bot's
    addresses, case-folded; its own copies say nothing.

    >>> mails = [Trace(pengirim=f"a@{n}.example", authserv_id="mx.kpu.example") for n in range(3)]
    >>> propose(mails, frozenset()).authserv_id
    'mx.kpu.example'
    >>> propose(mails[:2], frozenset()).authserv_id
    ''
    """
    others = [trace for trace in traces if trace.pengirim not in own]
    counted = Counter(trace.authserv_id for trace in others if trace.authserv_id)
    found, count = counted.most_common(1)[0] if counted else ("", 0)
    domains = {trace.pengirim.rpartition("@")[2] for trace in others if found and trace.authserv_id == found}
    is_sure = count >= FEWEST and 2 * count > len(others) and len(domains) > 1
    return Proposal(authserv_id=found if is_sure else "", surel=count, seluruh=len(others), domain=len(domains))


def carried(traces: Sequence[Trace], authserv_id: str) -> int:
    """Return how many of the mails carry this authserv-id."""
    return sum(trace.authserv_id == authserv_id.casefold() for trace in traces)
