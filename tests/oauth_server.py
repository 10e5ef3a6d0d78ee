"""An authorization server on loopback: device flow, links with PKCE, rotating refresh tokens, introspection."""

from __future__ import annotations

import hashlib
import itertools
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from kinerja_mailbot.adapters.oauth import OAuthClient

Answer = tuple[int, dict[str, object]]


@dataclass(slots=True)
class OAuthServer:
    """Gives tokens for one mailbox, for as long as `lifetime` on the test's clock; every refresh token works once.

    `asked` lists the grants that were asked for; `answers`, while it has any, are given in place of its own.
    """

    user: str
    clock: Callable[[], datetime]
    lifetime: timedelta = timedelta(hours=1)
    client_id: str = "kinerja"
    client_secret: str = ""
    asked: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    refresh: str = ""
    pending: int = 0  # how often the device flow still says that nobody has typed the code
    challenge: str = ""  # of the link that was opened last
    _access: dict[str, datetime] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def client(self) -> OAuthClient:
        return OAuthClient(
            client_id=self.client_id,
            client_secret=self.client_secret,
            scope="surel offline_access",
            token_url=f"{self.url}/token",
            device_url=f"{self.url}/device",
            authorize_url=f"{self.url}/izin",
            timeout=5.0,
        )

    def issue(self) -> dict[str, object]:
        """Give a new pair of tokens; the refresh token before it is worth nothing any more."""
        number = next(self._numbers)
        self.refresh = f"segar-{number}"
        self._access[f"masuk-{number}"] = self.clock() + self.lifetime
        seconds = int(self.lifetime.total_seconds())
        return {"access_token": f"masuk-{number}", "expires_in": seconds, "refresh_token": self.refresh}

    def revoke(self) -> None:
        """Call back every access token before its time."""
        self._access.clear()

    def is_valid(self, token: str) -> bool:
        until = self._access.get(token)
        return until is not None and self.clock() < until

    def open_link(self, link: str) -> str:
        """Let the service in, as its owner does in a browser; return the address at which that ends."""
        query = parse_qs(urlsplit(link).query)
        self.challenge = query["code_challenge"][0]
        return f"{query['redirect_uri'][0]}?state={query['state'][0]}&code=kode-izin"

    def answer(self, path: str, form: dict[str, str]) -> Answer:
        if self.answers:
            return self.answers.pop(0)
        if path == "/introspect":
            token = form.get("token", "")
            return 200, {"active": self.is_valid(token), "username": self.user if self.is_valid(token) else ""}
        if form.get("client_id") != self.client_id or form.get("client_secret", "") != self.client_secret:
            return 401, {"error": "invalid_client"}
        if path == "/device":
            place = f"{self.url}/perangkat"
            return 200, {
                "device_code": "rahasia",
                "user_code": "ABCD-1234",
                "verification_uri": place,
                "interval": 1,
                "expires_in": 30,
            }
        self.asked.append(form["grant_type"].rpartition(":")[2])
        return self._grant(form)

    def _grant(self, form: dict[str, str]) -> Answer:
        match form["grant_type"].rpartition(":")[2]:
            case "refresh_token" if form["refresh_token"] == self.refresh != "":
                return 200, self.issue()
            case "authorization_code" if self._proven(form):
                return 200, self.issue()
            case "device_code" if self.pending:
                self.pending -= 1
                return 400, {"error": "slow_down" if self.pending == 1 else "authorization_pending"}
            case "device_code" if form["device_code"] == "rahasia":
                return 200, self.issue()
        return 400, {"error": "invalid_grant", "error_description": "used or called back"}

    def _proven(self, form: dict[str, str]) -> bool:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        return form["code"] == "kode-izin" and urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # http.server's name
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                code, fields = server.answer(urlsplit(self.path).path, form)
                said = json.dumps(fields).encode()
                self.send_response(code)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                if code in {301, 302, 307}:
                    self.send_header("Location", f"{server.url}/token")
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
                del format, args

        return Handler
