"""The file that keeps the tokens between two runs: readable by its owner alone, whole at every moment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kinerja_mailbot.adapters.oauth.question import number, text
from kinerja_mailbot.usecases.ports import TokenError

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_AN_HOUR = 3600  # seconds; what servers mean that do not say how long (RFC 6749 section 5.1)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the authorization server gave; `until` is aware UTC."""

    refresh: str = field(repr=False)
    access: str = field(default="", repr=False)
    until: datetime = _LONG_AGO


def read_answer(answer: Mapping[str, object], now: datetime, refresh: str = "") -> Tokens:
    """Return the tokens of an answer; a server that does not rotate the refresh token leaves the old one in force.

    Raises:
        TokenError: there is no token in it.
    """
    access = text(answer, "access_token")
    if not access:
        raise TokenError("the answer of the authorization server holds no access token")
    until = now + timedelta(seconds=number(answer, "expires_in", _AN_HOUR))
    return Tokens(text(answer, "refresh_token") or refresh, access, until)


@dataclass(frozen=True, slots=True)
class TokenFile:
    """Where the tokens are kept."""

    path: Path

    def read(self) -> Tokens | None:
        """Return what is kept, None when there is no file yet.

        Raises:
            TokenError: the file can't be read or was damaged.
        """
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            return Tokens(kept["refresh_token"], kept["access_token"], datetime.fromisoformat(kept["until"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TokenError(f"the token file {self.path} can't be read: {error}") from error

    def write(self, tokens: Tokens) -> None:
        """Replace what is kept; whoever reads sees the old tokens or the new ones.

        Raises:
            TokenError: the folder or the disk does not take it.
        """
        fresh = self.path.with_name(f"{self.path.name}.baru")
        kept = {"refresh_token": tokens.refresh, "access_token": tokens.access, "until": tokens.until.isoformat()}
        try:
            with suppress(FileNotFoundError):
                fresh.unlink()  # what a crash has left might be readable by others
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            raise TokenError(f"the token file {self.path} can't be written: {error}") from error
