"""A letter's blocks as HTML with inline styles: the small common denominator of webmail, Outlook and phones.

A wide table becomes cards on a phone where the mail program obeys media queries; the hidden label in each cell is what
the card shows instead of the column's head. Elsewhere the table stays a table whose words may break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from kinerja_mailbot.adapters.letterhead.blocks import (
    Block,
    Cell,
    Divider,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)

# Text of this length without a space (file names, addresses) would push a phone's page wider than its screen.
_LONG_WORD = re.compile(r"\S{25,}")
_MAY_BREAK_AFTER = re.compile(r"([-_./@]|[^-_./@\s]{17})(?=\S)")
_CARDS_FROM = 4  # columns
_WIDE_FROM = 9  # columns: they fit the page only with narrow borders and dates that may break
_NARROW = 11  # characters: numbers, dates and cell addresses of this length stay on one line

_FONT = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
_TEXT = _FONT + "font-size:15px;line-height:1.55;color:#1f2933;"
_HEADING = {
    2: "font-size:19px;line-height:1.35;margin:0 0 18px;",
    3: "font-size:15px;line-height:1.4;margin:22px 0 8px;",
}
_PARAGRAPH = "margin:0 0 14px;"
_FOOTER = _FONT + "font-size:12px;line-height:1.5;color:#616e7c;margin:0 0 6px;"
_TABLE = "width:100%;border-collapse:collapse;margin:0 0 16px;"
# What cells inherit stands once, at their table: 60 rows would otherwise outgrow the 102 KB that Gmail shows of a mail.
_SMALL = _FONT + "font-size:13px;line-height:1.45;color:#1f2933;text-align:left;overflow-wrap:break-word;"
_CELL = "padding:6px 8px;border:1px solid #cbd2d9;"
_TIGHT = "padding:4px 4px;"
_HEAD = (
    "text-align:left;vertical-align:top;background:#e8eef4;padding:6px 8px;border:1px solid #cbd2d9;font-weight:600;"
)
_NAME = "color:#52606d;padding:5px 10px 5px 0;border-bottom:1px solid #e4e7eb;width:32%;"
_VALUE = "padding:5px 0;border-bottom:1px solid #e4e7eb;"
# A bar is drawn with the backgrounds of cells: no picture that a mail program would have to be allowed to fetch.
_BAR = re.compile("█*░+|█+")
_BAR_WIDTH = "width:36%;vertical-align:middle;"
_BAR_TABLE = "width:100%;min-width:72px;border-collapse:collapse;table-layout:fixed;"
_BAR_PART = "height:12px;line-height:12px;font-size:0;padding:0;border:0;"
_FILLED, _FREE = "#2f6b63", "#dde2e7"
_QUOTE = "margin:0 0 14px;padding:8px 0 0 14px;border-left:3px solid #9fb3c8;"


def to_html(blocks: Sequence[Block]) -> str:
    """Return the blocks as HTML; every character of theirs is escaped here.

    >>> from kinerja_mailbot.adapters.letterhead.blocks import read_blocks
    >>> "&lt;b&gt;" in to_html(read_blocks("a <b>"))
    True
    """
    last = max((i for i, block in enumerate(blocks) if isinstance(block, Divider)), default=len(blocks))
    return "\n".join(_html(block, footer=i > last) for i, block in enumerate(blocks))


def preview(blocks: Sequence[Block]) -> str:
    """Return the letter's first sentence after the address, which mail programs show beside the subject."""
    paragraphs = [plain(block.isi) for block in blocks if isinstance(block, Paragraph)]
    return " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""


