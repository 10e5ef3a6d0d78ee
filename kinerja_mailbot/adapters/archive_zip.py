"""An archive as one zip file, sealed: its comment is the SHA-256 of every byte before it.

Equal contents give equal bytes: no time of day is written, and files stand in the order in which they were added. The
seal finds a change even where no file is touched by it, in the zip's own tables.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.manifest import ArchivedFile
from kinerja_mailbot.usecases.ports import ArchiveError

_PIECE = 1 << 20
_SEAL = re.compile(rb"sha256:([0-9a-f]{64})")
_SEAL_LENGTH = 71
_UNSEALED = b"sha256:" + b"0" * 64


class ZipArchiveWriter:
    """See `ArchiveWriter`."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def add(self, nama: str, content: Iterable[bytes]) -> ArchivedFile:
        """See `ArchiveWriter`."""
        entry = ZipInfo(nama)  # on the first day that a zip can tell
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3  # Unix, wherever it was made
        digest, size = hashlib.sha256(), 0
        with self._archive.open(entry, "w", force_zip64=True) as file:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
        return ArchivedFile(nama, size, digest.hexdigest())


@contextmanager
def new_archive(path: Path, *, replacing: bool = False) -> Iterator[ZipArchiveWriter]:
    """Make an archive file: under its name it is whole and sealed, or not there at all.

    Raises:
        FileExistsError: the file is there, and is not to be replaced; it is not touched.
        OSError: it can't be written; what was begun is removed.
    """
    if path.exists() and not replacing:
        raise FileExistsError(17, "File exists", str(path))
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=".baru", delete=False) as file:
        begun = Path(file.name)
        try:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                archive.comment = _UNSEALED
                yield ZipArchiveWriter(archive)
            _seal(file)
            file.close()
            if not replacing:
                path.touch(mode=0o600, exist_ok=False)  # it is ours now, whoever came meanwhile
            begun.replace(path)
        finally:
            file.close()
            begun.unlink(missing_ok=True)


class ZipArchiveReader:
    """See `ArchiveReader`; no byte of the file is trusted."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._archive, self._trouble = _opened(file)
        self._names = tuple(self._archive.namelist()) if self._archive else ()

    def faults(self) -> tuple[Difference, ...]:
        """See `ArchiveReader`."""
        found = [] if self._trouble is None else [_differs("susunan zip", "dapat dibaca", self._trouble)]
        stated, computed = self._seals()
        if stated != computed:
            found.append(_differs("segel", stated, computed))
        twice = sorted(name for name, times in Counter(self._names).items() if times > 1)
        return (*found, *(_differs(f"nama {name}", "satu kali", "lebih dari satu kali") for name in twice))

    def names(self) -> tuple[str, ...]:
        """See `ArchiveReader`."""
        return tuple(dict.fromkeys(self._names))

    def read(self, nama: str) -> Iterator[bytes]:
        """See `ArchiveReader`."""
        if self._archive is None:
            raise ArchiveError(self._trouble or "not open")
        try:
            with self._archive.open(nama) as file:
                while piece := file.read(_PIECE):
                    yield piece
        except (
            BadZipFile,
            zlib.error,
            KeyError,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise ArchiveError(str(error)) from error

    def _seals(self) -> tuple[str, str]:
        size = self._file.seek(0, os.SEEK_END)
        self._file.seek(max(0, size - _SEAL_LENGTH))
        seal = _SEAL.fullmatch(self._file.read(_SEAL_LENGTH))
        stated = seal[1].decode("ascii") if seal else "tidak ada segel pada akhir berkas"
        return stated, _digest(self._file, size - _SEAL_LENGTH)


def _opened(file: IO[bytes]) -> tuple[ZipFile | None, str | None]:
    try:
        return ZipFile(file), None
    except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
        return None, str(error) or type(error).__name__


def _seal(file: IO[bytes]) -> None:
    file.flush()
    size = file.seek(0, os.SEEK_END) - _SEAL_LENGTH
    digest = _digest(file, size)
    file.seek(size)
    file.write(b"sha256:" + digest.encode("ascii"))
    file.flush()
    os.fsync(file.fileno())


def _digest(file: IO[bytes], size: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    left = max(0, size)
    while left and (piece := file.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _differs(hal: str, tercatat: str, ditemukan: str) -> Difference:
    return Difference(tempat="berkas arsip", hal=hal, tercatat=tercatat, ditemukan=ditemukan)
