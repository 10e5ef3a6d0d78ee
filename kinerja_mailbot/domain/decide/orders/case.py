"""One order on its way to being carried out, with the way to confirm it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.decide.correlate import thread_period
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.orders import Order, name_of
from kinerja_mailbot.domain.mail.outcome import Effect, Outcome
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.domain.unit import Pejabat

NOTHING_OPEN = "Saat ini tidak ada periode yang sedang berjalan."


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One proven order: who gave it, in which mail."""

    mail: IncomingMail
    facts: Facts
    to: Pejabat
    order: Order
    base: Outcome

    def confirm(
        self,
        result: str,
        effects: tuple[Effect, ...] = (),
        period: PeriodState | None = None,
        also: tuple[Letter, ...] = (),
        tembusan: tuple[Pejabat, ...] = (),
    ) -> Outcome:
        """Return the outcome that tells the giver what came of his order."""
        letter = letters.perintah_dilaksanakan(
            self.facts, self.mail, self.to, perintah=name_of(self.order), hasil=result
        )
        letter = replace(letter, tembusan=tembusan)
        kode = period.periode.kode if period else None
        return replace(self.base, periode=kode, efek=effects, surat=(*also, letter))

    @property
    def period(self) -> PeriodState | None:
        """Return the period that the order is about: the thread's, else the newest running one."""
        named = thread_period(self.mail, self.facts)
        if named is not None and named.keadaan is not KeadaanPeriode.DITUTUP:
            return named
        running = self.facts.running()
        return running[-1] if running else None
