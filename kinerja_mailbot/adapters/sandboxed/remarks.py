"""What a workbook carries that its sender may not know of, or that was not read: one formal sentence each."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from kinerja_mailbot.adapters.sandboxed.answer import Table
from kinerja_mailbot.adapters.sandboxed.scan import (
    MAX_COLUMNS,
    OWN_MARK,
    Attributes,
    LocalNames,
    ScanError,
    read_part,
    walk,
)
from kinerja_mailbot.domain.form.catalogue import remarks as messages

MAX_SHEETS = 50
_MOST_COMMENTS = 20  # comment parts looked at: one sentence is all that comes of them


def describe_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what the parts of a workbook, its sheets apart, tell."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
        yield messages.MACROS.say()
    if any("/externallinks/" in name for name in names):
        yield messages.LINKS.say()
    if any("/pivotcache/" in name for name in names):
        yield messages.PIVOT.say()
    if any("/embeddings/" in name for name in names):
        yield messages.OBJECTS.say()
    if _has_comments(archive, names):
        yield messages.COMMENTS.say()


def describe_sheets(sheets: Iterable[Table]) -> Iterator[str]:
    """Yield what is hidden in sheets, or too large to be read whole; our own hidden sheets begin with "_"."""
    told: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        if number == MAX_SHEETS + 1:
            yield messages.MANY_SHEETS.say(most=str(MAX_SHEETS))
        if sheet.is_cut:
            yield messages.SHEET_CUT.say(sheet=sheet.name, rows="5.000", columns=str(MAX_COLUMNS))
        if not sheet.name.startswith("_"):
            yield from _hidden(sheet)
        if sheet.scan and sheet.scan.has_links:
            told.add(messages.LINKS.say())
        if sheet.scan and sheet.scan.has_comments:
            told.add(messages.COMMENTS.say())
    yield from sorted(told)


def _hidden(sheet: Table) -> Iterator[str]:
    has_values = any(value not in {None, ""} for row in sheet.rows for value in row)
    if sheet.hidden and has_values:
        yield messages.HIDDEN_SHEET.say(sheet=sheet.name)
        return
    if sheet.scan and sheet.scan.hidden_rows_with_values:
        yield messages.HIDDEN_ROWS.say(sheet=sheet.name)
    if sheet.scan and sheet.scan.hidden_columns_with_values:
        yield messages.HIDDEN_COLUMNS.say(sheet=sheet.name)


def _has_comments(archive: zipfile.ZipFile, names: dict[str, str]) -> bool:
    """Tell whether anybody but us has written a comment."""
    parts = [name for name in sorted(names) if name.endswith(".xml") and "/comment" in name][:_MOST_COMMENTS]
    return any(_is_others(archive, names, part) for part in parts)


def _is_others(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> bool:
    texts: list[str] = []

    local = LocalNames()

    def start(tag: str, _: Attributes) -> None:
        if local[tag] == "comment":
            texts.append("")

    def text(words: str) -> None:
        if texts and len(texts[-1]) < len(OWN_MARK):
            texts[-1] = (texts[-1] + words).lstrip()

    try:
        walk(read_part(archive, names, part), start, text=text)
    except ScanError:
        return False  # the cells are readable all the same
    return any(words and not words.startswith(OWN_MARK) for words in texts)
