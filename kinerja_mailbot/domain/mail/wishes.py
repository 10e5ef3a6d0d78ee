"""What a respondent may write in his own words instead of a form: NIHIL, MINTA WAKTU, BANTUAN, a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinerja_mailbot.domain.form.definition import Form, Sheet
from kinerja_mailbot.domain.mail.orders.amounts import HINGGA, Hingga, hingga_of, lamas_in
from kinerja_mailbot.domain.mail.orders.vocabulary import is_doubtful, lines_with_words, plain, without_courtesy
from kinerja_mailbot.domain.mail.orders.vocabulary import words as words_of
from kinerja_mailbot.domain.sop.changes import Lama


@dataclass(frozen=True, slots=True)
class Nihil:
    """NIHIL [lembar]: there is nothing to report; without a sheet it covers every one that may be declared so."""

    lembar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MintaWaktu:
    """MINTA WAKTU 2 hari <alasan>; what is missing is empty and is asked for."""

    lama: str  # as it was written: "2 hari", "sampai Jumat 9 Oktober"
    alasan: str


@dataclass(frozen=True, slots=True)
class MintaBantuan:
    """BANTUAN."""


@dataclass(frozen=True, slots=True)
class Pertanyaan:
    """A question that only a person can answer."""


Wish = Nihil | MintaWaktu | MintaBantuan | Pertanyaan

_HELP = re.compile(
    r"(?:bantuan|help|menu|petunjuk|panduan)(?: (?:pengisian|cara|mengisi|mengirim|isian|format|data)){0,3}"
)
_NIHIL = re.compile(r"(?P<before>.*?)\bnihil\b(?P<after>.*)")
_FILLERS = words_of(
    """
    data laporan isian lembar untuk pada periode ini triwulan tw semester sm tahun i ii iii iv adalah dinyatakan
    kami semua seluruh seluruhnya semuanya dan serta juga saja memang dalam dari bagian unit subbag subbagian
    sekretaris sampaikan bahwa menyatakan sampai saat hal terkait
    """
)
_NUMBER = re.compile(r"\d{1,4}|20\d\d-(?:tw|sm)\d")
_TIME = re.compile(
    r"\b(?:(?:minta|mohon|meminta|memohon|butuh|membutuhkan|perlu|memerlukan|tambah|tambahan|diberi|diberikan|izin|ijin)\b"
    r".{0,40}?\b(?:waktu|perpanjangan|kelonggaran|penundaan|dispensasi|diperpanjang|perpanjang)"
    r"|(?:tambahan|minta|perpanjangan) waktu|perpanjangan batas)\b"
)
_NO_TIME = re.compile(
    r"\b(?:tidak|tdk|tak|belum|jangan|bukan)\s+(?:perlu|butuh|minta|usah|memerlukan|membutuhkan|meminta)\b"
)
_REASON = re.compile(
    r"\b(?:karena|krn|sebab|dikarenakan|disebabkan|berhubung|mengingat|lantaran|akibat|(?:dengan )?alasan(?:nya)?)"
    r"\b\s*:?\s*",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"^(?:(?:pak|bu|bapak|ibu|mohon|izin|ijin|maaf|selamat|pagi|siang|sore|yth|tanya|bertanya|admin)\W+)*"
    r"(?:apakah|apa|bagaimana|bgmn|kapan|berapa|siapa|mengapa|kenapa|bolehkah|dapatkah|bisakah|haruskah|di mana|dimana"
    r"|mohon (?:penjelasan|info(?:rmasi)?|arahan|petunjuk)|mau tanya|izin bertanya|ingin (?:bertanya|menanyakan))\b",
    re.IGNORECASE,
)
_EDGES = " \t,.;:-–—!?()\"'"


def parse_wish(text: str, form: Form) -> Wish | None:
    """Return what the first paragraph with words wishes, or None when it is only said or can't be told.

    Whoever doubts, or adds what we do not understand, has not declared anything: his words go to a person.
    """
    paragraphs = [lines for part in re.split(r"\n\s*\n", text) if (lines := lines_with_words(part))]
    if not paragraphs:
        return None
    passage = " ".join(" ".join(paragraphs[0]).split())
    words = without_courtesy(passage)
    if _HELP.fullmatch(words):
        return MintaBantuan()
    if (declared := _nihil(passage, form)) is not None and not any(map(is_doubtful, _lines(paragraphs[1:]))):
        return declared
    if _TIME.search(plain(passage)) and not _NO_TIME.search(plain(passage)):
        return _more_time(passage)
    if "?" in text or any(_QUESTION.match(line.strip()) for line in _lines(paragraphs)):
        return Pertanyaan()
    return None


def read_amount(written: str) -> Lama | Hingga | None:
    """Return the time that a petition asks for.

    >>> read_amount("2 hari"), read_amount("sebentar")
    (Lama(hari=2, setengah=False, menit=0), None)
    """
    if amounts := lamas_in(written):
        return amounts[0][1]
    until = HINGGA.search(written)
    return hingga_of(until) if until is not None else None


def _lines(paragraphs: list[tuple[str, ...]]) -> list[str]:
    return [line for paragraph in paragraphs for line in paragraph]


def _nihil(passage: str, form: Form) -> Nihil | None:
    found = _NIHIL.fullmatch(plain(passage))
    if found is None or is_doubtful(passage) or "?" in passage:
        return None
    named: list[str] = []
    for part in (found["before"], found["after"]):
        rest = without_courtesy(part)
        for sheet in sorted(form.lembar, key=lambda sheet: -len(sheet.judul)):
            for name in _names(sheet):
                if re.search(name, rest):
                    named.append(sheet.id)
                    rest = re.sub(name, " ", rest)
        if any(word not in _FILLERS and not _NUMBER.fullmatch(word) for word in rest.split()):
            return None
    return Nihil(tuple(sheet.id for sheet in form.lembar if sheet.id in named))


def _names(sheet: Sheet) -> tuple[str, ...]:
    """Return patterns of the names by which people mean a sheet: "tl hp", "TLHP", "tl-hp"."""
    known = {plain(sheet.judul), plain(sheet.id.replace("_", " "))}
    turned = {" ".join(reversed(name.split())) for name in known if name.startswith("lhe ")}  # "rekomendasi LHE"
    return tuple(
        rf"\b{r'[ -]?'.join(re.escape(word) for word in name.split())}\b"
        for name in sorted(known | turned, key=len, reverse=True)
    )


def _more_time(passage: str) -> MintaWaktu:
    amount = next((written for written, _ in lamas_in(passage)), "")
    if not amount and (until := HINGGA.search(passage)) is not None and hingga_of(until) is not None:
        amount = until[0]
    reason = _REASON.split(passage, maxsplit=1)
    if len(reason) == 2:
        alasan = reason[1]
    else:
        alasan = passage.partition(amount)[2] if amount else ""
        alasan = re.sub(r"^\W*(?:kerja|lagi|ya|pak|bu)\b", "", alasan, flags=re.IGNORECASE)
    return MintaWaktu(lama=amount.strip(_EDGES), alasan=alasan.strip(_EDGES)[:300])
