"""An SMTP server that takes letters from whoever shows a token (XOAUTH2), or a password of any letters."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.oauth_server import OAuthServer
from tests.servers import HOST, free_ports

Deliver = Callable[[bytes, str, str], object]


class TokenSmtp:
    """Takes nothing without a login; `only` is the one mechanism it names."""

    def __init__(
        self, deliver: Deliver, *, oauth: OAuthServer | None = None, only: str = "XOAUTH2", password: str = ""
    ) -> None:
        self._deliver = deliver
        self._oauth = oauth
        self._password = password
        self.logins: list[str] = []
        (self.port,) = free_ports(1)
        self._controller = Controller(
            self,
            hostname=HOST,
            port=self.port,
            auth_require_tls=False,
            auth_exclude_mechanism=[each for each in ("PLAIN", "LOGIN", "XOAUTH2") if each != only],
            authenticator=self._by_password,
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  # aiosmtpd's name
        """Look at the token; like Gmail and Microsoft, explain a refusal and wait for an empty line."""
        shown = b64decode(args[1]).decode()
        token = shown.partition("auth=Bearer ")[2].partition("\x01")[0]
        user = shown.partition("user=")[2].partition("\x01")[0]
        if self._oauth is not None and user == self._oauth.user and self._oauth.is_valid(token):
            self.logins.append(user)
            return AuthResult(success=True, auth_data=user)
        answer = await server.challenge_auth(json.dumps({"status": "400", "schemes": "bearer"}))
        return AuthResult(success=False, handled=False) if answer is not MISSING else AuthResult(success=False)

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        del server, session
        for address in envelope.rcpt_tos:
            raw = envelope.original_content or b""
            await asyncio.to_thread(self._deliver, raw, str(address), envelope.mail_from or "")
        return "250 OK"

    def _by_password(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, credentials: object
    ) -> AuthResult:
        del server, session, envelope
        right = isinstance(credentials, LoginPassword) and credentials.password.decode() == self._password
        if right:
            self.logins.append(mechanism)
        return AuthResult(success=right, handled=False)
