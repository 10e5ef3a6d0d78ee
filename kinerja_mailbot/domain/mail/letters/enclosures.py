"""The form that goes with a letter: signed for one unit, one period and one request."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.unit import Unit


def blank_form(facts: Facts, period: PeriodState, request: RequestState, unit: Unit) -> FormFile:
    """Return the form of a request, pre-filled with what the unit has already given."""
    return _form(facts, period, request, unit, batas_at=request.batas_at, isian=request.sel)


def correction_form(  # noqa: PLR0913 - the six things that make it this very form
    facts: Facts,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    *,
    batas_at: datetime,
    isian: tuple[StoredCell, ...],
    ditanyakan: tuple[CheckedCell, ...],
) -> FormFile:
    """Return the form with what is right filled in and what must be mended marked."""
    form = _form(facts, period, request, unit, batas_at=batas_at, isian=isian)
    return replace(form, nama=file_name(period, unit, "-PERBAIKAN"), ditanyakan=ditanyakan)


def file_name(period: PeriodState, unit: Unit, suffix: str = "") -> str:
    """Return the name that people see; it has no meaning for us (identity is in the hidden sheet)."""
    return f"Format-Kinerja-{period.periode.kode}-{unit.kode}{suffix}.xlsx"


def _form(  # noqa: PLR0913 - as above
    facts: Facts,
    period: PeriodState,
    request: RequestState,
    unit: Unit,
    *,
    batas_at: datetime,
    isian: tuple[StoredCell, ...],
) -> FormFile:
    unsigned = FormMeta(
        format=request.form.id,
        versi=request.form.versi,
        unit=unit.id,
        periode=period.periode.kode,
        nonce=request.nonce,
    )
    return FormFile(
        nama=file_name(period, unit),
        form=request.form,
        meta=replace(unsigned, tanda=sign_meta(unsigned, facts.identitas.kunci)),
        unit=unit,
        periode=period.periode,
        batas_at=batas_at,
        isian=isian,
    )
