"""Previewing: what the bot would make of a mail or a file, with nothing written and nobody answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kinerja_mailbot.domain.decide import ReadAttachment, decide
from kinerja_mailbot.domain.decide.reading import Candidate, candidates
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.form.periodic import form_for_period
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, RawWorkbook, Unreadable
from kinerja_mailbot.domain.mail.chain import judge
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.verdict import Verdict
from kinerja_mailbot.domain.periode import JenisPeriode, Periode, PeriodeError, parse_periode
from kinerja_mailbot.domain.sop.state import RequestState
from kinerja_mailbot.domain.tick.due import new_period
from kinerja_mailbot.domain.tick.earlier import find_earlier
from kinerja_mailbot.domain.tick.owed import Progress
from kinerja_mailbot.domain.tick.requests import ask
from kinerja_mailbot.usecases.receive import Desk, read_mail, read_sheets

_NONCE = "pratinjau"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPreview:
    """What would become of one mail."""

    mail: IncomingMail
    verdict: Verdict
    outcome: Outcome
    forms: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPreview:
    """What would be read from one file; `form` names whose form it is, `checked` only where it is one of ours."""

    kind: FileKind
    obstacle: Obstacle | None
    form: FormMeta | None
    checked: CheckedForm | None


def preview_mail(desk: Desk, facts: Facts, raw: bytes, arrived_at: datetime) -> MailPreview:
    """Return what would become of a mail, as if its period were in progress."""
    mail = read_mail(desk, raw, 0, arrived_at)
    stage = rehearsal(facts, newest_ended_quarter(arrived_at))
    verdict = judge(mail, stage)
    sheets = read_sheets(desk, mail, verdict)
    forms = candidates(sheets, stage)
    for form in forms:
        stage = _asked_with(form, rehearsal(stage, _periode(form.meta)))
    return MailPreview(mail=mail, verdict=verdict, outcome=decide(mail, verdict, stage, sheets), forms=forms)


def preview_form(desk: Desk, facts: Facts, attachment: Attachment) -> FormPreview:
    """Return what would be read from a file; a form that names no period is checked against the last quarter's."""
    result = desk.sheets.read(attachment.isi)
    match result:
        case Unreadable(kind, obstacle):
            return FormPreview(kind=kind, obstacle=obstacle, form=None, checked=None)
        case RawWorkbook():
            return _preview_workbook(facts, attachment, result)


def rehearsal(facts: Facts, periode: Periode | None) -> Facts:
    """Return the facts with this period in progress, as if every unit had just been asked."""
    if periode is None or facts.period(periode.kode) is not None:
        return facts
    opened = new_period(periode, facts, oleh=_NONCE)
    asked = ask(Progress(period=opened), facts, (_NONCE,) * len(facts.daftar.responden))
    return replace(facts, periode=(*facts.periode, asked.period))


def _asked_with(form: Candidate, stage: Facts) -> Facts:
    """Return the facts in which a genuine form belongs to the request that is only rehearsed."""
    if not form.asli or form.meta is None:
        return stage
    meta = form.meta

    def asked(request: RequestState) -> RequestState:
        is_meant = (request.periode, request.unit, request.nonce) == (meta.periode, meta.unit, _NONCE)
        return replace(request, nonce=meta.nonce) if is_meant else request

    periods = tuple(replace(p, permintaan=tuple(asked(request) for request in p.permintaan)) for p in stage.periode)
    return replace(stage, periode=periods)


def newest_ended_quarter(at: datetime) -> Periode:
    """Return the quarter that had ended then: the one that a mail or a form is most likely about."""
    ended = at.replace(day=1, month=(at.month - 1) // 3 * 3 + 1) - timedelta(days=1)
    return Periode(ended.year, JenisPeriode.TRIWULAN, (ended.month - 1) // 3 + 1)


def _preview_workbook(facts: Facts, attachment: Attachment, workbook: RawWorkbook) -> FormPreview:
    (candidate,) = candidates((ReadAttachment(attachment, workbook),), facts)
    meta = candidate.meta
    unit = meta.unit if meta is not None else candidate.unit
    if unit is None or facts.daftar.unit(unit) is None:
        return FormPreview(kind=workbook.kind, obstacle=None, form=meta, checked=None)
    periode = _periode(meta) or newest_ended_quarter(facts.now)
    form = form_for_period(facts.aturan.form_for(unit), periode, find_earlier(facts.periode, unit, periode))
    claimed = meta or FormMeta(format=form.id, versi=form.versi, unit=unit, periode=periode.kode, nonce="")
    return FormPreview(kind=workbook.kind, obstacle=None, form=claimed, checked=check_form(form, workbook))


def _periode(meta: FormMeta | None) -> Periode | None:
    try:
        return parse_periode(meta.periode) if meta else None
    except PeriodeError:
        return None
