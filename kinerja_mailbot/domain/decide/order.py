"""Deciding an order: what the Kasubbag or a penyusun asks for is carried out and confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kinerja_mailbot.domain.decide.correlate import thread_period
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter
from kinerja_mailbot.domain.mail.matters import Matter
from kinerja_mailbot.domain.mail.orders import (
    Abaikan,
    Bantuan,
    Buka,
    Ingatkan,
    MintaRekap,
    Order,
    Setuju,
    Status,
    TerimaNihil,
    TerimaSurel,
    Tutup,
)
from kinerja_mailbot.domain.mail.outcome import (
    ApproveStart,
    ClosePeriod,
    CountReminder,
    DeclareNil,
    DismissMail,
    Effect,
    OpenPeriod,
    Outcome,
    ReleaseMail,
)
from kinerja_mailbot.domain.mail.verdict import OrderMail
from kinerja_mailbot.domain.periode import Periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, RequestState
from kinerja_mailbot.domain.tick.due import new_period
from kinerja_mailbot.domain.unit import Pejabat

_NOTHING_OPEN = "Saat ini tidak ada periode yang sedang berjalan."
_UNPROVEN = (
    "Perintah belum dilaksanakan karena pengirimnya belum dapat dipastikan. "
    "Mohon balas surel ini dengan perintah yang sama."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One proven order: who gave it, in which mail."""

    mail: IncomingMail
    facts: Facts
    to: Pejabat
    order: Order
    base: Outcome

    def confirm(
        self,
        result: str,
        effects: tuple[Effect, ...] = (),
        period: PeriodState | None = None,
        also: tuple[Letter, ...] = (),
    ) -> Outcome:
        """Return the outcome that tells the giver what came of his order."""
        letter = letters.perintah_dilaksanakan(self.facts, self.mail, self.to, perintah=_name(self.order), hasil=result)
        kode = period.periode.kode if period else None
        return replace(self.base, periode=kode, efek=effects, surat=(*also, letter))

    @property
    def period(self) -> PeriodState | None:
        """Return the period that the order is about: the thread's, else the newest running one."""
        named = thread_period(self.mail, self.facts)
        if named is not None and named.keadaan is not KeadaanPeriode.DITUTUP:
            return named
        running = self.facts.running()
        return running[-1] if running else None


def decide_order(mail: IncomingMail, verdict: OrderMail, facts: Facts) -> Outcome:
    """Carry out one order; acting ones need a proof of the sender, and lacking it are asked for again."""
    order, to = verdict.perintah, verdict.peserta.pejabat
    base = Outcome(verdict="order", label="perintah", alasan=verdict.alasan)
    if order is None:
        listed = letters.daftar_perintah(facts, mail, to, dipahami=False)
        return replace(base, label="perintah tidak dipahami", surat=(listed,))
    case = _Case(mail=mail, facts=facts, to=to, order=order, base=base)
    if not (verdict.bukti or facts.dilepas or isinstance(order, Bantuan | Status)):
        return replace(case.confirm(_UNPROVEN), label="perintah ditunda", alasan="no proof of the sender")
    match order:
        case Bantuan():
            return replace(base, label="bantuan", surat=(letters.daftar_perintah(facts, mail, to, dipahami=True),))
        case Status():
            return replace(base, label="status", surat=(letters.status(facts, mail, to),))
        case MintaRekap():
            return _send_rekap(case)
        case Buka(periode):
            return _open(case, periode)
        case Setuju():
            return _approve(case)
        case Tutup():
            return _close(case)
        case TerimaNihil(unit_id):
            return _accept_nil(case, unit_id)
        case TerimaSurel(numbers):
            return _release(case, numbers)
        case Abaikan(numbers):
            return _dismiss(case, numbers)
        case Ingatkan(unit_id):
            return _remind(case, unit_id)


def _approve(case: _Case) -> Outcome:
    waiting = tuple(p for p in case.facts.periode if p.keadaan is KeadaanPeriode.MENUNGGU_PERINTAH)
    named = thread_period(case.mail, case.facts)
    period = named if named in waiting else waiting[0] if len(waiting) == 1 else None
    if period is None:
        return case.confirm("Tidak ada periode yang sedang menunggu persetujuan.")
    result = f"Pengumpulan data kinerja {period.periode.nama} dimulai; format permintaan segera disampaikan."
    return case.confirm(result, (ApproveStart(period.periode.kode, case.to.jabatan),), period)


def _close(case: _Case) -> Outcome:
    if (period := case.period) is None:
        return case.confirm(_NOTHING_OPEN)
    missing = tuple(_unit_name(r, case.facts) for r in period.permintaan if r.keadaan is not KeadaanPermintaan.LENGKAP)
    result = f"Periode {period.periode.nama} ditutup; pengingat dihentikan."
    if missing:
        result += f" Data yang belum lengkap: {', '.join(missing)}."
    return case.confirm(result, (ClosePeriod(period.periode.kode, case.to.jabatan),), period)


def _accept_nil(case: _Case, unit_id: str) -> Outcome:
    period, unit = case.period, case.facts.daftar.unit(unit_id)
    request = period.request(unit_id) if period else None
    if period is None or request is None or unit is None:
        return case.confirm(_NOTHING_OPEN)
    if request.keadaan is KeadaanPermintaan.LENGKAP:
        return case.confirm(f"Data {unit.nama} sudah lengkap; tidak ada yang diubah.", (), period)
    effect = DeclareNil(periode=period.periode.kode, unit=unit_id, oleh=case.to.jabatan)
    result = f"Data {unit.nama} untuk {period.periode.nama} diterima sebagai nihil."
    return case.confirm(result, (effect,), period)


