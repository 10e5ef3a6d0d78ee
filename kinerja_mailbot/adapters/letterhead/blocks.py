"""A letter's body as blocks: what its Markdown means, read by markdown-it-py.

Only what a letter needs is known. Links, pictures, code and raw HTML are errors of the template: values stand aside as
placeholders (see `places`), so nothing that a person typed can become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode


class BlockError(Exception):
    """The Markdown holds something that letters do not know."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; "\\n" is a forced line break."""

    teks: str
    tebal: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 is the letter's title."""

    tingkat: int
    isi: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    isi: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list, numbered or not."""

    butir: tuple[tuple[Block, ...], ...]
    bernomor: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    isi: tuple[Block, ...]


Cell = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; without a head it is a list of particulars (name, value)."""

    kepala: tuple[Cell, ...]
    rata_kanan: tuple[bool, ...]
    baris: tuple[tuple[Cell, ...], ...]

    @property
    def is_particulars(self) -> bool:
        """Tell whether it is a list of names and values."""
        return not any(self.kepala) and len(self.rata_kanan) == 2


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across; what follows the last one is the footer."""


Block = Heading | Paragraph | ItemList | Quote | Table | Divider


# HTML stays off: a "<" in a template is a "<" in the letter. Links are not made of addresses (no linkify).
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# Words are read apart from blocks: most cells of a letter hold nothing but a placeholder.
_BLOCKS_ONLY = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["inline", "text_join"])
_WORDS_ONLY = re.compile(r"[^\\`*_\[\]<>!&\n]+")


@lru_cache(maxsize=64)  # without their values, most letters of one kind are the same text
def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a letter.

    >>> read_blocks("## Hal\\n\\nIsi **tebal**")[1]
    Paragraph(isi=(Span(teks='Isi ', tebal=False), Span(teks='tebal', tebal=True)))

    Raises:
        BlockError: the Markdown holds a link, a picture, code or another thing that letters do not know.
    """
    return tuple(_block(node) for node in SyntaxTreeNode(_BLOCKS_ONLY.parse(markdown)).children)


def plain(spans: Iterable[Span]) -> str:
    """Return the words alone.

    >>> plain((Span("a "), Span("b", tebal=True)))
    'a b'
    """
    return "".join([span.teks for span in spans])


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1:]), _inline(node))
        case "paragraph":
            return Paragraph(_inline(node))
        case "bullet_list" | "ordered_list":
            items = tuple(tuple(_block(child) for child in item.children) for item in node.children)
            return ItemList(items, bernomor=node.type == "ordered_list")
        case "blockquote":
            return Quote(tuple(_block(child) for child in node.children))
        case "table":
            return _table(node)
        case "hr":
            return Divider()
        case unknown:
            raise BlockError(f"unsupported Markdown '{unknown}'{_where(node)}")


def _table(node: SyntaxTreeNode) -> Table:
    head, *bodies = node.children
    header = head.children[0].children
    return Table(
        kepala=tuple(_inline(cell) for cell in header),
        rata_kanan=tuple("right" in str(cell.attrs.get("style", "")) for cell in header),
        baris=tuple(tuple(_inline(cell) for cell in row.children) for body in bodies for row in body.children),
    )


def _inline(node: SyntaxTreeNode) -> tuple[Span, ...]:
    try:
        return tuple(span for inline in node.children for span in _read_spans(inline.content))
    except BlockError as error:
        raise BlockError(f"{error}{_where(node)}") from error


@lru_cache(maxsize=512)  # the same sentences stand in every letter
def _read_spans(content: str) -> tuple[Span, ...]:
    if _WORDS_ONLY.fullmatch(content):
        return (Span(content),)
    inline = SyntaxTreeNode(_MARKDOWN.parseInline(content)).children
    return tuple(span for line in inline for child in line.children for span in _spans(child, tebal=False))


def _spans(node: SyntaxTreeNode, *, tebal: bool) -> Iterator[Span]:
    match node.type:
        case "text":
            if node.content:
                yield Span(node.content, tebal)
        case "softbreak":
            yield Span(" ", tebal)
        case "hardbreak":
            yield Span("\n", tebal)
        case "strong":
            for child in node.children:
                yield from _spans(child, tebal=True)
        case unknown:
            raise BlockError(f"unsupported Markdown '{unknown}'")


def _where(node: SyntaxTreeNode) -> str:
    at: SyntaxTreeNode | None = node
    while at is not None and at.map is None:
        at = at.parent
    return f" near line {at.map[0] + 1} of the rendered letter" if at is not None and at.map else ""
