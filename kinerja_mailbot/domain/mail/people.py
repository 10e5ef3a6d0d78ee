"""What a mail may change about people: who acts for whom, who asks for time, who is away."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain.acting import KeadaanPenunjukan, Penunjukan
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.petition import KeadaanPermohonan, Permohonan


@dataclass(frozen=True, slots=True)
class NoteAbsence:
    """A unit's official is away, by his robot's word."""

    absen: Absence


@dataclass(frozen=True, slots=True)
class EndAbsence:
    """The unit's official, who was away, has written himself."""

    unit: str


@dataclass(frozen=True, slots=True)
class ProposeActing:
    """PLH: an acting official is named and waits for his confirmation."""

    penunjukan: Penunjukan


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleActing:
    """SETUJU or TOLAK to a proposed acting official, known by the mail that named him."""

    surel_id: int
    unit: str
    keadaan: KeadaanPenunjukan
    oleh: str


@dataclass(frozen=True, slots=True)
class FilePetition:
    """MINTA WAKTU: a unit asks for more time and waits for the Kasubbag's word."""

    permohonan: Permohonan


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePetition:
    """SETUJU or TOLAK to a petition, known by the mail that made it."""

    surel_id: int
    unit: str
    periode: str
    keadaan: KeadaanPermohonan
    oleh: str


PeopleEffect = NoteAbsence | EndAbsence | ProposeActing | SettleActing | FilePetition | SettlePetition
