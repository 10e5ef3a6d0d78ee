"""Deciding a respondent's mail: a form is stored and answered, anything else is answered with what to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from kinerja_mailbot.domain.decide.answered import Applied, answers_in
from kinerja_mailbot.domain.decide.answering import refusal
from kinerja_mailbot.domain.decide.correlate import period_of
from kinerja_mailbot.domain.decide.hindrance import Hindrance, find_hindrance, period_name, several, unit_name
from kinerja_mailbot.domain.decide.holding import hold, is_proven
from kinerja_mailbot.domain.decide.orders.consent import decide_consent
from kinerja_mailbot.domain.decide.reading import Candidate, ReadAttachment, candidates, is_meant, on_record
from kinerja_mailbot.domain.decide.wishes import Wisher, ask_for_time, declare_nihil, guide, pass_on
from kinerja_mailbot.domain.form.catalogue.answers import FILE_COUNTS
from kinerja_mailbot.domain.form.check import check_form, is_mapped
from kinerja_mailbot.domain.form.checked import CheckedForm
from kinerja_mailbot.domain.form.workbook import FileKind
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.asked import DECLARED, WORDS
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letters import Hambatan
from kinerja_mailbot.domain.mail.matters import Urusan
from kinerja_mailbot.domain.mail.orders import says_yes
from kinerja_mailbot.domain.mail.outcome import KeepEvidence, Outcome, ReleaseMail, StoreSubmission
from kinerja_mailbot.domain.mail.thread import make_message_id, reader_of
from kinerja_mailbot.domain.mail.verdict import Proof, Reply, Unknown
from kinerja_mailbot.domain.mail.wishes import MintaBantuan, MintaWaktu, Pertanyaan, Wish, parse_wish
from kinerja_mailbot.domain.sop.changes import counted_from
from kinerja_mailbot.domain.sop.moving import is_in_time
from kinerja_mailbot.domain.sop.state import FileOnRecord, PeriodState, RequestState
from kinerja_mailbot.domain.sop.working_time import add_minutes
from kinerja_mailbot.domain.unit import Peran, Peserta, Unit

# A reply without a form may bring these; a workbook or text that is no form is evidence only beside one.
_EVIDENCE = frozenset({FileKind.PDF, FileKind.IMAGE, FileKind.DOCX, FileKind.ZIP, FileKind.ARCHIVE, FileKind.OTHER})
_NO_EVIDENCE = frozenset({FileKind.EMPTY, FileKind.ENCRYPTED, FileKind.TNEF})


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
    base = Outcome(verdict="reply", label="jawaban", alasan=verdict.alasan)
    if (settled := decide_consent(mail, verdict.peserta, facts, base)) is not None:
        return settled
    forms = candidates(sheets, facts)
    mine = tuple(c for c in forms if c.unit == unit.id)
    claimed = next((c.periode for c in mine if c.asli), None)
    period = period_of(mail, unit.id, claimed, facts)
    request = period.request(unit.id) if period else None
    if period is None or request is None:
        return _decide_unasked(mail, verdict.peserta, unit, facts)
    case = _Case(mail=mail, facts=facts, period=period, request=request, unit=unit, alasan=verdict.alasan)
    meant = _meant(case, mine)
    if len(meant) == 1:
        return _decide_form(case, meant[0], verdict.bukti, tuple(form for form in forms if form is not meant[0]))
    if meant:
        return _instruct(case, several(meant))
    answered = None if forms or sheets else answers_in(mail, request, period.periode, facts)
    if answered is not None:
        return _decide_answers(case, answered, verdict.bukti)
    wish = None if forms or sheets or mail.terpotong else parse_wish(mail.teks, request.form)
    if wish is not None:
        return _decide_wish(case, wish, verdict.bukti)
    return _decide_without_form(case, forms, sheets)


def decide_stranger(mail: IncomingMail, verdict: Unknown, facts: Facts, sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """Keep it; a genuine form of ours is held until the registered official says that it is his.

    A form that was typed anew proves nothing: only the penyusun, who sees it listed, can let it count.
    """
    kept = Outcome(verdict="unknown", label="disimpan", alasan=verdict.alasan, urusan=Urusan.TAK_DIKENAL)
    for form in candidates(sheets, facts):
        unit = facts.daftar.unit(form.unit or "")
        if unit is not None and facts.dilepas:
            owner = Peserta(peran=Peran.RESPONDEN, pejabat=unit.official_on(facts.today), unit=unit)
            return decide_reply(mail, Reply("released by its owner", owner, frozenset({Proof.RELEASED})), facts, sheets)
        if form.asli and unit is not None:
            return hold(kept, mail, unit, form.periode, facts)
        if unit is not None:
            kept = replace(kept, unit=unit.id)
    return replace(kept, urusan=None) if facts.dari_spam and kept.unit is None else kept


def _decide_unasked(mail: IncomingMail, peserta: Peserta, unit: Unit, facts: Facts) -> Outcome:
    """Nothing is open for the unit: it is told so, and its words reach the penyusun."""
    told = letters.tidak_ada_permintaan(facts, mail, peserta)
    outcome = Outcome(
        verdict="reply",
        label="tidak ada permintaan",
        alasan="nothing open",
        unit=unit.id,
        surat=(told,),
        penolakan=refusal("tidak ada permintaan", mail),
    )
    if not mail.teks.strip():
        return outcome
    return replace(outcome, surat=(told, letters.terusan(facts, mail, unit, None)), urusan=Urusan.BELUM_JELAS)


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
    reader = reader_of(unit.id, verdict.peserta.pejabat)
    for held in facts.ditahan:
        questions = {make_message_id(facts.identitas, f"surel.{held}.benarkah", kode, reader) for kode in periods}
        if questions & answered:
            return held
    return None


def _meant(case: _Case, mine: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Return the unit's forms for this period; a blank one beside a filled one is only the original sent back."""
    current = tuple(form for form in mine if form.periode in {None, case.period.periode.kode})
    if len(current) < 2:
        return current
    return tuple(form for form in current if not check_form(case.request.form, form.buku).is_blank) or current[:1]


