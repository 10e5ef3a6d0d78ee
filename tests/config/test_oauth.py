"""[oauth] and `auth`: which server is meant, what is missing, and where secrets may not go."""

from __future__ import annotations

import pytest

from kinerja_mailbot.config.settings import CaraMasuk
from tests.config.setup import SECRETS, Folder


def by_token(folder: Folder, provider: str) -> None:
    folder.replace('auth = "sandi"', 'auth = "xoauth2"')
    folder.replace('penyedia = "microsoft"', f'penyedia = "{provider}"')
    folder.replace('client_id = ""', 'client_id = "kinerja"')


def test_where_passwords_do_there_is_no_oauth(folder: Folder) -> None:
    config = folder.load()

    assert (config.oauth, config.imap.auth, config.smtp.auth) == (None, CaraMasuk.SANDI, CaraMasuk.SANDI)


@pytest.mark.parametrize(
    ("provider", "token", "device"),
    [
        pytest.param("google", "https://oauth2.googleapis.com/token", "", id="google has no device flow for mail"),
        pytest.param(
            "microsoft",
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
            "https://login.microsoftonline.com/organizations/oauth2/v2.0/devicecode",
            id="microsoft",
        ),
    ],
)
def test_known_providers_need_only_the_name_of_the_application(
    folder: Folder, provider: str, token: str, device: str
) -> None:
    by_token(folder, provider)

    config = folder.load({})  # no password anywhere

    assert config.oauth is not None
    assert (config.oauth.url_token, config.oauth.url_perangkat) == (token, device)
    assert config.oauth.cakupan
    assert config.oauth.berkas_token == folder.path.resolve() / "token.json"
    assert (config.imap.auth, config.smtp.auth) == (CaraMasuk.XOAUTH2, CaraMasuk.XOAUTH2)


def test_a_tenant_stands_in_the_addresses(folder: Folder) -> None:
    by_token(folder, "microsoft")
    folder.replace('tenant = ""', 'tenant = "kpu.example"')

    oauth = folder.load({}).oauth

    assert oauth is not None
    assert oauth.url_token == "https://login.microsoftonline.com/kpu.example/oauth2/v2.0/token"


def test_secrets_come_from_the_environment_and_show_nowhere(folder: Folder) -> None:
    by_token(folder, "google")
    environ = {"KINERJA_OAUTH_CLIENT_SECRET": "rahasia-aplikasi", "KINERJA_OAUTH_REFRESH_TOKEN": "token-awal"}

    oauth = folder.load(environ).oauth

    assert oauth is not None
    assert (oauth.client_secret, oauth.refresh_token) == ("rahasia-aplikasi", "token-awal")
    assert not {"rahasia-aplikasi", "token-awal"} & set(repr(oauth).split("'"))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('client_id = "kinerja"', 'client_id = ""', "oauth.client_id", id="no application"),
        pytest.param('url_token = ""', 'url_token = "http://login.contoh.id/t"', "oauth.url_token", id="not encrypted"),
        pytest.param('url_izin = ""', 'url_izin = "file:///etc/passwd"', "oauth.url_izin", id="not a server"),
        pytest.param('penyedia = "microsoft"', 'penyedia = "lain"', "oauth.url_token", id="own server without address"),
        pytest.param('penyedia = "microsoft"', 'penyedia = "yahoo"', "oauth.penyedia", id="unknown provider"),
        pytest.param('auth = "xoauth2"', 'auth = "oauth"', "imap.auth", id="unknown way"),
    ],
)
def test_what_is_missing_or_unsafe_is_named(folder: Folder, old: str, new: str, key: str) -> None:
    by_token(folder, "microsoft")
    folder.replace(old, new)

    assert key in [problem.kunci for problem in folder.problems()]


def test_a_password_is_normalised_as_servers_compare_it(folder: Folder) -> None:
    decomposed = "sandi-e\u0301"

    assert folder.load({**SECRETS, "KINERJA_IMAP_PASSWORD": decomposed}).imap.password == "sandi-\u00e9"
