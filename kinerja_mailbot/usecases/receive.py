"""Receiving: what arrived is archived first, then each mail is decided by itself and its consequences are written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from kinerja_mailbot.domain.decide import ReadAttachment, decide
from kinerja_mailbot.domain.form.workbook import READABLE
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.lanes import ORDERS, Lanes, lanes_of
from kinerja_mailbot.domain.mail.orders import numbers_in
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.sender import overseer, respondent
from kinerja_mailbot.domain.mail.verdict import AutoReply, OrderMail, Reply, Unknown, Verdict
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.domain.unit import Peserta
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import (
    ArchivedMail,
    Cursor,
    Inbox,
    MailArchive,
    MailParser,
    OvertakenError,
    SheetReader,
    StoreError,
    Unpacker,
)
from kinerja_mailbot.usecases.unpack import with_contents

_log = logging.getLogger(__name__)
_BATCH = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """What deciding mail needs beside the archive."""

    parser: MailParser
    sheets: SheetReader
    press: Press
    unpacker: Unpacker
    spam: frozenset[str] = frozenset()  # folders whose mails are believed only with a proof


@dataclass(frozen=True, slots=True)
class Decided:
    """What a round of deciding has done."""

    berapa: int = 0
    disisihkan: tuple[int, ...] = ()  # mails set aside after the last attempt
    dicoba: int = field(default=0, compare=False)  # attempts, good or bad
    tertunda: bool = False  # another service has some of the mails, or was faster: look again soon

    def plus(self, more: Decided) -> Decided:
        """Return both together."""
        return Decided(
            self.berapa + more.berapa,
            self.disisihkan + more.disisihkan,
            self.dicoba + more.dicoba,
            self.tertunda or more.tertunda,
        )


def fetch(
    inbox: Inbox,
    archive: MailArchive,
    folder: str,
    facts: Facts,
    stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Archive everything new in a folder and return how many mails were new by content.

    New is what has come since the day that this store began to serve; older mail was never meant for us. Raw bytes
    and cursor are written in one transaction: a crash anywhere only means that a batch is fetched again.

    Raises:
        InboxError: the connection failed; what was archived stays archived.
        StoreError: nothing of this batch was archived, and the cursor did not move.
    """
    fresh = 0
    since = facts.office_day(archive.in_service_since(facts.now))
    for batch in inbox.fetch_new(folder, archive.cursor(folder), since):
        newest = batch[-1]
        fresh += archive.archive(folder, batch, Cursor(newest.uidvalidity, newest.uid), facts.now)
        if stopping():
            break
    return fresh


def decide_waiting(
    archive: MailArchive, desk: Desk, base: Facts, stopping: Callable[[], bool] = lambda: False
) -> Decided:
    """Decide every archived mail that waits, oldest first, and return how many were decided or set aside.

    A mail is decided and written in one transaction; a crash before it means that it is decided again, with the same
    result. A mail that breaks us is set aside with its raw bytes and never stops the others.

    Several services share the work by sender: the mails of one unit, and all orders, are decided one after another in
    the order of their arrival, by whichever service has the turn; an order waits until nobody else decides anything.
    """
    done, lanes = Decided(), lanes_of(base.daftar, base.identitas.alamat)
    while not stopping():
        once = _go_through(archive, desk, base, lanes, stopping)
        done = replace(done.plus(once), tertunda=once.tertunda)
        if not once.dicoba:
            break
    return done


def decide_mail(archive: MailArchive, desk: Desk, base: Facts, mail_id: int) -> Outcome:
    """Decide and apply one archived mail now, and return what it led to.

    Raises:
        LookupError: there is no such mail.
        StoreError: nothing was written; the mail still waits.
    """
    archived = archive.mail(mail_id)
    if archived is None:
        raise LookupError(f"mail {mail_id} is not in the archive")
    outcome = _decide_one(archive, desk, base, archived, lambda: False)
    assert outcome is not None  # noqa: S101 - nothing has asked it to stop
    return outcome


