"""The command `status`: where every period stands, and how the service is."""

from __future__ import annotations

from datetime import datetime

import typer
from rich.table import Table

from kinerja_mailbot.adapters.store import StoreFacts
from kinerja_mailbot.cli.context import DEFAULT_CONFIG, ConfigOption, JsonOption, console, load, print_json
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.sop.state import PeriodState
from kinerja_mailbot.service import Service


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Tampilkan keadaan periode, surel, dan surat.")(status)


def status(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show one table per period, then the counts of mails and letters and what needs a person."""
    with Service(load(config)) as service:
        facts, store = service.facts(), service.store.status_facts()
    if as_json:
        print_json(_record(facts, store))
        return
    if not facts.periode:
        console.print("Belum ada periode yang dibuka.")
    for period in facts.periode:
        console.print(_table(period, facts))
    console.print(f"Surel: {_counts(store.surel)}", highlight=False)
    console.print(f"Surat: {_counts(store.surat)}", highlight=False)
    for mail in store.ditahan:
        console.print(f"Ditahan: surel {mail.id} dari {mail.pengirim}", markup=False, highlight=False)
    for mail in store.disisihkan:
        console.print(f"Disisihkan: surel {mail.id} ({mail.error})", markup=False, highlight=False)
    for address in store.alamat:
        console.print(f"Alamat bermasalah: {address.alamat} ({address.keterangan})", markup=False, highlight=False)


def _table(period: PeriodState, facts: Facts) -> Table:
    table = Table(title=f"{period.periode.nama} ({period.keadaan.value})", title_justify="left")
    for head in ("Unit", "Keadaan", "Dikirim", "Diterima", "Revisi", "Terisi", "Batas", "Pengingat"):
        table.add_column(head)
    for request in period.permintaan:
        unit = facts.daftar.unit(request.unit)
        table.add_row(
            unit.nama if unit else request.unit,
            request.keadaan.value,
            _shown(request.dikirim_at, facts),
            _shown(request.pertama_tiba_at, facts),
            str(request.revisi),
            f"{request.terisi}/{request.seluruh}" if request.revisi else "-",
            _shown(request.batas_at, facts),
            str(request.pengingat),
        )
    return table


def _shown(at: datetime | None, facts: Facts) -> str:
    kantor = facts.aturan.kantor
    if at is None:
        return "-"
    local = at.astimezone(facts.aturan.jam.zona)
    return f"{text.tanggal(local.date())} {local:%H.%M} {kantor.singkatan_zona}"


def _counts(pairs: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{state} {count}" for state, count in pairs) or "belum ada"


def _record(facts: Facts, store: StoreFacts) -> dict[str, object]:
    return {
        "at": facts.now,
        "periods": [
            {
                "periode": period.periode.kode,
                "state": period.keadaan.value,
                "requests": [
                    {
                        "unit": request.unit,
                        "state": request.keadaan.value,
                        "sent_at": request.dikirim_at,
                        "first_arrived_at": request.pertama_tiba_at,
                        "due_at": request.batas_at,
                        "on_time": request.tepat_waktu,
                        "revision": request.revisi,
                        "complete_rows": request.terisi,
                        "rows": request.seluruh,
                        "reminders": request.pengingat,
                    }
                    for request in period.permintaan
                ],
                "editions": len(period.rekap),
            }
            for period in facts.periode
        ],
        "mails": dict(store.surel),
        "letters": dict(store.surat),
        "held": [mail.id for mail in store.ditahan],
        "shunted": [mail.id for mail in store.disisihkan],
        "failing_addresses": [address.alamat for address in store.alamat],
        "last_archived_at": store.terakhir_diarsipkan_at,
    }
