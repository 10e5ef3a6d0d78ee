"""The commands `inspect mail` and `inspect form`: what would the bot make of this, and why; they touch nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from kinerja_mailbot.adapters.filekind import sniff
from kinerja_mailbot.cli.context import DEFAULT_CONFIG, ConfigOption, JsonOption, console, console_err, load, print_json
from kinerja_mailbot.config import Config, bundled_example
from kinerja_mailbot.domain.form.checked import CheckedCell
from kinerja_mailbot.domain.mail.incoming import Attachment
from kinerja_mailbot.domain.mail.verdict import VERDICT_NAMES
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.preview import FormPreview, MailPreview, preview_form, preview_mail

Files = Annotated[list[Path], typer.Argument(metavar="BERKAS…", exists=True, dir_okay=False, help="Berkas.")]
_MEMORY = "sqlite://"


def register(app: typer.Typer) -> None:
    """Add the two commands as a group."""
    group = typer.Typer(help="Lihat bagaimana surel atau berkas akan dibaca; tidak mengubah apa pun.")
    group.command(name="mail", help="Surel (.eml): jenisnya, alasannya, jawabannya.")(mail)
    group.command(name="form", help="Format isian: setiap sel dan hasil pembacaannya.")(form)
    app.add_typer(group, name="inspect", no_args_is_help=True)


def mail(files: Files, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show the verdict on each mail."""
    with Service(_untouched(config)) as service:
        for path in _progress(files, quiet=as_json):
            seen = preview_mail(service.desk, service.facts(), path.read_bytes(), service.clock())
            record = _mail_record(path, seen)
            if as_json:
                print_json(record)
            else:
                _print_mail(path, seen)


def form(files: Files, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Show every cell of each form."""
    with Service(_untouched(config)) as service:
        for path in _progress(files, quiet=as_json):
            content = path.read_bytes()
            attachment = Attachment(
                nama=path.name,
                jenis=sniff(content),
                tipe="",
                ukuran=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                isi=content,
            )
            seen = preview_form(service.desk, service.facts(), attachment)
            if as_json:
                print_json(_form_record(path, seen))
            else:
                _print_form(path, seen)


def _untouched(path: Path) -> Config:
    """Read the configuration (the example's if there is none) and work on a database in memory if none exists yet."""
    config = load(path if path.exists() or path != DEFAULT_CONFIG else bundled_example())
    database = config.penyimpanan.removeprefix("sqlite:///")
    is_new = database != config.penyimpanan and not Path(database).exists()
    return replace(config, penyimpanan=_MEMORY) if is_new else config


def _progress(files: list[Path], *, quiet: bool) -> Iterator[Path]:
    if quiet or len(files) < 10:
        yield from files
    else:
        yield from track(files, "Membaca", console=console_err, transient=True)


def _mail_record(path: Path, seen: MailPreview) -> dict[str, object]:
    forms = {candidate.lampiran.sha256: candidate for candidate in seen.forms}
    return {
        "file": str(path),
        "verdict": VERDICT_NAMES[type(seen.verdict)],
        "reason": seen.outcome.alasan,
        "sender": seen.mail.sender,
        "attachments": [
            {
                "name": item.nama,
                "kind": item.jenis.value,
                "form": forms[item.sha256].unit if item.sha256 in forms else None,
            }
            for item in seen.mail.lampiran
        ],
        "answers": len(seen.outcome.surat),
        "label": seen.outcome.label,
    }


def _print_mail(path: Path, seen: MailPreview) -> None:
    console.rule(str(path), align="left")
    table = Table.grid(padding=(0, 2))
    table.add_row("Jenis", VERDICT_NAMES[type(seen.verdict)])
    table.add_row("Alasan", seen.outcome.alasan)
    table.add_row("Pengirim", seen.mail.sender or "tidak jelas")
    table.add_row("Perihal", seen.mail.subjek)
    table.add_row("Hasil", seen.outcome.label)
    for item in seen.mail.lampiran:
        table.add_row("Lampiran", f"{item.nama} ({item.jenis}, {item.ukuran} bita)")
    for letter in seen.outcome.surat:
        table.add_row("Jawaban", f"{letter.subjek} → {', '.join(a for p in letter.kepada for a in p.alamat)}")
    console.print(table, markup=False, highlight=False)


def _form_record(path: Path, seen: FormPreview) -> dict[str, object]:
    meta, checked = seen.form, seen.checked
    readable = seen.obstacle is None
    reason = seen.obstacle.value if seen.obstacle else "" if checked else "not a form of ours"
    return {
        "file": str(path),
        "kind": seen.kind.value,
        "readable": readable,
        "reason": reason,
        "form": {"id": meta.format, "unit": meta.unit, "periode": meta.periode} if meta else None,
        "cells": [_cell_record(cell) for cell in checked.sel] if checked else [],
        "notes": list(checked.catatan) if checked else [],
    }


def _cell_record(cell: CheckedCell) -> dict[str, object]:
    return {
        "sheet": cell.lembar_terlihat,
        "cell": cell.sel,
        "kode": cell.baris,
        "field": cell.kolom,
        "typed": cell.tertulis,
        "value": None if cell.nilai is None else str(cell.nilai),
        "outcome": cell.hasil.value,
        "message": cell.pesan,
    }


def _print_form(path: Path, seen: FormPreview) -> None:
    console.rule(str(path), align="left")
    if seen.obstacle is not None:
        console.print(f"Tidak dapat dibaca: {seen.obstacle} ({seen.kind})", highlight=False)
        return
    if seen.form is None or seen.checked is None:
        console.print(f"Dapat dibaca ({seen.kind}), tetapi bukan format kami.", highlight=False)
        return
    console.print(f"Format {seen.form.format}, unit {seen.form.unit}, periode {seen.form.periode}", highlight=False)
    table = Table("Lembar", "Sel", "Baris", "Kolom", "Tertulis", "Dibaca", "Hasil", "Keterangan")
    for cell in seen.checked.sel:
        shown = (cell.lembar_terlihat, cell.sel, cell.baris, cell.kolom, cell.tertulis, str(cell.nilai or ""))
        table.add_row(*shown, cell.hasil.value, cell.pesan)
    console.print(table, markup=False, highlight=False)
    for note in seen.checked.catatan:
        console.print(f"- {note}", markup=False, highlight=False)
