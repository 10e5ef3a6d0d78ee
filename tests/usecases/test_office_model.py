"""Whatever staff and servers do, in whatever order: one answer a mail, nobody pressed twice, nothing rewritten.

The whole heartbeat on a real store, between a mailbox and a mail server of lists. `KINERJA_EXAMPLES` plays more of it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.acting import with_acting
from kinerja_mailbot.domain.evidence.chain import ChainedLine, broken_links
from kinerja_mailbot.domain.form.value import RawValue
from kinerja_mailbot.domain.form.workbook import ReadResult
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.incoming import IncomingMail
from kinerja_mailbot.domain.mail.letter import Letter, OutgoingMail
from kinerja_mailbot.domain.sop.state import KeadaanPeriode, KeadaanPermintaan, PeriodState, StepState
from kinerja_mailbot.domain.unit import Unit
from kinerja_mailbot.usecases.compose import Press
from kinerja_mailbot.usecases.heartbeat import Heartbeat
from kinerja_mailbot.usecases.ports import Arrived, ConnectionSendError, Cursor, NamedFile, RenderedLetter
from kinerja_mailbot.usecases.receive import Desk
from tests.databases import database_in, databases_of
from tests.domain.collection import DAFTAR, OPENED, UNITS
from tests.domain.decide.office_mail import ATURAN, ME_VOUCHED, attached, mail, workbook
from tests.postgresql import PostgreSQL
from tests.stories.year_clock import is_worked, written
from tests.usecases.fakes import LazyReader, NoContainers
from tests.usecases.test_clock_model import empty_store
from tests.usecases.test_plan import FakeOffice

EXAMPLES = int(os.environ.get("KINERJA_EXAMPLES", "6"))
UNIT = st.sampled_from(UNITS)
AGUS = "agus@kpu.example"
WAITS = st.one_of(st.integers(1, 60), st.integers(60, 600), st.sampled_from([1_440, 3 * 1_440, 10 * 1_440]))
ORDERS = st.one_of(
    st.sampled_from(
        [
            "TUNDA karena banjir",
            "LANJUT",
            "INGATKAN",
            "STATUS",
            "REKAP",
            "SETUJU",
            "TUTUP",
            "BUKA TW2 2026",
            "PERPANJANG semua 3 jam karena gempa",
            f"PLH umum Agus Momot {AGUS} 12/SPT/2026 s.d. 31 Oktober 2026",
            "TOLAK belum perlu",
            "apa kabar",
        ]
    ),
    st.builds("PERPANJANG {0.kode} {1} hari karena banjir".format, UNIT, st.integers(1, 3)),
    st.builds("INGATKAN {0.kode}".format, UNIT),
    st.builds("TERIMA {0.kode} NIHIL".format, UNIT),
)
WORDS = st.sampled_from(["NIHIL", "MINTA WAKTU 2 hari karena listrik padam", "BANTUAN", "Apakah pagu sudah direvisi?"])
FIGURES: dict[str, tuple[RawValue, ...]] = {"good": (85.5, 72.25), "partial": (85.5, None), "bad": ("12.500", "x")}


@dataclass
class Post(LazyReader):
    """The mailbox and the mail server: what arrived, what was taken, and whether the line holds."""

    mails: dict[bytes, tuple[IncomingMail, ReadResult | None]] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    is_down: bool = False

    def fetch_new(self, folder: str, cursor: Cursor | None, since: date) -> Iterator[Sequence[Arrived]]:  # noqa: ARG002
        seen = cursor.uid if cursor else 0
        if fresh := [one for one in self.arrived if one.uid > seen]:
            yield fresh

    def fetch_again(self, folder: str, place: Cursor) -> Arrived | None:  # noqa: ARG002
        return None

    @contextmanager
    def session(self) -> Iterator[Post]:
        if self.is_down:
            raise ConnectionSendError("no route to host")
        yield self

    def send(self, raw: bytes, recipients: Sequence[str], copies: Sequence[str] = ()) -> tuple[()]:  # noqa: ARG002
        self.taken.append(raw)
        return ()

    def parse(self, raw: bytes, mail_id: int, arrived_at: datetime) -> IncomingMail:
        return replace(self.mails[raw][0], id=mail_id, tiba_at=arrived_at)

    def read(self, content: bytes) -> ReadResult:
        found = self.mails[content][1]
        assert found is not None
        return found


class Office(FakeOffice):
    """Composes letters whose bytes are their key, to those for whom they are."""

    def compose(
        self, letter: Letter, rendered: RenderedLetter, files: Sequence[NamedFile], now: datetime
    ) -> OutgoingMail:
        composed = super().compose(letter, rendered, files, now)
        penerima = tuple(address for person in letter.kepada for address in person.alamat)
        return replace(composed, penerima=penerima, mentah=letter.kunci.encode())


class OfficeAtWork(RuleBasedStateMachine):
    """The third quarter in a real store; everybody writes what he likes."""

    server: ClassVar[PostgreSQL | None] = None  # SQLite

    def __init__(self) -> None:
        super().__init__()
        self.running, self.machine = ExitStack(), ExitStack()
        self.folder = Path(self.machine.enter_context(TemporaryDirectory()))
        self.machine.enter_context(databases_of(self.server, self.folder))
        if self.server is None:
            (self.folder / "kinerja.db").write_bytes(empty_store())
        self.post, self.now = Post(), OPENED
        office = Office()
        press = Press(letterhead=office, forms=office, rekaps=office, composer=office, reports=office)
        self.desk = Desk(self.post, self.post, press, NoContainers())
        self.store, self.heart = self._start()
        self.finished: dict[tuple[str, int], StepState] = {}
        self.due: dict[tuple[str, str], datetime] = {}
        self.complete: dict[tuple[str, str], int] = {}
        self.closed: dict[str, frozenset[str]] = {}

    def teardown(self) -> None:
        """See that the journal is whole, and leave nothing behind."""
        self.the_journal_is_one_chain()
        self.running.close()
        self.machine.close()

    @initialize()
    def begin(self) -> None:
        """Open the period and send its requests."""
        self.heart.beat()

    # --- what happens ---------------------------------------------------------------------------------------------

    @rule(minutes=WAITS)
    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)
        self.heart.beat()

    @rule(unit=UNIT, quality=st.sampled_from(sorted(FIGURES)))
    def returns_form(self, unit: Unit, quality: str) -> None:
        """Send a form, right or wrong."""
        self._arrives(mail(unit.id, "Terlampir.", answers=unit.id), workbook(unit, *FIGURES[quality]))

    @rule(text=ORDERS)
    def orders(self, text: str) -> None:
        """Order something."""
        self._arrives(mail("perencanaan", text, proven=True))

    @rule(unit=UNIT, text=WORDS)
    def writes(self, unit: Unit, text: str) -> None:
        """Write to the bot without a form."""
        self._arrives(mail(unit.id, text, answers=unit.id))

    @rule(unit=UNIT, days=st.integers(1, 5))
    def is_away(self, unit: Unit, days: int) -> None:
        """Let somebody's robot answer."""
        until = (self.now + timedelta(days=days)).date()
        words = f"Saya cuti s.d. {until:%d-%m-%Y}."
        self._arrives(mail(unit.id, words, answers=unit.id, auto_submitted="auto-replied"))

    @rule()
    def a_stranger_writes(self) -> None:
        """Write from nowhere."""
        self._arrives(mail("promo@toko.example", "Penawaran harga"))

    @precondition(lambda self: self.post.arrived)
    @rule()
    def the_last_mail_comes_twice(self) -> None:
        """Deliver a mail once more."""
        last = self.post.arrived[-1]
        self.post.arrived.append(replace(last, uid=last.uid + 1, tiba_at=self.now))
        self.heart.beat()

    @rule(is_down=st.booleans())
    def the_line(self, is_down: bool) -> None:
        """Cut the line to the mail server, or mend it."""
        self.post.is_down = is_down

    @rule()
    def restart(self) -> None:
        """Stop the service and start it again."""
        self.running.close()
        self.store, self.heart = self._start()

    # --- what always holds ----------------------------------------------------------------------------------------

    @invariant()
    def finished_steps_stay(self) -> None:
        """SOP pengesahan 4."""
        for period in self._periods():
            for step in period.langkah:
                if step.selesai_at is not None:
                    assert self.finished.setdefault((period.periode.kode, step.nomor), step) == step

    @invariant()
    def deadlines_only_grow(self) -> None:
        """No order and no answer takes time away from anybody."""
        for period in self._periods():
            for request in period.permintaan:
                key = (request.periode, request.unit)
                assert request.batas_at >= self.due.get(key, request.batas_at), key
                self.due[key] = request.batas_at

    @invariant()
    def nobody_is_reminded_after_all_is_in(self) -> None:
        """Reminders stop at once; they begin again only with a revision that is wrong."""
        for period in self._periods():
            for request in period.permintaan:
                key = (request.periode, request.unit)
                if request.keadaan is not KeadaanPermintaan.LENGKAP:
                    self.complete.pop(key, None)
                else:
                    assert self.complete.setdefault(key, request.pengingat) == request.pengingat

    @invariant()
    def reminders_keep_to_the_ladder(self) -> None:
        """In office time, once a half-day to each person, and not while the clock stands."""
        pressed = Counter[tuple[str, str]]()
        pauses = [(p.periode.kode, one) for p in self._periods() for one in p.penundaan]
        for letter in self.store.letters():
            if letter.templat != "pengingat" or letter.kunci.endswith(".tembusan"):
                continue
            by_order = ".surel-" in letter.kunci
            at = letter.created_at
            assert by_order or is_worked(at), letter.kunci
            for kode, pause in pauses:
                stood = pause.mulai_at < at and (pause.sampai_at is None or at < pause.sampai_at)
                assert not (stood and letter.periode == kode), letter.kunci
            half = f"{written(at)[:5]} {'pagi' if written(at)[6:] < '13.00' else 'siang'}"
            pressed[letter.penerima[0], half] += not by_order
        assert all(number <= 1 for number in pressed.values()), pressed

    @invariant()
    def each_mail_has_one_verdict_and_one_answer(self) -> None:
        """Nobody is left without an answer, nobody gets two."""
        letters = self.store.letters()
        for line in self.store.mails(limit=1_000):
            assert line.state in {"decided", "held"}, (line.state, line.error)
            assert line.verdict
            answers = [one for one in letters if one.surel_id == line.id and line.pengirim in one.penerima]
            assert len([one for one in answers if one.templat in ANSWERS]) <= 1, [one.kunci for one in answers]
            if line.verdict in {"auto_reply", "unknown"}:
                assert answers == []

    @invariant()
    def each_letter_leaves_once_to_people_we_know(self) -> None:
        """A key is a letter, a letter is sent once."""
        assert all(number == 1 for number in Counter(self.post.taken).values())
        known = {*DAFTAR.addresses(), AGUS}
        assert {address for letter in self.store.letters() for address in letter.penerima} <= known

    @invariant()
    def a_closed_period_is_silent(self) -> None:
        """SOP pengesahan 6: only answers to mails follow."""
        for period in self._periods():
            kode = period.periode.kode
            if period.keadaan is KeadaanPeriode.DITUTUP:
                ours = frozenset(one.kunci for one in self.store.letters(f"{kode}."))
                assert self.closed.setdefault(kode, ours) == ours

    def the_journal_is_one_chain(self) -> None:
        """No line is changed, none is missing."""
        with self.store.evidence() as record:
            lines = list(record.chain())
        chain = [line for line in lines if isinstance(line, ChainedLine)]
        assert len(chain) == len(lines)
        assert list(broken_links(chain)) == []

    # --- the office -----------------------------------------------------------------------------------------------

    def _start(self) -> tuple[Store, Heartbeat]:
        store = self.running.enter_context(Store(database_in(self.folder)))
        heart = Heartbeat(
            inbox=self.post,
            mailer=self.post,
            store=store,
            desk=self.desk,
            facts=self._facts,
            clock=lambda: self.now,
            new_nonce=lambda: "nonce",
            stopping=lambda: False,
            folders=("INBOX",),
            own_copy=(),
        )
        return store, heart

    def _facts(self) -> Facts:
        today = self.now.astimezone(ATURAN.jam.zona).date()
        named = self.store.appointments(today)
        return Facts(
            now=self.now,
            identitas=ME_VOUCHED,
            daftar=with_acting(DAFTAR, named, today),
            aturan=ATURAN,
            tidak_hadir=self.store.absences(self.now, today),
            penunjukan=named,
            permohonan=self.store.petitions(),
            kendala_kirim=self.store.sending_troubles(),
        )

    def _arrives(self, sent: IncomingMail, result: ReadResult | None = None) -> None:
        uid = len(self.post.arrived) + 1
        raw = f"From: {sent.pengirim[0]}\r\nMessage-ID: <{uid}@staf.example>\r\n\r\n{uid}".encode()
        if result is not None:
            item, _ = attached(result, f"isian-{uid}.xlsx")
            sent = replace(sent, lampiran=(replace(item, isi=raw),))
        self.post.mails[raw] = (replace(sent, message_id=f"<{uid}@staf.example>"), result)
        self.post.arrived.append(Arrived(folder="INBOX", uidvalidity=1, uid=uid, tiba_at=self.now, mentah=raw))
        self.now += timedelta(minutes=1)
        self.heart.beat()

    def _periods(self) -> tuple[PeriodState, ...]:
        return self.store.periods()


ANSWERS = {
    "tanda-terima",
    "perbaikan",
    "petunjuk",
    "perintah",
    "daftar-perintah",
    "status",
    "panduan",
    "tanya-perintah",
}

TestOfficeAtWork = OfficeAtWork.TestCase
TestOfficeAtWork.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=15, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class OfficeOnPostgreSQL(OfficeAtWork):
    """The same on PostgreSQL."""


@pytest.fixture(scope="class")
def on_postgresql(postgresql: PostgreSQL) -> None:
    OfficeOnPostgreSQL.server = postgresql


TestOfficeOnPostgreSQL = pytest.mark.usefixtures("on_postgresql")(OfficeOnPostgreSQL.TestCase)
TestOfficeOnPostgreSQL.settings = settings(  # fewer plays: what differs is the store alone
    TestOfficeAtWork.settings, max_examples=max(2, EXAMPLES // 3)
)
