"""Forms from a mould against the same forms made cell by cell."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kinerja_mailbot.adapters.form_workbook import FormWorkbookWriter
from kinerja_mailbot.adapters.form_workbook.book import official_of, write_form
from kinerja_mailbot.adapters.form_workbook.mould import words_of
from kinerja_mailbot.domain.form.checked import StoredCell
from kinerja_mailbot.domain.form.definition import Column, ColumnType, Form, Row, Sheet
from kinerja_mailbot.domain.form.identity import FormMeta
from kinerja_mailbot.domain.mail.letter import FormFile
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.unit import Kantor, Pejabat, Unit

KANTOR = Kantor(nama="KPU Kabupaten Sorong", alamat="Aimas, Kabupaten Sorong", kota="Aimas")
FORM = Form(
    id="kinerja",
    versi=3,
    judul="Format Data Kinerja",
    lembar=(
        Sheet(
            id="capaian",
            judul="Capaian Kinerja",
            kolom=(
                Column(kunci="kode", judul="Kode", jenis=ColumnType.TEKS),
                Column(kunci="target", judul="Target", jenis=ColumnType.NILAI),
                Column(kunci="realisasi", judul="Realisasi", jenis=ColumnType.NILAI, isian=True, wajib=True),
            ),
            baris=(Row("IK-01", (("target", Decimal(80)),)), Row("IK-02", (("target", Decimal("69.05")),))),
        ),
        Sheet(
            id="lhp",
            judul="LHP",
            kolom=(Column(kunci="nomor", judul="Nomor", jenis=ColumnType.TEKS, isian=True),),
            baris_kosong=3,
            kunci=("nomor",),
            nihil="Tidak ada LHP",
        ),
    ),
)
PLH = Pejabat(nama="Yang Mewakili", jabatan="Plh. Kepala", alamat=(), sejak=date(2026, 10, 5), sampai=date(2026, 10, 9))
WORDS = st.text(st.characters(codec="utf-8"), max_size=40)


def file_of(nama: str, jabatan: str, pejabat: str, unit: str = "umum", nonce: str = "n0nce") -> FormFile:
    return FormFile(
        nama=f"{unit}.xlsx",
        form=FORM,
        meta=FormMeta(format="kinerja", versi=3, unit=unit, periode="2026-TW3", nonce=nonce, tanda="ab" * 16),
        unit=Unit(
            id=unit, kode="U", nama=nama, pejabat=(Pejabat(nama=pejabat, jabatan=jabatan, alamat=()),), format="kinerja"
        ),
        periode=parse_periode("2026-TW3"),
        batas_at=datetime(2026, 10, 6, 7, tzinfo=UTC),
    )


def acted_for(file: FormFile) -> FormFile:
    return replace(file, unit=replace(file.unit, pejabat=(*file.unit.pejabat, PLH)))


def parts(workbook: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(workbook)) as archive:
        return {name: canonicalize(archive.read(name).decode()) for name in archive.namelist()}


def contents(workbook: bytes) -> list[tuple[str, list[tuple[object, ...]], str | None]]:
    book = load_workbook(io.BytesIO(workbook))
    feet = [foot.left.text if (foot := sheet.oddFooter) else None for sheet in book.worksheets]
    return [(sheet.title, list(sheet.values), foot) for sheet, foot in zip(book.worksheets, feet, strict=True)]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(file_of("Subbagian Hukum", "Kepala Subbagian Hukum", "Nama Contoh"), id="plain words"),
        pytest.param(file_of('Subbagian <Hukum> "SDM"', "Kepala Subbagian", "Nöël 'Abé'"), id="words to be escaped"),
        pytest.param(file_of("Hukum & SDM", "Kepala", "Contoh"), id="an ampersand, which a foot doubles"),
        pytest.param(file_of("=1+1", "Kepala", "Contoh"), id="a word like a formula"),
        pytest.param(file_of("Subbagian Hukum", "Kepala", ""), id="nobody named"),
        pytest.param(acted_for(file_of("Umum", "Kepala", "Contoh")), id="an acting official"),
    ],
)
def test_a_form_from_a_mould_is_part_for_part_the_one_made_cell_by_cell(file: FormFile) -> None:
    writer = FormWorkbookWriter(KANTOR)

    writer.write(file_of("Subbagian Lain", "Kepala Subbagian Lain", "Nama Lain", unit="lain"))
    poured = writer.write(file)

    assert parts(poured) == parts(write_form(file, KANTOR))


@settings(max_examples=15, deadline=None)
@given(WORDS, WORDS, WORDS, WORDS)
def test_whatever_the_words_are_the_cells_and_feet_read_the_same(a: str, b: str, c: str, d: str) -> None:
    file = file_of(a, b, c, nonce=d)
    if words_of(file, official_of(file, KANTOR)) is None:
        return  # made cell by cell

    poured = FormWorkbookWriter(KANTOR).write(file)

    assert contents(poured) == contents(write_form(file, KANTOR))


def test_what_was_filled_in_before_is_never_poured() -> None:
    blank = file_of("Subbagian Hukum", "Kepala", "Contoh")
    stored = StoredCell(lembar="capaian", baris="IK-01", kolom="realisasi", nilai=Decimal(7))

    words = words_of(replace(blank, isian=(stored,)), official_of(blank, KANTOR))

    assert words is None


def test_figures_that_are_equal_but_printed_otherwise_get_moulds_of_their_own() -> None:
    writer = FormWorkbookWriter(KANTOR)
    words, mark = (
        replace(FORM, lembar=(replace(FORM.lembar[0], baris=(Row("IK-01", (("target", value),)),)),))
        for value in ("nihil", Decimal(1))
    )

    first = writer.write(replace(file_of("Umum", "Kepala", "Contoh"), form=words))
    second = writer.write(replace(file_of("Umum", "Kepala", "Contoh"), form=mark))

    assert (contents(first)[1][1][6][1], contents(second)[1][1][6][1]) == ("nihil", 1)
