"""Orders about mails of the daily summary, by their numbers: TERIMA 12, ABAIKAN 12."""

from __future__ import annotations

import re
from itertools import islice

from kinerja_mailbot.domain.mail.orders.readers.said import Said
from kinerja_mailbot.domain.mail.orders.values import Abaikan, TerimaSurel

_MAIL_WORD = r"(?:surel|surat|email|nomor|no|nomer|dan|serta)"
_NUMBERS = rf"(?:{_MAIL_WORD} )*(?P<numbers>[1-9]\d{{0,8}}(?: (?:{_MAIL_WORD} )*[1-9]\d{{0,8}}){{0,49}})"
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{0,8}(?!\d)")
_MOST = 1000
_ACCEPT = re.compile(rf"(?:terima|diterima|lepas|lepaskan) {_NUMBERS}")
_DISMISS = re.compile(rf"(?:abaikan|diabaikan) {_NUMBERS}")


def terima_surel(said: Said) -> TerimaSurel | None:
    """Read TERIMA <nomor> ..."""
    numbers = _numbers(_ACCEPT, said)
    return TerimaSurel(numbers) if numbers else None


def abaikan(said: Said) -> Abaikan | None:
    """Read ABAIKAN <nomor> ..."""
    numbers = _numbers(_DISMISS, said)
    return Abaikan(numbers) if numbers else None


def numbers_in(text: str) -> frozenset[int]:
    """Return every number that the text may name a mail by, the first thousand: an order names some of them.

    >>> sorted(numbers_in("ABAIKAN 12, 13. Terima kasih, 081234567890"))
    [12, 13]
    """
    return frozenset(int(found[0]) for found in islice(_NUMBER.finditer(text), _MOST))


def _numbers(pattern: re.Pattern[str], said: Said) -> tuple[int, ...]:
    found = pattern.fullmatch(said.words)
    if found is None or said.is_question:
        return ()
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["numbers"])))
