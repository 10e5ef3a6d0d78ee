"""The text that the writer typed: decoded, or an HTML body made plain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from kinerja_mailbot.adapters.mime.headers import decode_bytes
from kinerja_mailbot.adapters.mime.parts import Leaf

MAX_TEXT = 200_000  # characters
_MAX_HTML = 400_000
_BLOCK = ("p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "pre")
# How Gmail, Yahoo, Thunderbird, Outlook (web, phone, desktop) and Apple Mail mark the original.
_QUOTES = (
    ".gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #appendonsend, "
    "#mail-editor-reference-message-container, #OLK_SRC_BODY_SECTION, blockquote[type=cite], "
    "div[style*='border-top:solid']"
)
_QUOTE_MARK = "\n-----Original Message-----\n"
_TAG = re.compile(r"<[^>]{0,2000}>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def body_text(leaves: Iterable[Leaf]) -> str:
    """Return the mail's text: its plain parts, or where those are blank its HTML parts made plain."""
    bodies = tuple(leaves)
    plain = "\n".join(_decode(leaf) for leaf in bodies if leaf.tipe != "text/html")
    if plain.strip():
        return plain[:MAX_TEXT]
    return "\n".join(html_to_text(_decode(leaf)) for leaf in bodies if leaf.tipe == "text/html")[:MAX_TEXT]


def html_to_text(html: str) -> str:
    """Return what a reader sees, a line per block; the quoted original stands behind an "Original Message" line.

    >>> html_to_text("<div>Setuju<br>Budi</div><blockquote type=cite>Mohon</blockquote>").split()
    ['Setuju', 'Budi', '-----Original', 'Message-----', 'Mohon']
    """
    try:
        # The root element in front keeps the library from taking the text for a file name or an XML document.
        soup = BeautifulSoup("<html>" + html[:_MAX_HTML], "html.parser")
        for hidden in soup(["script", "style", "head", "title"]):
            hidden.decompose()
        for words in soup.find_all(string=True):
            words.replace_with(re.sub(r"\s+", " ", str(words)))
        for quote in soup.select(_QUOTES)[:1]:
            quote.insert_before(_QUOTE_MARK)
        for line_break in soup("br"):
            line_break.replace_with("\n")
        for block in soup(_BLOCK):
            block.insert_before("\n")
            block.append("\n")
        text = soup.get_text()
    except (ParserRejectedMarkup, RecursionError, AssertionError, ValueError):
        text = _TAG.sub(" ", html[:_MAX_HTML])
    return re.sub(r"\n[ \t]*\n[ \t\n]*", "\n\n", text.replace("\xa0", " ")).strip()


def _decode(leaf: Leaf) -> str:
    text = decode_bytes(leaf.isi[: MAX_TEXT * 4], leaf.charset)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
