"""Reading an analysis that was typed into the mail: "UKL-01: analisis …", "semua: …", "kesimpulan: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Form
from kinerja_mailbot.domain.form.labels import kode_key
from kinerja_mailbot.domain.form.value import RawCell
from kinerja_mailbot.domain.form.workbook import FileKind, RawSheet, RawWorkbook
from kinerja_mailbot.domain.kinerja.analysis import (
    ANALISIS,
    INPUTS,
    PENDUKUNG,
    PENGHAMBAT,
    TINDAK_LANJUT,
    UMUM,
    missing_cells,
)

# Longest first: "faktor penghambat" must not be read as another word's beginning.
_FIELDS = (
    ("rekomendasi tindak lanjut", TINDAK_LANJUT),
    ("rencana tindak lanjut", TINDAK_LANJUT),
    ("tindak lanjut", TINDAK_LANJUT),
    ("rekomendasi", TINDAK_LANJUT),
    ("faktor pendukung", PENDUKUNG),
    ("pendukung", PENDUKUNG),
    ("faktor penghambat", PENGHAMBAT),
    ("penghambat", PENGHAMBAT),
    ("kendala", PENGHAMBAT),
    ("hambatan", PENGHAMBAT),
    ("analisis dan evaluasi", ANALISIS),
    ("analisis", ANALISIS),
    ("analisa", ANALISIS),
    ("evaluasi", ANALISIS),
)
_FIELD = re.compile(rf"(?P<field>{'|'.join(word for word, _ in _FIELDS)})\b[\s:=–-]*", re.IGNORECASE)
_HEAD = re.compile(r"\s*[-*•]?\s*(?P<name>[^\s:=][^:=\n]{0,60}?)\s*[:=]\s*(?P<rest>.*)", re.DOTALL)
_EVERY = frozenset({"semua", "semuanya", "seluruh indikator", "semua indikator"})
_WHOLE = frozenset({"umum", "kesimpulan", "kesimpulan umum", "simpulan", "keseluruhan"})
EXAMPLES = frozenset({"…", "Capaian didukung oleh …", "… (untuk indikator yang belum terisi)"})
"""What our own letter shows as an example: a mail program that quotes without a mark sends it back as typed words."""

_MOST_LINES = 400
_WORTH_TELLING = 40  # characters: shorter lines are greetings and signatures


@dataclass(frozen=True, slots=True)
class TypedAnalysis:
    """What was found: (row, column, words), and the sentences that belong to no row."""

    isian: tuple[tuple[str, str, str], ...]
    sisa: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words belong: in which rows (none: in all that are still asked for), under which column."""

    rows: tuple[str, ...]
    kolom: str = ANALISIS


@dataclass(slots=True)
class _Notes:
    """What has been read so far, line by line."""

    keys: dict[str, str]
    place: _Place | None = None
    said: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    of_all: dict[str, list[str]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def take(self, line: str, *, after_gap: bool) -> None:
        """Read one line: it begins a place, goes on with the one before, or belongs to none."""
        begun = _begin(line, self.keys, self.place)
        if begun is not None:
            self.place, words = begun
        elif self.place is None or after_gap:
            self.place, words = None, ""
            self.left.extend([line] if len(line) >= _WORTH_TELLING else [])
        else:
            words = line
        if self.place is None or not words:
            return
        for row in self.place.rows:
            self.said.setdefault((row, self.place.kolom), []).append(words)
        if not self.place.rows:
            self.of_all.setdefault(self.place.kolom, []).append(words)


def read_typed_analysis(words: str, form: Form, isian: tuple[StoredCell, ...] = ()) -> TypedAnalysis:
    """Return the analysis in a mail's text; `semua` fills what is still asked for and replaces nothing.

    A text goes on in the lines below it until an empty one; `penghambat: …` below it belongs to the same indicator.
    """
    notes = _Notes({kode_key(row.kode): row.kode for sheet in form.lembar for row in sheet.baris})
    after_gap = False
    for line in words.splitlines()[:_MOST_LINES]:
        if line.strip():
            notes.take(line.strip(), after_gap=after_gap)
        after_gap = not line.strip()
    found = {place: " ".join(parts) for place, parts in notes.said.items()}
    for row, kolom in missing_cells(form, isian):
        if kolom in notes.of_all and row != UMUM:
            found.setdefault((row, kolom), " ".join(notes.of_all[kolom]))
    told = ((row, kolom, said) for (row, kolom), said in found.items() if said not in EXAMPLES)
    return TypedAnalysis(tuple(told), tuple(notes.left))


def as_workbook(typed: TypedAnalysis) -> RawWorkbook:
    """Return the typed analysis as the sheet that it stands for, so that one reader judges both."""
    header = tuple(RawCell(judul) for judul in ("Kode", *(column.judul for column in INPUTS)))
    rows = dict.fromkeys(row for row, _, _ in typed.isian)
    said = {(row, kolom): words for row, kolom, words in typed.isian}
    lines = tuple((RawCell(row), *(RawCell(said.get((row, column.kunci))) for column in INPUTS)) for row in rows)
    return RawWorkbook(kind=FileKind.XLSX, sheets=(RawSheet(name="Analisis", rows=(header, *lines)),))


def _begin(line: str, keys: dict[str, str], before: _Place | None) -> tuple[_Place, str] | None:
    """Return the place that a line opens and what it says there; None for a line that goes on."""
    head = _HEAD.fullmatch(line)
    if head is None:
        return None
    name, rest = head["name"].strip(), head["rest"].strip()
    if (column := _FIELD.fullmatch(name)) is not None:
        return _Place(before.rows if before is not None else (UMUM,), _column(column["field"])), rest
    rows = _rows(name, keys)
    if rows is None:
        return _begin_with_column(name, rest, keys)
    if column := _FIELD.match(rest):
        return _Place(rows, _column(column["field"])), rest[column.end() :]
    return _Place(rows), rest


def _begin_with_column(name: str, rest: str, keys: dict[str, str]) -> tuple[_Place, str] | None:
    """Read "UKL-01 tindak lanjut: …", the column before the colon."""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        rows, column = _rows(" ".join(words[:count]), keys), _FIELD.fullmatch(" ".join(words[count:]))
        if rows is not None and column is not None:
            return _Place(rows, _column(column["field"])), rest
    return None


def _rows(name: str, keys: dict[str, str]) -> tuple[str, ...] | None:
    """Return the rows of a name: one, none for "semua" (they are found out later), None when it names nothing."""
    plain = " ".join(name.casefold().split())
    if plain in _EVERY:
        return ()
    if plain in _WHOLE:
        return (UMUM,)
    kode = keys.get(kode_key(name))
    return None if kode is None else (kode,)


def _column(word: str) -> str:
    return dict(_FIELDS)[" ".join(word.casefold().split())]
