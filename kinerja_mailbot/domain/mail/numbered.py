"""Answers that a respondent writes into his mail beside the numbers of our list: "1a, 2b, 3: 85,5", "4 benar: alasan".

Only what is plainly an answer is taken for one. What begins like an answer and goes on in doubt ("1a atau b?") comes
back as `Kabur`, so that it is asked about and never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST_LINES = 200  # nobody answers more in one mail
_LONGEST = 2000  # characters of one line that are looked at
_WRAPPED = 60  # characters: mail programs break lines somewhere behind them

_LABEL = r"(?P<label>[1-9]\d{0,2}|[A-Z]{1,2}[1-9]\d{0,3})"
_BEFORE = r"(?:(?:untuk|pada|jawaban|isian|pertanyaan|butir|poin|nomor|nomer|no|sel)\b\.?\s*)*"
_LETTER = r"(?:pilih(?:an)?\s+)?\(?(?P<letter>[a-d])\)?(?![\w'])"
_TRUE = (
    r"(?P<true>(?:(?:ya|sudah|telah|memang|angka|angkanya|data|datanya)\s+)*(?:benar|betul)"
    r"(?:\s+(?:adanya|demikian|sekali))?)(?!\w)"
)
# An answer begins a line, or stands behind a comma, a semicolon, "dan"; "12,3: 4" is a figure with a comma.
_START = re.compile(
    rf"(?:^|(?<!\d)[,;:]\s*|[,;:]\s+|\b(?:dan|serta)\s+|(?<=\d[a-d])\s+(?=\d+[a-d]\b)){_BEFORE}{_LABEL}"
    rf"(?=\s*(?:[:=]|[.)-]?\s*(?:{_LETTER}|{_TRUE})))",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"^{_BEFORE}(?P<label>[1-9]\d{{0,2}})(?:[.)]\s+|\s+-\s+)"
    r"(?P<value>(?:rp\.?\s*)?\d[\d.,]*\s*(?:%|persen|[a-z]{1,12})?|tidak diukur.*|nihil)\.?$",
    re.IGNORECASE,
)
_ATTEMPT = re.compile(rf"^{_BEFORE}(?P<label>[1-9]\d{{0,2}})(?!\d)\s*[.)-]?\s*(?P<rest>[^\d\s.,:].*)$", re.IGNORECASE)
_ONE_LETTER = re.compile(rf"[.)=:-]?\s*{_LETTER}(?P<rest>.*)", re.IGNORECASE)
_IS_TRUE = re.compile(rf"[.)=:-]?\s*{_TRUE}(?P<rest>.*)", re.IGNORECASE)
_REASON = re.compile(
    r"\s*(?=[:;,-]|karena\b|sebab\b|alasan)[:;,-]*\s*(?:(?:karena|sebab|alasan(?:nya)?)\b\s*[:-]?\s*)?(?P<reason>\S.*)",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"[\s.,;)]*(?:(?:demikian|terima\s*kasih|trims|makasih|salam|hormat|mohon|ya|pak|bu|bapak|ibu)\b.*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pilih:
    """A choice by its letter."""

    huruf: str


@dataclass(frozen=True, slots=True)
class Benar:
    """What we read is right; perhaps with the reason."""

    alasan: str = ""


@dataclass(frozen=True, slots=True)
class Isian:
    """The value itself."""

    teks: str


@dataclass(frozen=True, slots=True)
class Kabur:
    """Something that is no clear answer."""

    teks: str


@dataclass(frozen=True, slots=True)
class Jawaban:
    """An answer and what it stands beside: a number of the list ("3"), or a cell's address ("E7")."""

    label: str
    isi: Pilih | Benar | Isian | Kabur


def read_numbered(text: str) -> tuple[Jawaban, ...]:
    """Return the answers in the writer's own words, in their order; none when it is a text like any other.

    >>> [f"{one.label} {one.isi}" for one in read_numbered("Berikut: 1a, 2 b dan 3: 85,5")]
    ["1 Pilih(huruf='a')", "2 Pilih(huruf='b')", "3 Isian(teks='85,5')"]
    >>> read_numbered("4 benar: anggaran baru cair")
    (Jawaban(label='4', isi=Benar(alasan='anggaran baru cair')),)
    >>> read_numbered("Data 3 pegawai menyusul."), read_numbered("1 a atau b?")
    ((), (Jawaban(label='1', isi=Kabur(teks='a atau b?')),))
    """
    lines = _joined([line.strip(" \t*•>-")[:_LONGEST] for line in text.splitlines()[:_MOST_LINES]])
    found = [answer for line in lines for answer in _answers(line)]
    if not found:
        return ()
    # Beside real answers, a line that begins with a number is one too, though not understood.
    return tuple(answer for line in lines for answer in (*_answers(line), *_attempts(line)))


def _joined(lines: list[str]) -> list[str]:
    """Return the lines with what a mail program has wrapped put together again."""
    joined: list[str] = []
    wrapped = False
    for line in lines:
        if wrapped and line and not _starts(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
        wrapped = len(line) >= _WRAPPED
    return joined


def _starts(line: str) -> bool:
    return bool(_LISTED.match(line) or ((found := _START.search(line)) and found.start() == 0))


def _answers(line: str) -> tuple[Jawaban, ...]:
    if listed := _LISTED.match(line):
        return (Jawaban(listed["label"], Isian(listed["value"].strip())),)
    starts = list(_START.finditer(line))
    ends = [*(start.start() for start in starts[1:]), len(line)]
    pairs = zip(starts, ends, strict=True) if starts else ()
    return tuple(Jawaban(start["label"].upper(), _answer(line[start.end("label") : end])) for start, end in pairs)


def _attempts(line: str) -> tuple[Jawaban, ...]:
    found = None if _answers(line) else _ATTEMPT.match(line)
    return (Jawaban(found["label"], Kabur(found["rest"].strip())),) if found else ()


def _answer(said: str) -> Pilih | Benar | Isian | Kabur:
    said = said.strip().rstrip(",;").strip()
    bare = said.lstrip(".):=- ").strip()
    if found := _ONE_LETTER.fullmatch(said):
        clear = _FAREWELL.fullmatch(found["rest"]) or _REASON.fullmatch(found["rest"])
        return Pilih(found["letter"].casefold()) if clear and "?" not in said else Kabur(bare)
    if found := _IS_TRUE.fullmatch(said):
        if _FAREWELL.fullmatch(found["rest"]):
            return Benar()
        reason = _REASON.fullmatch(found["rest"])
        return Benar(reason["reason"].strip()) if reason and not reason["reason"].endswith("?") else Kabur(bare)
    return Isian(bare) if bare and not bare.endswith("?") else Kabur(bare)
