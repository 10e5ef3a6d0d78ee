"""The stage of the stories: the real service between real mail servers, on a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import KeamananSambungan
from kinerja_mailbot.demo.cast import ALL, BOT
from kinerja_mailbot.demo.spreadsheet import Entry, fill_in
from kinerja_mailbot.demo.staff import Desk, Person, Received, attach_workbook
from kinerja_mailbot.demo.story import StageClock
from kinerja_mailbot.domain.periode import parse_periode
from kinerja_mailbot.domain.policy import Pemantauan, PerintahLangkah1, Policy
from kinerja_mailbot.domain.sop.state import PeriodState, RequestState
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.heartbeat import Beat
from tests.databases import database_in
from tests.domain.office import wit
from tests.servers import MailSystem

PASSWORD = "rahasia"
PERIODE = "2026-TW3"
CURTAIN_UP = wit("2026-10-01 08.00")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
MOST_BEATS = 8


@dataclass(slots=True)
class Stage:
    """One office: its mail servers, its staff, its database in `folder`."""

    system: MailSystem
    folder: Path
    clock: StageClock
    pemantauan: Pemantauan = field(default_factory=Pemantauan)
    arsip: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for address in (BOT, *(person.alamat for person in ALL)):
            self.system.add_mailbox(address, PASSWORD)

    @property
    def desk(self) -> Desk:
        return Desk(self.system, BOT, self.clock)

    @contextmanager
    def service(
        self,
        units: Sequence[str] = ("umum",),
        *,
        by_schedule: bool = True,
        perintah: PerintahLangkah1 = PerintahLangkah1.OTOMATIS,
    ) -> Iterator[Service]:
        """Run the service with these respondents; a second call is a restart on the same database."""
        config = self.config(units, perintah=perintah, by_schedule=by_schedule)
        with Service(config, clock=self.clock) as service, service.exclusive():
            # Dovecot stamps arrivals with the machine's clock: no mail may look older than the service.
            service.store.in_service_since(LONG_AGO)
            yield service

    def config(self, units: Sequence[str], *, perintah: PerintahLangkah1, by_schedule: bool) -> Config:
        """Return the shipped example, pointed at these servers."""
        example = load_config(bundled_example(), {}, require_secrets=False)
        policy: Policy = example.kebijakan
        jadwal = replace(policy.jadwal, perintah=perintah, jenis=policy.jadwal.jenis if by_schedule else frozenset())
        return replace(
            example,
            daftar=replace(example.daftar, responden=tuple(u for u in example.daftar.responden if u.id in units)),
            kebijakan=replace(policy, jadwal=jadwal, pemantauan=self.pemantauan),
            penyimpanan=database_in(self.folder),
            imap=replace(
                example.imap,
                host=self.system.host,
                port=self.system.imap_port,
                keamanan=KeamananSambungan.POLOS,
                user=BOT,
                password=PASSWORD,
                arsip=self.arsip,
            ),
            smtp=replace(
                example.smtp,
                host=self.system.host,
                port=self.system.smtp_port,
                keamanan=KeamananSambungan.POLOS,
                user="",
                password=None,
            ),
        )

    def returns_form(self, person: Person, entries: Sequence[Entry], letter: Received | None = None) -> EmailMessage:
        """Return the person's reply to the newest letter with a form, filled in; not yet sent."""
        answered = letter or self.with_form(person)
        name, workbook = answered.workbooks()[-1]
        mail = self.desk.reply(person, answered, "Terlampir isian kami.")
        attach_workbook(mail, name, fill_in(workbook, entries))
        return mail

    def with_form(self, person: Person) -> Received:
        """Return the newest letter that carries a form."""
        return [letter for letter in self.desk.letters(person) if letter.workbooks()][-1]

    def subjects(self, person: Person) -> list[str]:
        """Return the subjects in somebody's mailbox without their tag, oldest first."""
        return [letter.subjek.partition("] ")[2] or letter.subjek for letter in self.desk.letters(person)]


def settle(service: Service) -> Beat:
    """Beat until nothing is left to do; return everything that was done, faults included."""
    total = Beat()
    for _ in range(MOST_BEATS):
        beat = service.beat()
        total = Beat(
            arrived=total.arrived + beat.arrived,
            decided=total.decided + beat.decided,
            written=total.written + beat.written,
            sent=total.sent + beat.sent,
            faults=(*total.faults, *beat.faults),
        )
        if beat in {Beat(), Beat(faults=beat.faults)}:
            return total
    raise AssertionError(f"the service does not come to rest: {total}")


def period(service: Service, kode: str = PERIODE) -> PeriodState:
    (found,) = service.store.periods((parse_periode(kode).kode,))
    return found


def request(service: Service, unit: str) -> RequestState:
    found = period(service).request(unit)
    assert found is not None
    return found


def sent_twice(service: Service) -> list[str]:
    """Return the letters that were handed to the server more than once, or not proven by their copy."""
    return [
        letter.kunci
        for letter in service.store.letters()
        if letter.percobaan != 1 or letter.state != "sent" or letter.confirmed_at is None
    ]
