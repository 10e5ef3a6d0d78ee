"""Receiving: what arrived is archived first, then each mail is decided by itself and its consequences are written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

from kinerja_mailbot.domain.decide import ReadAttachment, decide
from kinerja_mailbot.domain.form.workbook import READABLE
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.lanes import ORDERS, lane_of_unit, lanes_of
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.verdict import AutoReply, OrderMail, Reply, Unknown, Verdict
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.gather import Gathered, inquiry, nothing_asked
from kinerja_mailbot.usecases.ports import (
    ArchivedMail,
    Cursor,
    Inbox,
    Inquiry,
    MailArchive,
    MailParser,
    OvertakenError,
    Reading,
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
    terpotong: bool = False  # there may be more than was to be decided at once

    def plus(self, more: Decided) -> Decided:
        """Return both together."""
        return Decided(
            self.berapa + more.berapa,
            self.disisihkan + more.disisihkan,
            self.dicoba + more.dicoba,
            self.tertunda or more.tertunda,
            self.terpotong or more.terpotong,
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
    archive: MailArchive, desk: Desk, base: Facts, stopping: Callable[[], bool] = lambda: False, most: int = 1_000_000
) -> Decided:
    """Decide archived mails that wait, oldest first, about `most` of them; tell how many were decided or set aside.

    Mails that do not depend on each other are decided together and written in one transaction, each of them whole or
    not at all; a crash before its end means that they are decided again, with the same result. A mail that breaks us is
    set aside with its raw bytes and never stops the others.

    Several services share the work by sender: the mails of one unit, and all orders, are decided one after another in
    the order of their arrival, by whichever service has the turn; an order waits until nobody else decides anything.
    """
    done = Decided()
    while not stopping():
        once = _go_through(archive, desk, base, stopping, most)
        done = replace(done.plus(once), tertunda=once.tertunda)
        if not once.dicoba or once.terpotong:
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
    mail = _read_archived(desk, archived)
    facts = _gathered(archive, desk, base, inquiry(mail, base)).facts(archived, mail)
    verdict = judge(mail, facts)
    outcome = decide(mail, verdict, facts, read_sheets(desk, mail, verdict))
    archive.apply(mail_id, outcome, desk.press.compose(outcome.surat, base.now), base.now)
    return outcome


def read_mail(desk: Desk, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
    """Parse a mail and open what its files came packed in."""
    return with_contents(desk.parser.parse(raw, mail_id, arrived_at), desk.unpacker)


def read_sheets(desk: Desk, mail: IncomingMail, verdict: Verdict) -> tuple[ReadAttachment, ...]:
    """Read the spreadsheets of mails that may bring figures or an analysis; those of a bounce are never opened."""
    return tuple(ReadAttachment(item, reading.result()) for item, reading in _begin_sheets(desk, mail, verdict))


def _go_through(archive: MailArchive, desk: Desk, base: Facts, stopping: Callable[[], bool], most: int) -> Decided:
    """Go through all that waits. A lane that was left once is left to the end: what is older goes before.

    The first batch is one mail, the next ones double: were one of them to end the whole process, what lies before it
    is still decided, a little more with each start.
    """
    lanes = lanes_of(base.daftar, base.identitas.alamat)
    done, after, size, left = Decided(), 0, 1, set[str]()
    while done.dicoba < most and (waiting := archive.undecided(size, after)) and not stopping():
        after, size = waiting[-1].id, min(2 * size, _BATCH)
        lane_of = {mail.id: lanes.lane(mail.id, mail.pengirim, released=mail.dilepas) for mail in waiting}
        with ExitStack() as turns:
            for lane in dict.fromkeys(lane_of.values()):
                if lane not in left and not turns.enter_context(archive.turn(f"surel.{lane}")):
                    left.add(lane)
            still = archive.still_undecided(tuple(lane_of))  # read again, now that nobody else decides them
            ours = tuple(mail for mail in waiting if mail.id in still)
            while (ours := tuple(mail for mail in ours if lane_of[mail.id] not in left)) and not stopping():
                batch = _Batch(archive, desk, base, stopping, lane_of)
                ours = batch.decide(ours)
                done = done.plus(batch.done)
                left |= batch.overtaken
    return replace(done, tertunda=bool(left), terpotong=done.dicoba >= most)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    archived: ArchivedMail
    mail: IncomingMail
    facts: Facts
    verdict: Verdict
    sheets: tuple[tuple[Attachment, Reading], ...]  # being read while others are decided


@dataclass(frozen=True, slots=True)
class _Ready:
    archived: ArchivedMail
    outcome: Outcome
    letters: tuple[OutgoingMail, ...]


@dataclass(slots=True)
class _Batch:
    """Mails that are decided from the same record, since none of them depends on what another one leads to.

    While files are read and letters composed nothing is locked: all is written at the end, in one short transaction.
    """

    archive: MailArchive
    desk: Desk
    base: Facts
    stopping: Callable[[], bool]
    lane_of: Mapping[int, str]
    done: Decided = field(default_factory=Decided)
    overtaken: set[str] = field(default_factory=set)  # lanes in which another service was faster

    def decide(self, mails: Sequence[ArchivedMail]) -> tuple[ArchivedMail, ...]:
        """Decide the first mail and those behind it that do not depend on an earlier one; return the others."""
        chosen = self._beginning(mails)
        with self.archive.at_the_office(alone=self.lane_of[mails[0].id] == ORDERS):
            ready, later = self._decided(self._judged(chosen))
            self._write(ready)
        return (*later, *mails[len(chosen) :])

    def _beginning(self, mails: Sequence[ArchivedMail]) -> Sequence[ArchivedMail]:
        """Return the mails before the first one of a lane that is among them already; an order is decided alone."""
        lanes = [self.lane_of[mail.id] for mail in mails]
        if lanes[0] == ORDERS:
            return mails[:1]
        ends = (place for place, lane in enumerate(lanes) if lane == ORDERS or lane in lanes[:place])
        return mails[: next(ends, len(mails))]

    def _judged(self, chosen: Sequence[ArchivedMail]) -> list[_Judged]:
        read, asked, judged = list[tuple[ArchivedMail, IncomingMail]](), nothing_asked(self.base), list[_Judged]()
        for archived in chosen:
            with self._costing_only(archived):
                mail = _read_archived(self.desk, archived)
                asked = asked.plus(inquiry(mail, self.base))
                read.append((archived, mail))
        gathered = _gathered(self.archive, self.desk, self.base, asked)
        for archived, mail in read:
            with self._costing_only(archived):
                facts = gathered.facts(archived, mail)
                verdict = judge(mail, facts)
                begun = _begin_sheets(self.desk, mail, verdict)
                judged.append(_Judged(archived=archived, mail=mail, facts=facts, verdict=verdict, sheets=begun))
        return judged

    def _decided(self, judged: Sequence[_Judged]) -> tuple[list[_Ready], list[ArchivedMail]]:
        """Decide what does not depend on an earlier mail of this batch; return the rest beside it."""
        ready, later, concerned = list[_Ready](), list[ArchivedMail](), set[str]()
        for case in judged:
            with self._costing_only(case.archived):
                sheets = tuple(ReadAttachment(item, reading.result()) for item, reading in case.sheets)
                if self.stopping():  # the signal may have ended the sandbox too: no file must be called broken for that
                    break
                outcome = decide(case.mail, case.verdict, case.facts, sheets)
                # A stranger's mail may be about a unit too, and so does its next one's decision depend on it.
                about = {self.lane_of[case.archived.id], lane_of_unit(outcome.unit or "")} - {lane_of_unit("")}
                if about & concerned:
                    later.append(case.archived)
                else:
                    ready.append(_Ready(case.archived, outcome, self.desk.press.compose(outcome.surat, self.base.now)))
                concerned |= about
        return ready, later

    def _write(self, ready: Sequence[_Ready]) -> None:
        written = list[_Ready]()
        with self.archive.together() if len(ready) > 1 else nullcontext():
            for one in ready:
                with self._costing_only(one.archived):
                    self.archive.apply(one.archived.id, one.outcome, one.letters, self.base.now)
                    written.append(one)
        for one in written:
            said = one.outcome
            _log.info("mail %d: %s, %s (%s)", one.archived.id, said.verdict, said.label or "-", said.alasan)
            self.done = self.done.plus(Decided(1, dicoba=1))

    @contextmanager
    def _costing_only(self, archived: ArchivedMail) -> Iterator[None]:
        """Let a bug, or a poison mail, cost that mail only."""
        try:
            yield
        except OvertakenError as error:
            _log.info("mail %d is decided again: %s", archived.id, error)
            self.overtaken.add(self.lane_of[archived.id])
            self.done = self.done.plus(Decided(tertunda=True))
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  the one broad except: a bug or a poison mail costs that mail only
            set_aside = self.archive.shunt(archived.id, f"{type(error).__name__}: {error}", self.base.now)
            _log.exception("mail %d could not be decided%s", archived.id, ", set aside" if set_aside else "")
            self.done = self.done.plus(Decided(dicoba=1, disisihkan=(archived.id,) if set_aside else ()))


def _begin_sheets(desk: Desk, mail: IncomingMail, verdict: Verdict) -> tuple[tuple[Attachment, Reading], ...]:
    if not isinstance(verdict, Reply | AutoReply | Unknown | OrderMail):
        return ()
    return tuple((item, desk.sheets.begin(item.isi)) for item in mail.lampiran if item.jenis in READABLE)


def _gathered(archive: MailArchive, desk: Desk, base: Facts, asked: Inquiry) -> Gathered:
    known = archive.on_record(asked)
    return Gathered(archive=archive, parser=desk.parser, spam=desk.spam, base=base, known=known)


def _read_archived(desk: Desk, archived: ArchivedMail) -> IncomingMail:
    mail = read_mail(desk, archived.mentah, archived.id, archived.tiba_at)
    return replace(mail, terpotong=archived.terpotong)
