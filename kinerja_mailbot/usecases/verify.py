"""Verifying: is the store, or an archive made from it, still what was written."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from kinerja_mailbot.domain.evidence.chain import ChainedLine, broken_links, from_text
from kinerja_mailbot.domain.evidence.contents import contents_of
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.domain.evidence.manifest import JOURNAL, MANIFEST, SUMS, Manifest, read_manifest, read_sums
from kinerja_mailbot.domain.evidence.records import KeptFile, MailRecord, RevisionRecord
from kinerja_mailbot.domain.evidence.vouched import (
    Vouched,
    check_analysis,
    check_cell,
    check_kept,
    check_letter,
    check_mail,
    check_revision,
    check_row,
    left_over,
)
from kinerja_mailbot.usecases.ports import ArchiveError, ArchiveReader, EvidenceRecord, EvidenceStore
from kinerja_mailbot.usecases.receive import Desk, read_mail

_MOST_BYTES = 2**31  # of one file; more than that was never put into an archive
_MOST_TEXT = 2**28  # bytes of the lists, which are read as a whole

T = TypeVar("T")
FilesOf = Callable[[MailRecord], frozenset[str]]
"""The digests of a mail's files, as they are read today."""


def verify_store(store: EvidenceStore, files_of: FilesOf) -> Iterator[Difference]:
    """Yield everything in the store that is not as the journal says, or that the journal's chain denies.

    Raises:
        StoreError: it can't be read at all.
    """
    for problem in store.check():
        yield Difference(tempat="basis data", hal="keutuhan", tercatat="baik", ditemukan=problem)
    with store.evidence() as record:
        vouched = Vouched()
        lines: list[Difference] = []
        yield from broken_links(vouched.reading(_only_lines(record.chain(), lines)))
        yield from lines
        yield from _check_rows(record, vouched, files_of)


def digests_of_files(desk: Desk, mail: MailRecord) -> frozenset[str]:
    """Return the digests of what a mail has brought, read anew from its bytes."""
    return frozenset(contents_of(read_mail(desk, mail.mentah or b"", mail.nomor, mail.tiba_at)))


def verify_archive(reader: ArchiveReader) -> Iterator[Difference]:
    """Yield everything in an archive that is not as its manifest and its journal say."""
    yield from reader.faults()
    names = reader.names()
    if not names:
        return
    sums, manifest = _read_list(reader, SUMS, read_sums), _read_list(reader, MANIFEST, read_manifest)
    for found in (sums, manifest):
        if isinstance(found, Difference):
            yield found
    by_sums = sums if isinstance(sums, dict) else None
    by_manifest = {f.nama: f.sha256 for f in manifest.berkas} if isinstance(manifest, Manifest) else None
    digests = {name: _digest(reader, name) for name in names}
    yield from _check_list(digests, SUMS, by_sums, by_manifest)
    yield from _check_list(digests, MANIFEST, by_manifest, by_sums)
    if isinstance(manifest, Manifest):
        yield from _check_journal(reader, manifest, digests)


def verify_origin(store: EvidenceStore, manifest: Manifest) -> Iterator[Difference]:
    """Yield whether the store's own chain does not hold the last line of an archive's journal.

    Raises:
        StoreError: the store can't be read.
    """
    last = manifest.jurnal.sampai
    with store.evidence() as record:
        here = next(record.chain(last, last), None)
    found = here.rantai if isinstance(here, ChainedLine) else "tidak ada"
    if found != manifest.jurnal.kepala:
        yield _differs(f"jurnal {last}", "mata rantai pada basis data", manifest.jurnal.kepala, found)


def manifest_of(reader: ArchiveReader) -> Manifest | None:
    """Return an archive's manifest; None when it can't be read."""
    found = _read_list(reader, MANIFEST, read_manifest)
    return found if isinstance(found, Manifest) else None


def _only_lines(chain: Iterable[ChainedLine | Difference], unreadable: list[Difference]) -> Iterator[ChainedLine]:
    for line in chain:
        if isinstance(line, Difference):
            unreadable.append(line)
        else:
            yield line


def _check_rows(record: EvidenceRecord, vouched: Vouched, files_of: FilesOf) -> Iterator[Difference]:
    meant: dict[int, list[tuple[str, str]]] = defaultdict(list)  # mail -> what must be in it
    for revision in record.revisions():
        if isinstance(revision, Difference):
            yield revision
            continue
        yield from check_revision(vouched, revision)
        meant[revision.surel_id].append(_reference(revision))
    for file in record.kept_files():
        if isinstance(file, Difference):
            yield file
            continue
        yield from check_kept(vouched, file)
        meant[file.surel_id].append(_reference(file))
    for mail in record.mails():
        if isinstance(mail, Difference):
            yield mail
            continue
        yield from check_mail(vouched, mail)
        yield from _check_files(mail, meant.pop(mail.nomor, []), files_of)
    for letter in record.letters():
        yield from (letter,) if isinstance(letter, Difference) else check_letter(vouched, letter)
    for analysis in record.analyses():
        yield from (analysis,) if isinstance(analysis, Difference) else check_analysis(vouched, analysis)
    for row in record.kept_rows():
        yield from (row,) if isinstance(row, Difference) else check_row(vouched, row)
    for cell in record.recorded_cells():
        yield from (cell,) if isinstance(cell, Difference) else check_cell(cell)
    yield from left_over(vouched)