def _decide_form(case: _Case, form: Candidate, proofs: frozenset[Proof], others: tuple[Candidate, ...] = ()) -> Outcome:
    # A form of ours from another request than this one (its nonce) is known to more people than its owner.
    is_this_one = form.asli and form.meta is not None and form.meta.nonce == case.request.nonce
    if not is_proven(proofs | ({Proof.WORKBOOK} if is_this_one else set()), case.facts):
        return _hold_unproven(case)
    if form.asli and form.meta and not is_mapped(form.meta, case.request.form):
        return _instruct(case, Hindrance(hambatan=Hambatan.FORMAT_VERSI_LAMA, berkas=form.lampiran.nama))
    checked = check_form(case.request.form, form.buku, case.request.sel)
    if checked.is_blank:
        return _instruct(case, Hindrance(hambatan=Hambatan.FORMAT_KOSONG, berkas=form.lampiran.nama))
    foreign = tuple(other for other in others if other.unit is not None)
    is_doubled = answers_in(case.mail, case.request, case.period.periode, case.facts) is not None
    remarks = (*_set_aside(case, foreign), *((FILE_COUNTS.say(),) if is_doubled else ()))
    checked = replace(checked, catatan=(*checked.catatan, *remarks))
    return _store(case, on_record(form.lampiran, case.mail.id), checked, _evidence(case, beside=(form, *foreign)))


def _hold_unproven(case: _Case) -> Outcome:
    unproven = case.outcome("ditahan", "no proof of the sender")
    return hold(unproven, case.mail, case.unit, case.period.periode.kode, case.facts)


def _decide_answers(case: _Case, answered: Applied, proofs: frozenset[Proof]) -> Outcome:
    """Answers in the mail's own text are a revision like any other; what was unclear is said in the same letter."""
    if not is_proven(proofs, case.facts):
        return _hold_unproven(case)
    if answered.hasil is None:
        unclear = Hindrance(hambatan=Hambatan.JAWABAN_BELUM_JELAS, rincian=" ".join(answered.catatan))
        note = letters.terusan(case.facts, case.mail, case.unit, case.period.periode.kode)
        told = _instruct(case, unclear)
        return replace(told, surat=(*told.surat, note), urusan=Urusan.BELUM_JELAS, penolakan="")
    return _store(
        case, _own_words(case.mail, WORDS), replace(answered.hasil, catatan=answered.catatan), _evidence(case)
    )


def _decide_wish(case: _Case, wish: Wish, proofs: frozenset[Proof]) -> Outcome:
    """Carry out what was written instead of a form; help alone is given without a proof."""
    wisher = Wisher(
        mail=case.mail,
        facts=case.facts,
        period=case.period,
        request=case.request,
        unit=case.unit,
        base=case.outcome("kabar", type(wish).__name__.casefold()),
    )
    if isinstance(wish, MintaBantuan):
        return guide(wisher, wish)
    if isinstance(wish, Pertanyaan):
        return replace(pass_on(wisher, wish), efek=_evidence(case), urusan=Urusan.BELUM_JELAS)
    if not is_proven(proofs, case.facts):
        return _hold_unproven(case)
    if isinstance(wish, MintaWaktu):
        return ask_for_time(wisher, wish)
    declared = declare_nihil(wisher, wish)
    if isinstance(declared, Outcome):
        return declared
    return _store(case, _own_words(case.mail, DECLARED), declared, _evidence(case))


