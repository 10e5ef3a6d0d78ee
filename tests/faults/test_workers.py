"""Two services share one PostgreSQL database while one after the other is killed: nothing lost, nothing twice."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store, SubmissionLine
from kinerja_mailbot.domain.evidence.chain import ChainedLine, broken_links
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.deliver import PROOF_WAIT
from tests.bench.office import BOT, PASSWORD, PERIODE, Respondents, Servers, open_period
from tests.postgresql import PostgreSQL
from tests.servers import Dovecot
from tests.workers import Workers

REPLIES = int(os.environ.get("KINERJA_TEST_REPLIES", "60"))  # 2,000 take four minutes
ROUNDS = 3  # replies of each respondent: the first with mistakes, then two good ones
KILLS = max(4, REPLIES // 50)
PATIENCE = 90.0  # seconds without any progress


@pytest.fixture
def workers(postgresql: PostgreSQL, dovecot: Dovecot, tmp_path: Path) -> Iterator[Workers]:
    servers = Servers(dovecot.imap_port, dovecot.smtp_port)
    workers = Workers(postgresql.migrated(), servers, REPLIES // ROUNDS, tmp_path / "log")
    yield workers
    workers.kill_all()


@pytest.mark.dovecot
def test_killed_one_after_the_other_they_answer_every_reply_once_and_in_order(
    workers: Workers, dovecot: Dovecot
) -> None:
    with workers.service() as service:
        people = [unit.pejabat[0].alamat[0] for unit in service.config.daftar.responden]
        for address in {BOT, *people, *service.config.daftar.addresses()}:
            dovecot.add_mailbox(address, PASSWORD)
        everybody = Respondents(service, open_period(service))
        workers.start()
        workers.start()
        for number in range(ROUNDS):
            for person in range(len(people)):
                dovecot.deliver(reply(everybody, person, number), BOT, people[person])

        for kill in range(1, KILLS + 1):
            wanted = len(people) * ROUNDS * kill // (KILLS + 1)
            wait(lambda: len(stored(service.store)), wanted, workers)
            workers.kill_oldest()
            workers.start()
        wait(lambda: len(stored(service.store)), len(people) * ROUNDS, workers)
        wait(lambda: steps_of_letters(service.store), 2 * len(service.store.letters()), workers, enough=0.9)
        workers.stop()
    with workers.service(lambda now: now + PROOF_WAIT * 2) as service:
        wait(lambda: proven_after_a_beat(service), len(service.store.letters()), workers)
        letters, chain = service.store.letters(), broken(service.store)
        revisions = [(one.unit, one.revisi, round_of(service.store, one.surel_id)) for one in stored(service.store)]

    assert sorted(revisions) == [(f"satker{n:04}", r + 1, r) for n in range(len(people)) for r in range(ROUNDS)]
    assert {letter.state for letter in letters} == {"sent"}
    answered = Counter(letter.surel_id for letter in letters if letter.surel_id is not None)
    assert (len(answered), set(answered.values())) == (len(people) * ROUNDS, {1})
    owed = Counter((to, letter.message_id) for letter in letters for to in letter.penerima if to in people)
    assert Counter((to, name) for to in people for name in delivered(dovecot, to)) == owed
    assert chain == []


def reply(everybody: Respondents, person: int, number: int) -> bytes:
    """Return the reply of a respondent in this round."""
    raw = everybody.reply(person, wrong=number == 0)
    return raw.replace(b"<balasan.", b"<balasan.%d." % number, 1)


def stored(store: Store) -> list[SubmissionLine]:
    return list(store.submissions(PERIODE.kode))


def round_of(store: Store, mail_id: int) -> int:
    """Return in which round the mail was written, by its Message-ID."""
    mail = store.mail(mail_id)
    assert mail is not None
    return int(str(message_from_bytes(mail.mentah, policy=policy.default)["Message-ID"]).split(".")[1])


def proven(store: Store) -> int:
    return sum(letter.confirmed_at is not None for letter in store.letters())


def steps_of_letters(store: Store) -> int:
    """Return how many letters have left, and how many of these were proven: what waits behind hundreds gets on too."""
    return sum(letter.state == "sent" for letter in store.letters()) + proven(store)


def broken(store: Store) -> list[object]:
    """Return the lines of the journal that do not hold to the line before."""
    with store.evidence() as record:
        return list(broken_links(line for line in record.chain() if isinstance(line, ChainedLine)))


def proven_after_a_beat(service: Service) -> int:
    service.beat()
    return proven(service.store)


def delivered(dovecot: Dovecot, address: str) -> list[str]:
    """Return the Message-IDs of a mailbox, from its files."""
    files = [file for part in ("new", "cur") for file in (dovecot.home(address) / "Maildir" / part).glob("*")]
    return [str(message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"]) for file in files]


def wait(count: Callable[[], int], wanted: int, workers: Workers, *, enough: float = 1.0) -> None:
    """Wait until there are so many, as long as there is any progress."""
    before, since = -1, time.monotonic()
    while (now := count()) < wanted * enough:
        if now > before:
            before, since = now, time.monotonic()
        if time.monotonic() - since > PATIENCE:
            raise TimeoutError(f"{now} of {wanted}\n{workers.log.read_text()[-5000:]}")
        time.sleep(0.2)
