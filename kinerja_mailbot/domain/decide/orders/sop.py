"""Orders about the SOP itself: its review is recorded."""

from __future__ import annotations

from kinerja_mailbot.domain.decide.orders.case import Case
from kinerja_mailbot.domain.mail.orders import Tinjau
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.sop.reviewed import REVIEWS_A_YEAR, RecordReview

_WITHOUT_NOTE = (
    "Tinjauan SOP belum dicatat karena catatannya belum terbaca. Mohon membalas kembali dengan TINJAU diikuti catatan, "
    "misalnya: TINJAU waktu baku dipertahankan."
)


def record_review(case: Case, order: Tinjau) -> Outcome:
    """Record the review (TINJAU <catatan>); SOP pengesahan 2 asks for two a year."""
    if not order.catatan:
        return case.confirm(_WITHOUT_NOTE)
    facts = case.facts
    number = sum(facts.office_day(review.at).year == facts.today.year for review in facts.tinjauan) + 1
    effect = RecordReview(oleh=case.to.jabatan, catatan=order.catatan, sop=facts.aturan.sop.nomor)
    result = (
        f"Tinjauan ke-{number} pada tahun {facts.today.year} atas SOP Nomor {effect.sop} telah dicatat "
        f"(paling sedikit {REVIEWS_A_YEAR} kali setahun menurut Pengesahan butir 2). Catatan: {order.catatan}."
    )
    return case.confirm(result, (effect,))