def _own_words(mail: IncomingMail, name: str) -> FileOnRecord:
    content = mail.teks.encode(errors="replace")
    return FileOnRecord(nama=name, ukuran=len(content), sha256=hashlib.sha256(content).hexdigest(), surel_id=mail.id)


def _store(case: _Case, berkas: FileOnRecord, checked: CheckedForm, evidence: tuple[KeepEvidence, ...]) -> Outcome:
    submission = _submission(case, berkas, checked)
    write = letters.tanda_terima if checked.is_complete else letters.perbaikan
    kept = replace(case.request, data_dukung=case.request.data_dukung + (evidence[0].berkas if evidence else ()))
    letter = write(case.facts, case.mail, case.period, kept, case.unit, submission)
    label = "tanda terima" if checked.is_complete else "perbaikan"
    return replace(case.outcome(label), efek=(submission, *evidence), surat=(letter,))


def _submission(case: _Case, berkas: FileOnRecord, checked: CheckedForm) -> StoreSubmission:
    facts, request, revision = case.facts, case.request, case.request.revisi + 1
    begun = counted_from(case.period.penundaan, facts.now)
    window = add_minutes(facts.aturan.jam, begun, facts.aturan.pengingat.masa_perbaikan_menit)
    return StoreSubmission(
        periode=request.periode,
        unit=case.unit.id,
        revisi=revision,
        nomor=f"TRM-{request.periode}-{case.unit.kode}-{revision:02}",
        surel_id=case.mail.id,
        tiba_at=case.mail.tiba_at,
        tepat_waktu=is_in_time(case.period, request, case.mail.tiba_at)
        if request.tepat_waktu is None
        else request.tepat_waktu,
        berkas=berkas,
        hasil=checked,
        batas_at=None if checked.is_complete else max(request.batas_at, window),
    )


def _set_aside(case: _Case, others: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return the notices about forms of other units or periods that came along; they change nothing."""
    return tuple(
        letters.set_aside(
            other.lampiran.nama,
            period_name(other) or "periode lain"
            if other.unit == case.unit.id
            else unit_name(other, case.facts) or "unit lain",
        )
        for other in others
        if other.unit != case.unit.id or other.periode not in {None, case.period.periode.kode}
    )


def _evidence(case: _Case, beside: tuple[Candidate, ...] = ()) -> tuple[KeepEvidence, ...]:
    """Return what came along: beside a form everything that a person can open, without one what can be no form."""
    forms = {form.lampiran.sha256 for form in beside}
    files = {
        item.sha256: on_record(item, case.mail.id)
        for item in case.mail.lampiran
        if item.sha256 not in forms
        and item.halangan is None
        and (item.jenis not in _NO_EVIDENCE if beside else item.jenis in _EVIDENCE)
        and is_meant(item)
    }
    if not files:
        return ()
    return (KeepEvidence(periode=case.request.periode, unit=case.unit.id, berkas=tuple(files.values())),)


def _decide_without_form(case: _Case, forms: tuple[Candidate, ...], sheets: tuple[ReadAttachment, ...]) -> Outcome:
    """No form counts: say exactly what to do, and let the penyusun see what was written."""
    found = find_hindrance(case.mail, case.unit, forms, sheets, case.facts)
    outcome = _instruct(case, found)
    if found.hambatan is Hambatan.TANPA_LAMPIRAN and case.mail.teks.strip():
        note = letters.terusan(case.facts, case.mail, case.unit, case.period.periode.kode)
        outcome = replace(outcome, surat=(*outcome.surat, note), urusan=Urusan.BELUM_JELAS)
    return outcome


def _instruct(case: _Case, found: Hindrance) -> Outcome:
    letter = letters.balasan_tanpa_format(
        case.facts,
        case.mail,
        case.period,
        case.request,
        case.unit,
        hambatan=found.hambatan,
        nama_berkas=found.berkas,
        obstacle=found.obstacle,
        rincian=found.rincian,
    )
    outcome = case.outcome("petunjuk", f"no form that counts: {found.hambatan.name.lower()}")
    return replace(outcome, efek=_evidence(case), surat=(letter,), penolakan=refusal(found.hambatan, case.mail))
