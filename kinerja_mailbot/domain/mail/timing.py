"""Effects of the orders that change the SOP's clock: PERPANJANG, TUNDA, LANJUT (SOP pengesahan 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.sop.changes import MovedDeadline, MovedStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendDeadline:
    """A unit gets more time; the unfinished step that waits for it goes along."""

    periode: str
    batas: MovedDeadline
    langkah: tuple[MovedStep, ...]
    lama: str  # "2 hari kerja", or "" where the order named the deadline itself
    alasan: str
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseClock:
    """The clock of a period stands from this moment on (aware UTC)."""

    periode: str
    mulai_at: datetime
    alasan: str
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeClock:
    """The clock goes on (aware UTC); what is open moves by the net working minutes for which it stood."""

    periode: str
    sampai_at: datetime
    permintaan: tuple[MovedDeadline, ...]
    langkah: tuple[MovedStep, ...]
    oleh: str


TimingEffect = ExtendDeadline | PauseClock | ResumeClock
