"""The commands `inspect mail` and `inspect form`: what would the bot make of this, and why; they touch nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from kinerja_mailbot.cli.causes import plain
from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    JsonOption,
    console_err,
    load,
    print_json,
    service_for,
)
from kinerja_mailbot.cli.findings import (
    form_record,
    mail_record,
    print_form,
    print_mail,
    unread_form_record,
    unread_mail_record,
)
from kinerja_mailbot.config import Config, bundled_example
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment
from kinerja_mailbot.usecases.preview import newest_ended_quarter, preview_form, preview_mail, rehearsal

if TYPE_CHECKING:
    from kinerja_mailbot.service import Service

Files = Annotated[list[Path], typer.Argument(metavar="BERKAS…", help="Berkas, atau folder beserta seluruh isinya.")]
_MANY = 10  # from so many files on, a person sees how far it is
_SQLITE = "sqlite:///"


def register(app: typer.Typer) -> None:
    """Add the two commands as a group."""
    group = typer.Typer(help="Lihat bagaimana surel atau berkas akan dibaca; tidak mengubah apa pun.")
    group.command(name="mail", help="Surel (.eml): jenisnya, alasannya, jawabannya.")(mail)
    group.command(name="form", help="Format isian: setiap sel dan hasil pembacaannya.")(form)
    app.add_typer(group, name="inspect", no_args_is_help=True)


def mail(files: Files, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show the verdict on each mail."""
    paths = _all_files(files)
    with _onlooker(config) as (service, facts):

        def look(path: Path, content: bytes) -> None:
            seen = preview_mail(service.desk, facts, content, facts.now)
            if as_json:
                print_json(mail_record(path, seen, facts))
            else:
                print_mail(path, seen)

        _each(paths, look, unread_mail_record if as_json else None)


def form(files: Files, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show every cell of each form."""
    paths = _all_files(files)
    with _onlooker(config) as (service, facts):

        def look(path: Path, content: bytes) -> None:
            seen = preview_form(service.desk, facts, _attachment(path, content))
            if as_json:
                print_json(form_record(path, seen))
            else:
                print_form(path, seen)

        _each(paths, look, unread_form_record if as_json else None)


def _each(
    paths: tuple[Path, ...],
    look: Callable[[Path, bytes], None],
    unread: Callable[[Path, str], dict[str, object]] | None,
) -> None:
    """Look at each file; one that can't be read is reported in its place, and the others go on."""
    failed = 0
    for path in _progress(paths):
        try:
            content = path.read_bytes()
        except OSError as error:
            failed += 1
            reason = plain(str(error))
            if unread is not None:
                print_json(unread(path, reason))
            console_err.print(f"{path}: {reason}", markup=False, highlight=False, soft_wrap=True)
        else:
            look(path, content)
    if failed:
        raise CommandError(f"{failed} dari {len(paths)} berkas tidak terbaca.")


def _all_files(named: list[Path]) -> tuple[Path, ...]:
    """Return the files, and for a folder every file below it.

    Raises:
        CommandError: something is neither file nor folder; nothing has been looked at then.
    """
    # Reading a pipe or a device might never end.
    unfit = [path for path in named if not path.is_file() and not path.is_dir()]
    if unfit:
        names = ", ".join(map(str, unfit))
        raise CommandError(f"Berkas tidak ada, atau bukan berkas biasa: {names}. Mohon periksa letak dan ejaannya.", 2)
    found = (sorted(path.rglob("*")) if path.is_dir() else [path] for path in named)
    return tuple(path for paths in found for path in paths if path.is_file())


def _attachment(path: Path, content: bytes) -> Attachment:
    from kinerja_mailbot.adapters.filekind import sniff  # noqa: PLC0415  its libraries load with the service

    return Attachment(
        nama=path.name,
        jenis=sniff(content),
        tipe="",
        ukuran=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        isi=content,
    )


@contextmanager
def _onlooker(path: Path) -> Iterator[tuple[Service, Facts]]:
    """Open a service on a copy of the database (empty if there is none yet), with the example where nothing is set."""
    config = load(path if path.exists() or path != DEFAULT_CONFIG else bundled_example())
    with TemporaryDirectory(prefix="kinerja-") as folder, service_for(_on_a_copy(config, Path(folder))) as service:
        facts = service.facts()
        # Each preview would do the same again: with thousands of files that is most of the time.
        yield service, rehearsal(facts, newest_ended_quarter(facts.now))


def _on_a_copy(config: Config, folder: Path) -> Config:
    from kinerja_mailbot.adapters.store.snapshot import snapshot  # noqa: PLC0415  loads with the service

    if not config.penyimpanan.startswith(_SQLITE):
        return config  # a database server: reading it leaves nothing behind
    source, copy = Path(config.penyimpanan.removeprefix(_SQLITE)), folder / "salinan.db"
    if source.exists() and source.stat().st_size:
        snapshot(source, copy)
    return replace(config, penyimpanan=f"{_SQLITE}{copy}")


def _progress(paths: tuple[Path, ...]) -> Iterator[Path]:
    if len(paths) < _MANY or not console_err.is_terminal:
        yield from paths
    else:
        yield from track(paths, "Membaca", console=console_err, transient=True)
