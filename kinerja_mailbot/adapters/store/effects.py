"""Writing what a mail leads to: one function for each effect, which returns its journal line or None.

Every function looks at what is there first, so that a mail which is decided again (a replay) changes nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from kinerja_mailbot.adapters.store.addresses import heal_address, mark_address
from kinerja_mailbot.adapters.store.analyses import store_analysis
from kinerja_mailbot.adapters.store.codec import decode_tuple, encode
from kinerja_mailbot.adapters.store.copies import is_unsent, proven_letter
from kinerja_mailbot.adapters.store.journal import BOT, is_noted
from kinerja_mailbot.adapters.store.letters import Taking, settle
from kinerja_mailbot.adapters.store.people import write_people
from kinerja_mailbot.adapters.store.periods import Act, begin_period, close_period, finish_step
from kinerja_mailbot.adapters.store.statements import insert_new, straight
from kinerja_mailbot.adapters.store.submissions import store_submission
from kinerja_mailbot.adapters.store.timing import write_timing
from kinerja_mailbot.adapters.store.watch import record_review
from kinerja_mailbot.adapters.tables import (
    AddressRow,
    EvidenceRow,
    LetterRow,
    MailRow,
    PeriodRow,
    RequestRow,
)
from kinerja_mailbot.domain.mail.outcome import (
    ApproveStart,
    ClosePeriod,
    ConfirmSent,
    CountReminder,
    DeclareNil,
    DismissMail,
    Effect,
    HealAddress,
    HoldMail,
    KeepEvidence,
    MarkAddress,
    OpenPeriod,
    ReleaseMail,
    StoreAnalysis,
    StoreSubmission,
)
from kinerja_mailbot.domain.mail.people import (
    EndAbsence,
    FilePetition,
    NoteAbsence,
    ProposeActing,
    SettleActing,
    SettlePetition,
)
from kinerja_mailbot.domain.mail.timing import ExtendDeadline, PauseClock, ResumeClock
from kinerja_mailbot.domain.sop.reviewed import RecordReview
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan
from kinerja_mailbot.usecases.ports import JournalEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The mail that an effect comes from, and when it is written (aware UTC)."""

    session: Session
    mail_id: int
    oleh: str
    now: datetime

    def entry(
        self, event: str, more: str = "", *, periode: str | None = None, unit: str | None = None, oleh: str = ""
    ) -> JournalEntry:
        """Return a journal line with this cause."""
        return JournalEntry(
            at=self.now,
            oleh=oleh or self.oleh or BOT,
            peristiwa=event,
            periode=periode,
            unit=unit,
            surel_id=self.mail_id,
            rincian=more,
        )

    def act(self, oleh: str) -> Act:
        """Return what finishes a step."""
        return Act(oleh=oleh, bukti=f"surel.{self.mail_id}", at=self.now)


def write_effect(cause: Cause, effect: Effect) -> JournalEntry | None:  # noqa: PLR0912 - one branch an effect
    """Write one effect; return its journal line, or None when it had been written before."""
    match effect:
        case StoreSubmission():
            return _store_submission(cause, effect)
        case StoreAnalysis():
            return _store_analysis(cause, effect)
        case KeepEvidence():
            return _keep_evidence(cause, effect)
        case ConfirmSent():
            return _confirm_sent(cause, effect)
        case MarkAddress():
            return _mark_address(cause, effect)
        case NoteAbsence() | EndAbsence() | ProposeActing() | SettleActing() | FilePetition() | SettlePetition():
            return write_people(cause.session, effect, cause.mail_id, cause.now)
        case ApproveStart():
            return _approve_start(cause, effect)
        case OpenPeriod():
            return _open_period(cause, effect)
        case ClosePeriod():
            closed = close_period(cause.session, effect.periode, cause.act(effect.oleh))
            return cause.entry("period closed", periode=effect.periode, oleh=effect.oleh) if closed else None
        case DeclareNil():
            return _declare_nil(cause, effect)
        case HoldMail() | ReleaseMail() | DismissMail():
            return _settle_mail(cause, effect)
        case HealAddress():
            return _heal_address(cause, effect)
        case CountReminder():
            return _count_reminder(cause, effect)
        case ExtendDeadline() | PauseClock() | ResumeClock():
            return write_timing(cause.session, effect, cause.mail_id, cause.now)
        case RecordReview():
            return record_review(cause.session, effect, cause.mail_id, cause.now)


def _store_submission(cause: Cause, effect: StoreSubmission) -> JournalEntry | None:
    stored = store_submission(cause.session, effect, cause.now)
    if stored is None:
        return None
    entry = cause.entry("submission stored", stored.rincian, periode=effect.periode, unit=effect.unit)
    return replace(entry, sha256=stored.sha256)


def _store_analysis(cause: Cause, effect: StoreAnalysis) -> JournalEntry | None:
    stored = store_analysis(cause.session, effect)
    if stored is None:
        return None
    line, digest = stored
    return replace(cause.entry("analysis stored", line, periode=effect.periode, oleh=effect.oleh), sha256=digest)


def _keep_evidence(cause: Cause, effect: KeepEvidence) -> JournalEntry | None:
    kept = []
    for file in effect.berkas:
        row = EvidenceRow(
            periode=effect.periode,
            unit=effect.unit,
            nama=file.nama,
            ukuran=file.ukuran,
            sha256=file.sha256,
            surel_id=file.surel_id,
        )
        if insert_new(cause.session, row):
            kept.append(f"{file.nama} sha256:{file.sha256}")
    return cause.entry("evidence kept", ", ".join(kept), periode=effect.periode, unit=effect.unit) if kept else None


