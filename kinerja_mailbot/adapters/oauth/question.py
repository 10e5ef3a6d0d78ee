"""One question to an authorization server, and what its answer means."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import BaseHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from kinerja_mailbot.usecases.ports import TokenError

_MOST_BYTES = 1_000_000
# RFC 6749 section 4.1.2.1: the server itself is unwell. Everything else that it names is ours to mend.
_TEMPORARY = frozenset({"server_error", "temporarily_unavailable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """How we are known to the authorization server; `timeout` in seconds."""

    client_id: str
    client_secret: str = field(default="", repr=False)  # public clients have none
    scope: str
    token_url: str
    device_url: str = ""  # empty: the server has no device flow (RFC 8628)
    authorize_url: str = ""
    ca_file: str | None = None
    timeout: float = 30.0


class OAuthRefusedError(Exception):
    """The authorization server said no; `code` is its word for it ("invalid_grant")."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(f"{code}: {description}" if description else code)
        self.code = code


class _NoRedirect(HTTPRedirectHandler):
    """A redirected form would carry the secret to a place that nobody has configured."""

    def redirect_request(  # noqa: PLR0913, PLR0917  # urllib's own
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> None:
        del req, fp, code, msg, headers, newurl


def ask(client: OAuthClient, url: str, fields: Mapping[str, str]) -> Mapping[str, object]:
    """Post a form and return the answer's fields.

    Raises:
        OAuthRefusedError: the server understood and refused (RFC 6749 section 5.2).
        TokenError: it can't be reached, is not trusted, is unwell or talks of something else.
    """
    form = {"client_id": client.client_id, "client_secret": client.client_secret, **fields}
    body = urlencode({key: value for key, value in form.items() if value}).encode("ascii")
    request = Request(url, data=body, headers={"Accept": "application/json"})  # noqa: S310  # checked by the configuration
    handlers: list[BaseHandler] = [_NoRedirect()]
    if url.startswith("https:"):
        handlers.append(HTTPSHandler(context=ssl.create_default_context(cafile=client.ca_file)))
    try:
        with build_opener(*handlers).open(request, timeout=client.timeout) as answer:
            return _fields(answer.read(_MOST_BYTES))
    except HTTPError as error:
        with error:
            raise _refusal(error, url) from None  # the request's headers and body end here
    except (OSError, HTTPException, ValueError) as error:
        raise TokenError(f"{url}: {type(error).__name__}: {error}") from error


def text(answer: Mapping[str, object], key: str) -> str:
    """Return a text of the answer, empty when it is not there."""
    value = answer.get(key)
    return value if isinstance(value, str) else ""


def number(answer: Mapping[str, object], key: str, otherwise: int) -> int:
    """Return a whole number of the answer; some servers write it as a text."""
    value = answer.get(key)
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def _refusal(error: HTTPError, url: str) -> Exception:
    try:
        answer = _fields(error.read(_MOST_BYTES))
    except (OSError, HTTPException, ValueError):
        answer = {}
    code = text(answer, "error")
    if code and code not in _TEMPORARY and error.code < 500 and error.code != 429:
        return OAuthRefusedError(code, " ".join(text(answer, "error_description").split())[:300])
    return TokenError(f"{url}: HTTP {error.code} {code}".strip())


def _fields(body: bytes) -> Mapping[str, object]:
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("an answer that is no JSON object")  # like json's own errors
    return found
