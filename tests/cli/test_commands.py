"""The commands one by one, as a person at the server uses them."""

from __future__ import annotations

import json
import sqlite3
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, attach_workbook
from kinerja_mailbot.service import system_clock
from tests.cli.shell import BOT, Shell

UMUM = Person("Kasubbag Umum", "kasubbag.umum@kpu.example")
FILLED_IN = (
    Entry("Capaian Kinerja", "UKL-01", "Realisasi s.d. Triwulan", 12),
    Entry("Capaian Kinerja", "UKL-03", "Realisasi s.d. Triwulan", 85.5),
    Entry("Capaian Kinerja", "UKL-03", "Faktor Penghambat / Kendala", "=2+3 bukan rumus"),
)


@pytest.fixture
def collected(office: Shell, servers: MailServers) -> Shell:
    """An office whose Subbagian Umum has answered the request of 2025-TW3."""
    assert office("open", "2025-TW3").code == 0
    assert office("once").code == 0
    desk = Desk(servers, BOT, system_clock)
    request = next(letter for letter in desk.letters(UMUM) if "2025-TW3" in letter.subjek)
    ((name, content),) = request.workbooks()
    answer = desk.reply(UMUM, request, "Terlampir.")
    attach_workbook(answer, name, fill_in(content, FILLED_IN))
    desk.send(answer, UMUM)
    assert office("once").code == 0
    return office


def test_init_lays_everything_and_never_overwrites(shell: Shell) -> None:
    first = shell("init")
    shell.config.write_text("# milik kantor\n", encoding="utf-8")
    second = shell("init")

    assert "dibuat  config.toml" in first.out
    assert (shell.folder / "templates/surat/permintaan.md").exists()
    assert (first.code, second.code, second.out) == (0, 0, "Semua berkas sudah ada; tidak ada yang diubah.\n")
    assert shell.config.read_text(encoding="utf-8") == "# milik kantor\n"


def test_status_tells_where_each_unit_stands(collected: Shell) -> None:
    page = collected("status")
    (record,) = collected("status", "--json").records

    rows = {line.split()[0]: line for line in page.out.splitlines() if line[:3] in {"UKL", "TEK", "HKM", "SEK"}}
    assert "perlu perbaikan" in rows["UKL"]
    assert "menunggu" in rows["SEK"]
    assert max(map(len, page.out.splitlines())) <= 80
    assert "Surel masuk: " in page.out
    periods = record["periods"]
    assert isinstance(periods, list)
    period = periods[0]
    assert (period["periode"], period["state"]) == ("2025-TW3", "berjalan")
    assert {r["unit"]: r["revision"] for r in period["requests"]}["umum"] == 1
    letters = record["letters"]
    assert isinstance(letters, dict)
    assert set(letters) == {"sent"}


def test_status_knows_every_mail_that_waits_for_a_word(office: Shell, servers: MailServers) -> None:
    stranger = Person("Toko Alat Tulis", "promo@toko.example")
    desk = Desk(servers, BOT, system_clock)
    desk.send(desk.write(stranger, "Penawaran", "Mohon dibalas."), stranger)
    assert office("once").code == 0

    page, (record,) = office("status"), office("status", "--json").records

    assert "Menunggu keputusan penyusun: 1 tak dikenal\n" in page.out
    waiting = record["waiting"]
    assert isinstance(waiting, list)
    assert [(one["reason"], one["unit"]) for one in waiting] == [("tak dikenal", None)]


def test_export_writes_every_value_for_people_and_for_programs(collected: Shell) -> None:
    result = collected("export", "2025-TW3", "-o", "ekspor")

    rows = json.loads((collected.folder / "ekspor/2025-TW3.json").read_text(encoding="utf-8"))
    table = (collected.folder / "ekspor/2025-TW3.csv").read_text(encoding="utf-8-sig").splitlines()
    values = {(row["baris"], row["kolom"]): row["nilai"] for row in rows}
    assert result.code == 0
    assert values["UKL-01", "realisasi_kum"] == 12
    assert values["UKL-03", "realisasi_kum"] == 85.5
    assert len(table) == len(rows) + 1
    (line,) = (line for line in table if ";UKL-03;realisasi_kum;" in line)
    assert ";85,5;" in line
    assert any(";'=2+3 bukan rumus;" in line for line in table)


def test_export_overwrites_nothing(collected: Shell) -> None:
    collected("export", "2025-TW3")

    again = collected("export", "2025-TW3")

    assert again.code == 1
    assert "2025-TW3.csv sudah ada dan tidak ditimpa" in again.err


def test_the_rekap_of_what_is_stored(collected: Shell) -> None:
    result = collected("rekap", "2025-TW3", "-o", "rekap.xlsx")

    book = load_workbook(BytesIO((collected.folder / "rekap.xlsx").read_bytes()))
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert result.code == 0
    assert {12, 85.5} <= {float(v) for v in found if isinstance(v, int | float | Decimal)}


def test_the_laporan_of_what_is_stored(collected: Shell) -> None:
    result = collected("laporan", "2025-TW3", "-o", "laporan.docx")

    words = [p.text for p in docx.Document(BytesIO((collected.folder / "laporan.docx").read_bytes())).paragraphs]
    assert result.code == 0
    assert "BAB III AKUNTABILITAS KINERJA" in words


def test_the_form_of_an_open_period_is_the_one_that_was_asked_for(collected: Shell) -> None:
    collected("form", "UKL", "2025-TW3", "-o", "lagi.xlsx")

    (record,) = collected("inspect", "form", "lagi.xlsx", "--json").records

    assert record["form"] == {"id": "kinerja-subbag", "unit": "umum", "periode": "2025-TW3"}


@pytest.mark.sqlite("the copy is a file")
def test_a_backup_is_a_whole_database(collected: Shell) -> None:
    result = collected("backup", "salinan.db")

    with sqlite3.connect(collected.folder / "salinan.db") as copy:
        kept = copy.execute("SELECT count(*) FROM surel_mentah").fetchone()[0]
    copy.close()
    assert result.code == 0
    assert kept >= 1
    assert result.out.startswith("Salinan basis data: salinan.db (")


def test_replay_lets_the_service_decide_again(collected: Shell) -> None:
    replayed = collected("replay", "1")
    worked = collected("once")

    assert (replayed.code, worked.code) == (0, 0)
    assert "mail 1: " in worked.err
    assert "surat dibuat: 0" in worked.out


def test_systemd_prints_a_unit_for_this_configuration(shell: Shell) -> None:
    shell.set_up()

    unit = shell("systemd").out

    assert f'--config "{shell.config}"' in unit
    assert f'ReadWritePaths="{shell.folder}"' in unit
    assert "LoadCredential=kinerja_imap_password:" in unit


def test_a_percent_sign_in_a_path_is_no_placeholder_of_systemd(shell: Shell) -> None:
    assert "WorkingDirectory=/srv/100%%" in shell("systemd", "-c", "/srv/100%/config.toml").out


def test_the_demo_refuses_a_folder_with_files(shell: Shell) -> None:
    (shell.folder / "catatan.txt").touch()

    result = shell("demo", "-o", ".")

    assert result.code == 1
    assert "tidak kosong" in result.err