def _reference(row: RevisionRecord | KeptFile) -> tuple[str, str]:
    match row:
        case RevisionRecord():
            return f"kiriman {row.nomor}", row.berkas_sha256
        case KeptFile():
            return f"data_dukung {row.nomor}", row.sha256


def _check_files(mail: MailRecord, meant: list[tuple[str, str]], files_of: FilesOf) -> Iterator[Difference]:
    if not meant or mail.mentah is None:
        return
    there = files_of(mail)
    for row, digest in meant:
        if digest not in there:
            yield _differs(row, f"berkas dalam surel {mail.nomor}", digest, "tidak ada berkas dengan sha256 itu")


def _read_list(reader: ArchiveReader, name: str, read: Callable[[str], T]) -> T | Difference:
    try:
        content = b"".join(_bounded(reader.read(name), _MOST_TEXT))
        return read(content.decode("utf-8"))
    except (ArchiveError, ValueError) as error:
        return _differs(name, "susunan", "dapat dibaca", str(error))


def _digest(reader: ArchiveReader, name: str) -> str:
    digest = hashlib.sha256()
    try:
        for piece in _bounded(reader.read(name), _MOST_BYTES):
            digest.update(piece)
    except ArchiveError as error:
        return f"tidak terbaca: {error}"
    return digest.hexdigest()


def _bounded(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    for piece in pieces:
        most -= len(piece)
        if most < 0:
            raise ArchiveError("larger than any file that was put in")
        yield piece


def _check_list(
    digests: dict[str, str], lister: str, listed: dict[str, str] | None, other: dict[str, str] | None
) -> Iterator[Difference]:
    """Compare the files with one list; where the other list agrees with the file, it is the list that was changed."""
    if listed is None:
        return
    for name, digest in listed.items():
        found = digests.get(name, "berkas tidak ada")
        if found == digest:
            continue
        if other is not None and other.get(name) == found:
            yield _differs(lister, f"sha256 {name}", found, digest)
        else:
            yield _differs(name, f"sha256 menurut {lister}", digest, found)
    for name in sorted(digests.keys() - listed.keys() - {SUMS, lister}):
        yield _differs(name, f"daftar {lister}", "tercantum", "tidak tercantum")


def _check_journal(reader: ArchiveReader, manifest: Manifest, digests: dict[str, str]) -> Iterator[Difference]:
    span, vouched, unreadable = manifest.jurnal, Vouched(), list[Difference]()
    last, before = span.dari - 1, span.sebelum
    lines = _journal_lines(reader, unreadable)
    try:
        for line in vouched.reading(lines):
            yield from broken_links((line,), before)
            last, before = line.baris.nomor, line.rantai
    except ArchiveError as error:
        yield _differs(JOURNAL, "isi berkas", "dapat dibaca", str(error))
    yield from unreadable
    if (last, before) != (span.sampai, span.kepala):
        yield _differs(JOURNAL, "baris terakhir", f"{span.sampai} {span.kepala}", f"{last} {before}")
    known = {line.sha256 for lines in (vouched.mails, vouched.letters) for line in lines.values()}
    for name, digest in digests.items():
        if name.endswith(".eml") and digest not in known:
            yield _differs(name, "sha256 menurut jurnal", "tercatat pada kedatangan atau pembuatannya", digest)


def _journal_lines(reader: ArchiveReader, unreadable: list[Difference]) -> Iterator[ChainedLine]:
    rest = b""
    for piece in reader.read(JOURNAL):
        *whole, rest = (rest + piece).split(b"\n")
        for text in whole:
            try:
                yield from_text(text.decode("ascii"))
            except ValueError as error:
                unreadable.append(_differs(JOURNAL, "baris", "dapat dibaca", f"{text[:60]!r}: {error}"))
    if rest:
        unreadable.append(_differs(JOURNAL, "baris", "berakhir dengan pindah baris", repr(rest[:60])))


def _differs(tempat: str, hal: str, tercatat: str, ditemukan: str) -> Difference:
    return Difference(tempat=tempat, hal=hal, tercatat=tercatat, ditemukan=ditemukan)
