"""Is it a mail of ours that came back as a copy?"""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.thread import read_message_id
from kinerja_mailbot.domain.mail.verdict import Own

OWN_HEADER = "x-kinerja-mailbot"
"""Repeats our Message-ID, whose HMAC proves it, for servers that put a Message-ID of their own in its place."""


def own(mail: IncomingMail, facts: Facts) -> Own | None:
    """Recognise our address, our Message-ID or our header.

    `message_id` of the verdict is "" where only the address is ours: From alone proves no sending.
    """
    me = facts.identitas
    if read_message_id(me, mail.message_id):
        return Own("Message-ID is ours", mail.message_id)
    for value in mail.headers(OWN_HEADER):
        if read_message_id(me, value):
            return Own("X-Kinerja-Mailbot is ours", value.strip())
    if mail.sender in {address.casefold() for address in me.alamat}:
        return Own("From is our own address", "")
    return None
