"""The port of access tokens: what a mail server takes in the place of a password (OAuth 2.0, RFC 6749)."""

from __future__ import annotations

from typing import Protocol


class TokenError(Exception):
    """There is no token now; it is worth trying later."""


class TokenRefusedError(TokenError):
    """The authorization server refuses for good: somebody has to log in again by `kinerja-mailbot login`."""


class TokenSource(Protocol):
    """Hands out access tokens that are valid for some minutes more."""

    def token(self) -> str:
        """Return a token, a new one when the last is about to expire.

        Raises:
            TokenError: the authorization server or the token file can't be used now.
            TokenRefusedError: nobody has logged in, or the login is not valid any more.
        """
        ...

    def reject(self, token: str) -> None:
        """Take note that a mail server refused this token: it is not handed out again."""
        ...
