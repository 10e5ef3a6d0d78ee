"""Who takes part: the office, the Kasubbag, the staff, the units with their officials and addresses."""

from __future__ import annotations

import re

from kinerja_mailbot.config.table import Table, shown
from kinerja_mailbot.domain.unit import Daftar, Kantor, Kertas, Pejabat, Unit

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|localhost)")
_ID = re.compile(r"[a-z0-9-]{1,20}")
_KODE = re.compile(r"[A-Za-z0-9-]{1,12}")
_RESERVED = frozenset({"semua", "nihil"})  # INGATKAN semua, TERIMA umum NIHIL: words of the orders
_GATHERING_STEP = {2: 5, 3: 4}  # SOP: what step 2 sends step 5 gathers; what step 3 sends step 4 gathers


def read_kantor(table: Table) -> Kantor:
    """Read [kantor]; the zone's name is checked with the working hours."""
    return Kantor(
        nama=table.text("nama"),
        alamat=table.text("alamat"),
        kota=table.text("kota"),
        zona=table.text("zona", "Asia/Jayapura"),
        singkatan_zona=table.text("singkatan_zona", "WIT"),
        kertas=Kertas(table.choice("kertas", tuple(Kertas), Kertas.A4)),
    )


def read_daftar(root: Table, forms: frozenset[str], bot: tuple[str, ...]) -> Daftar:
    """Read everybody who takes part; `forms` are the ids that exist, `bot` the addresses that nobody else may have."""
    register = _Register(bot)
    kasubbag = register.read(root.table("kasubbag"))
    penyusun = tuple(register.read(table) for table in root.tables("penyusun"))
    units = tuple(_read_unit(table, forms, register) for table in root.tables("unit", needed=True))
    _check_names(root, units)
    admin = root.table("admin")
    addresses = read_addresses(admin, "alamat")
    for number, address in enumerate(addresses, 1):
        if address.casefold() in {own.casefold() for own in bot}:
            admin.complain(f"alamat[{number}]", shown(address), "alamat yang bukan milik bot sendiri")
    return Daftar(kasubbag=kasubbag, penyusun=penyusun, responden=units, admin=addresses)


def read_addresses(table: Table, key: str) -> tuple[str, ...]:
    """Read a list of e-mail addresses, at least one, each as name@domain without a display name."""
    addresses = table.texts(key, needed=True)
    for number, address in enumerate(addresses, 1):
        if not _ADDRESS.fullmatch(address) or ".." in address:
            table.complain(f"{key}[{number}]", shown(address), 'alamat surel, misalnya "nama@kpu.example"')
    return addresses


class _Register:
    """Whose address is whose so far: one address for one person, or the sender of a reply could not be told."""

    def __init__(self, bot: tuple[str, ...]) -> None:
        self._owner = {address.casefold(): "bot" for address in bot}

    def read(self, table: Table, *, acting: bool = False) -> Pejabat:
        """Read one official; an acting one has a period, both days included."""
        pejabat = Pejabat(
            nama=table.text("nama"),
            jabatan=table.text("jabatan"),
            alamat=read_addresses(table, "alamat"),
            sapaan=table.text("sapaan", "Bapak/Ibu"),
            sejak=table.day("sejak") if acting else None,
            sampai=table.day_if_any("sampai") if acting else None,
        )
        if pejabat.sejak and pejabat.sampai and pejabat.sampai < pejabat.sejak:
            table.complain("sampai", pejabat.sampai.isoformat(), f"tanggal pada atau sesudah {pejabat.sejak}")
        self._claim(table, pejabat)
        return pejabat

    def _claim(self, table: Table, pejabat: Pejabat) -> None:
        for number, address in enumerate(pejabat.alamat, 1):
            owner = self._owner.setdefault(address.casefold(), pejabat.nama)
            if owner != pejabat.nama:
                found = f"{shown(address)}, yang juga alamat {owner}"
                table.complain(f"alamat[{number}]", found, "alamat yang hanya dimiliki satu orang")


def _read_unit(table: Table, forms: frozenset[str], register: _Register) -> Unit:
    unit_id, kode = table.text("id"), table.text("kode")
    if unit_id and not _ID.fullmatch(unit_id):
        table.complain("id", shown(unit_id), 'huruf kecil, angka, dan tanda hubung saja, misalnya "umum"')
    if kode and not _KODE.fullmatch(kode):
        table.complain("kode", shown(kode), 'huruf, angka, dan tanda hubung saja, misalnya "UKL"')
    if unit_id.casefold() in _RESERVED:
        table.complain("id", shown(unit_id), "nama lain; kata ini bagian dari perintah lewat surel")
    form = table.text("format")
    if form and form not in forms:
        known = ", ".join(f'"{name}"' for name in sorted(forms)) or "berkas pada templates/format"
        table.complain("format", shown(form), f"format yang ada: {known}")
    sent = table.integer("langkah_kirim", 2, at_least=1, at_most=6)
    gathered = table.integer("langkah_himpun", _GATHERING_STEP.get(sent, 5), at_least=1, at_most=6)
    if gathered <= sent:
        table.complain("langkah_himpun", str(gathered), f"langkah sesudah langkah_kirim ({sent})")
    regular = register.read(table.table("pejabat"))
    acting = tuple(register.read(plh, acting=True) for plh in table.tables("plh"))
    return Unit(
        id=unit_id,
        kode=kode,
        nama=table.text("nama"),
        pejabat=(regular, *acting),
        format=form,
        langkah_kirim=sent,
        langkah_himpun=gathered,
        panggilan=table.texts("panggilan"),
    )


def _check_names(root: Table, units: tuple[Unit, ...]) -> None:
    seen: dict[str, str] = {}
    for number, unit in enumerate(units, 1):
        for key, name in (("id", unit.id), ("kode", unit.kode), *(("panggilan", p) for p in unit.panggilan)):
            owner = seen.setdefault(name.casefold(), unit.id)
            if name and owner != unit.id:
                found = f"{shown(name)}, yang juga dipakai unit {owner}"
                root.complain(f"unit[{number}].{key}", found, "nama yang hanya dipakai satu unit")
    ids = [unit.id for unit in units]
    for number, unit_id in enumerate(ids, 1):
        if unit_id and unit_id in ids[: number - 1]:
            root.complain(f"unit[{number}].id", f"{shown(unit_id)} untuk kedua kalinya", "id yang belum dipakai")
