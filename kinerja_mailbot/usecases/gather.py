"""Gathering: what is known before a mail is decided, and what is to be asked for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.numbered import read_numbered
from kinerja_mailbot.domain.mail.orders import numbers_in
from kinerja_mailbot.domain.mail.sender import overseer, respondent
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.usecases.ports import ArchivedMail, Inquiry, MailArchive, MailParser, OnRecord


def nothing_asked(base: Facts) -> Inquiry:
    """Return the beginning of an inquiry; what was answered and refused is counted from midnight at the office."""
    zone = base.aturan.jam.zona
    return Inquiry(sejak=datetime.combine(base.today, time(), zone).astimezone(UTC))


def inquiry(mail: IncomingMail, base: Facts) -> Inquiry:
    """Return what has to be known about the sender of a mail."""
    # Asked apart: a Kasubbag who is also acting head of a unit answers for that unit too.
    unit = _unit(mail, base)
    is_registered = unit or base.daftar.whose(mail.sender or "", base.office_day(mail.tiba_at))
    units = frozenset({unit} if unit else ())
    return replace(
        nothing_asked(base),
        alamat=frozenset({mail.sender} if mail.sender and is_registered else ()),
        unit=units,
        bernomor=units if read_numbered(mail.teks) else frozenset(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What some mails are decided from; `known` covers all their senders."""

    archive: MailArchive
    parser: MailParser
    spam: frozenset[str]  # folders whose mails are believed only with a proof
    base: Facts
    known: OnRecord

    def facts(self, archived: ArchivedMail, mail: IncomingMail) -> Facts:
        """Return the facts for one mail; whoever gives orders is told more, which is read for him alone."""
        unit, sender = _unit(mail, self.base) or "", mail.sender or ""
        orders, known = overseer(mail, self.base) is not None, self.known
        told = known.penolakan.get(sender, ()) if unit else ()
        return replace(
            self.base,
            # Orders may mean any unit, and a released mail the unit that its form names.
            periode=self.archive.periods() if orders or archived.dilepas else _requests_to(unit, known.periode),
            dijawab_hari_ini=known.dijawab.get(sender, 0),
            ditahan=known.ditahan.get(unit, ()),
            dilepas=archived.dilepas,
            penolakan=frozenset(one.sebab for one in told if one.surel_id != mail.id),
            ditanyakan=known.ditanyakan,
            pertanyaan=known.pertanyaan.get(unit, ()),
            urusan=self.archive.matters_named(numbers_in(mail.teks)) if orders else (),
            diteruskan=self._passed_on(mail) if orders else None,
            # What the penyusun lets count is answered like any other mail.
            dari_spam=archived.folder in self.spam and not archived.dilepas,
        )

    def _passed_on(self, mail: IncomingMail) -> IncomingMail | None:
        """Return the respondent's mail that was put before a person by a letter of this mail's thread."""
        asked = self.archive.passed_on(mail.thread_ids())
        archived = self.archive.mail(asked) if asked is not None else None
        return self.parser.parse(archived.mentah, archived.id, archived.tiba_at) if archived is not None else None


def _unit(mail: IncomingMail, base: Facts) -> str | None:
    owner = respondent(mail, base)
    return owner.unit.id if owner and owner.unit else None


def _requests_to(unit: str, periods: tuple[PeriodState, ...]) -> tuple[PeriodState, ...]:
    """Return the periods with the requests that a mail can be about: those to others would only take time."""
    return tuple(replace(p, permintaan=tuple(r for r in p.permintaan if r.unit == unit)) for p in periods)
