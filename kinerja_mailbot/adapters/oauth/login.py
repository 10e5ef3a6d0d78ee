"""How a person lets the service in once: by a code on another device, or by a link whose answer is pasted.

The device flow (RFC 8628) suits a server without a screen. Google does not allow it for mail, so there the person
opens a link (RFC 8252 with PKCE, RFC 7636); the browser ends at an address of the person's own machine, where nothing
needs to listen: the address itself holds the code, and is pasted.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from kinerja_mailbot.adapters.oauth.question import OAuthClient, OAuthRefusedError, ask, number, text
from kinerja_mailbot.adapters.oauth.token_file import Tokens, read_answer
from kinerja_mailbot.usecases.ports import TokenError

RETURN_TO = "http://127.0.0.1:53682/"  # loopback, RFC 8252 section 7.3; the port means nothing
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER = 5  # seconds that "slow_down" adds, RFC 8628 section 3.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCode:
    """What the person types where; `interval` and `lifetime` in seconds."""

    url: str
    code: str
    secret: str = field(repr=False)
    interval: int
    lifetime: int


@dataclass(frozen=True, slots=True)
class LinkLogin:
    """The link to open, and what proves afterwards that the answer belongs to it."""

    url: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)


def ask_device_code(client: OAuthClient) -> DeviceCode:
    """Ask for a code.

    Raises:
        OAuthRefusedError, TokenError: see `ask`.
    """
    answer = ask(client, client.device_url, {"scope": client.scope})
    # Google once wrote "verification_url", before the RFC.
    url = text(answer, "verification_uri") or text(answer, "verification_url")
    code, secret = text(answer, "user_code"), text(answer, "device_code")
    if not (url and code and secret):
        raise TokenError(f"{client.device_url}: the answer holds no code")
    interval, lifetime = number(answer, "interval", 5), number(answer, "expires_in", 900)
    return DeviceCode(url=url, code=code, secret=secret, interval=interval, lifetime=lifetime)


def await_device(
    client: OAuthClient, device: DeviceCode, *, wait: Callable[[float], None], clock: Callable[[], datetime]
) -> Tokens:
    """Ask again and again, as often as the server allows, until the person has typed the code.

    Raises:
        OAuthRefusedError: the person refused, or did not type it in time ("expired_token").
        TokenError: the server can't be reached.
    """
    fields = {"grant_type": _DEVICE_GRANT, "device_code": device.secret}
    interval, left = device.interval, device.lifetime
    while left > 0:
        wait(interval)
        left -= max(interval, 1)
        try:
            answer = ask(client, client.token_url, fields)
        except OAuthRefusedError as error:
            if error.code == "slow_down":
                interval += _SLOWER
            elif error.code != "authorization_pending":
                raise
        else:
            return read_answer(answer, clock())
    raise OAuthRefusedError("expired_token", "the code was not typed in time")


def open_link(client: OAuthClient, user: str) -> LinkLogin:
    """Return the link by which the owner of the mailbox lets the service in."""
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "client_id": client.client_id,
        "redirect_uri": RETURN_TO,
        "response_type": "code",
        "scope": client.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "login_hint": user,
        "access_type": "offline",  # Google gives no refresh token without this
        "prompt": "consent",  # … and none the second time without this
    }
    return LinkLogin(f"{client.authorize_url}?{urlencode(query)}", state, verifier)


def redeem(client: OAuthClient, link: LinkLogin, pasted: str, now: datetime) -> Tokens:
    """Return the tokens for the address at which the browser has ended.

    Raises:
        OAuthRefusedError: the person refused, or the address belongs to another login ("wrong_state") or is none.
        TokenError: the server can't be reached.
    """
    query = parse_qs(urlsplit(pasted.strip()).query)
    if refused := query.get("error"):
        raise OAuthRefusedError(refused[0], "".join(query.get("error_description", [])))
    codes = query.get("code")
    if not codes or not secrets.compare_digest(query.get("state", [""])[0].encode(), link.state.encode()):
        raise OAuthRefusedError("wrong_state", "the pasted address does not belong to this login")
    fields = {
        "grant_type": "authorization_code",
        "code": codes[0],
        "redirect_uri": RETURN_TO,
        "code_verifier": link.verifier,
    }
    return read_answer(ask(client, client.token_url, fields), now)
