"""What an archive says of itself: its files with their digests, and where the journal in it begins and ends.

Each file is listed twice, in `manifest.json` and in `SHA256SUMS`, which any computer can check without this program;
the second list holds the first, so that neither can be changed alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

FORMAT = "arsip-kinerja-1"
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "BACA-SAYA.txt"
JOURNAL = "07-jurnal/jurnal.jsonl"

_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of an archive: its name with folders, bytes, SHA-256 (hex)."""

    nama: str
    ukuran: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSpan:
    """The part of the chain that an archive holds: the link before it, its first and last line, its last link."""

    sebelum: str
    dari: int
    sampai: int
    kepala: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive holds, without the manifest itself; `catatan` names what could not be taken in, and why."""

    periode: str
    kantor: str
    jurnal: JournalSpan
    berkas: tuple[ArchivedFile, ...]
    catatan: tuple[str, ...] = ()


def manifest_text(manifest: Manifest) -> str:
    """Return `manifest.json`; equal manifests are equal texts."""
    return json.dumps({"format": FORMAT} | asdict(manifest), ensure_ascii=False, indent=1) + "\n"


def read_manifest(text: str) -> Manifest:
    """Read `manifest.json`.

    Raises:
        ValueError: it is not what `manifest_text` writes, to the letter.
    """
    try:
        found = json.loads(text)
        manifest = Manifest(
            periode=found["periode"],
            kantor=found["kantor"],
            jurnal=JournalSpan(**found["jurnal"]),
            berkas=tuple(ArchivedFile(**item) for item in found["berkas"]),
            catatan=tuple(found["catatan"]),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"not a manifest: {error}") from error
    if manifest_text(manifest) != text:
        raise ValueError("not the form in which it was written")
    return manifest


def sums_text(files: Iterable[ArchivedFile]) -> str:
    """Return the list that `sha256sum -c` reads.

    >>> sums_text((ArchivedFile("a/b.eml", 3, "0" * 64),)).split()[1]
    'a/b.eml'
    """
    return "".join(f"{file.sha256}  {file.nama}\n" for file in files)


def read_sums(text: str) -> dict[str, str]:
    """Return the digests by file name.

    Raises:
        ValueError: a line is no digest with a name, or a name stands there twice.
    """
    found: dict[str, str] = {}
    for line in text.splitlines(keepends=True):
        match = _SUM.fullmatch(line.removesuffix("\n"))
        if match is None or match[2] in found or not line.endswith("\n"):
            raise ValueError(f"not a line of sha256sum: {line[:100]!r}")
        found[match[2]] = match[1]
    return found
