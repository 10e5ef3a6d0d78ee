"""Why the child hands out nothing of a file that is whole."""

from __future__ import annotations


class LockedError(Exception):
    """A password is needed."""


class TooLargeError(Exception):
    """It would fill the memory."""


class TooManyError(Exception):
    """It holds more files than anybody sends on purpose."""
