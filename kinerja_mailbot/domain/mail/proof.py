"""Why we believe that a mail is from whom it says; From alone proves nothing (DESIGN section 7)."""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Authentication, IncomingMail
from kinerja_mailbot.domain.mail.thread import read_message_id, reader_of
from kinerja_mailbot.domain.mail.verdict import Proof
from kinerja_mailbot.domain.unit import Peserta


def proofs(mail: IncomingMail, peserta: Peserta, facts: Facts) -> frozenset[Proof]:
    """Return every proof that the mail brings for this person; `WORKBOOK` is found later, in the sheets."""
    found = {
        Proof.AUTHENTICATED: is_authenticated(mail, facts.identitas.authserv_id),
        Proof.THREAD: _answers_thread_of(mail, peserta, facts),
        Proof.RELEASED: facts.dilepas,
    }
    return frozenset(proof for proof, holds in found.items() if holds)


def is_authenticated(mail: IncomingMail, authserv_id: str) -> bool:
    """Tell whether our own server vouches for the domain in From (RFC 8601, RFC 7489 section 3.1).

    Without a configured authserv-id nobody vouches: the name in the header is the sender's to choose.
    """
    if not authserv_id or mail.sender is None:
        return False
    domain = mail.sender.rpartition("@")[2]
    return any(_vouches(result, authserv_id, domain) for result in mail.autentikasi)


def is_aligned(claimed: str, domain: str) -> bool:
    """Tell whether an authenticated domain speaks for the domain in From: the same one, its parent or its child.

    >>> is_aligned("mail.kpu.example", "kpu.example"), is_aligned("kpu.example", "kab.kpu.example")
    (True, True)
    >>> is_aligned("jahat-kpu.example", "kpu.example"), is_aligned("example", "kpu.example")
    (False, False)
    """
    one, other = claimed.casefold().strip("."), domain.casefold().strip(".")
    if one == other:
        return bool(one)
    shorter, longer = sorted((one, other), key=len)
    # A parent needs a dot of its own: a bare top-level domain speaks for nobody.
    return "." in shorter and longer.endswith("." + shorter)


def _vouches(result: Authentication, authserv_id: str, domain: str) -> bool:
    if result.server.casefold() != authserv_id.casefold() or result.hasil != "pass":
        return False
    return result.metode in {"dmarc", "dkim", "spf"} and is_aligned(result.domain, domain)


def _answers_thread_of(mail: IncomingMail, peserta: Peserta, facts: Facts) -> bool:
    reader = reader_of(peserta.unit.id if peserta.unit else None, peserta.pejabat)
    threads = (read_message_id(facts.identitas, message_id) for message_id in mail.thread_ids())
    return any(thread is not None and thread.unit == reader for thread in threads)
