"""What our own mail server found out about the sender: the topmost Authentication-Results header (RFC 8601)."""

from __future__ import annotations

from typing import Protocol

import authres  # type: ignore[import-untyped]  # ships no types; the protocols below say what is used

from kinerja_mailbot.domain.mail.incoming import Authentication

_MAX_LENGTH = 8_192
_PROPERTY = {
    "dkim": (("header", "d"), ("header", "i")),
    "spf": (("smtp", "mailfrom"), ("smtp", "mail")),  # HELO says nothing about the author
    "dmarc": (("header", "from"),),
}


class _Property(Protocol):
    type: str
    name: str
    value: str | None


class _Result(Protocol):
    method: str
    result: str | None
    properties: list[_Property]


class _Header(Protocol):
    authserv_id: str
    results: list[_Result]


def read_authentication(values: list[str]) -> tuple[Authentication, ...]:
    """Return the methods of the first value; the headers below it may be the sender's own invention."""
    if not values or len(values[0]) > _MAX_LENGTH:
        return ()
    try:
        header: _Header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {values[0]}")
    except (authres.AuthResError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()  # hostile or not of RFC 8601: nobody vouches
    return tuple(_method(str(header.authserv_id), result) for result in header.results)


def _method(server: str, result: _Result) -> Authentication:
    method = str(result.method).lower()
    return Authentication(
        server=server.lower(), metode=method, hasil=str(result.result or "").lower(), domain=_domain(method, result)
    )


def _domain(method: str, result: _Result) -> str:
    known = {(str(p.type).lower(), str(p.name).lower()): str(p.value or "") for p in result.properties}
    value = next((known[key] for key in _PROPERTY.get(method, ()) if known.get(key)), "")
    return value.rpartition("@")[2].strip("<>. ").lower()
