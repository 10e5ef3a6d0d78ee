"""Values of a letter, kept apart from its Markdown: what a person typed is never read as markup.

The template prints a placeholder for each value, in order; the values are poured into the blocks that were read. So the
Markdown of two receipts with the same rows is the same text, and is read once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kinerja_mailbot.adapters.letterhead.blocks import (
    Block,
    BlockError,
    Cell,
    Divider,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
)

PLACE = "\ue000"  # a letter to Markdown; of the private use area, so that no value holds it
# Controls, bidi overrides, zero widths, lone surrogates, private use.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class Values:
    """The values that a template printed, in the order of their places."""

    def __init__(self) -> None:
        self._values: list[str] = []

    def place(self, value: object) -> str:
        """Take a value; return what stands for it in the Markdown, nothing for an empty one.

        Whole numbers are printed as they are: they are no markup, and templates number their lists with them.

        Raises:
            TypeError: the value is neither text nor a whole number; templates get finished words, never None.
        """
        if isinstance(value, str):
            words = one_line(value)
            if not words:
                return ""
            self._values.append(words)
            return PLACE
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"a template shows text and whole numbers, not {type(value).__name__}")
        return str(value)

    def pour(self, markdown: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """Return the blocks of this Markdown with each value in its place.

        Raises:
            BlockError: a value has no place of its own, as when a template prints what it had printed into a variable.
        """
        waiting = iter(self._values)
        if markdown.count(PLACE) != len(self._values):
            raise BlockError("a value is printed inside of another one")
        filled = tuple(_filled(block, waiting) for block in blocks)
        if next(waiting, None) is not None:
            raise BlockError("a value is printed where a letter shows none")
        return filled


def one_line(text: str) -> str:
    """Return the text as it is shown: one line without hidden characters.

    >>> one_line("afdp\\u200b.exe\\n dua")
    'afdp.exe dua'
    """
    visible = text if text.isprintable() else "".join(_visible(mark) for mark in text)
    return " ".join(visible.split())


def _visible(mark: str) -> str:
    if mark.isspace():
        return " "
    return "" if unicodedata.category(mark) in _HIDDEN else mark


def _filled(block: Block, values: Iterator[str]) -> Block:
    match block:
        case Heading(tingkat, isi):
            return Heading(tingkat, _words(isi, values))
        case Paragraph(isi):
            return Paragraph(_words(isi, values))
        case ItemList(butir, bernomor):
            return ItemList(tuple(tuple(_filled(inner, values) for inner in item) for item in butir), bernomor)
        case Quote(isi):
            return Quote(tuple(_filled(inner, values) for inner in isi))
        case Table(kepala=kepala, rata_kanan=rata_kanan, baris=baris):
            return Table(
                kepala=tuple(_words(cell, values) for cell in kepala),
                rata_kanan=rata_kanan,
                baris=tuple(tuple(_words(cell, values) for cell in row) for row in baris),
            )
        case Divider():
            return block


def _words(spans: Cell, values: Iterator[str]) -> tuple[Span, ...]:
    return tuple(_word(span, values) for span in spans)


def _word(span: Span, values: Iterator[str]) -> Span:
    if span.teks == PLACE:
        return Span(next(values), span.tebal)
    first, *rest = span.teks.split(PLACE)
    if not rest:
        return span
    return Span("".join((first, *(part for after in rest for part in (next(values), after)))), span.tebal)
