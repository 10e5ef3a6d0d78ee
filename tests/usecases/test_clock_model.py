"""Whatever is ordered, repeated, restarted: finished steps stay, deadlines only grow, reminders end with the data."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.outcome import Outcome
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan, PeriodState, StepState
from kinerja_mailbot.usecases.plan import tick
from kinerja_mailbot.usecases.ports import Accepted, Arrived, Cursor, Report
from tests.domain.collection import OPENED, POLICY, UNITS, facts
from tests.domain.decide.office_mail import ME_VOUCHED, mail, outcome_of
from tests.usecases.test_plan import PRESS, nonces

UNIT = st.sampled_from([unit.id for unit in UNITS])
ORDERS = st.one_of(
    st.sampled_from(["TUNDA karena banjir", "LANJUT", "INGATKAN", "PERPANJANG semua 3 jam karena gempa"]),
    st.builds("PERPANJANG {} {} hari karena banjir".format, UNIT, st.integers(1, 4)),
    st.builds("PERPANJANG {} {} menit karena rapat".format, UNIT, st.integers(5, 300)),
    st.builds("PERPANJANG {} sampai {} Oktober karena banjir".format, UNIT, st.integers(1, 31)),
    st.builds("TERIMA {} NIHIL".format, UNIT),
)


@cache
def empty_store() -> bytes:
    """Return a migrated database without a row; making it takes longer than a whole play."""
    with TemporaryDirectory() as folder, Store(f"sqlite:///{Path(folder) / 'kinerja.db'}") as store:
        store.migrate()
        store.backup(Path(folder) / "copy.db")
        return (Path(folder) / "copy.db").read_bytes()


class OfficeOnTheClock(RuleBasedStateMachine):
    """One period in a real store, its Kasubbag at the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.running = ExitStack()  # the service: its store
        self.machine = ExitStack()  # the server that it runs on: its disk
        self.folder = Path(self.machine.enter_context(TemporaryDirectory()))
        (self.folder / "kinerja.db").write_bytes(empty_store())
        self.store = self._open()
        self.now = OPENED
        self.nonce, self.uid = nonces(), count(1)
        self.given: tuple[int, str] | None = None
        self.finished: dict[int, StepState] = {}
        self.due: dict[str, datetime] = {}
        self.silent: dict[str, int] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.running.close()
        self.machine.close()

    @initialize()
    def begin(self) -> None:
        """Open the period and send its requests."""
        self._pass_time(1)

    @rule(minutes=st.integers(1, 900))
    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self._pass_time(minutes)

    @rule(text=ORDERS)
    def order(self, text: str) -> None:
        """Obey a mail."""
        uid = next(self.uid)
        arrived = Arrived(folder="INBOX", uidvalidity=1, uid=uid, tiba_at=self.now, mentah=f"{uid} {text}".encode())
        self.store.archive("INBOX", (arrived,), Cursor(1, uid), self.now)
        self.given = (self.store.mails(limit=1)[0].id, text)
        self._apply(*self.given)

    @rule()
    def repeat(self) -> None:
        """Decide the last mail once more; nothing changes."""
        if self.given is None:
            return
        before, letters = self._period(), self._keys()
        self.store.reset_for_replay(self.given[0], self.now)
        self._apply(*self.given)
        assert (self._period(), self._keys()) == (before, letters)

    @rule()
    def restart(self) -> None:
        """Stop the service and start it again."""
        self.running.close()
        self.store = self._open()

    @invariant()
    def finished_steps_stay(self) -> None:
        """SOP pengesahan 4."""
        for step in self._period().langkah if self.store.periods() else ():
            if step.selesai_at is not None:
                assert self.finished.setdefault(step.nomor, step) == step

    @invariant()
    def deadlines_only_grow(self) -> None:
        """Neither an extension nor a pause takes time away from anybody."""
        for request in self._period().permintaan if self.store.periods() else ():
            assert request.batas_at >= self.due.get(request.unit, request.batas_at)
            self.due[request.unit] = request.batas_at

    @invariant()
    def nobody_is_reminded_after_all_is_in(self) -> None:
        """Reminders stop at once."""
        for request in self._period().permintaan if self.store.periods() else ():
            if request.keadaan is KeadaanPermintaan.LENGKAP:
                assert self.silent.setdefault(request.unit, request.pengingat) == request.pengingat

    @invariant()
    def each_debt_is_paid_once(self) -> None:
        """A key is a letter."""
        assert all(number == 1 for number in Counter(self._keys()).values())

    def _open(self) -> Store:
        return self.running.enter_context(Store(f"sqlite:///{self.folder / 'kinerja.db'}"))

    def _pass_time(self, minutes: int) -> None:
        stood = bool(self.store.periods()) and self._period().jeda is not None
        before = self._reminders()
        self.now += timedelta(minutes=minutes)
        tick(self.store, PRESS, facts(self.now), self.nonce)
        sent = self.store.take(self.store.due(self.now, 100), self.now)
        self.store.record([Report(letter.id, self.now, Accepted()) for letter in sent])
        tick(self.store, PRESS, facts(self.now), self.nonce)
        assert not stood or self._reminders() == before

    def _apply(self, mail_id: int, text: str) -> None:
        outcome = self._decide(mail_id, text)
        self.store.apply(mail_id, outcome, PRESS.compose(outcome.surat, self.now), self.now)

    def _decide(self, mail_id: int, text: str) -> Outcome:
        known: Facts = replace(facts(self.now, POLICY), identitas=ME_VOUCHED, periode=self.store.periods())
        return outcome_of(replace(mail("perencanaan", text, proven=True), id=mail_id, tiba_at=self.now), (), known)

    def _period(self) -> PeriodState:
        return self.store.periods()[0]

    def _keys(self) -> list[str]:
        return [letter.kunci for letter in self.store.letters()]

    def _reminders(self) -> list[str]:
        return [key for key in self._keys() if ".pengingat." in key]


TestOfficeOnTheClock = OfficeOnTheClock.TestCase
TestOfficeOnTheClock.settings = settings(max_examples=6, stateful_step_count=14, deadline=None)
