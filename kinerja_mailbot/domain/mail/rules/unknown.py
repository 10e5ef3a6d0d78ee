"""Nobody else claimed the mail: why is its sender a stranger?"""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.verdict import Unknown


def unknown(mail: IncomingMail, _facts: Facts) -> Unknown:
    """Say why nobody registered is behind the mail; always a verdict, the last one."""
    if len(mail.pengirim) > 1:
        return Unknown("From is ambiguous: " + ", ".join(mail.pengirim[:5]))
    if mail.sender is None:
        return Unknown("From holds no single address")
    return Unknown(f"{mail.sender} is not registered")
