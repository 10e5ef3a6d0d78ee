"""`archive`, `verify` and `trace`, as a person at the server uses them."""

from __future__ import annotations

import json
import subprocess
import zipfile

import pytest
from sqlalchemy import text

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, attach_workbook
from kinerja_mailbot.service import system_clock
from tests.cli.shell import BOT, Shell

UMUM = Person("Kasubbag Umum", "kasubbag.umum@kpu.example")
FILLED_IN = (Entry("Capaian Kinerja", "UKL-01", "Realisasi s.d. Triwulan", 12),)


@pytest.fixture
def collected(office: Shell, servers: MailServers) -> Shell:
    """An office whose Subbagian Umum has answered the request of 2025-TW3."""
    office("open", "2025-TW3")
    office("once")
    desk = Desk(servers, BOT, system_clock)
    request = next(letter for letter in desk.letters(UMUM) if "2025-TW3" in letter.subjek)
    ((name, content),) = request.workbooks()
    answer = desk.reply(UMUM, request, "Terlampir.")
    attach_workbook(answer, name, fill_in(content, FILLED_IN))
    desk.send(answer, UMUM)
    assert office("once").code == 0
    return office


def test_a_period_is_archived_verified_and_traced(collected: Shell) -> None:
    archived = collected("archive", "2025-TW3", "-o", "arsip.zip")
    again = collected("archive", "2025-TW3", "-o", "arsip.zip")
    replaced = collected("archive", "2025-TW3", "-o", "arsip.zip", "--timpa")
    verified = collected("verify", "arsip.zip")
    with_store = collected("verify", "arsip.zip", "--store")
    store = collected("verify")
    traced = collected("trace", "2025-TW3", "ukl-01", "--unit", "umum")
    records = collected("trace", "2025-TW3", "UKL-01", "--json").records
    unknown = collected("trace", "2025-TW3", "ZZZ")

    assert (archived.code, again.code, replaced.code) == (0, 1, 0)
    assert archived.out == replaced.out
    assert "sudah ada dan tidak ditimpa" in again.err
    assert (verified.code, with_store.code, store.code) == (0, 0, 0)
    assert store.out == "Basis data utuh: semuanya sesuai dengan catatan.\n"
    assert "Realisasi s.d. Triwulan\n  berlaku  12" in traced.out
    assert "TRM-2025-TW3-UKL-01, lembar Capaian Kinerja, sel J" in traced.out
    (figure,) = (record for record in records if record["column"] == "realisasi_kum")
    values = figure["values"]
    assert isinstance(values, list)
    assert (values[0]["value"], values[0]["sender"]) == (12, UMUM.alamat)
    assert unknown.code == 2
    assert "Baris yang pernah dilaporkan: UKL-01" in unknown.err


def test_an_archive_is_checked_without_our_program_too(collected: Shell) -> None:
    collected("archive", "2025-TW3", "-o", "arsip.zip")
    with zipfile.ZipFile(collected.folder / "arsip.zip") as archive:
        archive.extractall(collected.folder / "keluar")

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=collected.folder / "keluar", check=False
    )
    lines = (collected.folder / "keluar/07-jurnal/jurnal.jsonl").read_text(encoding="ascii").splitlines()

    assert checked.returncode == 0
    assert {json.loads(line)["peristiwa"] for line in lines} >= {"mail arrived", "letter sent", "submission stored"}


def test_a_changed_archive_or_store_is_named_and_the_exit_code_says_so(collected: Shell) -> None:
    collected("archive", "2025-TW3", "-o", "arsip.zip")
    path = collected.folder / "arsip.zip"
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    with Store(collected.url) as opened, opened.engine.begin() as connection:
        connection.execute(text("UPDATE kiriman SET terisi = terisi + 1"))

    archive, store = collected("verify", "arsip.zip"), collected("verify", "--store")

    assert (archive.code, store.code) == (1, 1)
    assert "berkas arsip: segel" in archive.out
    assert "kiriman TRM-2025-TW3-UKL-01: kiriman dan nilainya" in store.out
    assert "1 hal tidak sesuai dengan catatan" in store.err


def test_a_file_that_is_not_there_is_said_to_be_missing(shell: Shell) -> None:
    shell.set_up()

    result = shell("verify", "tidak-ada.zip")

    assert (result.code, result.err) == (2, "Berkas tidak-ada.zip tidak ada.\n")
