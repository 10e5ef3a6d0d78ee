"""What grows with the years: old mails in the inbox, revisions in the database, replies since the start."""

from __future__ import annotations

import gc
import imaplib
import os
import statistics
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from imap_tools import MailBoxUnencrypted

from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.ports import Cursor
from tests.bench.history import fill_with_history, fill_with_last_year
from tests.bench.office import BOT, PASSWORD, PERIODE, Respondents, Servers, clock, config, fill_inbox, open_period
from tests.bench.process import resident, resident_with_children
from tests.bench.sink import running_sink
from tests.bench.table import Figure
from tests.bench.throughput import Cost, cost, seconds, serve, waiting_replies
from tests.servers import HOST, Dovecot

_ROUNDS = 7
_AT_ONCE = 1_000
_AT_MOST = 200  # respondents, so that their number does not hide what their replies leave
_WRITERS, _LETTERS, _REVISIONS = 4, 50_000, 150  # the respondents of one office, and what three busy years left


def old_mails(counts: tuple[int, ...]) -> list[Figure]:
    """Measure one poll that finds one new mail, over so many old ones: by the clock and the service's own work.

    Dovecot looks through a whole Maildir when something was delivered to it, so how long its EXAMINE takes then is told
    beside it; in an sdbox it does not have to.
    """
    figures: list[Figure] = []
    for name, configuration in (("Maildir", ""), ("sdbox", "mail_location = sdbox:~/mail")):
        polls = [_poll_above(count, configuration) for count in counts]
        for count, poll in zip(counts, polls, strict=True):
            which = f"{name}, {count} old mails and a new one"
            figures += [
                Figure(name=f"{which}: one poll", value=poll.clock, unit="ms"),
                Figure(name=f"{which}: Dovecot's EXAMINE by itself", value=poll.server, unit="ms"),
                Figure(name=f"{which}: the service's processor time", value=poll.processor, unit="ms"),
            ]
        which = f"{name}, {counts[-1]} to {counts[0]}"
        ratio = polls[-1].processor / polls[0].processor
        whole = polls[-1].clock / polls[0].clock
        figures += [
            Figure(name=f"{which}: the whole poll", value=whole, unit="times", goal=1.2),
            Figure(name=f"{which}: the service's processor time", value=ratio, unit="times", goal=1.2),
        ]
    return figures


@dataclass(frozen=True, slots=True)
class _Poll:
    """Medians in milliseconds: a poll by the clock, the service's processor time in it, EXAMINE after a delivery."""

    clock: float
    processor: float
    server: float


def _poll_above(count: int, configuration: str) -> _Poll:
    with (
        tempfile.TemporaryDirectory() as name,
        Dovecot(extra=f"mail_fsync = never\n{configuration}\n") as dovecot,
        running_sink() as sink,
    ):
        dovecot.add_mailbox(BOT, PASSWORD)
        settings = config(Path(name), Servers(dovecot.imap_port, sink.port), 1)
        settings = replace(settings, smtp=replace(settings.smtp, salinan_sendiri=False))
        with Service(settings, clock=clock) as service:
            open_period(service)
            _append(dovecot, count)
            uidvalidity, newest = _examined(service)
            _skip_to(service, uidvalidity, newest)
            service.beat()  # compares the mailbox with the store, as on each day
            _one_more(dovecot, service, count - 1)
            polls, server = list[Cost](), list[float]()
            with MailBoxUnencrypted("127.0.0.1", dovecot.imap_port).login(BOT, PASSWORD) as mailbox:
                for number in range(count, count + 2 * _ROUNDS, 2):
                    polls.append(_one_more(dovecot, service, number))
                    dovecot.deliver(_small(number + 1), BOT)
                    server.append(seconds(lambda: mailbox.folder.set("INBOX", readonly=True)) * 1000)
                    _one_new(service)
    return _Poll(
        clock=statistics.median(poll.clock for poll in polls),
        processor=statistics.median(poll.processor for poll in polls),
        server=statistics.median(server),
    )


def _one_more(dovecot: Dovecot, service: Service, number: int) -> Cost:
    dovecot.deliver(_small(number), BOT)
    return cost(lambda: _one_new(service), 1)


def _append(dovecot: Dovecot, count: int) -> None:
    """Lay mails into the inbox that came before the service began, which no round fetches: many at once (RFC 3502)."""
    with imaplib.IMAP4(HOST, dovecot.imap_port) as imap:
        imap.login(BOT, PASSWORD)
        for start in range(0, count, _AT_ONCE):
            mails = [_small(number) for number in range(start, min(start + _AT_ONCE, count))]
            literals = b"".join(b' "01-Jan-2019 00:00:00 +0000" {%d+}\r\n%b' % (len(mail), mail) for mail in mails)
            imap.send(b"old APPEND INBOX%b\r\n" % literals)
            while not (said := imap.readline()).startswith(b"old "):
                assert said, dovecot.log()
            assert said.startswith(b"old OK"), said


def _one_new(service: Service) -> None:
    beat = service.beat()
    assert (beat.arrived, beat.faults) == (1, ()), beat


