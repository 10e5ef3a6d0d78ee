"""The facts that decisions about a mail may use: gathered once, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kinerja_mailbot.domain.acting import Penunjukan
from kinerja_mailbot.domain.mail.absence import Absence
from kinerja_mailbot.domain.mail.asked import Asked
from kinerja_mailbot.domain.mail.delivery import SendingTrouble
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.mail.petition import Permohonan
from kinerja_mailbot.domain.mail.thread import BotIdentity
from kinerja_mailbot.domain.policy import Policy
from kinerja_mailbot.domain.sop.reviewed import Review
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.domain.unit import Daftar, Pejabat


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The world as it is when one mail is decided; `now` is aware UTC."""

    now: datetime
    identitas: BotIdentity
    daftar: Daftar
    aturan: Policy
    periode: tuple[PeriodState, ...] = ()  # open ones, and those closed lately
    dijawab_hari_ini: int = 0  # automatic letters to this sender today
    ditahan: tuple[int, ...] = ()  # mails held for the sender's unit
    dilepas: bool = False  # this mail was held and its owner has said YA
    penolakan: frozenset[str] = frozenset()  # refusals that this sender was told today
    tidak_hadir: tuple[Absence, ...] = ()  # officials who are away, by their robots' word
    urusan: tuple[Matter, ...] = ()  # what waits for the penyusun; gathered for those who may give orders
    dari_spam: bool = False  # this mail lay in a folder for spam
    ditanyakan: tuple[tuple[str, int], ...] = ()  # (unit, how often it was asked today whether a mail is its own)
    tanpa_cuti_bersama: tuple[int, ...] = ()  # of this year and the next, those whose cuti bersama nobody knows
    tinjauan: tuple[Review, ...] = ()  # reviews of the SOP on record this year
    pejabat_berubah: tuple[str, ...] = ()  # who changed since the SOP in force was established, formal Indonesian
    kendala_kirim: tuple[SendingTrouble, ...] = ()  # letters that were tried and have not been taken

    penunjukan: tuple[Penunjukan, ...] = ()  # acting officials named by order whose time is not over
    permohonan: tuple[Permohonan, ...] = ()  # requests for more time
    diteruskan: IncomingMail | None = None  # the respondent's mail that was passed on and that this mail answers
    pertanyaan: tuple[Asked, ...] = ()  # what the sender's unit was asked under which number, newest revision first

    @property
    def today(self) -> date:
        """Return the office's calendar day."""
        return self.office_day(self.now)

    def office_day(self, at: datetime) -> date:
        """Return the office's calendar day at a moment."""
        return at.astimezone(self.aturan.jam.zona).date()

    def period(self, kode: str | None) -> PeriodState | None:
        """Return the period with this code."""
        return next((p for p in self.periode if p.periode.kode == kode), None)

    def absence_of(self, unit: str) -> Absence | None:
        """Return the absence that is known of the unit's official."""
        return next((absence for absence in self.tidak_hadir if absence.unit == unit), None)

    def is_away(self, unit: str, person: Pejabat) -> bool:
        """Tell whether this official of the unit is known to be away."""
        absence = self.absence_of(unit)
        return absence is not None and absence.is_of(person.alamat)

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock of an open period stands (TUNDA)."""
        return any(p.jeda is not None for p in self.periode if p.keadaan is not KeadaanPeriode.DITUTUP)

    def running(self) -> tuple[PeriodState, ...]:
        """Return the periods in progress, oldest first."""
        return tuple(p for p in self.periode if p.keadaan is KeadaanPeriode.BERJALAN)
