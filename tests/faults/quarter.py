"""The quarter that is played over and over: its office of two units, its scenes, and what stands when it is over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import KeamananSambungan
from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.bounces import bounce_report
from kinerja_mailbot.demo.cast import ADMIN, BOT, KASUBBAG, PENYUSUN, STRANGER, TEKNIS, UMUM
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, attach_workbook
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from tests.databases import database_in
from tests.domain.office import wit
from tests.servers import MailSystem

PASSWORD = "rahasia"
OLD = Person("Alamat lama", "teknis.lama@kpu.example")
PEOPLE = (KASUBBAG, PENYUSUN, ADMIN, UMUM, TEKNIS, OLD, STRANGER)
ADDRESSES = (BOT, *(person.alamat for person in PEOPLE))
_OF_MAIL = re.compile(r"(?<=^surel\.)(\d+)")
_LOOKS_AGAIN = (timedelta(), PROOF_WAIT + timedelta(minutes=1), 2 * PROOF_WAIT + timedelta(minutes=2))


def config_for(system: MailSystem, folder: Path, *, own_copy: bool = True) -> Config:
    """Return the shipped example with two respondents, one of them with a second address, and these servers.

    The daily mail to ourselves and the admin's line are left out: they depend on the hour, not on what is played.
    """
    example = load_config(bundled_example(), {}, require_secrets=False)
    umum, teknis = (unit for unit in example.daftar.responden if unit.id in {"umum", "teknis"})
    official = replace(teknis.pejabat[0], alamat=(TEKNIS.alamat, OLD.alamat))
    plain = KeamananSambungan.POLOS
    imap = replace(example.imap, host=system.host, port=system.imap_port, keamanan=plain, user=BOT, password=PASSWORD)
    smtp = replace(example.smtp, host=system.host, port=system.smtp_port, keamanan=plain, user="", password=None)
    rules = example.kebijakan
    quiet = replace(rules.pemantauan, putar_balik=False, kabar_admin=False)
    return replace(
        example,
        daftar=replace(example.daftar, responden=(umum, replace(teknis, pejabat=(official,)))),
        penyimpanan=database_in(folder),
        kebijakan=replace(rules, pemantauan=quiet),
        imap=imap,
        smtp=replace(smtp, salinan_sendiri=own_copy),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """People do something at a time; then the service is left alone until every letter is proven or sent again."""

    nama: str
    at: datetime
    act: Callable[[Desk, MailSystem], None] = lambda _desk, _system: None

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Return when the service is called."""
        return tuple(self.at + later for later in _LOOKS_AGAIN)


def _troubles(desk: Desk, system: MailSystem) -> None:
    """An automatic reply, an advertisement, and the old address that bounces."""
    letter = desk.newest(TEKNIS, "Permintaan")
    away = desk.reply(TEKNIS, letter, "Saya sedang dinas luar sampai dengan 1 Oktober 2026.")
    away.replace_header("Subject", f"Balasan otomatis: {letter.subjek}")
    away["Auto-Submitted"] = "auto-replied"
    desk.send(away, TEKNIS)
    desk.send(desk.write(STRANGER, "Penawaran harga ATK", "Mohon dibalas."), STRANGER)
    (_, returned), *_ = system.mails(OLD.alamat)
    system.deliver(bounce_report(OLD.alamat, BOT, returned, desk.clock()), BOT)


def _form(person: Person, words: str, entries: tuple[Entry, ...]) -> Callable[[Desk, MailSystem], None]:
    def act(desk: Desk, _system: MailSystem) -> None:
        letter = desk.newest(person, words)
        name, workbook = letter.workbooks()[-1]
        mail = desk.reply(person, letter, "Terlampir isian kami.")
        attach_workbook(mail, name, fill_in(workbook, entries))
        desk.send(mail, person)

    return act


