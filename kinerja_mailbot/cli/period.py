"""Commands about one period: `open`, `close`, `form`, `rekap`, `laporan`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    CommandError,
    ConfigOption,
    OutputOption,
    PeriodeArgument,
    known_period,
    load,
    refuse_overwriting,
    say,
    service_for,
    write_new,
)
from kinerja_mailbot.domain.kinerja.analysis import with_analysis
from kinerja_mailbot.domain.kinerja.compile import compile_rekap
from kinerja_mailbot.domain.kinerja.trend import earlier_codes
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.usecases.compile import with_past
from kinerja_mailbot.usecases.manage import ManageError, blank_form, close_period, open_period

if TYPE_CHECKING:
    from kinerja_mailbot.domain.kinerja.rekap import Rekap
    from kinerja_mailbot.domain.sop.state import PeriodState
    from kinerja_mailbot.service import Service

_BY_COMMAND = "perintah di server"
UnitArgument = Annotated[str, typer.Argument(metavar="UNIT", help="Id, kode, atau panggilan unit, misalnya umum.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(name="open", help="Buka periode; layanan menyampaikan format permintaan.")(open_)
    app.command(help="Tutup periode; pengingat dihentikan.")(close)
    app.command(help="Buat format isian satu unit.")(form)
    app.command(help="Buat buku rekap dari data yang tersimpan.")(rekap)
    app.command(help="Buat konsep laporan kinerja (.docx) dari data yang tersimpan.")(laporan)


def open_(periode: PeriodeArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Open a period now; the command is the order of step 1."""
    wanted = parse_periode(periode)
    with service_for(load(config)) as service:
        try:
            open_period(service.store, service.facts(), wanted, _BY_COMMAND)
        except ManageError as error:
            raise CommandError(str(error)) from error
    say(f"Periode {wanted.nama} dibuka. Surat dikirim oleh layanan (`run` atau `once`).")


def close(periode: PeriodeArgument, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Close a period now."""
    with service_for(load(config)) as service:
        state = known_period(service, periode)
        try:
            close_period(service.store, state, _BY_COMMAND, service.clock())
        except ManageError as error:
            raise CommandError(str(error)) from error
    say(f"Periode {state.periode.nama} ditutup.")


def form(
    unit: UnitArgument, periode: PeriodeArgument, output: OutputOption, config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Write the form of a unit: the period's own if it is open, else a sample that proves nothing."""
    wanted = parse_periode(periode)
    refuse_overwriting(output)
    loaded = load(config)
    found = loaded.daftar.find_unit(unit)
    if found is None:
        known = ", ".join(u.id for u in loaded.daftar.responden)
        raise CommandError(f"Unit '{unit}' tidak dikenal. Unit yang ada: {known}.", 2)
    with service_for(loaded) as service:
        file = blank_form(service.facts(), found, wanted)
        write_new(output, service.press.forms.write(file))
    say(f"Format {found.nama} untuk {wanted.nama}: {output}")


def rekap(periode: PeriodeArgument, output: OutputOption, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Write the rekap of what is stored now; nothing is mailed."""
    refuse_overwriting(output)
    with service_for(load(config)) as service:
        state = known_period(service, periode)
        write_new(output, service.press.rekaps.write(_compiled(service, state)))
    say(f"Rekap {state.periode.nama}: {output}")


def laporan(periode: PeriodeArgument, output: OutputOption, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Write the draft of the laporan of what is stored now; nothing is mailed."""
    refuse_overwriting(output)
    with service_for(load(config)) as service:
        state = known_period(service, periode)
        document = letters.laporan_of(service.facts(), _compiled(service, state))
        write_new(output, service.press.reports.write(document))
    say(f"Konsep laporan {state.periode.nama}: {output}")


def _compiled(service: Service, state: PeriodState) -> Rekap:
    facts = service.facts()
    edition = state.rekap[-1].edisi if state.rekap else 0
    made = compile_rekap(state, facts.daftar, facts.aturan, edisi=edition, nama_edisi="atas permintaan", now=facts.now)
    past = service.store.periods(earlier_codes(state.periode))
    return with_past(with_analysis(made, state, facts.identitas.kunci), state, past, facts)