def _html(block: Block, *, footer: bool = False) -> str:
    match block:
        case Heading(tingkat, isi):
            level = 2 if tingkat <= 2 else 3
            return f'<h{level} class="k" style="{_FONT}color:#102a43;{_HEADING[level]}">{_spans(isi)}</h{level}>'
        case Paragraph(isi):
            style = _FOOTER if footer else _TEXT + _PARAGRAPH
            return f'<p class="{"s" if footer else "t"}" style="{style}">{_spans(isi)}</p>'
        case ItemList(butir, bernomor):
            tag = "ol" if bernomor else "ul"
            items = "".join(f'<li style="margin:0 0 5px;">{_item(item)}</li>' for item in butir)
            return f'<{tag} class="t" style="{_TEXT}margin:0 0 14px;padding-left:22px;">{items}</{tag}>'
        case Quote(isi):
            return f'<blockquote style="{_QUOTE}">{"".join(_html(inner) for inner in isi)}</blockquote>'
        case Table() if block.is_particulars:
            return _particulars(block)
        case Table():
            return _table(block)
        case Divider():
            return '<hr style="border:0;border-top:1px solid #cbd2d9;margin:22px 0 12px;">'


def _item(blocks: tuple[Block, ...]) -> str:
    match blocks:
        case (Paragraph(isi),):  # a tight item: no paragraph's margin
            return _spans(isi)
        case _:
            return "".join(_html(block) for block in blocks)


def _particulars(table: Table) -> str:
    rows = "".join(
        f'<tr valign="top"><td class="n" style="{_NAME}">{_spans(name)}</td>'
        f'<td class="v" style="{_VALUE}">{_spans(value)}</td></tr>'
        for name, value in table.baris
    )
    return f'<table role="presentation" class="p" style="{_TABLE}{_SMALL}">{rows}</table>'


def _table(table: Table) -> str:
    cards = len(table.kepala) >= _CARDS_FROM
    tight = _TIGHT if len(table.kepala) >= _WIDE_FROM else ""
    head = "".join(
        f'<th scope="col" class="h" style="{_HEAD}{tight}{_align(right)}">{_spans(cell)}</th>'
        for cell, right in zip(table.kepala, table.rata_kanan, strict=True)
    )
    columns = tuple(
        _Column(label=_label(name) if cards else "", gaya=_CELL + _align(right), lebar=tight)
        for name, right in zip(table.kepala, table.rata_kanan, strict=True)
    )
    rows = "".join(f'<tr valign="top">{"".join(map(_cell, columns, row))}</tr>' for row in table.baris)
    return (
        f'<table class="{"w" if cards else "d"}" style="{_TABLE}{_SMALL}">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column have in common."""

    label: str
    gaya: str
    lebar: str  # "" when it goes by the words of each cell


def _cell(column: _Column, cell: Cell) -> str:
    words = plain(cell)
    if _BAR.fullmatch(words):
        bar = _bar(words.count("█"), len(words))
        return f'<td class="c" style="{column.gaya}{column.lebar or _BAR_WIDTH}">{column.label}{bar}</td>'
    width = column.lebar or ("white-space:nowrap;" if len(words) <= _NARROW else "")
    # A card on a phone leaves out what has no value; the table keeps the dash in its column.
    mark = "c z" if words == "–" else "c"
    return f'<td class="{mark}" style="{column.gaya}{width}">{column.label}{_spans(cell)}</td>'


def _label(name: Cell) -> str:
    return f'<span class="l" style="display:none;mso-hide:all;">{escape(plain(name))}: </span>'


def _align(right: bool) -> str:
    return "text-align:right;" if right else ""


def _bar(filled: int, whole: int) -> str:
    parts = ((filled, _FILLED), (whole - filled, _FREE))
    cells = "".join(
        f'<td style="{_BAR_PART}width:{100 * size / whole:.0f}%;background:{color};" bgcolor="{color}">&nbsp;</td>'
        for size, color in parts
        if size
    )
    return f'<table role="presentation" aria-hidden="true" style="{_BAR_TABLE}"><tr>{cells}</tr></table>'


def _spans(spans: Sequence[Span]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    if span.teks == "\n":
        return "<br>"
    safe = _safe(span.teks)
    return f"<strong>{safe}</strong>" if span.tebal else safe


def _safe(words: str) -> str:
    if _LONG_WORD.search(words) is None:
        return escape(words)
    breakable = _LONG_WORD.sub(lambda long: _MAY_BREAK_AFTER.sub("\\1\0", long[0]), words)
    return escape(breakable).replace("\0", "<wbr>")
