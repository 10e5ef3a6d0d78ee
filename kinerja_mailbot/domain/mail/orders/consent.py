"""The plain YA by which an owner claims a held mail."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.vocabulary import POLITE, plain, words

_YES = re.compile(r"(?:ya|iya|benar|betul)(?: .*)?")
_NO = re.compile(
    r"\b(?:(?:di|me)?tolak|menolak|(?:tidak|tdk|belum|tak|jangan)\s+(?:(?:dapat|bisa|kami|saya)\s+){0,3}(?:di)?setujui?)\b"
    r"(?P<reason>.*)",
    re.IGNORECASE,
)
_EDGES = " \t,.;:-–—"
_YES_WORDS = words(
    """
    ya iya benar betul sudah itu saya kami yang yg mengirim kirim kirimkan mengirimkan surel email data isian tersebut
    dari adalah memang sekali adanya pak bu bapak ibu terimakasih format nya tadi
    """
)


def says_yes(text: str) -> bool:
    """Tell whether the text says YA and nothing that could mean something else.

    >>> says_yes("Ya, benar."), says_yes("Betul, itu kami yang mengirim"), says_yes("Benar?"), says_yes("Bukan, ya")
    (True, True, False, False)
    """
    line = next((line for line in text.splitlines() if _yes_words(line)), "")
    said = plain(line)
    return bool(_YES.fullmatch(said)) and "?" not in line and set(said.split()) <= _YES_WORDS


def refusal_in(text: str) -> str | None:
    """Return the reason with which the first line with words refuses, "" without one; None if it does not refuse.

    >>> refusal_in("Mohon maaf, belum dapat disetujui: rapat besok."), refusal_in("TOLAK"), refusal_in("Setuju")
    ('rapat besok', '', None)
    """
    line = next((line for line in text.splitlines() if _yes_words(line)), "")
    found = _NO.search(line)
    if found is None or "?" in line:
        return None
    return re.sub(r"^(?:karena|sebab|alasan(?:nya)?)\b", "", found["reason"].strip(_EDGES), flags=re.I).strip(_EDGES)


def _yes_words(line: str) -> bool:
    return any(word not in POLITE - {"ya", "iya"} for word in plain(line).split())
