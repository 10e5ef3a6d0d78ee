"""The commands `archive` and `verify`: one file with everything of a period, and the proof that nothing was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    OutputOption,
    PeriodeArgument,
    busy,
    known_period,
    load,
    refuse_overwriting,
    say,
    service_for,
)
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.evidence.difference import Difference
from kinerja_mailbot.usecases.ports import ArchiveTools
from kinerja_mailbot.usecases.verify import digests_of_files, manifest_of, verify_archive, verify_origin, verify_store

if TYPE_CHECKING:
    from kinerja_mailbot.service import Service


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Arsipkan semua data suatu periode ke satu berkas zip.")(archive)
    app.command(help="Periksa keutuhan basis data atau berkas arsip.")(verify)


def archive(
    periode: PeriodeArgument,
    output: OutputOption,
    timpa: Annotated[bool, typer.Option("--timpa", help="Ganti berkas yang sudah ada.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Write everything that a period has brought and sent into one zip."""
    # With everything that hangs on it, openpyxl above all, only when it is needed.
    from kinerja_mailbot.adapters.archive_zip import new_archive  # noqa: PLC0415
    from kinerja_mailbot.adapters.register_workbook import RegisterWorkbookWriter  # noqa: PLC0415
    from kinerja_mailbot.usecases.archive import archive_period  # noqa: PLC0415

    if not timpa:
        refuse_overwriting(output)
    with service_for(load(config)) as service:
        state, facts = known_period(service, periode), service.facts()
        with (
            busy("Mengarsipkan"),
            service.store.evidence() as record,
            new_archive(output, replacing=timpa) as writer,
        ):
            tools = ArchiveTools(writer=writer, registers=RegisterWorkbookWriter())
            manifest = archive_period(record, service.desk, tools, facts, state)
    say(f"Arsip {state.periode.nama}: {output} ({text.ukuran_berkas(output.stat().st_size)})")
    say(f"{len(manifest.berkas)} berkas; jurnal baris {manifest.jurnal.dari} s.d. {manifest.jurnal.sampai}")
    say(f"rantai jurnal: {manifest.jurnal.kepala}")
    say(f"sha256 arsip:  {_sha256(output)}")
    for note in manifest.catatan:
        say(f"tidak termuat: {note}")


def verify(
    file: Annotated[Path | None, typer.Argument(metavar="[BERKAS]", help="Berkas arsip (.zip).")] = None,
    store: Annotated[bool, typer.Option("--store", help="Periksa juga basis data.")] = False,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Name everything that is not as it was written; without a file, in the store."""
    if file is not None and not file.is_file():
        raise CommandError(f"Berkas {file} tidak ada.", 2)
    with busy("Memeriksa"):
        if file is None:
            with service_for(load(config)) as service:
                found = tuple(_in_store(service))
        elif store:
            with service_for(load(config)) as service:
                found = tuple(chain(_in_archive(file, service), _in_store(service)))
        else:
            found = tuple(_in_archive(file, None))
    for difference in found:
        say(f"{difference.tempat}: {difference.hal}")
        say(f"    tercatat:  {difference.tercatat}\n    ditemukan: {difference.ditemukan}")
    subject = str(file) if file is not None else "Basis data"
    if found:
        raise CommandError(f"{subject}: {len(found)} hal tidak sesuai dengan catatan.")
    say(f"{subject} utuh: semuanya sesuai dengan catatan{' dan basis data utuh' if file and store else ''}.")


def _in_store(service: Service) -> Iterator[Difference]:
    return verify_store(service.store, partial(digests_of_files, service.desk))


def _in_archive(file: Path, service: Service | None) -> Iterator[Difference]:
    from kinerja_mailbot.adapters.archive_zip import ZipArchiveReader  # noqa: PLC0415  as above

    with file.open("rb") as opened:
        reader = ZipArchiveReader(opened)
        yield from verify_archive(reader)
        manifest = manifest_of(reader) if service else None
        if service and manifest:
            yield from verify_origin(service.store, manifest)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
