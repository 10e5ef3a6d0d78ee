"""The command `perintah`: an order as by mail, given at the machine."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, CommandError, ConfigOption, load, say, service_for

if TYPE_CHECKING:
    from kinerja_mailbot.domain.unit import Daftar, Pejabat


class Sebagai(StrEnum):
    """In whose name the order is given."""

    KASUBBAG = "kasubbag"
    PENYUSUN = "penyusun"


TextArgument = Annotated[
    str, typer.Argument(metavar="PERINTAH", help='Seperti pada surel, misalnya "PERPANJANG teknis 2 hari banjir".')
]
AsOption = Annotated[Sebagai, typer.Option("--sebagai", help="Atas nama siapa perintah diberikan.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="perintah", help="Laksanakan perintah seperti yang diberikan melalui surel.")(perintah)


def perintah(text: TextArgument, sebagai: AsOption = Sebagai.KASUBBAG, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Give an order; it is journalled under the name of the machine's user, and answered by mail too."""
    # Most of the program's imports hang on this one, as on the service.
    from kinerja_mailbot.usecases.given import give_order  # noqa: PLC0415

    with service_for(load(config)) as service:
        facts = service.facts()
        giver = _giver(facts.daftar, sebagai)
        given = give_order(service.store, service.desk, facts, text=text, giver=giver, by=getpass.getuser())
        for letter in given.jawaban:
            say(service.letterhead.render(letter).teks)
    letters = len(given.jawaban) + given.surat_lain
    say(f"Tercatat sebagai surel {given.surel_id}; {letters} surat dikirim oleh layanan (`run` atau `once`).")
    if not given.dipahami:
        raise typer.Exit(2)


def _giver(daftar: Daftar, sebagai: Sebagai) -> Pejabat:
    if sebagai is Sebagai.KASUBBAG:
        return daftar.kasubbag
    if not daftar.penyusun:
        raise CommandError("Tidak ada penyusun pada konfigurasi; gunakan --sebagai kasubbag.", 2)
    return daftar.penyusun[0]
