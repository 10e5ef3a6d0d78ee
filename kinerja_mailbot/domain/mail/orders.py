"""The orders that a Kasubbag or penyusun may give by mail (DESIGN section 6), and the reading of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain.periode import Periode, PeriodeError, parse_periode
from kinerja_mailbot.domain.unit import Daftar, Unit


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POLITE = _words(
    """
    yth bapak ibu pak bu saudara mas mbak kasubbag admin bot sistem mohon tolong minta harap silakan silahkan agar untuk
    ya iya ok oke okay baik baiklah siap segera dong deh saja lah nya terimakasih trims makasih thanks thx
    please saya kami kita kirim kirimkan dikirim dikirimkan tampilkan berikan beri info dengan hormat salam
    selamat pagi siang sore malam assalamualaikum assalamu alaikum wr wb waalaikumsalam halo hai dear kepada di tempat
    sekarang dulu bantu dibantu perintah
    """
)
# Whoever doubts, forbids or sets a condition has not ordered it; he is asked rather than obeyed.
_VETO = _words(
    """
    tidak tak tdk tidaklah belum blm jangan bukan batal batalkan tunda ga gak nggak enggak kurang kecuali kalau kalo
    jika bila apabila asal asalkan nanti besok lusa setelah sesudah sebelum tapi tetapi namun tunggu apakah apa kenapa
    mengapa haruskah bolehkah catatan syarat not don't no
    """
)
_WHO_OWES = re.compile(
    r"\b(?:yang|yg) (?:belum|blm)(?: (?:me\w+|kirim|masuk|lapor|ada|isi))?(?: (?:data|datanya|isian|isiannya))?\b"
)
_EVERYBODY = frozenset({"", "semua", "semuanya", "seluruh", "seluruhnya", "semua unit", "semua subbag", "seluruh unit"})
_PERIODE = (
    r"(?:20\d\d[- ]?(?:tw|sm|triwulan|semester) ?(?:[1-4]|iv|i{1,3})"
    r"|(?:tw|sm|triwulan|semester) ?(?:[1-4]|iv|i{1,3})(?:[- ]?(?:tahun )?20\d\d)?|(?:tahun )?20\d\d)"
)
_ABOUT = rf"(?: (?:periode|pengumpulan|data|kinerja|pengisian|ini|itu|terakhir|terbaru|terkini|sementara|{_PERIODE}))*"
_STATUS = re.compile(rf"(?:bagaimana )?status(?:nya)?{_ABOUT}")
_REKAP = re.compile(rf"(?:rekap|rekapnya|rekapitulasi){_ABOUT}")
_HELP = re.compile(r"(?:bantuan|help|menu|daftar(?: perintah)?|petunjuk)?")
_OPEN = re.compile(rf"(?:buka|bukakan|dibuka|mulai) ?(?:(?:periode|pengumpulan|data|kinerja) )*(?P<periode>{_PERIODE})")
_APPROVE = re.compile(
    r"(?:setuju|setujui|disetujui|kami setujui|acc)"
    rf"(?: (?:laksanakan|dilaksanakan|lanjut|lanjutkan|dilanjutkan|jalankan|proses|diproses|mulai|dimulai))*{_ABOUT}"
)
_CLOSE = re.compile(rf"(?:tutup|ditutup){_ABOUT}")
_REMIND = re.compile(r"(?:ingatkan|diingatkan|ingatin|pengingat)(?: (?:lagi|kembali))*(?: (?P<unit>.+))?")
_NIHIL = re.compile(r"(?:terima|diterima) (?:nihil (?P<after>.+)|(?P<before>.+) nihil)")
_MAIL_WORD = r"(?:surel|surat|email|nomor|no|nomer|dan|serta)"
_NUMBERS = rf"(?:{_MAIL_WORD} )*(?P<numbers>[1-9]\d{{0,8}}(?: (?:{_MAIL_WORD} )*[1-9]\d{{0,8}}){{0,49}})"
_ACCEPT = re.compile(rf"(?:terima|diterima|lepas|lepaskan) {_NUMBERS}")
_DISMISS = re.compile(rf"(?:abaikan|diabaikan) {_NUMBERS}")
_UNIT_WORDS = re.compile(r"\b(?:unit|subbag|subbagian|sub bagian|kasubbag|kepala|ka|ke|bagian|lagi|kembali)\b")
_YES = re.compile(r"(?:ya|iya|benar|betul)(?: .*)?")
_YES_WORDS = _words(
    """
    ya iya benar betul sudah itu saya kami yang yg mengirim kirim kirimkan mengirimkan surel email data isian tersebut
    dari adalah memang sekali adanya pak bu bapak ibu terimakasih format nya tadi
    """
)


@dataclass(frozen=True, slots=True)
class Status:
    """STATUS."""


@dataclass(frozen=True, slots=True)
class MintaRekap:
    """REKAP."""


@dataclass(frozen=True, slots=True)
class Buka:
    """BUKA TW3 2026."""

    periode: Periode


@dataclass(frozen=True, slots=True)
class Setuju:
    """SETUJU."""


@dataclass(frozen=True, slots=True)
class Ingatkan:
    """INGATKAN [unit]; without a unit, everybody who owes data."""

    unit: str | None


@dataclass(frozen=True, slots=True)
class Tutup:
    """TUTUP."""


@dataclass(frozen=True, slots=True)
class TerimaNihil:
    """TERIMA <unit> NIHIL."""

    unit: str


@dataclass(frozen=True, slots=True)
class TerimaSurel:
    """TERIMA 12: mails of the daily summary, by their numbers, are processed as if they had just come."""

    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Abaikan:
    """ABAIKAN 12: mails of the daily summary, by their numbers, are not listed any more."""

    nomor: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bantuan:
    """BANTUAN."""


Order = Status | MintaRekap | Buka | Setuju | Ingatkan | Tutup | TerimaNihil | TerimaSurel | Abaikan | Bantuan


def parse_order(text: str, daftar: Daftar) -> Order | None:
    """Return the order that the text gives, or None when there is none or more than one reading.

    Case, punctuation, polite words around it and whatever follows the first line with words do not matter, except
    that a doubt beside an order, or a second order, leaves it unread: asking once more is cheaper than obeying wrongly.
    """
    paragraphs = [paragraph for paragraph in map(_lines_with_words, re.split(r"\n\s*\n", text)) if paragraph]
    if not paragraphs:
        return _bare_help(text)
    first, *rest = paragraphs
    order = _order_of_line(first[0], daftar)
    if order is None or (_is_binding(order) and any(_is_doubtful(line) for line in first[1:])):
        return None
    others = {_order_of_line(line, daftar) for line in (*first[1:], *(line for later in rest for line in later))}
    return order if others <= {None, order} else None


def says_yes(text: str) -> bool:
    """Tell whether the text says YA and nothing that could mean something else.

    >>> says_yes("Ya, benar."), says_yes("Betul, itu kami yang mengirim"), says_yes("Benar?"), says_yes("Bukan, ya")
    (True, True, False, False)
    """
    line = next((line for line in text.splitlines() if _yes_words(line)), "")
    plain = _plain(line)
    return bool(_YES.fullmatch(plain)) and "?" not in line and set(plain.split()) <= _YES_WORDS


def _yes_words(line: str) -> bool:
    return any(word not in _POLITE - {"ya", "iya"} for word in _plain(line).split())


def _lines_with_words(paragraph: str) -> tuple[str, ...]:
    # A line of nothing but courtesy ("Yth. Bapak", "Selamat pagi") is not the first line with words.
    return tuple(line for line in paragraph.splitlines() if any(word not in _POLITE for word in _plain(line).split()))


def _bare_help(text: str) -> Order | None:
    return Bantuan() if re.search(r"\b(?:perintah|bantu)\b", _plain(text)) else None


def _order_of_line(line: str, daftar: Daftar) -> Order | None:
    if order := _order_of(line, daftar):
        return order
    # "Status dong, saya mau rapat": what only asks may be followed by anything; what acts may not.
    sentence, *after = re.split(r"[.;!]\s+", line.strip(), maxsplit=1)
    clause = re.split(r"[,.;!?]", line.strip(), maxsplit=1)[0]
    order = _order_of(clause, daftar)
    if order is not None and not _is_binding(order):
        return order
    order = _order_of(sentence, daftar)
    return None if order is None or any(map(_is_doubtful, after)) else order


def _order_of(line: str, daftar: Daftar) -> Order | None:
    plain = _WHO_OWES.sub("semua", _plain(line))
    if _is_doubtful(plain):
        return None
    words = " ".join(word for word in plain.split() if word not in _POLITE)
    if not words:
        return None
    for pattern, order in ((_STATUS, Status()), (_REKAP, MintaRekap()), (_HELP, Bantuan())):
        if pattern.fullmatch(words):
            return order
    return _acting_order(words, "?" in line, daftar)


def _acting_order(words: str, is_question: bool, daftar: Daftar) -> Order | None:
    if is_question:
        return None
    if _APPROVE.fullmatch(words):
        return Setuju()
    if _CLOSE.fullmatch(words):
        return Tutup()
    if found := _OPEN.fullmatch(words):
        return _open(found["periode"])
    if found := _REMIND.fullmatch(words):
        return _remind(found["unit"] or "", daftar)
    for pattern, mails in ((_ACCEPT, TerimaSurel), (_DISMISS, Abaikan)):
        if found := pattern.fullmatch(words):
            return mails(tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", found["numbers"]))))
    if found := _NIHIL.fullmatch(words):
        unit = _unit(found["after"] or found["before"], daftar)
        return TerimaNihil(unit) if unit else None
    return None


def _open(words: str) -> Order | None:
    try:
        return Buka(parse_periode(words))
    except PeriodeError:
        return None


def _remind(name: str, daftar: Daftar) -> Order | None:
    if " ".join(_UNIT_WORDS.sub(" ", name).split()) in _EVERYBODY or name.strip() in _EVERYBODY:
        return Ingatkan(None)
    unit = _unit(name, daftar)
    return Ingatkan(unit) if unit else None


def _unit(name: str, daftar: Daftar) -> str | None:
    wanted = {name.strip(), _short(name)}
    hits = {
        unit.id
        for unit in daftar.responden
        if wanted
        & {form(known) for known in (unit.id, unit.kode, unit.nama, *unit.panggilan) for form in (_plain, _short)}
    }
    return hits.pop() if len(hits) == 1 else None


def _names(unit: Unit) -> frozenset[str]:
    known = (unit.id, unit.kode, unit.nama, *unit.panggilan)
    return frozenset(form(name) for name in known for form in (_plain, _short))


def _short(name: str) -> str:
    words = (word for word in _UNIT_WORDS.sub(" ", _plain(name)).split() if word not in {"dan", *_POLITE})
    return " ".join(words)


def _is_binding(order: Order) -> bool:
    return not isinstance(order, (Status, MintaRekap, Bantuan))


def _is_doubtful(line: str) -> bool:
    return not _VETO.isdisjoint(_WHO_OWES.sub("", _plain(line)).split())


def _plain(line: str) -> str:
    r"""Return the words in lower case, without punctuation; "2026-TW3" keeps its hyphen.

    >>> _plain("  *SETUJU*, laksanakan!")
    'setuju laksanakan'
    """
    words = re.sub(r"(?<!\w)-|-(?!\w)|[^\w\s'-]|_", " ", line.casefold())
    # TERIMA is an order, "terima kasih" is not; "no. 12" is a number, "no" is not.
    words = re.sub(r"\bterima\s+kasih\b", "terimakasih", re.sub(r"\bno(?=\s+\d)", "nomor", words))
    return " ".join(words.split())
