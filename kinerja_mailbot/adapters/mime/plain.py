"""The text that the writer typed: decoded, or an HTML body made plain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice

from kinerja_mailbot.adapters.mime.headers import decode_bytes
from kinerja_mailbot.adapters.mime.parts import Leaf

MAX_TEXT = 100_000  # characters
_MAX_HTML = 200_000
_BLOCK = re.compile(r"(?=</?(?:p|div|tr|li|table|h[1-6]|blockquote|ul|ol|pre|br|hr)\b[^<>]{0,2000}>)", re.IGNORECASE)
_LINE_END = "\x1e"  # stands for a line end until the white space of the markup itself is gone
# How Gmail, Yahoo, Thunderbird, Outlook (web, phone, desktop) and Apple Mail mark the original.
_QUOTES = (
    ".gmail_quote, .gmail_extra, .yahoo_quoted, .moz-cite-prefix, #divRplyFwdMsg, #appendonsend, "
    "#mail-editor-reference-message-container, #OLK_SRC_BODY_SECTION, blockquote[type=cite], "
    "div[style*='border-top:solid']"
)
_QUOTE_MARK = f"{_LINE_END}-----Original Message-----{_LINE_END}"
_LINK = re.compile(r"""href\s{0,3}=\s{0,3}["']?(https?://[^\s"'<>]{1,500})""", re.IGNORECASE)
_MAX_LINKS = 50
_TAG = re.compile(r"<[^<>]{0,2000}>")
_NO_TAG = re.compile(r"<(?!/?[A-Za-z][^<>]{0,2000}>)")
# What readers never see, from its first characters to its last.
_UNSEEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<!", ">"), ("<?", ">"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def body_text(leaves: Iterable[Leaf]) -> str:
    """Return the mail's text: its plain parts, or where those are blank its HTML parts made plain."""
    bodies = tuple(leaves)
    plain = "\n".join(_decode(leaf) for leaf in bodies if leaf.tipe != "text/html")
    if plain.strip():
        return plain[:MAX_TEXT]
    # All of them at once, so that the bound is on their sum.
    html = "\n".join(_decode(leaf) for leaf in bodies if leaf.tipe == "text/html")
    return html_to_text(html)[:MAX_TEXT] if html.strip() else ""


def links(leaves: Iterable[Leaf]) -> tuple[str, ...]:
    """Return where the links of the HTML parts lead: a reader sees only their words. At most 50, bounded in length."""
    found: dict[str, None] = {}
    for leaf in leaves:
        if leaf.tipe == "text/html":
            addresses = _LINK.finditer(_decode(leaf)[:_MAX_HTML])
            found.update((unescape(link[1]), None) for link in islice(addresses, _MAX_LINKS))
    return tuple(found)[:_MAX_LINKS]


def html_to_text(html: str) -> str:
    """Return what a reader sees, a line per block; the quoted original stands behind an "Original Message" line.

    >>> html_to_text("<div>Setuju<br>Budi</div><blockquote type=cite>Mohon</blockquote>").split()
    ['Setuju', 'Budi', '-----Original', 'Message-----', 'Mohon']
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415  most mails say it in plain text
    from bs4.exceptions import ParserRejectedMarkup  # noqa: PLC0415

    try:
        # The root element in front keeps the library from taking the text for a file name or an XML document.
        soup = BeautifulSoup("<html>" + _BLOCK.sub(_LINE_END, tame(html[:_MAX_HTML])), "html.parser")
        for hidden in soup(["head", "title"]):
            hidden.extract()
        for quote in soup.select(_QUOTES, limit=1):
            quote.insert_before(_QUOTE_MARK)
        text = soup.get_text()
    except (ParserRejectedMarkup, RecursionError, AssertionError, ValueError):
        text = _TAG.sub(" ", html[:_MAX_HTML])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in text.split(_LINE_END))).strip()


def tame(html: str) -> str:
    """Leave complete tags only: on unfinished ones the library's parser takes time by the square of their number.

    >>> tame("a <b>c</b> <!-- d --> 1 < 2 <i")
    'a <b>c</b>   1 &lt; 2 &lt;i'
    """
    for first, last in _UNSEEN:
        html = _without(html, first, last)
    return _NO_TAG.sub("&lt;", html)


def _without(html: str, first: str, last: str) -> str:
    kept: list[str] = []
    folded = html.lower() if html.isascii() else "".join(c.lower() if c.isascii() else c for c in html)
    at = 0
    while (start := folded.find(first, at)) >= 0:
        kept += [html[at:start], " "]
        end = folded.find(last, start)
        at = end + len(last) if end >= 0 else len(html)
    return "".join((*kept, html[at:]))


def _decode(leaf: Leaf) -> str:
    text = decode_bytes(leaf.isi[: MAX_TEXT * 4], leaf.charset)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
