"""Believing a mail, or holding it until its owner says that it is his."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.mail.outcome import Effect, HoldMail, Outcome
from kinerja_mailbot.domain.mail.verdict import Proof
from kinerja_mailbot.domain.policy import Keamanan
from kinerja_mailbot.domain.unit import Unit

# Whoever got hold of one form can send it again and again: the office must not write to its own people each time.
_QUESTIONS_A_DAY = 3


def is_proven(proofs: frozenset[Proof], facts: Facts) -> bool:
    """Weigh the proofs by the office's policy (DESIGN section 7)."""
    if facts.dilepas or Proof.RELEASED in proofs:
        return True
    match facts.aturan.keamanan:
        case Keamanan.SEIMBANG:
            return bool(proofs)
        case Keamanan.KETAT:
            return {Proof.AUTHENTICATED, Proof.THREAD} <= proofs


def hold(outcome: Outcome, mail: IncomingMail, unit: Unit, periode: str | None, facts: Facts) -> Outcome:
    """Hold the mail and ask its owner; from the fourth on in one day only the penyusun sees it, in the summary."""
    effect: Effect = HoldMail(surel_id=mail.id, unit=unit.id, periode=periode)
    may_ask = dict(facts.ditanyakan).get(unit.id, 0) < _QUESTIONS_A_DAY
    return replace(
        outcome,
        label="ditahan",
        alasan=outcome.alasan if may_ask else f"{outcome.alasan}; its owner was asked often enough today",
        periode=periode,
        unit=unit.id,
        efek=(effect,),
        surat=(letters.benarkah(facts, mail, unit, periode),) if may_ask else (),
        urusan=Urusan.DITAHAN,
    )
