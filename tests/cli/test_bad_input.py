"""Bad input of every kind: one Indonesian sentence that says what, where and what to do, and the right exit code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kinerja_mailbot.config import load_config
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.service import Service
from tests.cli.shell import BOT, PASSWORD, Shell
from tests.servers import Dovecot, free_ports


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param("port = 993", "port == 993", 'kolom 7: ditemukan "port == 993"', id="broken TOML"),
        pytest.param("idle = true", "idel = true", 'mungkin maksudnya "idle"', id="unknown key"),
        pytest.param("port = 993", 'port = "993"', 'imap.port: ditemukan "993"', id="wrong type"),
        pytest.param("sqlite:///", "mysql://", 'penyimpanan: ditemukan "mysql"', id="unknown database"),
        pytest.param('templat = ""', 'templat = "surat-kami"', "direktori yang ada", id="no such templates"),
        pytest.param('format = "kinerja-subbag"', 'format = "lain"', "kinerja-subbag", id="unknown form"),
    ],
)
def test_a_wrong_configuration_is_refused_with_its_place(old: str, new: str, sentence: str, shell: Shell) -> None:
    shell.set_up()
    shell.edit(old, new)

    result = shell("status")

    assert result.code == 2
    assert "Konfigurasi belum dapat digunakan" in result.err
    assert sentence in result.err
    assert not shell.database.exists()


def test_a_missing_configuration_names_init(shell: Shell) -> None:
    result = shell("status")

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Berkas konfigurasi config.toml tidak ada. Jalankan `kinerja-mailbot init`")


def test_missing_passwords_name_every_place_for_them(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.set_up()
    monkeypatch.delenv("KINERJA_IMAP_PASSWORD")

    result = shell("run")

    assert result.code == 2
    assert "KINERJA_IMAP_PASSWORD, KINERJA_IMAP_PASSWORD_FILE, atau kredensial systemd" in result.err


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        pytest.param("open TW9", 2, "'TW9' bukan periode; contoh yang benar: 2026-TW3", id="unknown period"),
        pytest.param("open 2026-SM3", 2, "semester hanya 1 atau 2", id="no third semester"),
        pytest.param("close 2025-TW1", 2, "Periode 2025-TW1 belum pernah dibuka.", id="close what was never opened"),
        pytest.param("rekap 2025-TW1 -o r.xlsx", 2, "`kinerja-mailbot open 2025-TW1`", id="rekap of it"),
        pytest.param("export 2025-TW1", 2, "Periode 2025-TW1 belum pernah dibuka.", id="export of it"),
        pytest.param("open 2022-TW1", 0, "", id="an old period is the office's business"),
        pytest.param("form humas 2026-TW3 -o f.xlsx", 2, "Unit 'humas' tidak dikenal. Unit yang ada: umum", id="unit"),
        pytest.param("form umum 2026-TW3 -o config.toml", 1, "config.toml sudah ada dan tidak ditimpa", id="output"),
        pytest.param("form umum 2026-TW3 -o tak/ada.xlsx", 1, "berkas atau folder tidak ada", id="output's folder"),
        pytest.param("backup config.toml", 1, "config.toml sudah ada dan tidak ditimpa", id="backup over a file"),
        pytest.param("backup tak/ada.db", 1, "berkas atau folder tidak ada", id="backup's folder"),
        pytest.param("replay 77", 2, "Surel nomor 77 tidak ada dalam arsip.", id="unknown mail"),
        pytest.param("inspect mail tiada.eml", 2, "bukan berkas biasa: tiada.eml.", id="no such mail file"),
        pytest.param("inspect form tiada.xlsx", 2, "bukan berkas biasa: tiada.xlsx.", id="no such form file"),
        pytest.param("inspect mail /dev/null", 2, "bukan berkas biasa: /dev/null.", id="a device"),
        pytest.param("status -c lain.toml", 2, "Berkas konfigurasi lain.toml tidak ada.", id="another configuration"),
    ],
)
def test_a_wrong_argument_is_explained(command: str, code: int, sentence: str, shell: Shell) -> None:
    shell.set_up()

    result = shell(*command.split())

    assert result.code == code
    assert sentence in result.err


@pytest.mark.usefixtures("database")
def test_a_period_is_opened_and_closed_once(shell: Shell) -> None:
    shell.set_up()
    shell("open", "2025-TW1")

    again = shell("open", "2025-TW1")
    shell("close", "2025-TW1")
    closed_again = shell("close", "2025-TW1")

    assert (again.code, closed_again.code) == (1, 1)
    assert "sudah pernah dibuka" in again.err
    assert "sudah ditutup" in closed_again.err


@pytest.mark.parametrize(
    ("place", "content", "sentence"),
    [
        pytest.param("tak/ada/kinerja.db", None, "berkas atau folder tidak ada", id="folder missing"),
        pytest.param("config.toml/kinerja.db", None, "berkas, bukan folder", id="folder is a file"),
        pytest.param("teks.db", "bukan basis data, hanya teks biasa\n" * 40, "bukan basis data SQLite", id="text"),
    ],
)
@pytest.mark.parametrize("command", ["status", "once"])
def test_a_database_that_is_none_is_named(
    command: str, place: str, content: str | None, sentence: str, shell: Shell
) -> None:
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", f"sqlite:///{place}")
    if content is not None:
        (shell.folder / place).write_text(content)

    result = shell(command)

    assert result.code == 1
    assert "Basis data tidak dapat dipakai" in result.err
    assert sentence in result.err


def test_a_folder_that_may_not_be_written_to_is_named(shell: Shell) -> None:
    shell.set_up()
    shell.edit("sqlite:///kinerja.db", "sqlite:////sys/kinerja.db")  # closed even to root

    result = shell("status")

    assert result.code == 1
    assert "periksa hak" in result.err
    assert "/sys/kinerja.db" in result.err


def test_a_second_service_says_so(shell: Shell) -> None:
    shell.set_up()
    with Service(load_config(shell.config, os.environ)) as service, service.exclusive():
        results = [shell(command) for command in ("run", "once")]

    assert [result.code for result in results] == [1, 1]
    assert "Layanan lain sedang berjalan dengan basis data yang sama" in results[0].err


# --- what `check` finds --------------------------------------------------------------------------------------------


def findings(shell: Shell, *options: str) -> dict[str, tuple[str, str]]:
    result = shell("check", "--json", *options)
    found = {str(r["hal"]): (str(r["hasil"]), str(r["keterangan"])) for r in result.records}
    assert result.code == (1 if any(mark == "salah" for mark, _ in found.values()) else 0)
    return found


IMAP, SMTP, TEMPLATES = "Kotak surat (IMAP)", "Pengiriman (SMTP)", "Templat surat"


def test_all_is_well_and_a_test_letter_arrives(office: Shell, servers: MailServers) -> None:
    found = findings(office, "--send-to", "admin@kpu.example")

    assert {found[point][0] for point in (IMAP, SMTP, TEMPLATES, "Basis data", "Folder INBOX", "Surat uji")} == {"baik"}
    assert len(servers.mails("admin@kpu.example")) == 1


def test_what_is_left_of_the_example_is_named(office: Shell) -> None:
    mark, words = findings(office)["Data kantor"]

    assert mark == "perhatian"
    assert "Indikator dan target masih contoh" in words
    assert "kasubbag.umum@kpu.example" in words


def test_an_office_that_has_replaced_the_example_hears_nothing_of_it(office: Shell) -> None:
    office.edit("contoh = true", "contoh = false", "templates/indikator.toml")
    office.edit("@kpu.example", "@kantor.test")

    assert findings(office)["Data kantor"] == ("baik", "indikator 4 unit dan alamat telah diganti dari contoh")


def test_a_wrong_password_is_told_from_a_server_that_is_away(office: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_IMAP_PASSWORD", "keliru")

    mark, words = findings(office)[IMAP]

    assert mark == "salah"
    assert "nama pengguna atau kata sandi ditolak server" in words
    assert "KINERJA_IMAP_PASSWORD" in words


def test_a_folder_that_the_server_does_not_have_is_named(office: Shell) -> None:
    office.edit('folder = ["INBOX"]', 'folder = ["INBOX", "Sampah"]')

    assert findings(office)["Folder Sampah"] == ("salah", "tidak ada di server; periksa imap.folder")


@pytest.mark.parametrize("point", [IMAP, SMTP])
def test_a_port_where_nobody_listens(point: str, office: Shell) -> None:
    closed = free_ports(1)[0]
    lines = office.config.read_text(encoding="utf-8").splitlines()
    moved = (f"port = {closed}" if line.startswith("port =") else line for line in lines)
    office.config.write_text("\n".join(moved), encoding="utf-8")

    mark, words = findings(office)[point]

    assert mark == "salah"
    assert f"127.0.0.1:{closed}: tidak ada server pada alamat dan port itu" in words


def test_a_name_that_does_not_resolve(shell: Shell) -> None:
    shell.set_up()
    shell.edit('host = "mail.kpu.example"', 'host = "mail.kpu.invalid"')

    found = findings(shell)

    assert {found[point][0] for point in (IMAP, SMTP)} == {"salah"}
    assert all("nama server tidak ditemukan" in found[point][1] for point in (IMAP, SMTP))


@pytest.mark.dovecot
def test_a_certificate_that_nobody_trusts(shell: Shell, dovecot_tls: Dovecot) -> None:
    dovecot_tls.add_mailbox(BOT, PASSWORD)
    shell.use(dovecot_tls, security="starttls", host="localhost")

    mark, words = findings(shell)[IMAP]

    assert mark == "salah"
    assert "sertifikat server tidak dipercaya" in words
    assert "ca_file" in words


@pytest.mark.dovecot
def test_a_certificate_of_our_own_authority_is_trusted_by_name(
    shell: Shell, dovecot_tls: Dovecot, certificate: tuple[Path, Path]
) -> None:
    dovecot_tls.add_mailbox(BOT, PASSWORD)
    shell.use(dovecot_tls, security="starttls", host="localhost")
    shell.edit('ca_file = "" ', f'ca_file = "{certificate[0]}" ')

    assert findings(shell)[IMAP][0] == "baik"


def test_a_port_without_tls(office: Shell) -> None:
    office.edit('keamanan = "polos"', 'keamanan = "ssl"')

    found = findings(office)

    assert all("tidak memakai TLS pada port itu" in found[point][1] for point in (IMAP, SMTP))


def test_a_missing_template_is_named(office: Shell) -> None:
    (office.folder / "templates/surat/pengingat.md").unlink()

    mark, words = findings(office)[TEMPLATES]

    assert mark == "salah"
    assert "berkas templat tidak ada; `kinerja-mailbot init` menempatkan kembali" in words
    assert "pengingat.md" in words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("{% if %}", "penulisan templat keliru", id="syntax"),
        pytest.param("{{ isi.tidak_ada }}", "templat memakai isian yang tidak dikenal", id="unknown field"),
    ],
)
def test_a_broken_template_is_named_with_its_line(line: str, words: str, office: Shell) -> None:
    path = office.folder / "templates/surat/pengingat.md"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")

    mark, said = findings(office)[TEMPLATES]

    assert mark == "salah"
    assert words in said
    assert "pengingat.md:1" in said


@pytest.mark.parametrize("command", ["run", "once"])
def test_no_work_begins_with_a_broken_template(command: str, office: Shell) -> None:
    (office.folder / "templates/surat/pengingat.md").unlink()

    result = office(command)

    assert result.code == 2
    assert result.err.startswith("Templat surat tidak dapat dipakai:\n  - berkas templat tidak ada;")


def test_an_address_that_the_server_refuses(office: Shell) -> None:
    mark, words = findings(office, "--send-to", "tiada@kpu.example")["Surat uji"]

    assert mark == "salah"
    assert "tiada@kpu.example" in words


def test_the_table_keeps_brackets(office: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_IMAP_PASSWORD", "keliru")

    assert "[imap]" in office("check").out


def test_work_that_a_server_delays_is_reported_by_once(office: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINERJA_IMAP_PASSWORD", "keliru")

    result = office("once")

    assert result.code == 1
    assert "Sebagian pekerjaan tertunda:\n  - IMAP: nama pengguna atau kata sandi ditolak server" in result.err
