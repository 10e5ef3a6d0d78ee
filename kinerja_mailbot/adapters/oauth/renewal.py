"""Renews the access token before it expires, and keeps the refresh token that the server may have changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from kinerja_mailbot.adapters.oauth import login
from kinerja_mailbot.adapters.oauth.login import DeviceCode, LinkLogin
from kinerja_mailbot.adapters.oauth.question import OAuthClient, OAuthRefusedError, ask
from kinerja_mailbot.adapters.oauth.token_file import TokenFile, Tokens, read_answer
from kinerja_mailbot.usecases.ports import TokenError, TokenRefusedError

MARGIN = timedelta(minutes=5)  # a login takes seconds, clocks differ by minutes


class RenewedToken:
    """See `TokenSource`. For several threads and processes at once: `lock` lets one of them renew at a time.

    The server may take back the old refresh token with the very answer that holds the new one, so whatever it gave is
    kept in memory until the file has it. `first` is the refresh token to begin with when the file is not there yet.
    """

    def __init__(
        self,
        client: OAuthClient,
        file: TokenFile,
        *,
        clock: Callable[[], datetime],
        lock: AbstractContextManager[object],
        first: str = "",
    ) -> None:
        self._client = client
        self._file = file
        self._clock = clock
        self._lock = lock
        self._first = first
        self._rejected = ""
        self._unwritten: Tokens | None = None

    def token(self) -> str:
        """See `TokenSource`."""
        try:
            with self._lock:
                return self._current().access
        except OSError as error:  # the lock's file
            raise TokenError(f"the token file can't be locked: {error}") from error

    def reject(self, token: str) -> None:
        """See `TokenSource`."""
        self._rejected = token

    def ask_device_code(self) -> DeviceCode:
        """See `login.ask_device_code`."""
        return login.ask_device_code(self._client)

    def await_device(self, device: DeviceCode, *, wait: Callable[[float], None]) -> None:
        """Wait until the person has typed the code, and keep the tokens; `wait` sleeps so many seconds.

        Raises:
            OAuthRefusedError, TokenError: see `login.await_device`; or the file can't be written.
        """
        self._keep(login.await_device(self._client, device, wait=wait, clock=self._clock))

    def open_link(self, user: str) -> LinkLogin:
        """See `login.open_link`."""
        return login.open_link(self._client, user)

    def redeem(self, link: LinkLogin, pasted: str) -> None:
        """Take the address at which the browser has ended, and keep the tokens.

        Raises:
            OAuthRefusedError, TokenError: see `login.redeem`; or the file can't be written.
        """
        self._keep(login.redeem(self._client, link, pasted, self._clock()))

    def _keep(self, tokens: Tokens) -> None:
        with self._lock:
            self._save(tokens)

    def _current(self) -> Tokens:
        kept = self._kept()
        if kept is not None and kept.access != self._rejected and self._clock() + MARGIN < kept.until:
            return kept
        known = kept.refresh if kept is not None else ""
        # A new secret in the environment is how an admin mends a login without a terminal.
        candidates = tuple(dict.fromkeys(each for each in (known, self._first) if each))
        refused = OAuthRefusedError("login_required", "nobody has logged in yet")
        for refresh in candidates:
            try:
                fresh = self._renewed(refresh)
            except OAuthRefusedError as error:
                refused = error
            else:
                self._save(fresh)
                return fresh
        raise TokenRefusedError(f"OAuth login needed ({refused})") from refused

    def _kept(self) -> Tokens | None:
        if self._unwritten is not None:
            self._save(self._unwritten)
        return self._file.read()

    def _renewed(self, refresh: str) -> Tokens:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh, "scope": self._client.scope}
        return read_answer(ask(self._client, self._client.token_url, fields), self._clock(), refresh)

    def _save(self, tokens: Tokens) -> None:
        self._unwritten = tokens
        self._file.write(tokens)
        self._unwritten = None
