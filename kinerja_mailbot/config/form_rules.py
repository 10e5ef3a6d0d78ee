"""The rules of a sheet: reading them, and making sure that what they name exists."""

from __future__ import annotations

from kinerja_mailbot.config.table import Table, shown
from kinerja_mailbot.domain.form.definition import (
    AdaDi,
    BatasHari,
    Form,
    Jumlah,
    PredikatSesuai,
    Rule,
    Sheet,
    TidakMelebihi,
    TidakMenurun,
    Unik,
    WajibBila,
)
from kinerja_mailbot.domain.form.value import Mark

_KINDS = ("wajib_bila", "tidak_melebihi", "tidak_menurun", "jumlah", "predikat_sesuai", "unik", "ada_di", "batas_hari")


def read_rule(entry: Table) -> Rule | None:
    """Read one [[lembar.aturan]]; None when its kind is not known, which is noted."""
    match entry.text("jenis"):
        case "wajib_bila":
            below = entry.number("kurang_dari") if entry.has("kurang_dari") else None
            words = entry.texts("isi")
            return WajibBila(kolom=entry.text("kolom"), bila=entry.text("bila"), isi=words, kurang_dari=below)
        case "tidak_melebihi":
            return TidakMelebihi(kolom=entry.text("kolom"), batas=entry.text("batas"))
        case "tidak_menurun":
            return TidakMenurun(kolom=entry.text("kolom"), dari=entry.text("dari"), catatan=entry.text("catatan"))
        case "jumlah":
            parts = entry.texts("bagian", needed=True)
            return Jumlah(kolom=entry.text("kolom"), total=entry.text("total"), bagian=parts)
        case "predikat_sesuai":
            score, grade = entry.text("nilai"), entry.text("predikat")
            return PredikatSesuai(kolom=entry.text("kolom"), nilai=score, predikat=grade)
        case "unik":
            return Unik(kolom=entry.texts("kolom", needed=True))
        case "ada_di":
            sheet, column = entry.text("lembar"), entry.text("kolom_lain")
            return AdaDi(kolom=entry.text("kolom"), lembar=sheet, kolom_lain=column)
        case "batas_hari":
            return BatasHari(
                kolom=entry.text("kolom"),
                status=entry.text("status"),
                selesai=entry.texts("selesai", needed=True),
                lembar=entry.text("lembar"),
                kunci=entry.text("kunci"),
                mulai=entry.text("mulai"),
                hari=entry.integer("hari", at_least=1),
            )
        case unknown:
            entry.complain("jenis", shown(unknown), "salah satu dari: " + ", ".join(_KINDS))
            entry.give_up()
            return None


def check_references(entry: Table, sheet: Sheet, form: Form) -> None:
    """Note each column, row or sheet that the sheet's key and rules name but that does not exist."""
    _check_columns(entry, "kunci", sheet, sheet.kunci)
    for rule in sheet.aturan:
        match rule:
            case WajibBila():
                _check_columns(entry, "aturan", sheet, (rule.kolom, rule.bila))
                _check_words(entry, sheet, rule)
            case TidakMelebihi():
                _check_columns(entry, "aturan", sheet, (rule.kolom, rule.batas))
            case TidakMenurun():
                _check_columns(entry, "aturan", sheet, (rule.kolom, rule.dari, rule.catatan))
            case Jumlah():
                _check_columns(entry, "aturan", sheet, (rule.kolom,))
                _check_rows(entry, sheet, (rule.total, *rule.bagian))
            case PredikatSesuai():
                _check_columns(entry, "aturan", sheet, (rule.kolom,))
                _check_rows(entry, sheet, (rule.nilai, rule.predikat))
            case Unik():
                _check_columns(entry, "aturan", sheet, rule.kolom)
            case AdaDi():
                _check_columns(entry, "aturan", sheet, (rule.kolom,))
                _check_other_sheet(entry, form, rule.lembar, (rule.kolom_lain,))
            case BatasHari():
                _check_columns(entry, "aturan", sheet, (rule.kolom, rule.status, rule.kunci))
                _check_other_sheet(entry, form, rule.lembar, (rule.kunci, rule.mulai))


def _check_columns(entry: Table, key: str, sheet: Sheet, names: tuple[str, ...]) -> None:
    for name in names:
        if name and sheet.column(name) is None:
            known = ", ".join(column.kunci for column in sheet.kolom)
            entry.complain(key, f"kolom {shown(name)}", f"kolom yang ada pada lembar ini: {known}")


def _check_rows(entry: Table, sheet: Sheet, codes: tuple[str, ...]) -> None:
    known = [row.kode for row in sheet.baris]
    for code in codes:
        if code and code not in known:
            entry.complain("aturan", f"baris {shown(code)}", f"kode baris yang ada: {', '.join(known) or '-'}")


def _check_words(entry: Table, sheet: Sheet, rule: WajibBila) -> None:
    column = sheet.column(rule.bila)
    choices = [choice.nilai for choice in column.pilihan] if column else []
    for word in rule.isi:
        if choices and word not in (*choices, *Mark):
            entry.complain("aturan", f"isi {shown(word)}", f"salah satu pilihan {rule.bila}: {', '.join(choices)}")


def _check_other_sheet(entry: Table, form: Form, lembar: str, columns: tuple[str, ...]) -> None:
    other = form.sheet(lembar)
    if other is None:
        entry.complain("aturan", f"lembar {shown(lembar)}", f"lembar: {', '.join(s.id for s in form.lembar)}")
    else:
        _check_columns(entry, "aturan", other, columns)