def _open(case: _Case, periode: Periode) -> Outcome:
    if (known := case.facts.period(periode.kode)) is not None:
        result = f"Periode {known.periode.nama} sudah pernah dibuka (keadaan: {known.keadaan.value})."
        return case.confirm(result, (), known)
    if case.facts.today < case.facts.aturan.sop.efektif:
        return case.confirm("Periode tidak dapat dibuka sebelum tanggal efektif SOP (Pengesahan butir 7).")
    first = new_period(periode, case.facts, oleh=case.to.jabatan)
    result = f"Periode {periode.nama} dibuka; format permintaan segera disampaikan."
    return case.confirm(result, (OpenPeriod(first, case.to.jabatan),), first)


def _remind(case: _Case, unit_id: str | None) -> Outcome:
    facts, period = case.facts, case.period
    if period is None:
        return case.confirm(_NOTHING_OPEN)
    owing = tuple(
        (request, unit)
        for request in period.permintaan
        if request.keadaan in {KeadaanPermintaan.MENUNGGU, KeadaanPermintaan.PERLU_PERBAIKAN}
        and unit_id in {None, request.unit}
        and (unit := facts.daftar.unit(request.unit)) is not None
    )
    if not owing:
        return case.confirm("Tidak ada data yang perlu diingatkan.", (), period)
    reminders = tuple(
        letters.pengingat(facts, period, request, unit, urutan=request.pengingat + 1, rung=max(request.tingkat, 0))
        for request, unit in owing
    )
    effects = tuple(CountReminder(periode=period.periode.kode, unit=unit.id) for _, unit in owing)
    result = f"Pengingat disampaikan kepada {', '.join(unit.nama for _, unit in owing)}."
    return case.confirm(result, effects, period, reminders)


def _send_rekap(case: _Case) -> Outcome:
    facts = case.facts
    period = thread_period(case.mail, facts) or case.period or (facts.periode[-1] if facts.periode else None)
    if period is None or not period.permintaan:
        return case.confirm("Belum ada data yang dapat direkap.")
    edition = period.rekap[-1].edisi if period.rekap else 0
    rekap = compile_rekap(
        period, facts.daftar, facts.aturan, edisi=edition, nama_edisi="atas permintaan", now=facts.now
    )
    letter = letters.rekap(facts, period, rekap, kunci=f"surel.{case.mail.id}.rekap", reply_to=case.mail)
    return replace(case.base, label="rekap", periode=period.periode.kode, surat=(letter,))


def _release(case: _Case, numbers: tuple[int, ...]) -> Outcome:
    """Let mails count as if they had just come; whoever they are from gets the answer, not the giver of the order."""
    known, missing = _named(case, numbers)
    good = tuple(matter for matter in known if matter.may_be_accepted)
    empty = tuple(matter.nomor for matter in known if not matter.may_be_accepted)
    sentences = [_released(matter, case.facts) for matter in good]
    if empty:
        sentences.append(
            f"Surel nomor {_listed(empty)} tidak memuat isian yang dapat diproses; "
            f"balasan ABAIKAN {_listed(empty)} mengeluarkannya dari daftar."
        )
    effects = tuple(ReleaseMail(matter.nomor) for matter in good)
    return case.confirm(" ".join((*sentences, *missing)), effects)


def _released(matter: Matter, facts: Facts) -> str:
    unit = facts.daftar.unit(matter.unit or "")
    whom = f"{unit.nama}" if unit else "pengirimnya apabila terdaftar"
    return f"Surel nomor {matter.nomor} diproses seperti surel yang baru tiba; hasilnya disampaikan kepada {whom}."


def _dismiss(case: _Case, numbers: tuple[int, ...]) -> Outcome:
    known, missing = _named(case, numbers)
    done = tuple(matter.nomor for matter in known)
    told = (f"Surel nomor {_listed(done)} dikeluarkan dari daftar dan tetap tersimpan dalam arsip.",) if done else ()
    return case.confirm(" ".join((*told, *missing)), tuple(DismissMail(number) for number in done))


def _named(case: _Case, numbers: tuple[int, ...]) -> tuple[tuple[Matter, ...], tuple[str, ...]]:
    """Return the mails of these numbers that wait, and what to say about the numbers of which none does."""
    known = tuple(matter for matter in case.facts.urusan if matter.nomor in numbers)
    missing = tuple(number for number in numbers if number not in {matter.nomor for matter in known})
    if not missing:
        return known, ()
    kind = f"Surel nomor {_listed(missing)} tidak (lagi) terdapat dalam daftar surel yang menunggu keputusan."
    return known, (f"{kind} Nomor surel tercantum pada ringkasan harian.",)


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _unit_name(request: RequestState, facts: Facts) -> str:
    unit = facts.daftar.unit(request.unit)
    return unit.nama if unit else request.unit


def _name(order: Order) -> str:
    match order:
        case Status():
            return "STATUS"
        case MintaRekap():
            return "REKAP"
        case Buka(periode):
            return f"BUKA {periode.kode}"
        case Setuju():
            return "SETUJU"
        case Ingatkan(unit):
            return f"INGATKAN {unit}".strip() if unit else "INGATKAN"
        case Tutup():
            return "TUTUP"
        case TerimaNihil(unit):
            return f"TERIMA {unit} NIHIL"
        case TerimaSurel(numbers):
            return f"TERIMA {_listed(numbers)}"
        case Abaikan(numbers):
            return f"ABAIKAN {_listed(numbers)}"
        case Bantuan():
            return "BANTUAN"
