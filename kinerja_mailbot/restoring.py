"""Putting a copy of the store back: verified first, the store in force kept aside, never under a running service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from kinerja_mailbot.adapters.machine import leave_to_the_folders_owner
from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.config import Config
from kinerja_mailbot.service import AlreadyRunningError, Clock, Service
from kinerja_mailbot.usecases.ports import StoreError
from kinerja_mailbot.usecases.verify import digests_of_files, verify_store

_BESIDE = ("-wal", "-shm")


class RestoreError(Exception):
    """The copy can't be put back; a formal Indonesian sentence."""


def restore(config: Config, source: Path, clock: Clock, *, overwrite: bool) -> Path | None:
    """Put the copy in the place of the store; return where the store in force is kept now, None where there was none.

    The copy is verified as a file of its own: a store of this program, sound, and what its journal says. Only then it
    takes the place, by one rename: killed before it, the office has the store that it had.

    Raises:
        RestoreError: it is no sound store, there is one already and `overwrite` is not said, or it is no file of ours.
        AlreadyRunningError: the service runs.
        StoreError: the copy can't be read.
        OSError: the disk is full or may not be written to.
    """
    target = _target(config)
    with _alone(config):
        if target.exists() and not overwrite:
            raise RestoreError(f"Basis data {target} sudah ada. Pakai --timpa; yang lama disimpan di sebelahnya.")
        fresh = target.with_name(f"{target.name}.pulih")
        try:
            shutil.copyfile(source, fresh)
            fresh.chmod(0o600)
            _verify(config, fresh, source, clock)
            kept = _set_aside(target, f"{clock():%Y%m%dT%H%M%S}") if target.exists() else None
            fresh.replace(target)
        finally:
            for path in (fresh, *_beside(fresh)):
                path.unlink(missing_ok=True)
    return kept


def _target(config: Config) -> Path:
    if config.database_file is None:
        raise RestoreError("Basis data ini bukan berkas SQLite; pakai alat peladen basis datanya, misalnya pg_restore.")
    return config.database_file


@contextmanager
def _alone(config: Config) -> Iterator[None]:
    try:
        with FileLock(config.lock_file).acquire(timeout=0):
            yield
    except Timeout:
        raise AlreadyRunningError(str(config.lock_file)) from None
    finally:
        leave_to_the_folders_owner(config.own_files)


def _verify(config: Config, fresh: Path, source: Path, clock: Clock) -> None:
    """Bring the copy to this program's schema and look at all of it; nothing of the original is touched."""
    if any(path.exists() and path.stat().st_size for path in _beside(source)):
        raise RestoreError(f"Berkas {source} masih dipakai program lain; pulihkan dari hasil `kinerja-mailbot backup`.")
    with Store(f"sqlite:///{fresh}") as store:
        if store.schema() is None:
            raise RestoreError(f"Berkas {source} bukan basis data kinerja-mailbot.")
        if problems := [problem for problem in store.check() if not problem.startswith("the schema is at")]:
            raise StoreError(problems[0])
    with Service(replace(config, penyimpanan=f"sqlite:///{fresh}"), clock=clock) as trial:
        if found := tuple(verify_store(trial.store, partial(digests_of_files, trial.desk))):
            told = "; ".join(f"{one.tempat}: {one.hal}" for one in found[:5])
            raise RestoreError(f"Isi {source} tidak sesuai dengan jurnalnya ({len(found)} temuan): {told}")
        trial.store.note_restored(source.name, clock())
    with Store(f"sqlite:///{fresh}") as store, store.sqlite_connection() as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, which one rename can put into its place


def _set_aside(target: Path, moment: str) -> Path:
    """Copy the store in force with what SQLite keeps beside it, then take that away: it belongs to no other file."""
    kept = target.with_name(f"{target.name}.sebelum-{moment}")
    for path, copy in zip((target, *_beside(target)), (kept, *_beside(kept)), strict=True):
        if path.exists():
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
    for path in _beside(target):
        path.unlink(missing_ok=True)
    return kept


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(f"{path.name}{end}") for end in _BESIDE)
