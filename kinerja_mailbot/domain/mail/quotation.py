"""The writer's own words apart from the original that his mail program quoted below them."""

from __future__ import annotations

import re

_MAX_LINES = 5_000  # nobody writes more before he quotes
_WROTE = r"(?:wrote|writes|menulis|menuliskan|schrieb)"
_ADDRESS = r"[^\s<>@]+@[^\s<>@]+"
_BEGINNINGS = (
    # Outlook, Yahoo and their translations
    re.compile(r"^\s*[-_]{3,}\s*(?:original message|pesan asli|original appointment|pesan semula)\s*[-_]{3,}", re.I),
    re.compile(r"^\s*-{3,}\s*(?:forwarded message|pesan (?:yang )?diteruskan|pesan terusan)\s*-{3,}", re.I),
    re.compile(r"^\s*-{5,}\s*(?:asli|semula)\s*-{5,}", re.I),
    re.compile(r"^\s*(?:begin forwarded message|mulai pesan yang diteruskan|awal pesan terusan)\s*:", re.I),
    # Samsung and other phones
    re.compile(r"^\s*-{4,}\s*(?:reply message|pesan balasan)\s*-{4,}", re.I),
    # the empty line of underscores that Outlook puts before "From:"
    re.compile(r"^\s*_{20,}\s*$"),
)
_INTRODUCTION = re.compile(rf"^\s*>?\s*(?:on|pada|le|am)\b.{{0,300}}?\b{_WROTE}\s*:?\s*$", re.I | re.S)
_OPENING = re.compile(r"^\s*>?\s*(?:on|pada|le|am)\b", re.I)
_BARE_INTRODUCTION = re.compile(
    rf"^(?:.{{0,200}}<{_ADDRESS}>.{{0,40}}\b{_WROTE}\s*:|\s*\d{{4}}-\d\d-\d\d .{{0,200}}<{_ADDRESS}>\s*:)\s*$", re.I
)
_FROM_LINE = re.compile(r"^\s*\*?(?:from|dari|pengirim)\s*:\*?\s*\S", re.I)
_BLOCK_LINE = re.compile(
    r"^\s*\*?(?:sent|dikirim|terkirim|to|kepada|ke|date|tanggal|subject|subjek|perihal|cc)\s*:\*?", re.I
)
_PHONE = re.compile(
    r"^\s*(?:sent from (?:my|yahoo|outlook|samsung|mail)\b|dikirim dari\b|dikirimkan dari\b|terkirim dari\b"
    r"|get outlook for\b|dapatkan outlook\b|sent via\b|kirim dari\b).{0,80}$",
    re.I,
)


def split_quotation(text: str) -> tuple[str, str]:
    r"""Return the writer's own words, and the quoted original with whatever follows it.

    A signature below "-- " and a phone's "Dikirim dari …" belong to neither.

    >>> split_quotation("Setuju\n\nPada Sel, 6 Okt 2026 pukul 09.05 Bot <bot@kpu.example> menulis:\n> Mohon\n")
    ('Setuju', 'Pada Sel, 6 Okt 2026 pukul 09.05 Bot <bot@kpu.example> menulis:\n> Mohon')
    >>> split_quotation("Status\n-- \nBudi")
    ('Status', '')
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").split("\n")
    cut = next((at for at in range(min(len(lines), _MAX_LINES)) if _begins_quotation(lines, at)), len(lines))
    own = _unquoted(lines[:cut])
    quoted = [*_quoted(lines[:cut]), *lines[cut:]]
    if not own and (below := _below_quotation(lines[cut:])):
        own, quoted = _unquoted(below), lines[: len(lines) - len(below)]
    return "\n".join(own), "\n".join(quoted).strip()


def _unquoted(lines: list[str]) -> list[str]:
    own = [line for line in lines if not line.lstrip().startswith(">")]
    return "\n".join(_without_signature(own)).strip().splitlines()


def _quoted(lines: list[str]) -> list[str]:
    return [line for line in lines if line.lstrip().startswith(">")]


def _below_quotation(lines: list[str]) -> list[str]:
    """Return what somebody wrote under the last quoted line; nothing where the original is not marked with ">"."""
    marked = [at for at, line in enumerate(lines) if line.lstrip().startswith(">")]
    is_marked = marked and not any(line.strip() for line in lines[3 : marked[0]])
    return lines[marked[-1] + 1 :] if is_marked else []


def _begins_quotation(lines: list[str], at: int) -> bool:
    line = lines[at]
    if not line.strip():
        return False
    if any(pattern.match(line) for pattern in _BEGINNINGS):
        return True
    if _FROM_LINE.match(line):
        block = [other for other in lines[at + 1 : at + 7] if other.strip()]
        return sum(1 for other in block if _BLOCK_LINE.match(other)) >= 2
    if _BARE_INTRODUCTION.match(line[:500]):
        return True
    # Programs wrap "On … wrote:" over up to three lines.
    return any(_is_introduction(lines[at : at + height]) for height in (1, 2, 3))


def _is_introduction(passage: list[str]) -> bool:
    if any(not line.strip() or _OPENING.match(line) for line in passage[1:]):
        return False
    text = "\n".join(passage)
    # "Pada rapat kemarin Bapak menulis:" is a sentence; a date or an address makes it an introduction.
    return len(text) <= 500 and bool(_INTRODUCTION.match(text)) and bool(re.search(rf"\d|{_ADDRESS}", text))


def _without_signature(lines: list[str]) -> list[str]:
    end = next((at for at, line in enumerate(lines) if line in {"-- ", "--"}), len(lines))
    return [line for line in lines[:end] if not _PHONE.match(line)]
