"""[oauth]: who lets the service into its mailbox where the mail servers take tokens in place of passwords."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kinerja_mailbot.config.secrets import OAUTH_CLIENT_SECRET, places
from kinerja_mailbot.config.settings import OAuthSettings
from kinerja_mailbot.config.table import Table, shown

_TENANT = "organizations"  # any work or school account


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provider:
    token: str
    perangkat: str  # empty: no device flow
    izin: str
    cakupan: str


# Google's device flow knows no scope for mail, so its owners open a link instead:
# https://developers.google.com/identity/protocols/oauth2/limited-input-device#allowedscopes
_GOOGLE = _Provider(
    token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
    perangkat="",
    izin="https://accounts.google.com/o/oauth2/v2/auth",
    cakupan="https://mail.google.com/",
)
_MICROSOFT = _Provider(
    token="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106 - an address
    perangkat="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
    izin="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    cakupan=("https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"),
)
_OTHER = _Provider(token="", perangkat="", izin="", cakupan="")
_PROVIDERS = {"google": _GOOGLE, "microsoft": _MICROSOFT, "lain": _OTHER}


def read_oauth(
    table: Table, client_secret: str | None, refresh_token: str | None, folder: Path, *, needed: bool
) -> OAuthSettings | None:
    """Read [oauth]; None where every server takes a password.

    Google and Microsoft are known by name; a server of one's own ("lain") is described by its addresses.
    """
    table.refuse_secrets(places(OAUTH_CLIENT_SECRET))
    provider = _PROVIDERS[table.choice("penyedia", tuple(_PROVIDERS), "lain")]
    known = provider is not _OTHER
    tenant = table.text("tenant", "") or _TENANT
    named = _Provider(
        token=table.text("url_token", ""),
        perangkat=table.text("url_perangkat", ""),
        izin=table.text("url_izin", ""),
        cakupan=table.text("cakupan", "") or provider.cakupan,
    )
    settings = OAuthSettings(
        client_id=table.text("client_id", ""),
        client_secret=client_secret or "",
        refresh_token=refresh_token or "",
        url_token=named.token or provider.token.format(tenant=tenant),
        url_perangkat=named.perangkat or provider.perangkat.format(tenant=tenant),
        url_izin=named.izin or provider.izin.format(tenant=tenant),
        cakupan=named.cakupan,
        berkas_token=folder / (table.text("berkas_token", "") or "token.json"),
        ca_file=_text_of(table.file("ca_file", folder)),
    )
    if not needed:
        return None
    _check(table, settings, known=known)
    return settings


def _check(table: Table, settings: OAuthSettings, *, known: bool) -> None:
    if not settings.client_id:
        table.complain("client_id", "tidak ada", "nama aplikasi yang didaftarkan pada penyedia surel")
    if not known and not settings.url_token:
        table.complain("url_token", "tidak ada", 'alamat https, atau penyedia = "google" atau "microsoft"')
    for key, url in (
        ("url_token", settings.url_token),
        ("url_perangkat", settings.url_perangkat),
        ("url_izin", settings.url_izin),
    ):
        if url and not _is_safe(url):
            table.complain(key, shown(url), "alamat https (http hanya untuk komputer ini)")


def _is_safe(url: str) -> bool:
    """Tell whether secrets may be sent there: encrypted, or to this machine itself.

    >>> _is_safe("https://login.contoh.id/token"), _is_safe("http://127.0.0.1:8080/token")
    (True, True)
    >>> _is_safe("http://login.contoh.id/token"), _is_safe("file:///etc/passwd")
    (False, False)
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    return parts.scheme == "http" and _is_this_machine(host)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _text_of(path: Path | None) -> str | None:
    return None if path is None else str(path)
