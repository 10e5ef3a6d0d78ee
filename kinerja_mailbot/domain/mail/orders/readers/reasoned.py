"""Orders that carry a reason, PERPANJANG and TUNDA: read from the writer's own text, for a reason may hold any word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain.mail.orders.amounts import HINGGA, Hingga, hingga_of, lamas_in
from kinerja_mailbot.domain.mail.orders.names import PERIODE, find_unit, is_everybody
from kinerja_mailbot.domain.mail.orders.values import BelumJelas, Kurang, Order, Perpanjang, Tunda
from kinerja_mailbot.domain.mail.orders.vocabulary import POLITE, is_doubtful, plain, without_courtesy, words
from kinerja_mailbot.domain.periode import PeriodeError, parse_periode
from kinerja_mailbot.domain.sop.changes import Lama
from kinerja_mailbot.domain.unit import Daftar

BECAUSE = r"(?:karena|krn|dikarenakan|disebabkan(?:\s+oleh)?|sebab|akibat|berhubung|mengingat|lantaran|alasan(?:nya)?)"
"""The words after which a reason follows."""

_BECAUSE = re.compile(
    rf"(?:\bdengan\s+)?\b{BECAUSE}\b[\s:,-]*|:\s+|\s\((?!\s*\w+\s*\)\s*(?:hari|jam|menit))", re.IGNORECASE
)
_EXTEND = re.compile(
    r"\b(?:di)?perpanjang(?:kan|an(?:nya)?)?\b|\b(?:di)?tambah(?:kan|an)?\s+waktu(?:nya)?\b|\b(?:di)?(?:m?undur)kan\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"\b(?:di)?(?:tunda|tangguh)(?:kan)?\b|\bhentikan\s+sementara\b", re.IGNORECASE)
# Around PERPANJANG and TUNDA these say nothing new.
_FILLER = POLITE | words(
    """
    waktu waktunya batas batasnya tenggat tenggatnya penyampaian pengisian pengumpulan data kinerja isian laporan untuk
    bagi selama lagi kerja hari jangka masa periode dulu sementara proses semua seluruh seluruhnya semuanya unit subbag
    subbagian deadline tambahan setuju dan serta sebanyak oleh atas sampai hingga menjadi
    """
)
_CLOSING = words("mohon tolong minta harap agar ya pak bu bapak ibu dong deh makasih trims thanks thx") | {""}
# What tells of the past, or is another order, orders no time.
_ELSEWHERE = words(
    "sudah telah pernah ingatkan tutup ditutup buka dibuka terima diterima abaikan status rekap tolak ditolak menolak"
)
# Within a reason most words are harmless; these take the order back, or set a condition.
_TAKES_BACK = words("tapi tetapi namun tunggu jangan kecuali batal batalkan batalnya")
_SETS_TERMS = words("kalau kalo jika bila apabila asal asalkan nanti besok lusa setelah sesudah tunda apakah")
_REQUEST = re.compile(r"\b(?:mohon|tolong|minta|harap|agar|maka)\b", re.IGNORECASE)
_THANKS = re.compile(r"[\s,.;]*(?:dan\s+)?terima\s*kasih.*$", re.IGNORECASE)
_EITHER = re.compile(r"\batau\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'-]+")
_LONGEST_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class _Told:
    """An order taken apart: what it says beside the reason, and the reason, "" when no word announces one."""

    head: str
    alasan: str


def perpanjang(text: str, daftar: Daftar) -> Perpanjang | BelumJelas | None:
    """Read PERPANJANG <unit|semua> <n> hari|jam|menit <alasan>, its parts in any order."""
    told = _take_apart(text, _EXTEND)
    if told is None:
        return None
    amounts, head = _amounts(told.head)
    if _is_elsewhere(head) or "?" in head or is_doubtful(_EXTEND.sub(" ", head) if told.alasan else _before_verb(head)):
        return None
    periode, head = _periode(head)
    units, everybody, head = _units(_EXTEND.sub(" \x00 ", head, count=1), daftar)
    before, alasan = _left_over(head) if not told.alasan else (without_filler(head), told.alasan)
    if not (amounts or units or everybody or told.alasan) and (before or alasan):
        return None  # it is about something else
    if _is_taken_back(alasan, announced=bool(told.alasan)):
        return None
    lama = amounts[0] if len(amounts) == 1 and not _EITHER.search(told.head) else None
    kurang = _lacking(before, lama, alasan, is_named=bool(units or everybody or told.alasan))
    if lama is not None and kurang is None:
        return Perpanjang(unit=units, semua=everybody, lama=lama, alasan=alasan, periode=periode)
    return BelumJelas(
        perintah="PERPANJANG",
        kurang=kurang or Kurang.LAMA,
        unit=() if before else units,
        semua=everybody,
        lama=lama.sebutan if isinstance(lama, Lama) else "",
        alasan=alasan,
    )


def tunda(text: str, daftar: Daftar) -> Tunda | BelumJelas | None:
    """Read TUNDA <alasan>."""
    told = _take_apart(text, _PAUSE)
    if told is None or "?" in told.head or _is_elsewhere(told.head):
        return None
    verb = _PAUSE.search(told.head)
    if verb is None or is_doubtful(told.head[: verb.start()]):
        return None
    amounts, head = _amounts(told.head)
    _, head = _periode(head)
    units, _, head = _units(_PAUSE.sub(" \x00 ", head, count=1), daftar)
    before, alasan = _left_over(head) if not told.alasan else (without_filler(head), told.alasan)
    if before or _is_taken_back(alasan, announced=bool(told.alasan)):
        return None
    if amounts or units:
        return BelumJelas(perintah="TUNDA", kurang=Kurang.CARA, unit=units, alasan=alasan)
    return Tunda(alasan) if alasan else BelumJelas(perintah="TUNDA", kurang=Kurang.ALASAN)


REASONED = (perpanjang, tunda)


def begins_with_reason(line: str) -> bool:
    """Tell whether the line goes on with the reason of the line before.

    >>> begins_with_reason("karena banjir"), begins_with_reason("Hormat kami")
    (True, False)
    """
    return re.match(rf"\s*(?:dengan\s+)?{BECAUSE}\b", line, re.IGNORECASE) is not None


def read_reasoned(text: str, daftar: Daftar) -> Order | None:
    """Return the order with a reason that the text gives."""
    return next((order for reader in REASONED if (order := reader(text, daftar)) is not None), None)


def without_filler(text: str) -> str:
    """Return the plain words that could mean something.

    >>> without_filler("tolong batas waktu humas")
    'humas'
    """
    return " ".join(word for word in plain(text.replace("\x00", " ")).split() if word not in _FILLER)


def _take_apart(text: str, verb: re.Pattern[str]) -> _Told | None:
    """Part head and reason; the reason may come first ("karena banjir, tolong perpanjang ...")."""
    text = " ".join(text.split())
    sentence, *after = re.split(r"(?<=[a-z)\d])[.;!]\s+(?=\D)", text, maxsplit=1, flags=re.IGNORECASE)
    if not verb.search(sentence) and after and not without_courtesy(sentence):  # "Selamat pagi. Mohon perpanjang ..."
        sentence, after = after[0], []
    found, because = verb.search(sentence), _BECAUSE.search(sentence)
    if found is None or sentence.endswith("?") or any(map(is_doubtful, after)):
        return None
    if because is None:
        return _Told(sentence, "")
    if because.start() > found.start():
        return _Told(sentence[: because.start()], _clean(sentence[because.end() :]))
    if because[0].startswith(":"):  # "Perintah: perpanjang ..."
        return _take_apart(sentence[because.end() :], verb)
    reason, comma, rest = sentence[because.end() :].partition(",")
    if comma and verb.search(rest):
        return _Told(f"{sentence[: because.start()]} {rest}", _clean(reason))
    # "karena banjir mohon Teknis diperpanjang": the request begins with its courtesy.
    asked = next((m.start() for m in _REQUEST.finditer(sentence) if because.end() < m.start()), found.start())
    asked = min(asked, found.start())
    return _Told(f"{sentence[: because.start()]} {sentence[asked:]}", _clean(sentence[because.end() : asked]))


def _clean(reason: str) -> str:
    """Return the reason without the courtesy at its end and the punctuation around it.

    >>> _clean(" banjir di kantor, mohon.")
    'banjir di kantor'
    """
    kept = _THANKS.sub("", reason).strip(" .,;:()!-\"'").split()
    while kept and plain(kept[-1]) in _CLOSING:
        kept.pop()
    return " ".join(kept).strip(" .,;:()!-\"'")


def _amounts(head: str) -> tuple[tuple[Lama | Hingga, ...], str]:
    """Take the lengths of time and new deadlines out of the head."""
    found: list[Lama | Hingga] = []
    for match in HINGGA.finditer(head):
        if (until := hingga_of(match)) is not None:
            found.append(until)
            head = head.replace(match[0], " \x01 ", 1)
    for written, lama in lamas_in(head):
        found.append(lama)
        head = head.replace(written, " \x01 ", 1)
    return tuple(found), head


def _periode(head: str) -> tuple[str | None, str]:
    found = re.search(PERIODE, head, re.IGNORECASE)
    if found is None:
        return None, head
    try:
        return parse_periode(found[0]).kode, head.replace(found[0], " ", 1)
    except PeriodeError:
        return None, head


def _units(head: str, daftar: Daftar) -> tuple[tuple[str, ...], bool, str]:
    """Take the names of units out of the head; the longest reading of a name wins."""
    tokens = tuple(_WORD.finditer(head))
    named: list[str] = []
    taken: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        for end in range(min(place + _LONGEST_NAME, len(tokens)), place, -1):
            span = (tokens[place].start(), tokens[end - 1].end())
            between = head[slice(*span)]
            if "\x00" in between or "\x01" in between:
                continue
            if (unit := find_unit(plain(between), daftar)) is not None and plain(tokens[place][0]) not in POLITE:
                named.append(unit)
                taken.append(span)
                place = end
                break
        else:
            place += 1
    everybody = any(is_everybody(plain(token[0])) for token in tokens)
    for begin, end in reversed(taken):
        head = f"{head[:begin]} \x01 {head[end:]}"
    return tuple(dict.fromkeys(named)), everybody and not named, head


def _left_over(head: str) -> tuple[str, str]:
    """Return what stands before the last part that was understood, and what follows it: the reason."""
    last = max(head.rfind("\x00"), head.rfind("\x01"))
    everybody = [m.end() - 1 for m in re.finditer(r"\bsemua(?:nya)?\b|\bseluruh(?:nya)?\b", head, re.IGNORECASE)]
    last = max(last, *everybody, -1)
    return without_filler(head[: last + 1].replace("\x01", " ")), _clean(_without_lead(head[last + 1 :]))


def _without_lead(reason: str) -> str:
    kept = reason.split()
    while kept and plain(kept[0]) in _FILLER | {""}:
        kept.pop(0)
    return " ".join(kept)


def _before_verb(head: str) -> str:
    found = _EXTEND.search(head)
    return head[: found.start()] if found else head


def _is_elsewhere(head: str) -> bool:
    return not _ELSEWHERE.isdisjoint(plain(head).split())


def _is_taken_back(alasan: str, *, announced: bool) -> bool:
    said = set(plain(alasan).split())
    return not said.isdisjoint(_TAKES_BACK if announced else _TAKES_BACK | _SETS_TERMS)


def _lacking(before: str, lama: Lama | Hingga | None, alasan: str, *, is_named: bool) -> Kurang | None:
    """Return what is asked for first: how long, then for whom, then why."""
    if lama is None:
        return Kurang.LAMA
    if before or not (is_named or not alasan):
        return Kurang.UNIT
    return None if alasan else Kurang.ALASAN
