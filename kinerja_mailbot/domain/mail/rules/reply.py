"""Is it a mail of a registered respondent?"""

from __future__ import annotations

from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.proof import proofs
from kinerja_mailbot.domain.mail.sender import respondent
from kinerja_mailbot.domain.mail.verdict import Reply


def reply(mail: IncomingMail, facts: Facts) -> Reply | None:
    """Recognise a respondent by the one address in From."""
    peserta = respondent(mail, facts)
    if peserta is None or peserta.unit is None:
        return None
    return Reply(f"respondent {peserta.unit.id}", peserta, proofs(mail, peserta, facts))
