"""The child process of the sandbox, as its parent sees it: bytes in, bytes out, or an end."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import IO

import kinerja_mailbot
from kinerja_mailbot.adapters.sandboxed.exchange import KINDS, MAX_ANSWER
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle

_CHILD = "kinerja_mailbot.adapters.sandboxed"
_FILES_PER_CHILD = 500  # a fresh process gives fragmented memory back
_LAST_SECONDS = 2.0  # for a child whose answer ended early to end itself


class Child:
    """A running child process."""

    def __init__(self) -> None:
        """Start it.

        Raises:
            OSError: the machine has no room for another process.
        """
        self._files = 0
        self._was_killed = self._is_lost = False
        root = str(Path(kinerja_mailbot.__file__).parents[1])
        # Nothing else of the environment: passwords live there.
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TZ", "LANG") if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module
            [sys.executable, "-B", "-m", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**kept, "PYTHONPATH": root},
        )

    @property
    def is_fit(self) -> bool:
        """Tell whether another file may be given to it; an operator may have killed it, too."""
        return not self._is_lost and self._files < _FILES_PER_CHILD and self._process.poll() is None

    def ask(self, content: bytes, kind: FileKind) -> bytes | Obstacle:
        """Return the child's answer; after an obstacle the child is no longer of use."""
        self._files += 1
        answer = self._exchange(content, kind)
        if answer is not None:
            return answer
        self._is_lost = True
        try:
            code = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:  # it talks nonsense and lives on: taken over
            return Obstacle.DAMAGED
        # A limit kills by signal (SIGXCPU, the abort of a failed allocation); a confused parser leaves by itself.
        return Obstacle.TOO_SLOW if self._was_killed or code < 0 else Obstacle.DAMAGED

    def kill(self) -> None:
        """Stop it in the middle of a file, which took too long; for another thread than the one that asks."""
        self._was_killed = True
        self._process.kill()

    def end(self) -> None:
        """Kill the process and wait for it; it has nothing to lose."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close_quietly(pipe)

    def _exchange(self, content: bytes, kind: FileKind) -> bytes | None:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None  # noqa: S101, PT018  # both are PIPE above
        try:
            stdin.write(struct.pack(">IB", len(content), KINDS.index(kind)))
            stdin.write(content)
            stdin.flush()
        except OSError:
            self._process.kill()
            return None
        header = stdout.read(4)
        length = struct.unpack(">I", header)[0] if len(header) == 4 else None
        if length is None or length > MAX_ANSWER:
            return None
        answer = stdout.read(length)
        return answer if len(answer) == length else None


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:  # what was still buffered for a dead child is of no use
        return
