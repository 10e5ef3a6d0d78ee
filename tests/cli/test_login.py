"""The command `login`, with an authorization server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from kinerja_mailbot.adapters.oauth import TokenFile
from kinerja_mailbot.cli.app import app
from kinerja_mailbot.cli.context import CommandError
from kinerja_mailbot.service import system_clock
from tests.cli.conftest import ADDRESSES, UNITS
from tests.cli.shell import BOT, PASSWORD, Shell
from tests.oauth_server import OAuthServer
from tests.servers import Dovecot
from tests.token_smtp import TokenSmtp

NOON = datetime(2026, 10, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def oauth() -> Iterator[OAuthServer]:
    with OAuthServer(BOT, lambda: NOON) as server:
        yield server


@pytest.fixture
def by_token(shell: Shell, oauth: OAuthServer) -> Shell:
    shell.set_up()
    shell.edit('auth = "sandi"', 'auth = "xoauth2"')
    shell.edit('penyedia = "microsoft"', 'penyedia = "lain"')
    shell.edit('client_id = ""', f'client_id = "{oauth.client_id}"')
    shell.edit('url_token = ""', f'url_token = "{oauth.url}/token"')
    return shell


def test_a_device_code_brings_the_token(by_token: Shell, oauth: OAuthServer) -> None:
    by_token.edit('url_perangkat = ""', f'url_perangkat = "{oauth.url}/device"')

    result = by_token("login")

    assert result.code == 0
    assert "ABCD-1234" in result.out
    assert BOT in result.out
    kept = TokenFile(by_token.folder / "token.json").read()
    assert kept is not None
    assert kept.refresh == oauth.refresh
    assert kept.refresh not in result.out + result.err


@pytest.mark.sqlite
@pytest.mark.dovecot
def test_once_logged_in_the_service_lives_on_tokens_that_change(
    dovecot: Dovecot,  # noqa: ARG001  skips where Dovecot is missing
    shell: Shell,
) -> None:
    with (
        OAuthServer(BOT, system_clock) as oauth,
        Dovecot(oauth=f"{oauth.url}/introspect") as servers,
        TokenSmtp(servers.deliver, oauth=oauth) as smtp,
    ):
        for address in (BOT, *ADDRESSES, *UNITS):
            servers.add_mailbox(address, PASSWORD)
        takes_tokens(shell, oauth, servers.imap_port, smtp.port)
        logged_in = shell("login")
        first = TokenFile(shell.folder / "token.json").read()
        checked = shell("check")
        shell("open", "2025-TW3")
        oauth.revoke()

        worked = shell("once")

        last = TokenFile(shell.folder / "token.json").read()
        assert (logged_in.code, checked.code, worked.code) == (0, 0, 0), worked.err
        assert first is not None
        assert last is not None
        assert (first.refresh, last.refresh) == ("segar-1", oauth.refresh)
        assert oauth.asked == ["device_code", *["refresh_token"] * (len(oauth.asked) - 1)]
        assert first.refresh != last.refresh
        assert set(smtp.logins) == {BOT}
        assert servers.mails(UNITS[0]) != []
        assert "segar-" not in worked.err


def takes_tokens(shell: Shell, oauth: OAuthServer, imap_port: int, smtp_port: int) -> None:
    """Set up an office whose mail servers take tokens only."""
    shell.set_up()
    for old, new in (
        ('auth = "sandi"', 'auth = "xoauth2"'),
        ('penyedia = "microsoft"', 'penyedia = "lain"'),
        ('client_id = ""', f'client_id = "{oauth.client_id}"'),
        ('url_token = ""', f'url_token = "{oauth.url}/token"'),
        ('url_perangkat = ""', f'url_perangkat = "{oauth.url}/device"'),
        ('host = "mail.kpu.example"', 'host = "127.0.0.1"'),
        ('keamanan = "ssl" ', 'keamanan = "polos" '),
        ("port = 993\n", f"port = {imap_port}\n"),
        ("port = 465\n", f"port = {smtp_port}\n"),
    ):
        shell.edit(old, new)


def test_a_refused_device_code_says_what_to_do(by_token: Shell, oauth: OAuthServer) -> None:
    by_token.edit('url_perangkat = ""', f'url_perangkat = "{oauth.url}/device"')
    oauth.answers = [(400, {"error": "invalid_client"})]

    result = by_token("login")

    assert result.code == 1
    assert "KINERJA_OAUTH_CLIENT_SECRET" in result.err


def test_the_address_of_another_login_brings_nothing(by_token: Shell, oauth: OAuthServer) -> None:
    by_token.edit('url_izin = ""', f'url_izin = "{oauth.url}/izin"')

    result = CliRunner().invoke(app, ["login"], input="http://127.0.0.1:53682/?state=lain&code=kode-izin\n")

    assert isinstance(result.exception, CommandError)
    assert "bukan hasil tautan ini" in str(result.exception)
    assert not (by_token.folder / "token.json").exists()


def test_passwords_need_no_login(shell: Shell) -> None:
    shell.set_up()

    result = shell("login")

    assert (result.code, "sandi" in result.err) == (2, True)


def test_without_an_address_for_logging_in_the_keys_are_named(by_token: Shell) -> None:
    result = by_token("login")

    assert (result.code, "oauth.url_perangkat" in result.err) == (2, True)


def test_a_server_that_is_down_is_told_in_a_sentence(by_token: Shell) -> None:
    by_token.edit('url_perangkat = ""', 'url_perangkat = "http://127.0.0.1:9/device"')

    result = by_token("login")

    assert result.code == 1
    assert "OAuth" in result.err


def test_the_systemd_unit_asks_only_for_secrets_that_there_are(
    by_token: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = by_token("systemd").out
    monkeypatch.setenv("KINERJA_OAUTH_CLIENT_SECRET", "rahasia")

    confidential = by_token("systemd").out

    assert "LoadCredential" not in public
    assert "LoadCredential=kinerja_oauth_client_secret:/etc/kinerja-mailbot/oauth_client_secret" in confidential
