"""The command `status`: where every period stands, and how the service is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import typer
from rich.table import Table

from kinerja_mailbot.adapters.pulse_file import read_pulse
from kinerja_mailbot.cli.context import (
    DEFAULT_CONFIG,
    ConfigOption,
    JsonOption,
    console,
    load,
    print_json,
    say,
    service_for,
)
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.health import LoopBack
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.domain.tick.rounds import BACKUP

if TYPE_CHECKING:
    from kinerja_mailbot.adapters.store import StoreFacts

# The store's states are readable English; people see these words.
_MAILS = {"new": "menunggu", "decided": "diputuskan", "held": "ditahan", "shunted": "disisihkan"}
_LETTERS = {
    "queued": "menunggu dikirim",
    "sending": "sedang dikirim",
    "sent": "terkirim",
    "failed": "gagal",
    "uncertain": "belum pasti",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Tampilkan keadaan periode, surel, dan surat.")(status)


def status(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show one table per period, then the counts of mails and letters and what needs a person."""
    loaded = load(config)
    with service_for(loaded) as service:
        facts, store = service.facts(), service.store.status_facts()
        services, waiting = service.store.services(), service.store.matters()
        loop, copied = service.store.loop_back(letters.PUTAR_BALIK), service.store.remembered(BACKUP)
    if as_json:
        running = read_pulse(loaded.berkas_detak) if loaded.berkas_detak else None
        health = {
            "backup_at": copied or None,
            "loop_back": _sent_round(loop, facts),
            "service": running,
            "services": [{"name": one.name, "since": one.since, "last_at": one.last_at} for one in services],
            "waiting": [
                {"id": one.nomor, "reason": one.urusan.value, "unit": one.unit, "arrived_at": one.tiba_at}
                for one in waiting
            ],
        }
        print_json(_record(facts, store) | health)
    else:
        _show(facts, store)
        kinds = Counter(one.urusan.value for one in waiting)
        say(f"Menunggu keputusan penyusun: {_counts(tuple(kinds.items()), {}) if kinds else 'tidak ada'}")
        for one in services:
            since, last = _moment(one.since, facts), _moment(one.last_at, facts)
            say(f"Layanan {one.name}: berjalan sejak {since}, terakhir bekerja {last}")
        if loop is not None and loop.is_overdue(facts.now, facts.aturan.pemantauan.tunggu_menit):
            say(f"Perhatian: surel uji putaran yang ditulis {_moment(loop.ditulis_at, facts)} belum kembali")


def _sent_round(loop: LoopBack | None, facts: Facts) -> dict[str, object] | None:
    if loop is None:
        return None
    overdue = loop.is_overdue(facts.now, facts.aturan.pemantauan.tunggu_menit)
    return {
        "written_at": loop.ditulis_at,
        "sent_at": loop.dikirim_at,
        "returned_at": loop.kembali_at,
        "overdue": overdue,
    }


def _show(facts: Facts, store: StoreFacts) -> None:
    if not facts.periode:
        say("Belum ada periode yang dibuka.")
    for period in facts.periode:
        console.print(_table(period, facts))
        for sentence in letters.catatan_waktu(facts, period):
            say(sentence)
    say(f"Surel masuk: {_counts(store.surel, _MAILS)}")
    say(f"Surat keluar: {_counts(store.surat, _LETTERS)}")
    say(f"Surel terakhir diambil: {_moment(store.terakhir_diarsipkan_at, facts)}")
    for mail in store.ditahan:
        say(
            f"Ditahan: surel {mail.id} dari {mail.pengirim or 'pengirim tidak jelas'}, {mail.subjek or 'tanpa perihal'}"
        )
    for mail in store.disisihkan:
        say(f"Disisihkan: surel {mail.id} ({mail.error}); setelah diperbaiki: `kinerja-mailbot replay {mail.id}`")
    for absence in facts.tidak_hadir:
        unit = facts.daftar.unit(absence.unit)
        say(f"{unit.nama if unit else absence.unit}: {absence.words}")
    for sentence in letters.catatan_pejabat(facts):
        say(sentence)
    for sentence in letters.warnings(facts):
        say(f"Perhatian: {sentence}")
    say(f"Tinjauan SOP tahun {facts.today.year}: {letters.reviews_this_year(facts)} tercatat")
    for address in store.alamat:
        say(f"Alamat bermasalah: {address.alamat} ({address.keterangan})")


def _table(period: PeriodState, facts: Facts) -> Table:
    zone = facts.aturan.kantor.singkatan_zona
    title = f"{period.periode.nama} ({period.keadaan.value}; waktu {zone})"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0), header_style="underline")
    for head in ("Unit", "Keadaan", "Dikirim", "Diterima", "Batas", "Terisi", "Rev.", "Ingat"):
        table.add_column(head, no_wrap=True)
    for request in period.permintaan:
        table.add_row(*_row(request, facts))
    return table


def _row(request: RequestState, facts: Facts) -> tuple[str, ...]:
    unit, zone = facts.daftar.unit(request.unit), facts.aturan.jam.zona
    moments = (request.dikirim_at, request.pertama_tiba_at, request.batas_at)
    return (
        unit.kode if unit else request.unit,
        request.keadaan.value,
        *("-" if at is None else text.waktu_singkat(at, zone) for at in moments),
        f"{request.terisi}/{request.seluruh}" if request.revisi else "-",
        str(request.revisi),
        str(request.pengingat),
    )


def _moment(at: datetime | None, facts: Facts) -> str:
    rules = facts.aturan
    return "belum pernah" if at is None else text.waktu(at, rules.jam.zona, rules.kantor.singkatan_zona)


def _counts(pairs: tuple[tuple[str, int], ...], words: dict[str, str]) -> str:
    return ", ".join(f"{count} {words.get(state, state)}" for state, count in pairs) or "belum ada"


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
                "extensions": [
                    {"unit": e.unit, "from": e.dari_at, "to": e.menjadi_at, "reason": e.alasan, "by": e.oleh}
                    for e in period.perpanjangan
                ],
                "pauses": [
                    {"from": p.mulai_at, "to": p.sampai_at, "reason": p.alasan, "by": p.oleh} for p in period.penundaan
                ],
            }
            for period in facts.periode
        ],
        "mails": dict(store.surel),
        "letters": dict(store.surat),
        "held": [mail.id for mail in store.ditahan],
        "shunted": [mail.id for mail in store.disisihkan],
        "absent": [{"unit": absence.unit, "until": absence.sampai} for absence in facts.tidak_hadir],
        "acting": [
            {
                "unit": one.unit,
                "name": one.nama,
                "address": one.alamat,
                "from": one.sejak,
                "until": one.sampai,
                "state": one.keadaan.value,
            }
            for one in facts.penunjukan
        ],
        "warnings": list(letters.warnings(facts)),
        "sop": facts.aturan.sop.nomor,
        "sop_reviews": len(facts.tinjauan),
        "failing_addresses": [address.alamat for address in store.alamat],
        "last_archived_at": store.terakhir_diarsipkan_at,
    }
