"""The book of periods: what is open, and what a tick decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from kinerja_mailbot.adapters.store.answering import answers, held_mails, questions, refusals
from kinerja_mailbot.adapters.store.database import Database
from kinerja_mailbot.adapters.store.editions import cells_row
from kinerja_mailbot.adapters.store.journal import BOT, note_once
from kinerja_mailbot.adapters.store.keys import keys_beginning
from kinerja_mailbot.adapters.store.letters import enqueue
from kinerja_mailbot.adapters.store.periods import Act, begin_period, close_period, move_step, write_request
from kinerja_mailbot.adapters.store.records import edition_row, period_states
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.store.submissions import asked_of
from kinerja_mailbot.adapters.store.vouching import date_lines
from kinerja_mailbot.adapters.store.watch import remember
from kinerja_mailbot.adapters.tables import JournalRow, LetterRow, MailRow, PeriodRow
from kinerja_mailbot.domain.mail.letter import OutgoingMail
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.usecases.ports import Inquiry, OnRecord, Plan

_A_YEAR = timedelta(days=366)
_OLDEST_FIRST = select(PeriodRow).order_by(col(PeriodRow.dibuka_at), col(PeriodRow.kode))


class PeriodBookStore(Database):
    """See `PeriodBook`."""

    def periods(self, codes: Sequence[str] | None = None, *, receipts: bool = True) -> tuple[PeriodState, ...]:
        """See `MailArchive`; oldest first. Having no clock, the store takes its newest journal line for "now"."""
        with self.reading() as session:
            if codes is None:
                return period_states(session, _lately(session), receipts=receipts)
            named = session.exec(_OLDEST_FIRST.where(col(PeriodRow.kode).in_(codes))).all()
            return period_states(session, named, receipts=receipts)

    def on_record(self, inquiry: Inquiry) -> OnRecord:
        """See `MailArchive`."""
        with self.reading() as session:
            return OnRecord(
                periode=period_states(session, _lately(session), inquiry.unit, receipts=False),
                dijawab=answers(session, inquiry.alamat, inquiry.sejak),
                penolakan=refusals(session, inquiry.alamat, inquiry.sejak),
                ditahan=held_mails(session, inquiry.unit),
                pertanyaan={unit: asked_of(session, unit) for unit in inquiry.bernomor},
                ditanyakan=questions(session, inquiry.sejak),
            )

    def letter_keys(self, prefix: str) -> frozenset[str]:
        """See `PeriodBook`."""
        begins_so = keys_beginning(prefix, is_sqlite=self.is_sqlite)
        with self.reading() as session:
            return frozenset(session.exec(select(LetterRow.kunci).where(begins_so)))

    def carry_out(self, plan: Plan, letters: Sequence[OutgoingMail], now: datetime) -> None:
        """See `PeriodBook`; carrying out the same plan again changes nothing.

        Raises:
            StoreError: nothing was written; also when the plan was made from a request that has changed meanwhile.
        """
        with self.writing() as session:
            date_lines(session, now)
            for state in plan.periode_baru:
                begin_period(session, state)
            for request in plan.permintaan:
                write_request(session, request)
            for kode, step in plan.langkah:
                move_step(session, kode, step, now)
            for kode, edition in plan.rekap:
                insert_new(session, edition_row(kode, edition))
            for kode, number, cells in plan.isi_rekap:
                insert_new(session, cells_row(kode, number, cells))
            for kode in plan.mulai:
                _start(session, kode)
            for kode in plan.tutup:
                close_period(session, kode, Act(BOT, "", now))
            enqueue(session, letters, now)
            for mail_id in plan.diringkas:
                session.get_one(MailRow, mail_id).diringkas_at = now
            for name, value in plan.ingatan:
                remember(session, name, value, now)
            for entry in plan.jurnal:
                note_once(session, entry)


def _start(session: Session, kode: str) -> None:
    period = session.get_one(PeriodRow, kode, with_for_update=True)
    if period.keadaan == KeadaanPeriode.MENUNGGU_PERINTAH.value:
        period.keadaan = KeadaanPeriode.BERJALAN.value


def _lately(session: Session) -> Sequence[PeriodRow]:
    """Return the periods that are not closed, and those that were closed in the last year."""
    newest = session.exec(select(JournalRow.at).order_by(col(JournalRow.id).desc()).limit(1)).first()
    if newest is None:
        return session.exec(_OLDEST_FIRST).all()
    is_open = PeriodRow.keadaan != KeadaanPeriode.DITUTUP.value
    return session.exec(_OLDEST_FIRST.where(or_(is_open, col(PeriodRow.ditutup_at) >= newest - _A_YEAR))).all()
