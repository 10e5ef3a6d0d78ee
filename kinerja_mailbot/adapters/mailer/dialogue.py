"""Commands to an SMTP server, and its answers in their order."""

from __future__ import annotations

import smtplib
from collections import deque
from collections.abc import Iterable, Sequence


class Dialogue:
    """Says each group of commands at once (RFC 2920), when the answer to its first one is asked for."""

    def __init__(self, smtp: smtplib.SMTP, groups: Iterable[Sequence[str]]) -> None:
        """Take the groups; more than one command stands in a group only where the server listens ahead."""
        self._smtp = smtp
        self._groups = deque(groups)
        self._unheard = 0

    def answer(self) -> tuple[int, bytes]:
        """Return code and words of the answer to the next command.

        Raises:
            OSError: the line broke, or what came is no answer; nothing can be heard any more.
        """
        if not self._unheard:
            group = self._groups.popleft()
            self._smtp.send("".join(f"{command}\r\n" for command in group))
            self._unheard = len(group)
        self._unheard -= 1
        return self._smtp.getreply()

    def letter(self, lines: bytes) -> None:
        """Say the letter with its final dot; its answer is the next one.

        Raises:
            OSError: not all of it was handed to the system.
        """
        self._smtp.send(lines)
        self._unheard = 1

    def hear_out(self) -> bool:
        """Hear what was not heard yet; tell whether the server waits for a letter now.

        An answer left unheard would be taken for the next letter's.

        Raises:
            OSError: the line broke, or what came is no answer.
        """
        return 354 in [self.answer()[0] for _ in range(self._unheard)]
