"""The sandbox: a child process that may be killed by a hostile file, and is started again for the next one.

One child serves many files, because starting Python costs more than reading a form. Whatever it answers is only bytes:
who asked checks every value of them. A thread hands the files over one after the other, so that the child works while
the service does; pipes that several hands could wait at would have to be read without blocking, which Windows can't.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import suppress
from time import monotonic
from weakref import WeakSet, ref

from kinerja_mailbot.adapters.sheets.process import Child
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle

_KEPT_AHEAD = 8 * 1024 * 1024  # bytes of answers that nobody has asked for yet

Answer = bytes | Obstacle | OSError


class Errand:
    """A file that the child reads, has read, or will read; one that nobody refers to any more is not read."""

    def __init__(self, sandbox: Sandbox, content: bytes, kind: FileKind) -> None:
        self._sandbox = sandbox
        self.content = content
        self.kind = kind
        self.answer: Answer | None = None

    def wait(self) -> bytes | Obstacle:
        """Return the child's answer, or why there is none.

        Raises:
            OSError: no child could be started; the file is not to blame.
        """
        return self._sandbox.wait_for(self)


class Sandbox:
    """Hands files to the child, one at a time and in the order of `begin`; what somebody waits for goes first."""

    def __init__(self, deadline: float = 20.0) -> None:
        """`deadline` is the time for one file, in seconds of wall clock; it is kept while somebody waits."""
        self._deadline = deadline
        self._changed = threading.Condition()
        # All of these only under the condition's lock.
        self._worker: threading.Thread | None = None
        self._child: Child | None = None
        self._until: float | None = None  # when the file that is being read will have taken too long
        self._begun: deque[ref[Errand]] = deque()
        self._wanted: list[Errand] = []
        self._ahead: WeakSet[Errand] = WeakSet()

    def warm_up(self) -> None:
        """Start the child, so that the first file need not wait for it; returns at once."""
        with self._changed:
            self._employ()

    def begin(self, content: bytes, kind: FileKind) -> Errand:
        """Put a file in the queue; returns at once."""
        errand = Errand(self, content, kind)
        with self._changed:
            self._begun.append(ref(errand))
            self._employ()
        return errand

    def ask(self, content: bytes, kind: FileKind) -> bytes | Obstacle:
        """Begin a file and wait for it: see `Errand.wait`."""
        return self.begin(content, kind).wait()

    def wait_for(self, errand: Errand) -> bytes | Obstacle:
        """See `Errand.wait`."""
        with self._changed:
            self._wanted.append(errand)
            try:
                while errand.answer is None:
                    self._employ()
                    self._changed.wait(None if self._until is None else max(0.0, self._until - monotonic()))
                    if self._child is not None and self._until is not None and monotonic() >= self._until:
                        self._child.kill()
                        self._until = None
            finally:
                self._wanted.remove(errand)
            self._ahead.discard(errand)
            answer = errand.answer
        if isinstance(answer, OSError):
            raise answer
        return answer

    def close(self) -> None:
        """End the child; the next file starts a new one."""
        with self._changed:
            worker, self._worker = self._worker, None
            if self._child is not None:
                self._child.kill()
            self._changed.notify_all()
        if worker is not None:
            worker.join()

    def _employ(self) -> None:
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="sandbox", daemon=True)
            self._worker.start()
        self._changed.notify_all()

    def _work(self) -> None:
        """Keep a child warm and give it one file after the other, until the sandbox is closed."""
        child: Child | None = None
        try:
            with suppress(OSError):  # whoever brings the first file will hear of it
                child = Child()
            while (errand := self._next()) is not None:
                try:
                    child = child if child is not None and child.is_fit else _another(child)
                    answer: Answer = self._hand_over(errand, child)
                except OSError as error:
                    answer = error
                with self._changed:
                    self._until, errand.answer, errand.content = None, answer, b""
                    self._ahead.add(errand)
                    self._changed.notify_all()
                del errand  # which would keep it alive while there is nothing to do
        finally:
            if child is not None:
                child.end()

    def _next(self) -> Errand | None:
        """Wait for the next file; None when this worker is not employed any more."""
        with self._changed:
            while self._worker is threading.current_thread():
                if (errand := self._first()) is not None:
                    return errand
                self._changed.wait()
            return None

    def _first(self) -> Errand | None:
        wanted = next((errand for errand in self._wanted if errand.answer is None), None)
        if wanted is not None:
            return wanted
        has_room = sum(len(e.answer) for e in self._ahead if isinstance(e.answer, bytes)) < _KEPT_AHEAD
        while self._begun and has_room:
            errand = self._begun.popleft()()
            if errand is not None and errand.answer is None:
                return errand
        return None

    def _hand_over(self, errand: Errand, child: Child) -> bytes | Obstacle:
        with self._changed:
            self._child, self._until = child, monotonic() + self._deadline
            if self._worker is not threading.current_thread():  # closed in between
                child.kill()
            self._changed.notify_all()  # whoever waits begins to count
        return child.ask(errand.content, errand.kind)


def _another(child: Child | None) -> Child:
    if child is not None:
        child.end()
    return Child()
