"""Deciding an order: what the Kasubbag or a penyusun asks for is carried out and confirmed."""

from __future__ import annotations

from dataclasses import replace

from kinerja_mailbot.domain.decide.orders.case import Case
from kinerja_mailbot.domain.decide.orders.clock import ask_back, extend, pause, resume
from kinerja_mailbot.domain.decide.orders.consent import decide_consent
from kinerja_mailbot.domain.decide.orders.mails import dismiss, release
from kinerja_mailbot.domain.decide.orders.people import appoint
from kinerja_mailbot.domain.decide.orders.periods import approve, close, open_period, send_rekap
from kinerja_mailbot.domain.decide.orders.relay import relay
from kinerja_mailbot.domain.decide.orders.sop import record_review
from kinerja_mailbot.domain.decide.orders.units import accept_nil, remind
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.orders import (
    Abaikan,
    AnalisisSelesai,
    Bantuan,
    BelumJelas,
    Buka,
    Ingatkan,
    Lanjut,
    MintaRekap,
    Perpanjang,
    Setuju,
    Status,
    TerimaNihil,
    TerimaSurel,
    Tinjau,
    Tolak,
    Tunda,
    TunjukPlh,
    Tutup,
)
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.mail.verdict import OrderMail

NOTHING_TO_ANALYSE = (
    "Belum ada rekap lengkap yang dapat dianalisis; analisis dapat disampaikan setelah seluruh data diterima."
)
_UNPROVEN = (
    "Perintah belum dilaksanakan karena pengirimnya belum dapat dipastikan. "
    "Mohon balas surel ini dengan perintah yang sama."
)


def decide_order(mail: IncomingMail, verdict: OrderMail, facts: Facts) -> Outcome:  # noqa: PLR0912  # one for each order
    """Carry out one order; acting ones need a proof of the sender, and lacking it are asked for again."""
    order, to = verdict.perintah, verdict.peserta.pejabat
    base = Outcome(verdict="order", label="perintah", alasan=verdict.alasan)
    if (settled := decide_consent(mail, verdict.peserta, facts, base)) is not None:
        return settled
    if (order is None or isinstance(order, Setuju | Tolak)) and (answer := relay(mail, to, facts, base)) is not None:
        return answer
    if order is None:
        listed = letters.daftar_perintah(facts, mail, to, dipahami=False)
        return replace(base, label="perintah tidak dipahami", surat=(listed,))
    case = Case(mail=mail, facts=facts, to=to, order=order, base=base)
    if not (verdict.bukti or facts.dilepas or isinstance(order, Bantuan | Status)):
        return replace(case.confirm(_UNPROVEN), label="perintah ditunda", alasan="no proof of the sender")
    match order:
        case Bantuan():
            return replace(base, label="bantuan", surat=(letters.daftar_perintah(facts, mail, to, dipahami=True),))
        case Status():
            return replace(base, label="status", surat=(letters.status(facts, mail, to),))
        case MintaRekap():
            return send_rekap(case)
        case Buka(periode):
            return open_period(case, periode)
        case Setuju():
            return approve(case)
        case AnalisisSelesai():
            return case.confirm(NOTHING_TO_ANALYSE)
        case Tinjau():
            return record_review(case, order)
        case Tutup():
            return close(case)
        case TerimaNihil(unit_id):
            return accept_nil(case, unit_id)
        case TerimaSurel(numbers):
            return release(case, numbers)
        case Abaikan(numbers):
            return dismiss(case, numbers)
        case Ingatkan(unit_id):
            return remind(case, unit_id)
        case TunjukPlh():
            return appoint(case, order)
        case Tolak():
            return case.confirm("Tidak ada permohonan yang sedang menunggu persetujuan pada utas surel ini.")
        case Perpanjang():
            return extend(case, order)
        case Tunda():
            return pause(case, order)
        case Lanjut():
            return resume(case)
        case BelumJelas():
            return ask_back(case, order)
