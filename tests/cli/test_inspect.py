"""`inspect`: its records are a promise to other programs, and it touches nothing."""

from __future__ import annotations

import json
import os
import tomllib
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja_mailbot.config import load_config
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import attach_workbook
from kinerja_mailbot.service import Service
from tests.cli.shell import Shell

MAIL_KEYS = ["file", "verdict", "reason", "sender", "attachments", "answers", "label"]
FORM_KEYS = ["file", "kind", "readable", "reason", "form", "cells", "notes"]
CELL_KEYS = ["sheet", "cell", "kode", "field", "typed", "value", "outcome", "message", "ids"]


@pytest.fixture
def filled(shell: Shell) -> Path:
    """A form of the office with good, doubtful and wrong cells."""
    shell.set_up()
    assert shell("form", "umum", "2026-TW3", "-o", "kosong.xlsx").code == 0
    entries = (
        Entry("Capaian Kinerja", "UKL-01", heading(shell), 12),
        Entry("Capaian Kinerja", "UKL-03", heading(shell), "85,5 persen"),
        Entry("Capaian Kinerja", "UKL-02", heading(shell), "kira-kira sepuluh"),
    )
    path = shell.folder / "isian.xlsx"
    path.write_bytes(fill_in((shell.folder / "kosong.xlsx").read_bytes(), entries))
    return path


def heading(shell: Shell) -> str:
    """The heading of the first column that must be filled in, as the form says it."""
    form = tomllib.loads((shell.folder / "templates/format/kinerja-subbag.toml").read_text(encoding="utf-8"))
    return str(next(c["judul"] for c in form["lembar"][0]["kolom"] if c["kunci"] == "realisasi_kum"))


def test_a_form_is_told_cell_by_cell(shell: Shell, filled: Path) -> None:
    (record,) = shell("inspect", "form", filled, "--json").records

    assert list(record) == FORM_KEYS
    assert (record["file"], record["kind"], record["readable"], record["reason"]) == (str(filled), "xlsx", True, "")
    assert record["form"] == {"id": "kinerja-subbag", "unit": "umum", "periode": "2026-TW3"}
    cells = record["cells"]
    assert isinstance(cells, list)
    assert all(list(cell) == CELL_KEYS for cell in cells)
    told = {c["kode"]: (c["typed"], c["value"], c["outcome"]) for c in cells if c["field"] == "realisasi_kum"}
    assert told["UKL-01"][:2] == ("12", 12)
    assert told["UKL-02"] == ("kira-kira sepuluh", None, "fix")
    assert told["UKL-03"][:2] == ("85,5 persen", 85.5)


def test_a_form_is_told_to_people(shell: Shell, filled: Path) -> None:
    page = shell("inspect", "form", filled)

    assert page.code == 0
    assert "kinerja-subbag, unit umum, periode 2026-TW3" in page.out
    assert '"kira-kira sepuluh"  perlu diperbaiki' in page.out
    assert max(map(len, page.out.splitlines())) <= 80


def test_a_mail_is_told_with_its_form(shell: Shell, filled: Path) -> None:
    mail = EmailMessage()
    mail["From"] = "Kasubbag <kasubbag.umum@kpu.example>"
    mail["To"] = "kinerja@kpu.example"
    mail["Subject"] = "Re: data kinerja"
    mail["Message-ID"] = "<1@kpu.example>"
    mail.set_content("Terlampir, terima kasih.")
    attach_workbook(mail, "isian.xlsx", filled.read_bytes())
    path = shell.folder / "balasan.eml"
    path.write_bytes(mail.as_bytes())

    (record,) = shell("inspect", "mail", path, "--json").records
    page = shell("inspect", "mail", path)

    assert list(record) == MAIL_KEYS
    assert (record["verdict"], record["sender"]) == ("reply", "kasubbag.umum@kpu.example")
    attachments = record["attachments"]
    assert isinstance(attachments, list)
    (attachment,) = attachments
    assert (attachment["name"], attachment["kind"]) == ("isian.xlsx", "xlsx")
    assert attachment["form"]["unit"] == "umum"
    assert isinstance(record["answers"], int)
    assert "balasan responden (reply)" in page.out


def test_any_file_gets_its_line(shell: Shell) -> None:
    folder = shell.folder / "campuran"
    (folder / "dalam").mkdir(parents=True)
    contents = {
        "kosong": b"",
        "acak.xlsx": bytes(range(256)) * 20,
        "teks.eml": b"bukan surel",
        "dalam/surat.pdf": b"%PDF-1.4\n",
        "dalam/zip.xlsx": b"PK\x03\x04" + b"\0" * 60,
        "nama \N{SNOWMAN}.csv": "a;b\n1;2\n".encode("utf-16"),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)

    mails, forms = shell("inspect", "mail", folder, "--json"), shell("inspect", "form", folder, "--json")

    assert (mails.code, forms.code) == (0, 0)
    files = sorted(str(folder / name) for name in contents)
    assert sorted(str(record["file"]) for record in mails.records) == files
    assert sorted(str(record["file"]) for record in forms.records) == files
    assert {record["verdict"] for record in mails.records} == {"unknown"}
    assert {record["readable"] for record in forms.records} == {False}


def test_what_cannot_be_opened_is_reported_and_the_rest_goes_on(shell: Shell) -> None:
    good = shell.folder / "teks.eml"
    good.write_bytes(b"From: a@b.example\n\nhalo\n")

    # The kernel refuses to read this file even to root.
    result = shell("inspect", "mail", "/proc/self/mem", good, "--json")

    assert result.code == 1
    assert [record["file"] for record in result.records] == ["/proc/self/mem", str(good)]
    assert "1 dari 2 berkas tidak terbaca" in result.err


def test_inspecting_needs_no_configuration_and_leaves_nothing(shell: Shell) -> None:
    mail = shell.folder / "surel.eml"
    mail.write_bytes(b"From: a@b.example\n\nhalo\n")

    result = shell("inspect", "mail", mail, "--json")

    assert (result.code, result.records[0]["verdict"]) == (0, "unknown")
    assert [path.name for path in shell.folder.iterdir()] == ["surel.eml"]


def test_inspecting_leaves_the_database_as_it_is(shell: Shell, filled: Path) -> None:
    shell("open", "2026-TW3")
    before = state(shell.folder)

    shell("inspect", "form", filled)
    shell("inspect", "mail", filled)

    assert state(shell.folder) == before


def test_inspecting_works_beside_a_service_that_writes(shell: Shell, filled: Path) -> None:
    with Service(load_config(shell.config, os.environ)) as service, service.exclusive(), service.store.writing():
        result = shell("inspect", "form", filled, "--json")

    assert result.code == 0
    assert result.records[0]["readable"] is True


def test_a_broken_database_is_named_and_kept(shell: Shell, filled: Path) -> None:
    shell.database.write_bytes(b"bukan basis data " * 100)

    result = shell("inspect", "form", filled)

    assert result.code == 1
    assert "bukan basis data SQLite" in result.err
    assert shell.database.read_bytes() == b"bukan basis data " * 100


def test_records_are_one_object_a_line(shell: Shell, filled: Path) -> None:
    lines = shell("inspect", "form", filled, filled, "--json").out.splitlines()

    assert len(lines) == 2
    assert json.loads(lines[0]) == json.loads(lines[1])


def state(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in files}
