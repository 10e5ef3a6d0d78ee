"""The sandbox: a child process that may be killed by a hostile file, and is started again for the next one.

One child serves many files, because starting Python costs more than reading a form. Whatever it answers is only bytes:
who asked checks every value of them.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import kinerja_mailbot
from kinerja_mailbot.adapters.sheets.exchange import KINDS, MAX_ANSWER
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle

_FILES_PER_CHILD = 500  # a fresh process gives fragmented memory back
_CHILD = "kinerja_mailbot.adapters.sheets.child"


class Sandbox:
    """Hands files to the child, one at a time; threads take turns."""

    def __init__(self, deadline: float = 20.0) -> None:
        """`deadline` is the time for one file, in seconds of wall clock."""
        self._deadline = deadline
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def warm_up(self) -> None:
        """Start the child, so that the first file need not wait for it; returns at once."""
        with self._turn:
            self._child = self._child or _Child()

    def ask(self, content: bytes, kind: FileKind) -> bytes | Obstacle:
        """Return the child's answer, or why there is none."""
        with self._turn:
            if self._child is None or self._child.files >= _FILES_PER_CHILD or self._child.is_dead:
                self._drop()
                self._child = _Child()
            answer = self._child.ask(content, kind, self._deadline)
            if isinstance(answer, Obstacle):
                self._drop()
            return answer

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """A running child process."""

    def __init__(self) -> None:
        self.files = 0
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
    def is_dead(self) -> bool:
        """Tell whether the process ended between two files (an operator killed it)."""
        return self._process.poll() is not None

    def ask(self, content: bytes, kind: FileKind, deadline: float) -> bytes | Obstacle:
        """Return the child's answer; with an obstacle the child is no longer of use."""
        self.files += 1
        too_slow = threading.Event()

        def stop() -> None:
            too_slow.set()
            self._process.kill()

        timer = threading.Timer(deadline, stop)
        timer.start()
        try:
            answer = self._exchange(content, kind)
        finally:
            timer.cancel()
        if answer is not None:
            return answer
        # A limit kills by signal (SIGXCPU, the abort of a failed allocation); a confused parser leaves by itself.
        return Obstacle.TOO_SLOW if too_slow.is_set() or self._process.wait() < 0 else Obstacle.DAMAGED

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
