"""Turns: who does what, where several services share a database."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Turns(Protocol):
    """Who does what, where several services share a database; a service that works alone has every turn.

    Whoever is killed has lost its turns at that moment. They are asked for by one thread.
    """

    def turn(self, name: str) -> AbstractContextManager[bool]:
        """Have the work of this name inside the block; tell whether it is ours, or another service has it now."""
        ...

    def turns(self, names: Sequence[str]) -> AbstractContextManager[frozenset[str]]:
        """Have the work of these names inside the block; tell which are ours."""
        ...

    def at_the_office(self, *, alone: bool) -> AbstractContextManager[None]:
        """Wait until the state of all periods may be read and written: with others, or when they have finished."""
        ...
