"""Deciding a respondent's mail: a form is stored and answered, anything else is answered with what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.decide.correlate import period_of
from kinerja_mailbot.domain.decide.reading import Candidate, ReadAttachment, candidates, on_record
from kinerja_mailbot.domain.form.check import check_form
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, Unreadable
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letters import Hambatan
from kinerja_mailbot.domain.mail.orders import says_yes
from kinerja_mailbot.domain.mail.outcome import Effect, HoldMail, KeepEvidence, Outcome, ReleaseMail, StoreSubmission
from kinerja_mailbot.domain.mail.thread import make_message_id
from kinerja_mailbot.domain.mail.verdict import Proof, Reply, Unknown
from kinerja_mailbot.domain.policy import Keamanan
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import add_minutes
from kinerja_mailbot.domain.unit import Peran, Peserta, Unit

_EVIDENCE = frozenset({FileKind.PDF, FileKind.IMAGE, FileKind.DOCX, FileKind.ZIP, FileKind.ARCHIVE})
_OF_OBSTACLE = {
    Obstacle.ENCRYPTED: Hambatan.TERKUNCI,
    Obstacle.TOO_LARGE: Hambatan.TERLALU_BESAR,
    Obstacle.DAMAGED: Hambatan.RUSAK,
    Obstacle.TOO_SLOW: Hambatan.RUSAK,
    Obstacle.NOT_A_WORKBOOK: Hambatan.RUSAK,
    Obstacle.EMPTY: Hambatan.RUSAK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One mail of one unit about one period."""

    mail: IncomingMail
    facts: Facts
    period: PeriodState
    request: RequestState
    unit: Unit
    alasan: str

    def outcome(self, label: str, alasan: str = "") -> Outcome:
        why = f"{self.alasan}; {alasan}" if alasan else self.alasan
        return Outcome(verdict="reply", label=label, alasan=why, periode=self.period.periode.kode, unit=self.unit.id)


