"""What `inspect` shows: records for machines, whose shape is a promise, and pages for people."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from rich.table import Table
from rich.text import Text

from kinerja_mailbot.cli.context import console, for_machines, say
from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.decide.reading import Candidate
from kinerja_mailbot.domain.form.catalogue import identify
from kinerja_mailbot.domain.form.checked import CheckedCell, CheckedForm
from kinerja_mailbot.domain.form.value import CellOutcome
from kinerja_mailbot.domain.form.workbook import Obstacle
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment
from kinerja_mailbot.domain.mail.verdict import VERDICT_NAMES
from kinerja_mailbot.usecases.preview import FormPreview, MailPreview

_VERDICTS = {
    "own": "surat bot sendiri",
    "bounce": "laporan pengiriman",
    "auto_reply": "balasan otomatis",
    "order": "perintah",
    "reply": "balasan responden",
    "unknown": "pengirim tidak terdaftar",
}
_OBSTACLES = {
    Obstacle.NOT_A_WORKBOOK: "bukan berkas lembar kerja",
    Obstacle.ENCRYPTED: "dikunci dengan kata sandi",
    Obstacle.DAMAGED: "berkas rusak",
    Obstacle.TOO_LARGE: "terlalu besar",
    Obstacle.TOO_SLOW: "terlalu lama dibaca",
    Obstacle.EMPTY: "berkas kosong",
    Obstacle.TOO_MANY: "terlalu banyak berkas di dalamnya",
}
_OUTCOMES = {
    CellOutcome.ACCEPTED: ("diterima", "green"),
    CellOutcome.INFO: ("diterima dengan catatan", "green"),
    CellOutcome.CHECK: ("mohon dipastikan", "yellow"),
    CellOutcome.FIX: ("perlu diperbaiki", "red"),
}
_LONGEST = 60  # letters of a typed text


def mail_record(path: Path, seen: MailPreview, facts: Facts) -> dict[str, object]:
    """Return one mail as an object: its verdict, and what would follow."""
    forms = {candidate.lampiran.sha256: _form_of(candidate, facts) for candidate in seen.forms}
    return {
        "file": str(path),
        "verdict": VERDICT_NAMES[type(seen.verdict)],
        "reason": seen.outcome.alasan,
        "sender": seen.mail.sender,
        "attachments": [
            {"name": item.nama, "kind": item.jenis.value, "form": forms.get(item.sha256)} for item in seen.mail.lampiran
        ],
        "answers": len(seen.outcome.surat),
        "label": seen.outcome.label,
    }


def unread_mail_record(path: Path, reason: str) -> dict[str, object]:
    """Return the object of a file that could not be opened."""
    empty: dict[str, object] = {"sender": None, "attachments": [], "answers": 0, "label": ""}
    return {"file": str(path), "verdict": "unknown", "reason": reason, **empty}


def form_record(path: Path, seen: FormPreview) -> dict[str, object]:
    """Return one file as an object: whether it can be read, whose form it is, and each cell."""
    meta, checked = seen.form, seen.checked
    reason = seen.obstacle.value if seen.obstacle else "" if checked else "not a form of ours"
    return {
        "file": str(path),
        "kind": seen.kind.value,
        "readable": seen.obstacle is None,
        "reason": reason,
        "form": {"id": meta.format, "unit": meta.unit, "periode": meta.periode} if meta else None,
        "cells": [_cell_record(cell) for cell in checked.sel] if checked else [],
        "notes": list(checked.catatan) if checked else [],
    }


def unread_form_record(path: Path, reason: str) -> dict[str, object]:
    """Return the object of a file that could not be opened."""
    empty: dict[str, object] = {"form": None, "cells": [], "notes": []}
    return {"file": str(path), "kind": "other", "readable": False, "reason": reason, **empty}


def print_mail(path: Path, seen: MailPreview) -> None:
    """Print one mail for people."""
    name = VERDICT_NAMES[type(seen.verdict)]
    table = _page(path)
    table.add_row("Jenis", f"{_VERDICTS[name]} ({name})")
    table.add_row("Alasan", seen.outcome.alasan)
    table.add_row("Pengirim", seen.mail.sender or "tidak jelas")
    table.add_row("Perihal", Text(seen.mail.subjek))
    table.add_row("Hasil", Text(seen.outcome.label))
    for item in seen.mail.lampiran:
        table.add_row("Lampiran", Text(_attachment(item)))
    for letter in seen.outcome.surat:
        to = ", ".join(address for person in letter.kepada for address in person.alamat)
        table.add_row("Jawaban", Text(f"{letter.subjek} → {to}"))
    if not seen.outcome.surat:
        table.add_row("Jawaban", "tidak ada")
    console.print(table, highlight=False)


def print_form(path: Path, seen: FormPreview) -> None:
    """Print one form for people: what was typed, what was read, and what is to be mended."""
    table = _page(path)
    if seen.obstacle is not None:
        table.add_row("Hasil", f"tidak dapat dibaca: {_OBSTACLES[seen.obstacle]} ({seen.kind})")
    elif seen.form is None or seen.checked is None:
        table.add_row("Hasil", f"dapat dibaca ({seen.kind}), tetapi bukan format kantor ini")
    else:
        table.add_row("Format", Text(f"{seen.form.format}, unit {seen.form.unit}, periode {seen.form.periode}"))
        table.add_row("Terisi", f"{seen.checked.terisi} dari {seen.checked.seluruh} baris")
        table.add_row("Sel", _summary(seen.checked))
    console.print(table, highlight=False)
    if seen.checked is not None:
        _print_cells(seen.checked)


def _attachment(item: Attachment) -> str:
    facts = [item.jenis.value, text.ukuran_berkas(item.ukuran)]
    if item.wadah:
        facts.append(f"dari {item.wadah}")
    if item.halangan is not None:
        facts.append(f"tidak terbuka: {_OBSTACLES[item.halangan]}")
    return f"{item.nama} ({', '.join(facts)})"


def _page(path: Path) -> Table:
    console.rule(Text(str(path)), align="left")
    return Table.grid(padding=(0, 2))


def _summary(checked: CheckedForm) -> str:
    counts = {outcome: sum(cell.hasil is outcome for cell in checked.sel) for outcome in CellOutcome}
    return ", ".join(f"{count} {_OUTCOMES[outcome][0]}" for outcome, count in counts.items() if count)


def _print_cells(checked: CheckedForm) -> None:
    """Print the cells that hold something or lack something; the empty ones that may be empty are left out."""
    worth = [cell for cell in checked.sel if cell.tertulis or cell.hasil is not CellOutcome.ACCEPTED]
    for sheet, cells in groupby(worth, key=lambda cell: cell.lembar_terlihat):
        table = Table.grid(padding=(0, 2))
        for cell in cells:
            table.add_row(cell.sel, _cell_text(cell))
        say(f"\nLembar {sheet}")
        console.print(table, highlight=False)
    for note in checked.catatan:
        say(f"Catatan {identify(note)}: {note}")


def _cell_text(cell: CheckedCell) -> Text:
    words, colour = _OUTCOMES[cell.hasil]
    typed = f'"{text.ringkas(cell.tertulis, _LONGEST)}"' if cell.tertulis else "kosong"
    read = for_machines(cell.nilai)
    shown = "" if read is None or str(read) == cell.tertulis else f" → {text.ringkas(str(read), _LONGEST)}"
    found = Text(f"{cell.baris} {cell.kolom}: {typed}{shown}  ")
    found.append(words, style=colour)
    return found.append(f"\n{' '.join(cell.pesan_id)} {cell.pesan}".rstrip()) if cell.pesan else found


def _cell_record(cell: CheckedCell) -> dict[str, object]:
    return {
        "sheet": cell.lembar_terlihat,
        "cell": cell.sel,
        "kode": cell.baris,
        "field": cell.kolom,
        "typed": cell.tertulis,
        "value": for_machines(cell.nilai),
        "outcome": cell.hasil.value,
        "message": cell.pesan,
        "ids": list(cell.pesan_id),
    }


def _form_of(candidate: Candidate, facts: Facts) -> dict[str, object] | None:
    """Return whose form an attachment is; None for a workbook that is none of ours."""
    if candidate.unit is None:
        return None
    known = facts.daftar.unit(candidate.unit) is not None
    form = candidate.meta.format if candidate.meta else facts.aturan.form_for(candidate.unit).id if known else ""
    return {"id": form, "unit": candidate.unit, "periode": candidate.periode}
