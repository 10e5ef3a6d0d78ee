"""The review of the SOP in figures: how long each step took against its standard time, and what that suggests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.sop.steps import minutes_used
from kinerja_mailbot.domain.sop.working_time import SOP_DAY, WorkingHours

_ROUNDED_TO = 30  # minutes: standard times of the SOP are multiples of it
_ON_TIME = 75  # percent of the answers: below it the review suggests something
_REMINDERS = 2  # per request, on average: from here on the review suggests something
_STEP_NUMBERS = range(1, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFigures:
    """One step over all its periods; times in net working minutes."""

    nomor: int
    aktivitas: str
    baku: int  # of the newest version
    kali: int  # how often it was finished
    median: int | None = None
    terburuk: int | None = None
    lewat: int = 0  # how often it took longer than the standard that it ran under


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFigures:
    """What a review looks at."""

    periode: tuple[str, ...]  # names, oldest first
    langkah: tuple[StepFigures, ...]
    permintaan: int = 0
    pengingat: int = 0
    dijawab: int = 0
    tepat: int = 0

    @property
    def persen_tepat(self) -> int | None:
        """Return the share of punctual first answers, percent; None when nobody has answered."""
        return round(100 * self.tepat / self.dijawab) if self.dijawab else None

    @property
    def saran(self) -> tuple[str, ...]:
        """Return what the figures suggest, formal Indonesian; the decision is the Kasubbag's."""
        return (*_about_steps(self.langkah), *_about_answers(self))


def figures_since(periods: Iterable[PeriodState], hours: WorkingHours, since: date) -> ReviewFigures:
    """Return the figures of the periods that were opened on this office day or later, oldest first."""
    chosen = sorted(
        (p for p in periods if p.dibuka_at.astimezone(hours.zona).date() >= since), key=lambda p: p.dibuka_at
    )
    requests = tuple(request for period in chosen for request in period.permintaan)
    return ReviewFigures(
        periode=tuple(period.periode.nama for period in chosen),
        langkah=tuple(_step(chosen, nomor, hours) for nomor in _STEP_NUMBERS) if chosen else (),
        permintaan=len(requests),
        pengingat=sum(request.pengingat for request in requests),
        dijawab=sum(_is_judged(request) for request in requests),
        tepat=sum(bool(request.tepat_waktu) for request in requests),
    )


def _is_judged(request: RequestState) -> bool:
    return request.tepat_waktu is not None


def _step(periods: list[PeriodState], nomor: int, hours: WorkingHours) -> StepFigures:
    standard = periods[-1].sop.step(nomor)
    times = [
        (used, period.sop.step(nomor).menit)
        for period in periods
        if (used := minutes_used(period, period.step(nomor), hours)) is not None
    ]
    taken = [minutes for minutes, _ in times]
    return StepFigures(
        nomor=nomor,
        aktivitas=standard.aktivitas,
        baku=standard.menit,
        kali=len(taken),
        median=round(median(taken)) if taken else None,
        terburuk=max(taken, default=None),
        lewat=sum(minutes > allowed for minutes, allowed in times),
    )


def _about_steps(steps: tuple[StepFigures, ...]) -> tuple[str, ...]:
    return tuple(sentence for step in steps if (sentence := _about_step(step)))


def _about_step(step: StepFigures) -> str:
    if step.median is None:
        return ""
    fitting = -(-step.median // _ROUNDED_TO) * _ROUNDED_TO
    told = f"Langkah {step.nomor}: median {step.median} menit terhadap standar {step.baku} menit"
    if step.median > step.baku:
        return f"{told}; pertimbangkan waktu baku {fitting} menit atau pengingat yang lebih awal."
    # A short step of the machine itself says nothing about people; a day's standard that is half used does.
    if step.baku >= SOP_DAY and step.kali > 1 and step.terburuk is not None and step.terburuk <= step.baku // 2:
        return f"{told}, terlama {step.terburuk} menit; waktu baku dapat dipertimbangkan lebih singkat."
    return ""


def _about_answers(figures: ReviewFigures) -> tuple[str, ...]:
    found: list[str] = []
    share = figures.persen_tepat
    if share is not None and share < _ON_TIME:
        found.append(
            f"Ketepatan waktu isian {share}% ({figures.tepat} dari {figures.dijawab}); "
            "pertimbangkan tingkat pengingat yang lebih awal."
        )
    if figures.permintaan and figures.pengingat >= _REMINDERS * figures.permintaan:
        found.append(
            f"Rata-rata {figures.pengingat / figures.permintaan:.1f} pengingat untuk setiap permintaan".replace(
                ".", ","
            )
            + "; pertimbangkan penyampaian format sebelum periode berakhir."
        )
    return tuple(found)
