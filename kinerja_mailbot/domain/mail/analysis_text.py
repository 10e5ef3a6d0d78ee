"""Reading an analysis that was typed into the mail: "UKL-01: analisis …", "semua: …", "kesimpulan: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_MOST_LINES = 400
_WORTH_TELLING = 40  # characters: shorter lines are greetings and signatures


@dataclass(frozen=True, slots=True)
class TypedAnalysis:
    """What was found: (row, column, words), and the sentences that belong to no row."""

    isian: tuple[tuple[str, str, str], ...]
    sisa: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The place that the line in hand belongs to."""

    rows: tuple[str, ...] = ()
    field: str = ANALISIS


def read_typed_analysis(words: str, form: Form, isian: tuple[StoredCell, ...] = ()) -> TypedAnalysis:
    """Return the analysis in a mail's text; `semua` fills what is still asked for and replaces nothing.

    A text goes on in the lines below it until an empty one; `penghambat: …` below it belongs to the same indicator.
    """
    keys = {kode_key(row.kode): row.kode for sheet in form.lembar for row in sheet.baris}
    owed = missing_cells(form, isian)
    found: dict[tuple[str, str], list[str]] = {}
    general: dict[str, list[str]] = {}
    left: list[str] = []
    place: _Reading | None = None
    was_blank = False
    for line in words.splitlines()[:_MOST_LINES]:
        if not line.strip():
            was_blank = True
            continue
        begun = _begin(line, keys, place)
        if begun is not None:
            place, said = begun
        elif place is None or was_blank:
            place, said = None, ""
            left.extend([line.strip()] if len(line.strip()) >= _WORTH_TELLING else [])
        else:
            said = line.strip()
        was_blank = False
        if place is not None and said:
            for row in place.rows:
                found.setdefault((row, place.field), []).append(said)
            if not place.rows:
                general.setdefault(place.field, []).append(said)
    named = {cell: " ".join(parts) for cell, parts in found.items()}
    for field, parts in general.items():
        for row, kolom in owed:
            if kolom == field and row != UMUM:
                named.setdefault((row, field), " ".join(parts))
    return TypedAnalysis(tuple((row, kolom, said) for (row, kolom), said in named.items()), tuple(left))


def as_workbook(typed: TypedAnalysis) -> RawWorkbook:
    """Return the typed analysis as the sheet that it stands for, so that one reader judges both."""
    header = tuple(RawCell(judul) for judul in ("Kode", *(column.judul for column in INPUTS)))
    rows = dict.fromkeys(row for row, _, _ in typed.isian)
    said = {(row, kolom): words for row, kolom, words in typed.isian}
    lines = tuple((RawCell(row), *(RawCell(said.get((row, column.kunci))) for column in INPUTS)) for row in rows)
    return RawWorkbook(kind=FileKind.XLSX, sheets=(RawSheet(name="Analisis", rows=(header, *lines)),))


def _begin(line: str, keys: dict[str, str], place: _Reading | None) -> tuple[_Reading, str] | None:
    """Return the place that a line opens and what it says there; None for a line that goes on."""
    head = _HEAD.fullmatch(line)
    if head is None:
        return None
    name, rest = head["name"].strip(), head["rest"].strip()
    if (field := _FIELD.fullmatch(name)) is not None:
        rows = place.rows if place is not None else (UMUM,)
        return _Reading(rows, _field(field["field"])), rest
    rows = _rows(name, keys)
    if rows is None:
        shortened, _, last = name.rpartition(" ")
        while shortened and (rows := _rows(shortened, keys)) is None:
            shortened, _, word = shortened.rpartition(" ")
            last = f"{word} {last}"
        field = _FIELD.fullmatch(last)
        return None if rows is None or field is None else (_Reading(rows, _field(field["field"])), rest)
    if field := _FIELD.match(rest):
        return _Reading(rows, _field(field["field"])), rest[field.end() :]
    return _Reading(rows), rest


def _rows(name: str, keys: dict[str, str]) -> tuple[str, ...] | None:
    """Return the rows of a name: one, none for "semua" (they are found out later), None when it names nothing."""
    plain = " ".join(name.casefold().split())
    if plain in _EVERY:
        return ()
    if plain in _WHOLE:
        return (UMUM,)
    kode = keys.get(kode_key(name))
    return None if kode is None else (kode,)


def _field(word: str) -> str:
    return dict(_FIELDS)[" ".join(word.casefold().split())]
