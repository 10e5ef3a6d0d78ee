"""Compiling: when a period's data is in, or its time is over, the rekap goes to the Kasubbag."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.kinerja.analysis import with_analysis
from kinerja_mailbot.domain.kinerja.annual import with_year
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.edition import OwedEdition, owed_edition, revisions
from kinerja_mailbot.domain.kinerja.history import cells_of, with_history
from kinerja_mailbot.domain.kinerja.rekap import Rekap
from kinerja_mailbot.domain.kinerja.trend import earlier_codes, with_trend
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.sop.state import PeriodState, RekapState
from kinerja_mailbot.domain.sop.steps import BOT, move_steps, with_steps
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.ports import EditionBook, EditionRecord, JournalEntry, Plan


def compile_due(book: EditionBook, press: Press, facts: Facts) -> int:
    """Write the editions of the rekap that are owed at `facts.now`, and return how many.

    An edition and its letter are one transaction: after a crash before it the edition is still owed, after it never
    again.

    Raises:
        StoreError: the database can't take it now; the next call owes the same.
    """
    known = book.periods(receipts=False)
    wanted = [period.periode.kode for period in known if owed_edition(period, facts.aturan, facts.now)]
    periods = book.periods(wanted) if wanted else ()
    owed = [(period, edition) for period in periods if (edition := owed_edition(period, facts.aturan, facts.now))]
    for period, edition in owed:
        past = book.periods(earlier_codes(period.periode))
        plan = _plan(period, edition, facts, _last(book, period), past)
        book.carry_out(plan, press.compose(plan.surat, facts.now), facts.now)
    return len(owed)


def _last(book: EditionBook, period: PeriodState) -> EditionRecord | None:
    return book.edition_record(period.periode.kode, period.rekap[-1].edisi) if period.rekap else None


def with_past(rekap: Rekap, period: PeriodState, past: tuple[PeriodState, ...], facts: Facts) -> Rekap:
    """Return the rekap with the trend, at a year's end the year by quarters, and how often the SOP was reviewed."""
    rekap = with_trend(replace(rekap, tinjauan=len(facts.tinjauan)), past, facts.daftar, facts.aturan.rekap)
    return with_year(rekap, (*past, period), facts.daftar)


def _plan(
    period: PeriodState,
    edition: OwedEdition,
    facts: Facts,
    last: EditionRecord | None,
    past: tuple[PeriodState, ...],
) -> Plan:
    kode, now = period.periode.kode, facts.now
    made = RekapState(edisi=edition.edisi, lengkap=edition.lengkap, revisi=revisions(period), dibuat_at=now)
    made = replace(made, analisis=edition.analisis)
    # A complete edition ends step 5 by itself: its own table of the SOP must not call that step unfinished.
    seen = replace(period, rekap=(*period.rekap, made))
    seen = with_steps(seen, move_steps(seen, facts.daftar.responden, facts.aturan.jam, now))
    rekap = compile_rekap(seen, facts.daftar, facts.aturan, edisi=edition.edisi, nama_edisi=edition.nama, now=now)
    rekap = with_past(with_analysis(rekap, seen, facts.identitas.kunci), seen, past, facts)
    rekap = _compared(rekap, period, facts, last)
    event = JournalEntry(at=now, oleh=BOT, peristiwa="rekap compiled", periode=kode, rincian=edition.nama)
    return Plan(
        rekap=((kode, made),),
        isi_rekap=((kode, edition.edisi, cells_of(rekap)),),
        surat=(letters.rekap_final(facts, seen, rekap) if edition.is_final else letters.rekap(facts, period, rekap),),
        jurnal=(event,),
    )


def _compared(rekap: Rekap, period: PeriodState, facts: Facts, last: EditionRecord | None) -> Rekap:
    if last is None or last.butir is None:
        return rekap
    earlier = period.rekap[-1]
    known, units = dict(earlier.revisi), {unit.id: unit.kode for unit in facts.daftar.responden}
    since = tuple(
        (units.get(unit, unit.upper()), mail) for unit, revision, mail in last.surel if revision > known.get(unit, 0)
    )
    jam = facts.aturan.jam
    made = text.waktu(earlier.dibuat_at, jam.zona, facts.aturan.kantor.singkatan_zona)
    return with_history(rekap, last.butir, f"edisi ke-{earlier.edisi} ({made})", since)
