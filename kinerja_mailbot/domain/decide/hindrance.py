"""Naming what keeps a reply from counting: of everything that came, the one thing that the answer speaks about."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_mailbot.domain import text
from kinerja_mailbot.domain.decide.reading import Candidate, ReadAttachment, is_meant
from kinerja_mailbot.domain.form.workbook import FileKind, Obstacle, Unreadable
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import Attachment, IncomingMail
from kinerja_mailbot.domain.mail.letters import Hambatan
from kinerja_mailbot.domain.mail.sharing import shares_a_file
from kinerja_mailbot.domain.periode import PeriodeError, parse_periode
from kinerja_mailbot.domain.sop.state import KeadaanPeriode
from kinerja_mailbot.domain.unit import Unit

_NAMED = 3  # files of which one counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """What is in the way: of which file, why it could not be read, and what the sentence is about."""

    hambatan: Hambatan
    berkas: str = ""
    obstacle: Obstacle | None = None
    rincian: str = ""


_OF_OBSTACLE = {
    Obstacle.ENCRYPTED: Hambatan.TERKUNCI,
    Obstacle.TOO_LARGE: Hambatan.TERLALU_BESAR,
    Obstacle.TOO_MANY: Hambatan.KEMASAN_PENUH,
    Obstacle.DAMAGED: Hambatan.RUSAK,
    Obstacle.TOO_SLOW: Hambatan.RUSAK,
    Obstacle.NOT_A_WORKBOOK: Hambatan.RUSAK,
    Obstacle.EMPTY: Hambatan.RUSAK,
}
_OF_KIND = {
    FileKind.ENCRYPTED: Hambatan.TERKUNCI,
    FileKind.EMPTY: Hambatan.RUSAK,
    FileKind.HTML: Hambatan.BUKAN_XLSX,
    FileKind.CSV: Hambatan.BUKAN_XLSX,
    FileKind.ET: Hambatan.BUKAN_XLSX,
    FileKind.DOCX: Hambatan.DOKUMEN_WORD,
    FileKind.ARCHIVE: Hambatan.KEMASAN_LAIN,
    FileKind.ZIP: Hambatan.KEMASAN_LAIN,  # inside another one
    FileKind.TNEF: Hambatan.WINMAIL,
    FileKind.EMAIL: Hambatan.SUREL_TANPA_FORMAT,
    FileKind.MSG: Hambatan.SUREL_TANPA_FORMAT,
    FileKind.PDF: Hambatan.HANYA_PDF_ATAU_FOTO,
    FileKind.IMAGE: Hambatan.HANYA_PDF_ATAU_FOTO,
}
# What most likely was meant to be the form is spoken about; a photo beside a locked workbook is not.
_RANK = (
    Hambatan.TERKUNCI,
    Hambatan.TERLALU_BESAR,
    Hambatan.RUSAK,
    Hambatan.WINMAIL,
    Hambatan.BUKAN_XLSX,
    Hambatan.KEMASAN_LAIN,
    Hambatan.KEMASAN_PENUH,
    Hambatan.KEMASAN_KOSONG,
    Hambatan.BUKAN_FORMAT,
    Hambatan.DOKUMEN_WORD,
    Hambatan.TAUTAN,
    Hambatan.HANYA_PDF_ATAU_FOTO,
    Hambatan.SUREL_TANPA_FORMAT,
    Hambatan.TANPA_LAMPIRAN,
)


def find_hindrance(
    mail: IncomingMail, unit: Unit, forms: tuple[Candidate, ...], sheets: tuple[ReadAttachment, ...], facts: Facts
) -> Hindrance:
    """Return why no form of this unit and period counts."""
    if mail.terpotong:
        return Hindrance(hambatan=Hambatan.SUREL_TERLALU_BESAR)
    if mine := next((form for form in forms if form.unit == unit.id), None):
        return _of_another_period(mine, facts)
    if foreign := next((form for form in forms if form.unit is not None), None):
        name = unit_name(foreign, facts)
        return Hindrance(hambatan=Hambatan.FORMAT_UNIT_LAIN, berkas=foreign.lampiran.nama, rincian=name)
    found = (*_of_sheets(sheets), *_of_files(mail, sheets), *_of_the_mail(mail))
    return min(found, key=lambda one: _RANK.index(one.hambatan))


def several(choices: tuple[Candidate, ...]) -> Hindrance:
    """Return that one of these different forms has to be chosen by its sender."""
    names = tuple(f'"{text.ringkas(form.lampiran.nama, 40)}"' for form in choices[:_NAMED])
    return Hindrance(hambatan=Hambatan.LEBIH_DARI_SATU, berkas=choices[0].lampiran.nama, rincian=", ".join(names))


def unit_name(form: Candidate, facts: Facts) -> str:
    """Return the name of the unit whose form this is, "" when nobody has it."""
    unit = facts.daftar.unit(form.unit or "")
    return unit.nama if unit else ""


def period_name(form: Candidate) -> str:
    """Return the name of the period that a form says it is for, "" when it says none that we know."""
    try:
        return parse_periode(form.periode or "").nama
    except PeriodeError:
        return ""


def _of_another_period(form: Candidate, facts: Facts) -> Hindrance:
    period = facts.period(form.periode)
    is_closed = period is not None and period.keadaan is KeadaanPeriode.DITUTUP
    return Hindrance(
        hambatan=Hambatan.FORMAT_PERIODE_DITUTUP if is_closed else Hambatan.FORMAT_PERIODE_LAIN,
        berkas=form.lampiran.nama,
        rincian=period_name(form),
    )


def _of_sheets(sheets: tuple[ReadAttachment, ...]) -> tuple[Hindrance, ...]:
    return tuple(
        Hindrance(hambatan=_OF_OBSTACLE[obstacle], berkas=sheet.lampiran.nama, obstacle=obstacle)
        for sheet in sheets
        if isinstance(sheet.hasil, Unreadable) and (obstacle := sheet.hasil.obstacle)
    )


def _of_files(mail: IncomingMail, sheets: tuple[ReadAttachment, ...]) -> tuple[Hindrance, ...]:
    unread = {sheet.lampiran.sha256 for sheet in sheets if isinstance(sheet.hasil, Unreadable)}
    return tuple(
        _of_file(item)
        for item in mail.lampiran
        if item.jenis is not FileKind.TEXT and item.sha256 not in unread and is_meant(item)
    )


def _of_file(item: Attachment) -> Hindrance:
    match item.jenis, item.halangan:
        case FileKind.TNEF, _:
            return Hindrance(hambatan=Hambatan.WINMAIL, berkas=item.nama)
        case FileKind.MSG, Obstacle.EMPTY:
            return Hindrance(hambatan=Hambatan.SUREL_TANPA_FORMAT, berkas=item.nama)
        case FileKind.ZIP, Obstacle.EMPTY:
            return Hindrance(hambatan=Hambatan.KEMASAN_KOSONG, berkas=item.nama)
        case _, Obstacle() as obstacle:
            return Hindrance(hambatan=_OF_OBSTACLE[obstacle], berkas=item.nama, obstacle=obstacle)
        case kind, _:
            why = Obstacle.EMPTY if kind is FileKind.EMPTY else None
            return Hindrance(hambatan=_OF_KIND.get(kind, Hambatan.BUKAN_FORMAT), berkas=item.nama, obstacle=why)


def _of_the_mail(mail: IncomingMail) -> tuple[Hindrance, ...]:
    nothing = Hindrance(hambatan=Hambatan.TANPA_LAMPIRAN)
    if shares_a_file(mail.teks, mail.tautan):
        return (Hindrance(hambatan=Hambatan.TAUTAN), nothing)
    if "message/rfc822" in mail.tipe:
        return (Hindrance(hambatan=Hambatan.SUREL_TANPA_FORMAT), nothing)
    return (nothing,)