def _examined(service: Service) -> tuple[int, int]:
    """Return UIDVALIDITY and the newest UID; the first look makes Dovecot's index, which no poll pays for again."""
    account = service.config.imap
    with MailBoxUnencrypted(account.host, account.port).login(BOT, PASSWORD) as mailbox:
        said = mailbox.folder.status("INBOX", ["UIDVALIDITY", "UIDNEXT"])
    return said["UIDVALIDITY"], said["UIDNEXT"] - 1


def _skip_to(service: Service, uidvalidity: int, newest: int) -> None:
    service.store.archive("INBOX", (), Cursor(uidvalidity, newest), clock())


def _small(number: int) -> bytes:
    return (
        f"From: orang{number}@luar.example\r\nTo: {BOT}\r\nSubject: Kabar {number}\r\n"
        f"Message-ID: <{number}@luar.example>\r\n\r\nIsi {number}.\r\n"
    ).encode()


def stored_revisions(count: int, replies: int) -> list[Figure]:
    """Measure a reply with an empty database, and with so many revisions of earlier years in it."""
    _reply_above(0, 5)  # what a service does only once is no part of either
    empty, full = _reply_above(0, replies), _reply_above(count, replies)
    stored = f"{count:,} revisions stored"
    return [
        Figure(name="a reply, nothing stored: by the clock", value=empty.clock, unit="ms"),
        Figure(name="a reply, nothing stored: processor time", value=empty.processor, unit="ms"),
        Figure(name=f"a reply, {stored}: by the clock", value=full.clock, unit="ms"),
        Figure(name=f"a reply, {stored}: processor time", value=full.processor, unit="ms"),
        Figure(name="by the clock, ratio", value=full.clock / empty.clock, unit="times", goal=1.2),
        Figure(name="processor time, ratio", value=full.processor / empty.processor, unit="times", goal=1.2),
    ]


def _reply_above(count: int, replies: int) -> Cost:
    with waiting_replies(replies) as (service, _servers, _folder):
        if count:
            fill_with_history(service.store, count)
        return cost(lambda: serve(service, replies), replies)


def years(rounds: int) -> list[Figure]:
    """Measure small beats, four replies each, and beats with nothing to do: in a new store, and after three years."""
    _small_beats(1, revisions=0)  # what a service does only once is no part of either
    new, old = _small_beats(rounds, revisions=0), _small_beats(rounds, revisions=_REVISIONS)
    named = (("a new store", new), (f"after {_LETTERS:,} letters and a year of {_REVISIONS} revisions each", old))
    figures: list[Figure] = []
    for store, (reply, rest) in named:
        figures += [
            Figure(name=f"a reply of four in a beat, {store}: processor time", value=reply, unit="ms"),
            Figure(name=f"a beat with nothing to do, {store}: processor time", value=rest, unit="ms"),
        ]
    return [*figures, Figure(name="a reply of four in a beat, ratio", value=old[0] / new[0], unit="times", goal=1.2)]


def _small_beats(rounds: int, revisions: int) -> tuple[float, float]:
    """Return medians in milliseconds of processor: of a reply, of a beat with nothing to do."""
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, running_sink() as sink:
        dovecot.add_mailbox(BOT, PASSWORD)
        with Service(config(Path(name), Servers(dovecot.imap_port, sink.port), _WRITERS + 1), clock=clock) as service:
            everybody = Respondents(service, open_period(service))
            if revisions:
                fill_with_history(service.store, _LETTERS, _WRITERS)

            replies, rests = list[float](), list[float]()
            for round_ in range(rounds + 1):
                fill_inbox(dovecot, [_again(everybody.reply(number), round_) for number in range(_WRITERS)])
                replies.append(cost(lambda: _answer(service, _WRITERS), _WRITERS).processor)
                rests.append(cost(service.beat, 1).processor)
                if revisions and not round_:
                    fill_with_last_year(service.store, PERIODE.kode, revisions)
            return statistics.median(replies[1:]), statistics.median(rests[1:])


def _again(reply: bytes, round_: int) -> bytes:
    return reply.replace(b"<balasan.", b"<ke%d.balasan." % round_, 1)


def _answer(service: Service, count: int) -> None:
    sent = 0
    while sent < count:
        sent += service.beat().sent


def memory(count: int) -> list[Figure]:
    """Watch the memory of the service, with its child, over so many replies of at most 200 respondents."""
    portion = max(min(count // 10, _AT_MOST), 1)
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, running_sink() as sink:
        dovecot.add_mailbox(BOT, PASSWORD)
        servers = resident_with_children(os.getpid()) - resident(os.getpid())  # Dovecot and the sink are children too
        with Service(config(Path(name), Servers(dovecot.imap_port, sink.port), portion + 1), clock=clock) as service:
            everybody = Respondents(service, open_period(service))
            for round_ in range(count // portion):
                fill_inbox(dovecot, [_again(everybody.reply(number), round_) for number in range(portion)])
                _answer(service, portion)
                gc.collect()
                sizes.append(resident_with_children(os.getpid()) - servers)
    tenth = max(len(sizes) // 10, 1)
    return [
        Figure(name=f"memory with the child after {portion * tenth} replies", value=sizes[tenth - 1], unit="MB"),
        Figure(
            name=f"memory with the child after {portion * len(sizes)} replies", value=sizes[-1], unit="MB", goal=150
        ),
    ]