def _three_at_once(desk: Desk, system: MailSystem) -> None:
    """An advertisement, and then a reply and a question of two units, which are decided together."""
    desk.send(desk.write(STRANGER, "Penawaran kertas", "Mohon dibalas."), STRANGER)
    _form(UMUM, "Permintaan", figures.UMUM)(desk, system)
    desk.send(desk.write(TEKNIS, "Pertanyaan", "Sampai kapan kami dapat mengirim?"), TEKNIS)


def _orders(desk: Desk, _system: MailSystem) -> None:
    for minute, words in enumerate(("Mohon status.", "Analisis selesai.")):
        _order(desk, words, minute)


def _closes(desk: Desk, _system: MailSystem) -> None:
    _order(desk, "Tutup.", 0)


def _order(desk: Desk, words: str, number: int) -> None:
    mail: EmailMessage = desk.reply(KASUBBAG, desk.newest(KASUBBAG, "Rekap"), words)
    mail.replace_header("Message-ID", f"<{number}.{desk.clock():%H%M}.{KASUBBAG.alamat}>")
    desk.send(mail, KASUBBAG)


SCENES = (
    Scene("the period opens", wit("2026-10-01 08.00")),
    Scene("an automatic reply, a bounce, an advertisement", wit("2026-10-01 08.50"), _troubles),
    Scene("a good reply between two other mails", wit("2026-10-01 09.40"), _three_at_once),
    Scene("a reply with mistakes", wit("2026-10-01 10.30"), _form(TEKNIS, "Permintaan", figures.TEKNIS_FIRST)),
    Scene("the corrected reply, and the rekap", wit("2026-10-01 13.10"), _form(TEKNIS, "", figures.TEKNIS_MENDED)),
    Scene("orders", wit("2026-10-01 14.00"), _orders),
    Scene("the period is closed", wit("2026-10-01 14.50"), _closes),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands at last: values, letters and decisions of the store, and the letters in everybody's mailbox."""

    nilai: Counter[str]
    surat: Counter[str]
    surel: Counter[str]
    diterima: Counter[str]
    temuan: tuple[str, ...]


def ending(system: MailSystem, folder: Path) -> Ending:
    """Look at the store and into all mailboxes; times, ids and attempts may differ between runs and are left out."""
    with Store(database_in(folder)) as store:
        letters = store.letters()
        # Without the mail's number: PostgreSQL gives none twice, not even one whose transaction was undone.
        mails = {mail.id: f"{mail.pengirim} {mail.subjek}" for mail in store.mails(limit=1000)}
        keys = {letter.kunci: _OF_MAIL.sub(lambda found: mails[int(found[1])], letter.kunci) for letter in letters}
        names = {letter.message_id: keys[letter.kunci] for letter in letters}
        return Ending(
            nilai=_values(store),
            surat=Counter(
                f"{keys[one.kunci]}: {one.subjek} to {' '.join(one.penerima)}, {one.state}, "
                f"{'proven' if one.confirmed_at else 'not proven'}"
                for one in letters
            ),
            surel=Counter(f"{m.pengirim} {m.verdict} {m.label} {m.state}" for m in store.mails(limit=1000)),
            diterima=Counter(
                f"{names.get(_message_id(raw), _message_id(raw))} at {address}"
                for address in ADDRESSES
                for _, raw in system.mails(address)
            ),
            temuan=store.check(),
        )


def _values(store: Store) -> Counter[str]:
    found: Counter[str] = Counter()
    for state in store.periods():
        found[f"{state.periode.kode} {state.keadaan.value}"] += 1
        found.update(f"step {step.nomor} {'done' if step.selesai_at else 'open'}" for step in state.langkah)
        found.update(f"edition {e.edisi} {e.lengkap} {e.revisi} {e.analisis}" for e in state.rekap)
        for one in state.permintaan:
            found[f"{one.unit}: {one.keadaan.value}, revision {one.revisi}, punctual {one.tepat_waktu}"] += 1
            found.update(f"{one.unit}: {cell}" for cell in one.sel)
    return found


def _message_id(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=policy.default)["Message-ID"])
