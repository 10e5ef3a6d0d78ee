"""Mistakes in config.toml: each is named by its key, with what was found and what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_mailbot.config import ConfigError, load_config
from tests.config.setup import SECRETS, Folder

# (what is changed, into what, the key that the message names, a word of what was found, a word of what is expected)
MISTAKES = {
    "a port that is no number": ("port = 993", 'port = "993"', "imap.port", '"993"', "bilangan bulat 1"),
    "a port out of range": ("port = 993", "port = 70000", "imap.port", "70000", "65535"),
    "a truth value for a number": ("interval_detik = 60", "interval_detik = true", "imap.interval_detik", "true", "1"),
    "a misspelt key": ("idle = true", "idel = true", "imap.idel", "tidak dikenal", '"idle"'),
    "a misspelt table": ("[log]", "[logs]", "logs", "tidak dikenal", '"log"'),
    "a log in a folder that is not there": ('berkas = ""', 'berkas = "x/log"', "log.berkas", '"x/log"', "direktori"),
    "an unknown security": ('keamanan = "ssl"', 'keamanan = "tls"', "imap.keamanan", '"tls"', '"starttls"'),
    "plain text to another machine": ('keamanan = "ssl"', 'keamanan = "polos"', "imap.keamanan", "polos", "komputer"),
    "a host with a scheme": ('host = "mail', 'host = "imaps://mail', "imap.host", "imaps://", "mail.kpu.example"),
    "a password in the file": (
        'user = "kinerja@kpu.example"',
        'user = "kinerja@kpu.example"\npassword = "hunter2"',
        "imap.password",
        "kata sandi",
        "KINERJA_IMAP_PASSWORD",
    ),
    "a certificate that is not there": ('ca_file = ""', 'ca_file = "ca.pem"', "imap.ca_file", "ca.pem", "berkas"),
    "an empty name": ('kota = "Aimas"', 'kota = " "', "kantor.kota", '" "', "tidak kosong"),
    "a zone that does not exist": ("Asia/Jayapura", "Asia/Sorong", "kantor.zona", "Asia/Sorong", "Asia/Jayapura"),
    "an address without a domain": (
        '"kasubbag.umum@kpu.example"',
        '"kasubbag.umum"',
        "unit[1].pejabat.alamat[1]",
        '"kasubbag.umum"',
        "alamat surel",
    ),
    "one address for two people": (
        '"kasubbag.teknis@kpu.example"',
        '"Kasubbag.Umum@kpu.example"',
        "unit[2].pejabat.alamat[1]",
        "Nama Kasubbag Umum",
        "satu orang",
    ),
    "the bot's own address for a person": (
        '"penyusun@kpu.example"',
        '"kinerja@kpu.example"',
        "penyusun[1].alamat[1]",
        "bot",
        "satu orang",
    ),
    "a unit id with a space": ('id = "umum"', 'id = "Umum Keu"', "unit[1].id", '"Umum Keu"', "huruf kecil"),
    "a unit id that orders use": ('id = "umum"', 'id = "semua"', "unit[1].id", '"semua"', "perintah"),
    "a unit id twice": ('id = "teknis"', 'id = "umum"', "unit[2].id", "kedua kalinya", "belum dipakai"),
    "a kode twice": ('kode = "TEK"', 'kode = "ukl"', "unit[2].kode", "unit umum", "satu unit"),
    "a form that does not exist": (
        'format = "kinerja-subbag"',
        'format = "kinerja"',
        "unit[1].format",
        '"kinerja"',
        '"kinerja-subbag"',
    ),
    "gathered before it is sent": (
        "langkah_himpun = 5",
        "langkah_himpun = 2",
        "unit[1].langkah_himpun",
        "2",
        "sesudah langkah_kirim (2)",
    ),
    "a missing step": ("nomor = 6\n", "nomor = 5\n", "sop.langkah", "langkah 6 tidak ada", "keenam"),
    "a step twice": ("nomor = 6\n", "nomor = 5\n", "sop.langkah", "langkah 5 lebih", "satu kali"),
    "a step without time": ("menit = 30", "menit = 0", "sop.langkah[1].menit", "0", "bilangan bulat 1"),
    "a date in words": ("tanggal = 2023-01-05", 'tanggal = "5 Januari 2023"', "sop.tanggal", "Januari", "2026-01-31"),
    "in force before it was signed": ("efektif = 2023-01-05", "efektif = 2022-01-05", "sop.efektif", "2022", "2023"),
    "overlapping hours": (
        '["07:30-12:00", "13:00-16:00"]',
        '["07:30-12:00", "11:00-16:00"]',
        "jam_kerja.normal.senin",
        "11:00",
        "bertumpang tindih",
    ),
    "hours backwards": (
        '["07:30-12:00", "13:00-16:00"]',
        '["12:00-07:30", "13:00-16:00"]',
        "jam_kerja.normal.senin[1]",
        "12:00-07:30",
        "07:30-12:00",
    ),
    "a day of the week left out": (
        'senin = ["07:30-12:00", "13:00-16:00"]\n',
        "",
        "jam_kerja.normal.senin",
        "tidak",
        "[",
    ),
    "Ramadan backwards": (
        "[2026-02-18, 2026-03-19]",
        "[2026-03-19, 2026-02-18]",
        "jam_kerja.masa_ramadan[1]",
        "daftar",
        "awal dan akhir",
    ),
    "a regional holiday that no year has": (
        '# { tanggal = "02-05"',
        '{ tanggal = "02-30"',
        "jam_kerja.libur_daerah[1].tanggal",
        '"02-30"',
        "02-05",
    ),
    "a special working day in words": (
        "hari_kerja_khusus = []",
        'hari_kerja_khusus = ["Sabtu"]',
        "jam_kerja.hari_kerja_khusus[1]",
        '"Sabtu"',
        "2026-01-31",
    ),
    "an unknown kind of period": ('["triwulan"]', '["bulan"]', "jadwal.jenis[1]", '"bulan"', '"triwulan"'),
    "an hour without minutes": ('pukul = "08:00"', 'pukul = "8"', "jadwal.pukul", '"8"', "08:00"),
    "a first period that is none": ('mulai = ""', 'mulai = "TW5"', "jadwal.mulai", '"TW5"', "2026-TW3"),
    "a ladder that goes down": ("menit = -240", "menit = 240", "pengingat.tingkat", "240, 0", "bertambah"),
    "a scale that goes up": ("mulai = 91", "mulai = 12", "rekap.skala", "12, 76", "menurun"),
    "a scale without a floor": ("mulai = 0", "mulai = 10", "rekap.skala", "10", "0"),
    "a cap below a hundred": ("batas_capaian = 120", "batas_capaian = 80", "rekap.batas_capaian", "80", "100"),
    "an unknown database": ("sqlite:///kinerja.db", "mysql://basis", "penyimpanan", "mysql", "sqlite"),
    "a password in the database's address": (
        "sqlite:///kinerja.db",
        "postgresql://bot:hunter2@db/kinerja",
        "penyimpanan",
        "kata sandi",
        "PGPASSWORD",
    ),
    "a templates directory that is not there": ('templat = ""', 'templat = "surat"', "templat", "surat", "direktori"),
    "a list that is a text": ('folder = ["INBOX"]', 'folder = "INBOX"', "imap.folder", '"INBOX"', "daftar"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named(folder: Folder, mistake: tuple[str, str, str, str, str]) -> None:
    old, new, key, found, expected = mistake
    folder.replace(old, new)

    problems = [p for p in folder.problems() if p.kunci == key and found in p.ditemukan and expected in p.diharapkan]

    assert len(problems) == 1, [str(p) for p in folder.problems()]


@pytest.mark.parametrize("old", ["port = 993", "idle = true", "menit = 30", '"08:00"', 'templat = ""'])
def test_one_mistake_gives_one_problem(folder: Folder, old: str) -> None:
    folder.replace(
        old,
        old.replace("993", "0")
        .replace("true", '"ya"')
        .replace("30", "0")
        .replace("08:00", "25:00")
        .replace('""', '"x"'),
    )

    assert len(folder.problems()) == 1


def test_several_mistakes_are_told_together(folder: Folder) -> None:
    folder.replace("port = 993", "port = 0")
    folder.replace('id = "umum"', 'id = "UMUM"')
    folder.replace("menit = -240", "menit = 5000")
    folder.replace('satuan = "laporan"', 'satuan = ""', "templates/indikator.toml")

    keys = {problem.kunci for problem in folder.problems()}

    assert keys >= {"imap.port", "unit[1].id", "pengingat.tingkat", "unit.umum.indikator[1].satuan"}


def test_a_password_is_never_repeated(folder: Folder) -> None:
    folder.replace('user = "kinerja@kpu.example"', 'user = "kinerja@kpu.example"\nsandi = "hunter2"')
    folder.replace("sqlite:///kinerja.db", "postgresql://bot:hunter2@db/kinerja")

    with pytest.raises(ConfigError) as caught:
        folder.load()

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("[imap]\nport = \n", "baris 2, kolom 8", '"port ='),
        ('[imap]\npassword = "hunter2\n', "baris 2, kolom 20", "baris tentang kata sandi"),
        ("a = 1\na = 2\n", "baris 2, kolom 6", '"a = 2"'),
        ("daftar = [1,\n", "baris 1, kolom 13", '"daftar = [1,"'),
    ],
    ids=["no value", "an open quote in a secret", "a key twice", "an open list"],
)
def test_broken_toml_is_one_problem_with_its_place(folder: Folder, text: str, key: str, found: str) -> None:
    folder.write(text)

    problems = folder.problems()

    assert [(p.berkas, p.kunci, p.ditemukan.startswith(found)) for p in problems] == [("config.toml", key, True)]


def test_a_missing_file_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="berkas tidak ada"):
        load_config(tmp_path / "tidak-ada.toml", SECRETS)


def test_a_file_in_another_encoding_is_a_problem(folder: Folder) -> None:
    folder.config.write_bytes("kota = 'Aimas – Klamono'".encode("cp1252"))

    assert [p.ditemukan for p in folder.problems()] == ["berkas bukan teks UTF-8"]


def test_the_byte_order_mark_of_windows_notepad_is_no_obstacle(folder: Folder) -> None:
    folder.config.write_bytes(b"\xef\xbb\xbf" + folder.config.read_bytes())

    assert folder.problems() == ()


def test_all_problems_are_numbered_sentences(folder: Folder) -> None:
    folder.replace("port = 993", "port = 0")
    folder.replace("port = 465", "port = 0")

    with pytest.raises(ConfigError) as caught:
        folder.load()

    assert str(caught.value).splitlines() == [
        "Konfigurasi belum dapat digunakan; 2 hal perlu diperbaiki:",
        "1. config.toml: imap.port: ditemukan 0; diharapkan bilangan bulat 1 sampai dengan 65535.",
        "2. config.toml: smtp.port: ditemukan 0; diharapkan bilangan bulat 1 sampai dengan 65535.",
    ]


def test_an_empty_file_names_every_needed_section(folder: Folder) -> None:
    folder.write("")

    keys = {problem.kunci.partition(".")[0] for problem in folder.problems()}

    assert keys >= {
        "imap",
        "smtp",
        "bot",
        "kantor",
        "sop",
        "jam_kerja",
        "jadwal",
        "pengingat",
        "rekap",
        "kasubbag",
        "unit",
    }
