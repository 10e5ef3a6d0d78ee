"""Is it a line from the Kasubbag or a penyusun?"""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.orders import parse_order
from kinerja_mailbot.domain.mail.proof import proofs
from kinerja_mailbot.domain.mail.sender import overseer, respondent
from kinerja_mailbot.domain.mail.verdict import OrderMail


def order(mail: IncomingMail, facts: Facts) -> OrderMail | None:
    """Recognise a registered Kasubbag or penyusun.

    Who is also a respondent gives an order only when the line is one; everything else of his is a reply.
    """
    peserta = overseer(mail, facts)
    if peserta is None:
        return None
    perintah = parse_order(mail.teks, facts.daftar)
    if perintah is None and facts.diteruskan is None and respondent(mail, facts):
        return None
    said = f"order {type(perintah).__name__}" if perintah else "no order understood"
    return OrderMail(f"{peserta.peran}: {said}", peserta, perintah, proofs(mail, peserta, facts))
