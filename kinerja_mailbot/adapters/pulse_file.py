"""The file that monitoring looks at: how the service is, as one JSON object, whole at every moment."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def own_place(path: Path) -> Iterator[Path]:
    """Lend the first of `detak.json`, `detak-2.json` … that no other service on this machine writes to.

    The system frees the place of a service that is killed: the next one takes it, and monitoring keeps its names.
    """
    for number in count(1):
        place = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        lock = FileLock(place.with_name(f"{place.name}.lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        except OSError:  # no lock can be had in that folder: writing will say why, and the service works all the same
            yield path
            return
        try:
            yield place
        finally:
            lock.release()
        return


def write_pulse(path: Path, record: Mapping[str, object]) -> None:
    """Replace the file by this record; whoever reads it sees the old one or the new one.

    Raises:
        OSError: the folder can't be written to, or another program holds the file open (Windows).
    """
    fresh = path.with_name(f"{path.name}.baru")
    fresh.write_text(json.dumps(record, ensure_ascii=False, indent=1, default=_as_text) + "\n", encoding="utf-8")
    fresh.replace(path)


def read_pulse(path: Path) -> dict[str, object] | None:
    """Return what the service last wrote, None when there is no such file or it says nothing readable."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
