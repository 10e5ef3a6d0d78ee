"""A letter's blocks as plain text of at most 76 columns: what phones without HTML, screen readers and archives see."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from kinerja_mailbot.adapters.letterhead.blocks import (
    Block,
    Divider,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Span,
    Table,
    plain,
)

WIDTH = 76
_GAP = "  "


def to_text(blocks: Sequence[Block], width: int = WIDTH) -> str:
    """Return the blocks one below the other, with an empty line between them.

    >>> from kinerja_mailbot.adapters.letterhead.blocks import read_blocks
    >>> print(to_text(read_blocks("- satu\\n- **dua**")))
    - satu
    - dua
    """
    return "\n\n".join("\n".join(_lines(block, width)) for block in blocks)


def _lines(block: Block, width: int) -> list[str]:
    match block:
        case Heading(tingkat, isi):
            return _heading(tingkat, plain(isi), width)
        case Paragraph(isi):
            return _wrapped(isi, width)
        case ItemList(butir, bernomor):
            marks = [f"{number}. " if bernomor else "- " for number in range(1, len(butir) + 1)]
            return [line for mark, item in zip(marks, butir, strict=True) for line in _item(mark, item, width)]
        case Quote(isi):
            return [f"> {line}".rstrip() for line in to_text(isi, width - 2).splitlines()]
        case Table() if block.is_particulars:
            return _particulars(block, width)
        case Table():
            return _aligned(block, width) or _records(block, width)
        case Divider():
            return ["-" * width]


def _heading(level: int, words: str, width: int) -> list[str]:
    # Only the title is ruled, and with "-": quoted-printable writes every "=" as three characters (RFC 2045).
    lines = _wrap(words, width)
    return [*lines, "-" * max(len(line) for line in lines)] if level <= 2 else _wrap(f"{words}:", width)


def _wrapped(spans: Sequence[Span], width: int) -> list[str]:
    return [line for part in plain(spans).split("\n") for line in _wrap(part, width)]


def _item(mark: str, blocks: tuple[Block, ...], width: int) -> list[str]:
    inner = [line for block in blocks for line in _lines(block, width - len(mark))] or [""]
    return [f"{mark}{inner[0]}", *(" " * len(mark) + line for line in inner[1:])]


def _particulars(table: Table, width: int) -> list[str]:
    names = [plain(row[0]) for row in table.baris]
    column = max((len(name) for name in names), default=0)
    return [
        line
        for name, row in zip(names, table.baris, strict=True)
        for line in _labelled(name.ljust(column), plain(row[1]), width)
    ]


def _aligned(table: Table, width: int) -> list[str]:
    """Return the table in columns, or nothing when it is too wide."""
    rows = [[plain(cell) for cell in row] for row in (table.kepala, *table.baris)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.kepala))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        return []
    lines = [
        _GAP.join(
            cell.rjust(size) if right else cell.ljust(size)
            for cell, size, right in zip(row, widths, table.rata_kanan, strict=True)
        ).rstrip()
        for row in rows
    ]
    return [lines[0], _GAP.join("-" * size for size in widths), *lines[1:]]


def _records(table: Table, width: int) -> list[str]:
    """Return one small paragraph a row, each cell with its column's name."""
    names = [plain(cell) for cell in table.kepala]
    column = max(len(name) for name in names)
    lines: list[str] = []
    for row in table.baris:
        lines += [""] * bool(lines)
        for name, cell in zip(names, row, strict=True):
            lines += _labelled(name.ljust(column), plain(cell), width)
    return lines


def _labelled(name: str, words: str, width: int) -> list[str]:
    label = f"{name} : "
    if len(label) + len(words) <= width and words.isprintable():
        return [f"{label}{words}".rstrip()]
    return _wrap(words, width, label, " " * len(label) if len(label) < width // 2 else "  ")


def _wrap(words: str, width: int, label: str = "", indent: str = "") -> list[str]:
    """Break a line between its words, as `textwrap` does in ten times the time for lines of every kind."""
    parts = words.split(" ")
    longest = max(len(label) + len(parts[0]), len(indent) + max(map(len, parts)))
    if longest > width or "" in parts or not words.isprintable():
        return wrap(f"{label}{words}", width, subsequent_indent=indent, break_on_hyphens=False) or [label]
    lines, line = [], label + parts[0]
    for part in parts[1:]:
        if len(line) + len(part) < width:
            line = f"{line} {part}"
        else:
            lines.append(line)
            line = indent + part
    return [*lines, line]
