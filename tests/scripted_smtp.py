"""An SMTP server that says what a test wants it to say, and remembers what it heard."""

from __future__ import annotations

import socketserver
from collections.abc import Mapping
from io import BufferedReader
from threading import Thread
from types import TracebackType
from typing import ClassVar, Self

from tests.servers import HOST


class ScriptedSmtp:
    """An SMTP server that answers as told: `answers` maps a verb (or "RCPT:address", "CONNECT", ".") to its line.

    The empty answer hangs up. Letters received whole stand in `letters`, all commands in `commands`, and in `ahead` the
    verbs that were not the last to be there before they were answered.
    """

    DEFAULTS: ClassVar[Mapping[str, str]] = {
        "CONNECT": "220 ready",
        "EHLO": "250-localhost\r\n250-SIZE 1000000\r\n250 8BITMIME",
        "MAIL": "250 ok",
        "RCPT": "250 ok",
        "DATA": "354 go on",
        ".": "250 taken",
        "RSET": "250 ok",
        "QUIT": "221 bye",
        "AUTH": "235 welcome",
    }

    def __init__(self, **answers: str) -> None:
        self.letters: list[bytes] = []
        self.commands: list[str] = []
        self.ahead: list[str] = []
        self.answers = {**self.DEFAULTS, **answers}
        self._server = socketserver.ThreadingTCPServer((HOST, 0), self._handler(), bind_and_activate=True)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        script = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                if not self.answer("CONNECT"):
                    return
                while line := self.rfile.readline():
                    command = line.decode().strip()
                    script.commands.append(command)
                    verb = command.split(" ")[0].upper()
                    if self.hears_more():
                        script.ahead.append(verb)
                    named = f"{verb}:{command.partition('<')[2].partition('>')[0]}"
                    if not self.answer(named if named in script.answers else verb):
                        return
                    if verb == "DATA" and script.answers["DATA"].startswith("354") and not self.letter():
                        return
                    if verb == "QUIT":
                        return

            def hears_more(self) -> bool:
                assert isinstance(self.rfile, BufferedReader)
                self.connection.setblocking(False)
                try:
                    return bool(self.rfile.peek(1))
                finally:
                    self.connection.setblocking(True)

            def letter(self) -> bool:
                lines = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    if not line:
                        return False
                    lines += line
                script.letters.append(lines)
                return self.answer(".")

            def answer(self, key: str) -> bool:
                said = script.answers[key]
                if said:
                    self.wfile.write(said.encode() + b"\r\n")
                return bool(said)

        return Handler
