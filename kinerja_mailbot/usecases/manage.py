"""Managing a period by command: open it, close it, make a form by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, PeriodState
from kinerja_mailbot.domain.sop.working_time import add_minutes
from kinerja_mailbot.domain.tick.due import new_period, refusal_before_sop
from kinerja_mailbot.domain.tick.earlier import find_earlier
from kinerja_mailbot.domain.unit import Unit
from kinerja_mailbot.usecases.ports import JournalEntry, PeriodBook, Plan

_SAMPLE = "contoh"


class ManageError(Exception):
    """What was asked can't be done; a formal Indonesian sentence."""


def open_period(book: PeriodBook, facts: Facts, periode: Periode, by: str) -> PeriodState:
    """Open a period; the tick then composes its requests. Killed before the end, nothing is open.

    Raises:
        ManageError: it was opened before, or the SOP is not in force yet (SOP pengesahan 7).
    """
    if known := book.periods((periode.kode,)):
        raise ManageError(f"Periode {periode.nama} sudah pernah dibuka (keadaan: {known[0].keadaan.value}).")
    if refusal := refusal_before_sop(facts):
        raise ManageError(refusal)
    state = new_period(periode, facts, oleh=by)
    entry = JournalEntry(at=facts.now, oleh=by, peristiwa="period opened by command", periode=periode.kode)
    book.carry_out(Plan(periode_baru=(state,), jurnal=(entry,)), (), facts.now)
    return state


def close_period(book: PeriodBook, period: PeriodState, by: str, now: datetime) -> None:
    """Close a period; step 6 ends with it.

    Raises:
        ManageError: it is closed already.
    """
    if period.keadaan is KeadaanPeriode.DITUTUP:
        raise ManageError(f"Periode {period.periode.nama} sudah ditutup.")
    entry = JournalEntry(at=now, oleh=by, peristiwa="period closed by command", periode=period.periode.kode)
    book.carry_out(Plan(tutup=(period.periode.kode,), jurnal=(entry,)), (), now)


def blank_form(facts: Facts, unit: Unit, periode: Periode) -> FormFile:
    """Return the form of a unit: that of its request if there is one, else an unsigned sample."""
    period = facts.period(periode.kode)
    request = period.request(unit.id) if period else None
    if request is not None:
        form, nonce, due, cells = request.form, request.nonce, request.batas_at, request.sel
    else:
        earlier = find_earlier(facts.periode, unit.id, periode)
        form, nonce, cells = form_for_period(facts.aturan.form_for(unit.id), periode, earlier), _SAMPLE, ()
        due = add_minutes(facts.aturan.jam, facts.now, facts.aturan.sop.step(unit.langkah_himpun).menit)
    meta = FormMeta(format=form.id, versi=form.versi, unit=unit.id, periode=periode.kode, nonce=nonce)
    signed = replace(meta, tanda=sign_meta(meta, facts.identitas.kunci) if request else "")
    name = f"Format-Kinerja-{periode.kode}-{unit.kode}.xlsx"
    return FormFile(nama=name, form=form, meta=signed, unit=unit, periode=periode, batas_at=due, isian=cells)
