"""Reading PLH <unit> <nama> <alamat> <nomor surat> s.d. <tanggal>: names and numbers, so the line is read as typed."""

from __future__ import annotations

import re

from kinerja_mailbot.domain.mail.orders.names import find_unit
from kinerja_mailbot.domain.mail.orders.values import TunjukPlh
from kinerja_mailbot.domain.mail.orders.vocabulary import VETO, plain, without_courtesy
from kinerja_mailbot.domain.unit import Daftar

_KEYWORD = re.compile(r"\b(?P<word>plh|plt|pelaksana\s+harian|pelaksana\s+tugas)\b[.:]?\s*", re.IGNORECASE)
_BEFORE = frozenset({"tunjuk", "menunjuk", "ditunjuk", "tetapkan", "angkat", "penunjukan", "sebagai", "menetapkan"})
_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?(?P<address>[^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+?)[.,;]?[>)\]]?(?=[\s,;]|$)")
_DATE = (
    r"(?:[a-z']+,\s*)?"
    r"(?P<{name}>20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
    r"|[0-9]{{1,2}}(?:\s+[a-z]+\.?(?:\s+20[0-9]{{2}})?|[-/.][0-9]{{1,2}}(?:[-/.][0-9]{{2,4}})?)?)"
)
_DAY_WORD = r"(?:hari\s+)?(?:tanggal\s+|tgl\.?\s+)?"
_UNTIL = re.compile(
    r"\b(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga)\s+" + _DAY_WORD + _DATE.format(name="until"), re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:terhitung(?:\s+mulai)?|mulai|sejak|dari|tmt\.?|berlaku)\s+" + _DAY_WORD + _DATE.format(name="since"),
    re.IGNORECASE,
)
# "12/SPT/KPU/2026 5 Oktober s.d. 9 Oktober 2026": the first day stands before "s.d." without a word of its own.
_LAST_DATE = re.compile(
    r"(?:^|\s)(?:tanggal\s+|tgl\.?\s+)?(?P<since>[0-9]{1,2}(?:\s+[a-z]+)?(?:\s+20[0-9]{2})?)\s*$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:[^\s,;]*[0-9][^\s,;]*/[^\s,;]+|[^\s,;]+/[^\s,;]*[0-9][^\s,;]*)")
_NUMBER_WORDS = re.compile(
    r"^(?:(?:berdasarkan|sesuai|surat|perintah|tugas|nomor|nomer|no\.?|nota\s+dinas)\s*:?\s*)+", re.I
)
_EDGES = " \t,;:.-–—<>()[]\"'"


def read_appointment(line: str, daftar: Daftar) -> TunjukPlh | None:
    """Return the acting official that the line names, with whatever is there of the order; None if it is none."""
    found = _KEYWORD.search(line)
    if found is None or "?" in line or not _leads_to_it(line[: found.start()]):
        return None
    rest = line[found.end() :]
    address = _ADDRESS.search(rest)
    before = rest[: address.start()] if address else rest
    if not VETO.isdisjoint(set(plain(before).split()) - {"no"}):
        return None
    until = _UNTIL.search(rest)
    unit, name = _unit_and_name(before[: until.start()] if until and not address else before, daftar)
    after = rest[address.end() :] if address else ""
    number = _number(after)
    return TunjukPlh(
        sebutan="Plt." if found["word"].casefold() in {"plt", "pelaksana tugas"} else "Plh.",
        unit=unit,
        nama=name,
        alamat=address["address"].casefold() if address else "",
        nomor=number,
        sejak=_since(after, number),
        sampai=" ".join(until["until"].split()) if until else "",
    )


def _leads_to_it(before: str) -> bool:
    return set(without_courtesy(before).split()) <= _BEFORE


def _unit_and_name(text: str, daftar: Daftar) -> tuple[str | None, str]:
    words = text.split()
    for count in range(len(words), 0, -1):
        if unit := find_unit(" ".join(words[:count]).strip(_EDGES), daftar):
            return unit, _name(words[count:])
    return None, _name(words)


def _name(words: list[str]) -> str:
    kept = words
    while kept and kept[0].casefold().strip(_EDGES) in {
        "",
        "kepada",
        "yaitu",
        "adalah",
        "sdr",
        "saudara",
        "bapak",
        "ibu",
    }:
        kept = kept[1:]
    return " ".join(kept).strip(" \t,;:-–—<>()[]\"'")


def _number(after: str) -> str:
    text = _SINCE.split(_UNTIL.split(after)[0])[0]
    if found := _NUMBER.search(text):
        return found[0].strip(_EDGES)
    bare = _NUMBER_WORDS.sub("", text.strip(_EDGES)).strip(_EDGES)
    return (_LAST_DATE.sub("", bare).strip(_EDGES) or bare)[:80]


def _since(after: str, number: str) -> str:
    if found := _SINCE.search(after):
        return " ".join(found["since"].split())
    until = _UNTIL.search(after)
    before = after[: until.start()].rpartition(number)[2] if until and number else ""
    found = _LAST_DATE.search(before)
    return " ".join(found["since"].split()) if found else ""