def read_mail(desk: Desk, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
    """Parse a mail and open what its files came packed in."""
    return with_contents(desk.parser.parse(raw, mail_id, arrived_at), desk.unpacker)


def read_sheets(desk: Desk, mail: IncomingMail, verdict: Verdict) -> tuple[ReadAttachment, ...]:
    """Read the spreadsheets of mails that may bring figures or an analysis; those of a bounce are never opened."""
    if not isinstance(verdict, Reply | AutoReply | Unknown | OrderMail):
        return ()
    readable = tuple(item for item in mail.lampiran if item.jenis in READABLE)
    return tuple(ReadAttachment(item, desk.sheets.read(item.isi)) for item in readable)


def _go_through(archive: MailArchive, desk: Desk, base: Facts, lanes: Lanes, stopping: Callable[[], bool]) -> Decided:
    """Go through all that waits. A lane that was left once is left to the end: what is older goes before."""
    done, after, left = Decided(), 0, set[str]()
    while (waiting := archive.undecided(_BATCH, after)) and not stopping():
        after = waiting[-1].id
        by_id = {mail.id: lanes.lane(mail.id, mail.pengirim, released=mail.dilepas) for mail in waiting}
        with ExitStack() as turns:
            for lane in dict.fromkeys(by_id.values()):
                if lane not in left and not turns.enter_context(archive.turn(f"surel.{lane}")):
                    left.add(lane)
            still = archive.still_undecided(tuple(by_id))  # read again, now that nobody else decides them
            for archived in waiting:
                lane = by_id[archived.id]
                if stopping():
                    break
                if lane in left or archived.id not in still:
                    continue
                with archive.at_the_office(alone=lane == ORDERS):
                    one = _decide_or_shunt(archive, desk, base, archived, stopping)
                done = done.plus(one)
                if one.tertunda:
                    left.add(lane)
    return replace(done, tertunda=bool(left))


def _decide_or_shunt(
    archive: MailArchive, desk: Desk, base: Facts, archived: ArchivedMail, stopping: Callable[[], bool]
) -> Decided:
    try:
        outcome = _decide_one(archive, desk, base, archived, stopping)
    except OvertakenError as error:
        _log.info("mail %d is decided again: %s", archived.id, error)
        return Decided(tertunda=True)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001  the one broad except: a bug or a poison mail costs that mail only
        set_aside = archive.shunt(archived.id, f"{type(error).__name__}: {error}", base.now)
        _log.exception("mail %d could not be decided%s", archived.id, ", set aside" if set_aside else "")
        return Decided(dicoba=1, disisihkan=(archived.id,) if set_aside else ())
    if outcome is None:
        return Decided()
    _log.info("mail %d: %s, %s (%s)", archived.id, outcome.verdict, outcome.label or "-", outcome.alasan)
    return Decided(1, dicoba=1)


def _decide_one(
    archive: MailArchive, desk: Desk, base: Facts, archived: ArchivedMail, stopping: Callable[[], bool]
) -> Outcome | None:
    mail = read_mail(desk, archived.mentah, archived.id, archived.tiba_at)
    mail = replace(mail, terpotong=archived.terpotong)
    facts = _gather(archive, desk, mail, archived, base)
    verdict = judge(mail, facts)
    sheets = read_sheets(desk, mail, verdict)
    if stopping():
        return None  # the signal may have ended the sandbox too, and a file must not be called broken for that
    outcome = decide(mail, verdict, facts, sheets)
    archive.apply(archived.id, outcome, desk.press.compose(outcome.surat, base.now), base.now)
    return outcome


def _gather(archive: MailArchive, desk: Desk, mail: IncomingMail, archived: ArchivedMail, base: Facts) -> Facts:
    peserta = base.daftar.whose(mail.sender or "", base.office_day(mail.tiba_at))
    # Asked apart: a Kasubbag who is also acting head of a unit answers for that unit too.
    owner = respondent(mail, base)
    held = archive.held_mails(owner.unit.id) if owner and owner.unit else ()
    answered = archive.answers_since(mail.sender, _midnight(base)) if peserta and mail.sender else 0
    told = archive.refusals_since(mail.sender, _midnight(base), archived.id) if owner and mail.sender else frozenset()
    return replace(
        base,
        periode=_periods(archive, mail, archived, base, owner),
        dijawab_hari_ini=answered,
        ditahan=held,
        dilepas=archived.dilepas,
        penolakan=told,
        ditanyakan=archive.questions_since(_midnight(base)),
        pertanyaan=archive.asked_of(owner.unit.id) if owner and owner.unit and mail.teks.strip() else (),
        urusan=archive.matters_named(numbers_in(mail.teks)) if overseer(mail, base) else (),
        diteruskan=_passed_on(archive, desk, mail) if overseer(mail, base) else None,
        # What the penyusun lets count is answered like any other mail.
        dari_spam=archived.folder in desk.spam and not archived.dilepas,
    )


def _periods(
    archive: MailArchive, mail: IncomingMail, archived: ArchivedMail, base: Facts, owner: Peserta | None
) -> tuple[PeriodState, ...]:
    """Return the periods with the requests that the mail can be about: thousands of others would only take time.

    Whoever gives orders may mean any unit, and a released mail the unit that its form names.
    """
    if archived.dilepas or overseer(mail, base):
        return archive.periods()
    return archive.periods_of((owner.unit.id,) if owner and owner.unit else ())


def _passed_on(archive: MailArchive, desk: Desk, mail: IncomingMail) -> IncomingMail | None:
    """Return the respondent's mail that was put before a person by a letter of this mail's thread."""
    asked = archive.passed_on(mail.thread_ids())
    archived = archive.mail(asked) if asked is not None else None
    return desk.parser.parse(archived.mentah, archived.id, archived.tiba_at) if archived is not None else None


def _midnight(base: Facts) -> datetime:
    zone = base.aturan.jam.zona
    return datetime.combine(base.today, time(), zone).astimezone(UTC)
