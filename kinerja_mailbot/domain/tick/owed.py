"""What one tick owes to one period: the values that the store and the outbox get."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState, StepState
from kinerja_mailbot.domain.sop.steps import BOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A line for the journal."""

    at: datetime
    peristiwa: str
    periode: str | None
    unit: str | None = None
    oleh: str = BOT
    rincian: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Everything that one period is owed now; written in one transaction, or not at all."""

    periode_baru: PeriodState | None = None  # its requests stand in `permintaan`
    permintaan: tuple[RequestState, ...] = ()
    langkah: tuple[tuple[str, StepState], ...] = ()
    surat: tuple[Letter, ...] = ()
    jurnal: tuple[Event, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to write."""
        return self == Owed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A period while a tick goes through it: as it is by now, and what that has brought to write."""

    period: PeriodState
    surat: tuple[Letter, ...] = ()
    jurnal: tuple[Event, ...] = ()

    def then(
        self,
        period: PeriodState | None = None,
        *,
        surat: tuple[Letter, ...] = (),
        jurnal: tuple[Event, ...] = (),
    ) -> Progress:
        """Return the progress after one more decision."""
        return Progress(
            period=self.period if period is None else period,
            surat=(*self.surat, *surat),
            jurnal=(*self.jurnal, *jurnal),
        )

    def since(self, before: PeriodState) -> Owed:
        """Return what has to be written for a period that the store knows as `before`."""
        kode = before.periode.kode
        known = {request.unit: request for request in before.permintaan}  # each with its own only: there are thousands
        return Owed(
            permintaan=tuple(r for r in self.period.permintaan if known.get(r.unit) != r),
            langkah=tuple((kode, step) for step in self.period.langkah if step not in before.langkah),
            surat=self.surat,
            jurnal=self.jurnal,
        )

    def as_new(self) -> Owed:
        """Return what has to be written for a period that the store does not know yet."""
        return Owed(
            periode_baru=replace(self.period, permintaan=()),
            permintaan=self.period.permintaan,
            surat=self.surat,
            jurnal=self.jurnal,
        )


def with_requests(period: PeriodState, requests: tuple[RequestState, ...]) -> PeriodState:
    """Return the period with these requests in place of those to the same units, new ones last."""
    newer = {request.unit: request for request in requests}
    kept = tuple(newer.pop(request.unit, request) for request in period.permintaan)
    return replace(period, permintaan=(*kept, *newer.values()))
