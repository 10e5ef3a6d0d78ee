"""What a workbook carries that its sender may not know of, or that was not read: one formal sentence each."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from kinerja_mailbot.adapters.sheets.answer import Table
from kinerja_mailbot.adapters.sheets.scan import MAX_COLUMNS, OWN_MARK, Attributes, ScanError, read_part, walk

MAX_SHEETS = 50
_MOST_COMMENTS = 20  # comment parts looked at: one sentence is all that comes of them
_MACROS = "Berkas memuat makro. Makro tidak dijalankan; hanya isi selnya yang dibaca."
_LINKS = "Berkas memuat tautan ke buku kerja lain. Angka dari tautan dibaca sebagaimana terakhir tersimpan."
_PIVOT = (
    "Berkas memuat tabel pivot beserta salinan data sumbernya. Salinan itu ikut terkirim meskipun tidak tampak; kami "
    "tidak membacanya."
)
_COMMENTS = (
    "Berkas memuat komentar pada sel. Komentar tidak kami baca; penjelasan yang diperlukan mohon dituliskan pada kolom "
    "isian."
)
_OBJECTS = "Berkas memuat objek atau berkas lain yang disisipkan. Isinya ikut terkirim, tetapi tidak kami baca."


def describe_parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield what the parts of a workbook, its sheets apart, tell."""
    names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    if any(name.endswith("vbaproject.bin") or name.startswith("basic/") for name in names):
        yield _MACROS
    if any("/externallinks/" in name for name in names):
        yield _LINKS
    if any("/pivotcache/" in name for name in names):
        yield _PIVOT
    if any("/embeddings/" in name for name in names):
        yield _OBJECTS
    if _has_comments(archive, names):
        yield _COMMENTS


def describe_sheets(sheets: Iterable[Table]) -> Iterator[str]:
    """Yield what is hidden in sheets, or too large to be read whole; our own hidden sheets begin with "_"."""
    told: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        if number == MAX_SHEETS + 1:
            yield f"Berkas memuat lebih dari {MAX_SHEETS} lembar; hanya {MAX_SHEETS} lembar pertama yang dibaca."
        if sheet.is_cut:
            yield f'Lembar "{sheet.name}" sangat besar; yang dibaca hanya 5.000 baris dan {MAX_COLUMNS} kolom pertama.'
        if not sheet.name.startswith("_"):
            yield from _hidden(sheet)
        if sheet.scan and sheet.scan.has_links:
            told.add(_LINKS)
        if sheet.scan and sheet.scan.has_comments:
            told.add(_COMMENTS)
    yield from sorted(told)


def _hidden(sheet: Table) -> Iterator[str]:
    has_values = any(value not in {None, ""} for row in sheet.rows for value in row)
    if sheet.hidden and has_values:
        yield f'Lembar "{sheet.name}" tersembunyi tetapi berisi data; isinya tetap dibaca.'
        return
    if sheet.scan and sheet.scan.hidden_rows_with_values:
        yield f'Lembar "{sheet.name}" memuat baris tersembunyi yang berisi data; baris itu tetap dibaca.'
    if sheet.scan and sheet.scan.hidden_columns_with_values:
        yield f'Lembar "{sheet.name}" memuat kolom tersembunyi yang berisi data; kolom itu tetap dibaca.'


def _has_comments(archive: zipfile.ZipFile, names: dict[str, str]) -> bool:
    """Tell whether anybody but us has written a comment."""
    parts = [name for name in sorted(names) if name.endswith(".xml") and "/comment" in name][:_MOST_COMMENTS]
    return any(_is_others(archive, names, part) for part in parts)


def _is_others(archive: zipfile.ZipFile, names: dict[str, str], part: str) -> bool:
    texts: list[str] = []

    def start(tag: str, _: Attributes) -> None:
        if tag == "comment":
            texts.append("")

    def text(words: str) -> None:
        if texts and len(texts[-1]) < len(OWN_MARK):
            texts[-1] = (texts[-1] + words).lstrip()

    try:
        walk(read_part(archive, names, part), start, text=text)
    except ScanError:
        return False  # the cells are readable all the same
    return any(words and not words.startswith(OWN_MARK) for words in texts)
