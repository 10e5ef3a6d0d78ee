"""How fast form workbooks are made, one for each respondent: blank, with what was reported before, and marked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kinerja_mailbot.domain.form.checked import CheckedCell, StoredCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.identity import FormMeta, sign_meta
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.service import Service
from tests.bench.office import Servers, clock, config, open_period
from tests.bench.table import Figure
from tests.bench.throughput import cost

_WRONG = 3  # cells of a marked form


def forms(count: int) -> list[Figure]:
    """Make the forms of a period for so many respondents, of each kind."""
    with (
        tempfile.TemporaryDirectory() as name,
        Service(config(Path(name), Servers(1, 1), count), clock=clock) as service,
    ):
        blank = tuple(_blank_forms(service))
        filled = tuple(replace(file, isian=_figures(file.form, number)) for number, file in enumerate(blank))
        marked = tuple(replace(file, isian=file.isian[_WRONG:], ditanyakan=_asked(file)) for file in filled)
        return [
            _figure(f"{kind} forms of thirty rows, {count}", files, service.press.forms.write)
            for kind, files in (("blank", blank), ("filled", filled), ("marked", marked))
        ]


def _figure(name: str, files: tuple[FormFile, ...], write: Callable[[FormFile], bytes]) -> Figure:
    took = cost(lambda: [write(file) for file in files], len(files))
    return Figure(name=name, value=1000 / took.processor, unit="a second of processor", goal=100, at_least=True)


def _blank_forms(service: Service) -> Iterator[FormFile]:
    period = open_period(service)
    for unit, request in zip(service.config.daftar.responden, period.permintaan, strict=True):
        unsigned = FormMeta(
            format=request.form.id,
            versi=request.form.versi,
            unit=unit.id,
            periode=request.periode,
            nonce=request.nonce,
        )
        yield FormFile(
            nama="isian.xlsx",
            form=request.form,
            meta=replace(unsigned, tanda=sign_meta(unsigned, service.identity.kunci)),
            unit=unit,
            periode=period.periode,
            batas_at=request.batas_at,
        )


def _figures(form: Form, number: int) -> tuple[StoredCell, ...]:
    """Return something for each required cell, other figures for each respondent."""
    return tuple(
        StoredCell(lembar=sheet.id, baris=row.kode, kolom=column.kunci, nilai=Decimal(number * 7 % 90 + 10) / 10)
        for sheet, row, column in _required(form)
    )


def _asked(file: FormFile) -> tuple[CheckedCell, ...]:
    return tuple(
        CheckedCell(
            lembar=sheet.id,
            lembar_terlihat=sheet.judul,
            sel="J7",
            baris=row.kode,
            kolom=column.kunci,
            label=f"{row.kode} {column.judul}",
            tertulis="sudah baik",
            nilai=None,
            hasil=CellOutcome.FIX,
            pesan='Tertulis "sudah baik", belum dapat kami baca sebagai angka; mohon tulis angka saja, misalnya 12.',
            nomor=1,
        )
        for sheet, row, column in tuple(_required(file.form))[:_WRONG]
    )


def _required(form: Form) -> Iterator[tuple[Sheet, Row, Column]]:
    for sheet in form.lembar:
        for row in sheet.baris:
            for column in sheet.kolom:
                if column.isian and column.wajib and column.jenis is not ColumnType.TEKS:
                    yield sheet, row, column
