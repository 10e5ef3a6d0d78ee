"""What the store knows of earlier mails and answers, asked once for all mails that are decided together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.sop.state import PeriodState


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Whom some mails are from; what was answered and refused counts from `sejak` (aware UTC) on."""

    sejak: datetime
    alamat: frozenset[str] = frozenset()  # of registered senders
    unit: frozenset[str] = frozenset()  # that somebody among them answers for
    bernomor: frozenset[str] = frozenset()  # those units whose words answer a letter's numbers

    def plus(self, more: Inquiry) -> Inquiry:
        """Return both together, since the same moment."""
        return Inquiry(
            sejak=self.sejak,
            alamat=self.alamat | more.alamat,
            unit=self.unit | more.unit,
            bernomor=self.bernomor | more.bernomor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A refusal that the sender of a mail was told (`Outcome.penolakan`)."""

    surel_id: int
    sebab: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """The answer; whoever or whatever nothing is known of is missing in the mappings."""

    periode: tuple[PeriodState, ...] = ()  # without receipts, of all requests only those to these units
    dijawab: Mapping[str, int] = field(default_factory=dict)  # address -> automatic letters to it
    penolakan: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)  # address -> what it was told
    ditahan: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # unit -> mails held for it, oldest first
    pertanyaan: Mapping[str, tuple[Asked, ...]] = field(default_factory=dict)  # unit -> what was asked, newest first
    ditanyakan: tuple[tuple[str, int], ...] = ()  # (any unit, how often it was asked whether a held mail is its own)
