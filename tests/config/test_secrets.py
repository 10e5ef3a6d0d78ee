"""Passwords: from each source, in order, never from the file and never in a representation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_mailbot.config import ConfigError, Problem
from tests.config.setup import Folder

OWN_SMTP_USER = ('user = "kinerja@kpu.example" #', 'user = "kirim@kpu.example" #')


def test_a_password_comes_from_the_environment(folder: Folder) -> None:
    config = folder.load({"KINERJA_IMAP_PASSWORD": "satu", "KINERJA_SMTP_PASSWORD": "dua"})

    assert (config.imap.password, config.smtp.password) == ("satu", "dua")


def test_a_password_comes_from_a_named_file_without_its_line_end(folder: Folder, tmp_path: Path) -> None:
    secret = tmp_path / "sandi"
    secret.write_text("spasi di dalam boleh \r\n", encoding="utf-8")

    config = folder.load({"KINERJA_IMAP_PASSWORD_FILE": str(secret)})

    assert config.imap.password == "spasi di dalam boleh "


def test_a_password_comes_from_systemd_credentials(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "kinerja_imap_password").write_text("satu", encoding="utf-8")
    (tmp_path / "kinerja_smtp_password").write_text("dua\n", encoding="utf-8")

    config = folder.load({"CREDENTIALS_DIRECTORY": str(tmp_path)})

    assert (config.imap.password, config.smtp.password) == ("satu", "dua")


def test_the_variable_goes_before_the_file(folder: Folder, tmp_path: Path) -> None:
    environ = {"KINERJA_IMAP_PASSWORD": "satu", "KINERJA_IMAP_PASSWORD_FILE": str(tmp_path / "tidak-ada")}

    assert folder.load(environ).imap.password == "satu"


def test_the_same_user_needs_one_password(folder: Folder) -> None:
    assert folder.load({"KINERJA_IMAP_PASSWORD": "satu"}).smtp.password == "satu"


def test_another_user_needs_his_own_password(folder: Folder) -> None:
    folder.replace(*OWN_SMTP_USER)

    problems = folder.problems({"KINERJA_IMAP_PASSWORD": "satu"})

    assert [problem.kunci for problem in problems] == ["smtp.password"]
    assert "KINERJA_SMTP_PASSWORD" in problems[0].diharapkan


def test_a_server_without_login_needs_no_password(folder: Folder) -> None:
    folder.replace(OWN_SMTP_USER[0], 'user = "" #')

    assert folder.load().smtp.password is None


def test_missing_passwords_say_where_they_belong(folder: Folder) -> None:
    assert folder.problems({}) == (
        Problem(
            berkas="config.toml",
            kunci="imap.password",
            ditemukan="tidak ada",
            diharapkan="variabel lingkungan KINERJA_IMAP_PASSWORD, KINERJA_IMAP_PASSWORD_FILE, "
            "atau kredensial systemd kinerja_imap_password",
        ),
    )


def test_commands_that_touch_no_server_need_no_passwords(folder: Folder) -> None:
    folder.replace(*OWN_SMTP_USER)

    config = folder.load({}, require_secrets=False)

    assert (config.imap.password, config.smtp.password) == ("", "")


@pytest.mark.parametrize(
    ("name", "found"),
    [("tidak-ada", "tidak ada"), ("kosong", "kosong"), ("biner", "bukan teks UTF-8"), ("direktori", "galat sistem")],
)
def test_an_unusable_secret_file_is_a_problem(folder: Folder, tmp_path: Path, name: str, found: str) -> None:
    (tmp_path / "kosong").write_text("\n", encoding="utf-8")
    (tmp_path / "biner").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "direktori").mkdir()

    problems = folder.problems({"KINERJA_IMAP_PASSWORD_FILE": str(tmp_path / name)})

    assert [problem.kunci for problem in problems] == ["KINERJA_IMAP_PASSWORD_FILE"]
    assert found in problems[0].ditemukan


def test_an_empty_variable_is_a_problem(folder: Folder) -> None:
    with pytest.raises(ConfigError, match="KINERJA_IMAP_PASSWORD: ditemukan kosong"):
        folder.load({"KINERJA_IMAP_PASSWORD": ""})


def test_a_password_is_not_in_the_representation(folder: Folder) -> None:
    config = folder.load({"KINERJA_IMAP_PASSWORD": "hunter2", "KINERJA_SMTP_PASSWORD": "hunter3"})

    assert "hunter" not in repr(config)
