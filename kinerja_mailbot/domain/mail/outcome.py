"""What an incoming mail leads to: effects for the store and letters for the outbox, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kinerja_mailbot.domain.form.checked import CheckedForm, StoredCell
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.mail.people import PeopleEffect
from kinerja_mailbot.domain.mail.timing import TimingEffect
from kinerja_mailbot.domain.sop.reviewed import RecordReview
from kinerja_mailbot.domain.sop.state import FileOnRecord, PeriodState


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSubmission:
    """A new revision of a unit's data; earlier ones stay."""

    periode: str
    unit: str
    revisi: int
    nomor: str  # receipt number TRM-2026-TW3-UKL-02
    surel_id: int
    tiba_at: datetime
    tepat_waktu: bool
    berkas: FileOnRecord
    hasil: CheckedForm
    batas_at: datetime | None = None  # new deadline when corrections are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreAnalysis:
    """A new revision of the analysis of step 6; earlier ones stay."""

    periode: str
    revisi: int
    surel_id: int
    oleh: str
    tiba_at: datetime
    cara: str  # lembar | teks | perintah
    isian: tuple[StoredCell, ...]  # what this mail brought
    sel: tuple[StoredCell, ...]  # the record after it
    lengkap: bool
    berkas: str = ""  # "Rekap-….xlsx" when a workbook brought it


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepEvidence:
    """Files that came along, kept as data dukung of the unit's period."""

    periode: str
    unit: str
    berkas: tuple[FileOnRecord, ...]


@dataclass(frozen=True, slots=True)
class ConfirmSent:
    """Our own copy came back: the proof that the server took the letter for all its recipients."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAddress:
    """An address bounced (`gagal`) or its mail is delayed (`tertunda`)."""

    alamat: str
    gagal: bool
    keterangan: str


@dataclass(frozen=True, slots=True)
class ApproveStart:
    """The Kasubbag's order for step 1 (SETUJU)."""

    periode: str
    oleh: str


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """Open a period by order (BUKA): the order is step 1, so it starts at once."""

    awal: PeriodState
    oleh: str


@dataclass(frozen=True, slots=True)
class ClosePeriod:
    """Close a period by order (TUTUP); ends step 6."""

    periode: str
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareNil:
    """TERIMA <unit> NIHIL: the Kasubbag accepts that the unit has nothing to report."""

    periode: str
    unit: str
    oleh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMail:
    """The mail waits for the registered owner's YA; nothing of it is used until then."""

    surel_id: int
    unit: str
    periode: str | None


@dataclass(frozen=True, slots=True)
class ReleaseMail:
    """The owner said YA, or the penyusun TERIMA: the mail is processed as if it had just come."""

    surel_id: int


@dataclass(frozen=True, slots=True)
class DismissMail:
    """ABAIKAN: the mail is not listed any more; nothing of it is deleted."""

    surel_id: int


@dataclass(frozen=True, slots=True)
class HealAddress:
    """A proven mail came from an address that was marked failing: it works again."""

    alamat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountReminder:
    """INGATKAN: a reminder was written by order; the ladder goes on from it."""

    periode: str
    unit: str


Effect = (
    StoreSubmission
    | StoreAnalysis
    | KeepEvidence
    | ConfirmSent
    | MarkAddress
    | PeopleEffect
    | ApproveStart
    | OpenPeriod
    | ClosePeriod
    | DeclareNil
    | HoldMail
    | ReleaseMail
    | DismissMail
    | HealAddress
    | CountReminder
    | TimingEffect
    | RecordReview
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that one mail leads to; applied in one transaction."""

    verdict: str  # own | bounce | auto_reply | order | reply | unknown
    label: str  # "tanda terima", "perbaikan", "dicatat" …: one or two words for status and log
    alasan: str  # why, one English clause for the journal
    periode: str | None = None
    unit: str | None = None
    efek: tuple[Effect, ...] = ()
    surat: tuple[Letter, ...] = ()
    urusan: Urusan | None = None  # what the penyusun should see in the daily summary
    penolakan: str = ""  # which refusal is answered here: the same one is not answered again that day

    @property
    def stores_data(self) -> bool:
        """Tell whether it brings a revision of somebody's data."""
        return any(isinstance(effect, StoreSubmission) for effect in self.efek)
