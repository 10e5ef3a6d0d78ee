"""A value as the key of what was made of it before: this very value, not an equal one."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """A frozen value as a cache's key, compared by identity.

    Equal values may look different on paper (85,50 and 85,5; a mark and its word), and comparing whole forms costs more
    than most of what is prepared for them. A cache that holds the key keeps the value alive, so no other can take its
    place in memory.

    >>> first, second = (1.0,), (1,)
    >>> Same(first) == Same(first), Same(first) == Same(second), first == second
    (True, False, True)
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