def decide_reply(mail: IncomingMail, verdict: Reply, facts: Facts, sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """Decide a mail from a registered respondent's address."""
    unit = _unit_of(verdict.peserta)
    if (released := _released_mail(mail, verdict, facts, unit)) is not None:
        return Outcome(
            verdict="reply", label="dilepas", alasan="owner said yes", unit=unit.id, efek=(ReleaseMail(released),)
        )
    forms = candidates(sheets, facts)
    mine = tuple(c for c in forms if c.unit == unit.id)
    claimed = next((c.periode for c in mine if c.asli), None)
    period = period_of(mail, unit.id, claimed, facts)
    request = period.request(unit.id) if period else None
    if period is None or request is None:
        letter = letters.tidak_ada_permintaan(facts, mail, verdict.peserta)
        return Outcome(
            verdict="reply", label="tidak ada permintaan", alasan="nothing open", unit=unit.id, surat=(letter,)
        )
    case = _Case(mail=mail, facts=facts, period=period, request=request, unit=unit, alasan=verdict.alasan)
    if len(mine) == 1 and mine[0].periode in {None, period.periode.kode}:
        return _decide_form(case, mine[0], verdict.bukti)
    return _decide_without_form(case, forms, sheets)


def decide_stranger(mail: IncomingMail, verdict: Unknown, facts: Facts, sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """Keep it; a genuine form of ours is held until the registered official says that it is his."""
    kept = Outcome(verdict="unknown", label="disimpan", alasan=verdict.alasan)
    for form in candidates(sheets, facts):
        unit = facts.daftar.unit(form.unit or "")
        if form.asli and unit is not None and facts.dilepas:
            owner = Peserta(peran=Peran.RESPONDEN, pejabat=unit.official_on(facts.today), unit=unit)
            return decide_reply(mail, Reply("released by its owner", owner, frozenset({Proof.RELEASED})), facts, sheets)
        if form.asli and unit is not None:
            return _hold(kept, mail, unit, form.periode, facts)
    return kept


def _unit_of(peserta: Peserta) -> Unit:
    if peserta.unit is None:
        raise ValueError(f"{peserta.pejabat.jabatan} is no respondent")
    return peserta.unit


def _released_mail(mail: IncomingMail, verdict: Reply, facts: Facts, unit: Unit) -> int | None:
    """Return the held mail that this proven YA releases: the one whose question it answers."""
    if Proof.THREAD not in verdict.bukti or not says_yes(mail.teks):
        return None
    answered = frozenset(mail.thread_ids())
    periods = (None, *(p.periode.kode for p in facts.periode))
    for held in facts.ditahan:
        questions = {make_message_id(facts.identitas, f"surel.{held}.benarkah", kode, unit.id) for kode in periods}
        if questions & answered:
            return held
    return None


def _decide_form(case: _Case, form: Candidate, proofs: frozenset[Proof]) -> Outcome:
    if not _is_proven(proofs | ({Proof.WORKBOOK} if form.asli else set()), case.facts):
        return _hold(
            case.outcome("ditahan", "no proof of the sender"),
            case.mail,
            case.unit,
            case.period.periode.kode,
            case.facts,
        )
    checked = check_form(case.request.form, form.buku, case.request.sel)
    if checked.is_blank:
        return _instruct(case, Hambatan.FORMAT_KOSONG, form.lampiran.nama)
    submission = _submission(case, form, checked)
    write = letters.tanda_terima if checked.is_complete else letters.perbaikan
    evidence = _evidence(case, leave_out=form.lampiran.sha256)
    kept = replace(case.request, data_dukung=case.request.data_dukung + (evidence[0].berkas if evidence else ()))
    letter = write(case.facts, case.mail, case.period, kept, case.unit, submission)
    label = "tanda terima" if checked.is_complete else "perbaikan"
    return replace(case.outcome(label), efek=(submission, *evidence), surat=(letter,))


def _is_proven(proofs: frozenset[Proof], facts: Facts) -> bool:
    """Weigh the proofs by the office's policy (DESIGN section 7)."""
    if facts.dilepas or Proof.RELEASED in proofs:
        return True
    match facts.aturan.keamanan:
        case Keamanan.SEIMBANG:
            return bool(proofs)
        case Keamanan.KETAT:
            return {Proof.AUTHENTICATED, Proof.THREAD} <= proofs


def _submission(case: _Case, form: Candidate, checked: CheckedForm) -> StoreSubmission:
    facts, request, revision = case.facts, case.request, case.request.revisi + 1
    window = add_minutes(facts.aturan.jam, facts.now, facts.aturan.pengingat.masa_perbaikan_menit)
    return StoreSubmission(
        periode=request.periode,
        unit=case.unit.id,
        revisi=revision,
        nomor=f"TRM-{request.periode}-{case.unit.kode}-{revision:02}",
        surel_id=case.mail.id,
        tiba_at=case.mail.tiba_at,
        tepat_waktu=case.mail.tiba_at <= request.batas_at if request.tepat_waktu is None else request.tepat_waktu,
        berkas=on_record(form.lampiran, case.mail.id),
        hasil=checked,
        batas_at=None if checked.is_complete else max(request.batas_at, window),
    )


def _evidence(case: _Case, leave_out: str = "") -> tuple[KeepEvidence, ...]:
    files = tuple(
        on_record(item, case.mail.id)
        for item in case.mail.lampiran
        if item.jenis in _EVIDENCE and item.sha256 != leave_out
    )
    return (KeepEvidence(periode=case.request.periode, unit=case.unit.id, berkas=files),) if files else ()


def _decide_without_form(case: _Case, forms: tuple[Candidate, ...], sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """No form counts: say exactly what to do, and let the penyusun see what was written."""
    hambatan, name, obstacle = _hindrance(case, forms, sheets)
    outcome = _instruct(case, hambatan, name, obstacle)
    if hambatan is Hambatan.TANPA_LAMPIRAN and case.mail.teks.strip():
        note = letters.terusan(case.facts, case.mail, case.unit, case.period.periode.kode)
        outcome = replace(outcome, surat=(*outcome.surat, note))
    return outcome


def _hindrance(
    case: _Case, forms: tuple[Candidate, ...], sheets: tuple[ReadAttachment, ...]
) -> tuple[Hambatan, str, Obstacle | None]:
    mine = tuple(c for c in forms if c.unit == case.unit.id)
    if len(mine) > 1:
        return Hambatan.LEBIH_DARI_SATU, mine[0].lampiran.nama, None
    if mine:
        return Hambatan.FORMAT_PERIODE_LAIN, mine[0].lampiran.nama, None
    if foreign := next((c for c in forms if c.unit is not None), None):
        return Hambatan.FORMAT_UNIT_LAIN, foreign.lampiran.nama, None
    for sheet in sheets:
        if isinstance(sheet.hasil, Unreadable):
            return _OF_OBSTACLE[sheet.hasil.obstacle], sheet.lampiran.nama, sheet.hasil.obstacle
    return _hindrance_by_kind(case)


def _hindrance_by_kind(case: _Case) -> tuple[Hambatan, str, Obstacle | None]:
    for item in case.mail.lampiran:
        match item.jenis:
            case FileKind.ENCRYPTED:
                return Hambatan.TERKUNCI, item.nama, Obstacle.ENCRYPTED
            case FileKind.PDF | FileKind.IMAGE:
                return Hambatan.HANYA_PDF_ATAU_FOTO, item.nama, None
            case FileKind.EMPTY:
                return Hambatan.RUSAK, item.nama, Obstacle.EMPTY
            case FileKind.TEXT:
                continue
            case _:
                return Hambatan.BUKAN_FORMAT, item.nama, None
    linked = "docs.google.com" in case.mail.teks or "drive.google.com" in case.mail.teks
    return (Hambatan.TAUTAN if linked else Hambatan.TANPA_LAMPIRAN), "", None


def _instruct(case: _Case, hambatan: Hambatan, name: str, obstacle: Obstacle | None = None) -> Outcome:
    letter = letters.balasan_tanpa_format(
        case.facts,
        case.mail,
        case.period,
        case.request,
        case.unit,
        hambatan=hambatan,
        nama_berkas=name,
        obstacle=obstacle,
    )
    outcome = case.outcome("petunjuk", f"no form that counts: {hambatan.name.lower()}")
    return replace(outcome, efek=_evidence(case), surat=(letter,))


def _hold(outcome: Outcome, mail: IncomingMail, unit: Unit, periode: str | None, facts: Facts) -> Outcome:
    effect: Effect = HoldMail(surel_id=mail.id, unit=unit.id, periode=periode)
    question = letters.benarkah(facts, mail, unit, periode)
    return replace(outcome, label="ditahan", periode=periode, unit=unit.id, efek=(effect,), surat=(question,))