# What nearly every copy leads to: the letter is known to have left, and nothing else changes.
_CONFIRM = (
    update(LetterRow)
    .where(
        col(LetterRow.message_id) == bindparam("copied"),
        col(LetterRow.sent_at).is_not(None),
        col(LetterRow.uncertain_at).is_(None),
        col(LetterRow.confirmed_at).is_(None),
    )
    .returning(col(LetterRow.kunci), col(LetterRow.periode), col(LetterRow.unit))
)


def _confirm_sent(cause: Cause, effect: ConfirmSent) -> JournalEntry | None:
    copy = {"copied": effect.message_id, "confirmed_at": cause.now}
    if (sent := straight(cause.session, _CONFIRM, copy).first()) is not None:
        kunci, periode, unit = sent
        return cause.entry("own copy came", kunci, periode=periode, unit=unit)
    letter = proven_letter(cause.session, effect.message_id, cause.mail_id)
    if letter is None or letter.confirmed_at is not None:
        return None
    letter.confirmed_at = cause.now
    if letter.uncertain_at is not None:  # also when it waits to be sent again: the server had taken it after all
        settle(cause.session, Taking(letter, cause.now))
    elif is_unsent(letter):  # a restored store: it left before
        settle(cause.session, Taking(letter, cause.session.get_one(MailRow, cause.mail_id).arrived_at))
    return cause.entry("own copy came", letter.kunci, periode=letter.periode, unit=letter.unit)


def _mark_address(cause: Cause, effect: MarkAddress) -> JournalEntry | None:
    health = AddressRow(
        alamat=effect.alamat.casefold(),
        state="failing" if effect.gagal else "delayed",
        keterangan=effect.keterangan,
        at=cause.now,
        surel_id=cause.mail_id,
    )
    is_news = mark_address(cause.session, health)
    event = "address failing" if effect.gagal else "address delayed"
    return cause.entry(event, f"{effect.alamat}: {effect.keterangan}", oleh=BOT) if is_news else None


def _approve_start(cause: Cause, effect: ApproveStart) -> JournalEntry | None:
    period = cause.session.get_one(PeriodRow, effect.periode, with_for_update=True)
    if period.keadaan != KeadaanPeriode.MENUNGGU_PERINTAH.value:
        return None
    period.keadaan = KeadaanPeriode.BERJALAN.value
    finish_step(cause.session, effect.periode, 1, cause.act(effect.oleh))
    return cause.entry("start approved", periode=effect.periode, oleh=effect.oleh)


def _open_period(cause: Cause, effect: OpenPeriod) -> JournalEntry | None:
    if not begin_period(cause.session, effect.awal):
        return None
    return cause.entry("period opened", periode=effect.awal.periode.kode, oleh=effect.oleh)


def _declare_nil(cause: Cause, effect: DeclareNil) -> JournalEntry | None:
    request = cause.session.get_one(RequestRow, (effect.periode, effect.unit), with_for_update=True)
    if request.keadaan == KeadaanPermintaan.LENGKAP.value:
        return None
    request.keadaan = KeadaanPermintaan.LENGKAP.value
    request.lengkap_at = request.lengkap_at or cause.now
    remarks = decode_tuple(str, request.catatan)
    request.catatan = encode((*remarks, f"Dinyatakan nihil oleh {effect.oleh}."))
    return cause.entry("declared nil", periode=effect.periode, unit=effect.unit, oleh=effect.oleh)


def _settle_mail(cause: Cause, effect: HoldMail | ReleaseMail | DismissMail) -> JournalEntry | None:
    match effect:
        case HoldMail():
            return _hold_mail(cause, effect)
        case ReleaseMail():
            return _release_mail(cause, effect)
        case DismissMail():
            return _dismiss_mail(cause, effect)


def _hold_mail(cause: Cause, effect: HoldMail) -> JournalEntry | None:
    mail = cause.session.get_one(MailRow, effect.surel_id)
    if mail.state == "held":
        return None
    mail.state, mail.unit, mail.periode = "held", effect.unit, effect.periode
    return cause.entry("mail held", f"surel {effect.surel_id}", periode=effect.periode, unit=effect.unit)


def _release_mail(cause: Cause, effect: ReleaseMail) -> JournalEntry | None:
    mail = cause.session.get_one(MailRow, effect.surel_id, with_for_update=True)
    if mail.state != "held" and mail.urusan is None:
        return None
    # What was set aside is only tried again: nobody has read yet from whom it is.
    mail.dilepas = mail.dilepas or mail.state != "shunted"
    mail.state, mail.percobaan, mail.urusan = "new", 0, None
    return cause.entry("mail released", f"surel {effect.surel_id}", periode=mail.periode, unit=mail.unit)


def _dismiss_mail(cause: Cause, effect: DismissMail) -> JournalEntry | None:
    mail = cause.session.get_one(MailRow, effect.surel_id, with_for_update=True)
    if mail.urusan is None:
        return None
    before, mail.urusan = mail.urusan, None
    return cause.entry("mail dismissed", f"surel {effect.surel_id} ({before})", periode=mail.periode, unit=mail.unit)


def _heal_address(cause: Cause, effect: HealAddress) -> JournalEntry | None:
    return heal_address(cause.session, effect.alamat, "a proven mail came from it", cause.now, cause.mail_id)


def _count_reminder(cause: Cause, effect: CountReminder) -> JournalEntry | None:
    event = "reminder by order"
    if is_noted(cause.session, cause.entry(event, periode=effect.periode, unit=effect.unit)):
        return None
    request = cause.session.get_one(RequestRow, (effect.periode, effect.unit), with_for_update=True)
    request.pengingat += 1
    request.pengingat_terakhir_at = cause.now
    return cause.entry(event, f"ke-{request.pengingat}", periode=effect.periode, unit=effect.unit)
