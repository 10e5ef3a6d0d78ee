"""What grows with the years: old mails in the inbox, revisions in the database, replies since the start."""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from imap_tools import MailBoxUnencrypted
from sqlalchemy import text

from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.ports import Cursor
from tests.bench.office import BOT, PASSWORD, Respondents, Servers, clock, config, fill_inbox, open_period
from tests.bench.process import resident, resident_with_children
from tests.bench.sink import running_sink
from tests.bench.table import Figure
from tests.bench.throughput import seconds, serve, waiting_replies
from tests.servers import Dovecot

_ROUNDS = 7


def old_mails(counts: tuple[int, ...]) -> list[Figure]:
    """Measure one poll that finds one new mail, over so many old ones, and what of it is Dovecot's own EXAMINE.

    Dovecot looks through a whole Maildir when something was delivered to it; the rest of the poll is the service's.
    """
    times = [_poll_above(count) for count in counts]
    figures = [
        Figure(
            name=f"one poll, {count} old mails and a new one; of it {server * 1000:.0f} Dovecot's",
            value=poll,
            unit="ms",
        )
        for count, (poll, server) in zip(counts, ((p * 1000, s) for p, s in times), strict=True)
    ]
    ratio = max(times[-1][0] - times[-1][1], 0.001) / max(times[0][0] - times[0][1], 0.001)
    name = f"the service's part, {counts[-1]} to {counts[0]}"
    return [*figures, Figure(name=name, value=ratio, unit="times", goal=1.2)]


def _poll_above(count: int) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, running_sink() as sink:
        dovecot.add_mailbox(BOT, PASSWORD)
        settings = config(Path(name), Servers(dovecot.imap_port, sink.port), 1)
        settings = replace(settings, smtp=replace(settings.smtp, salinan_sendiri=False))
        with Service(settings, clock=clock) as service:
            open_period(service)
            fill_inbox(dovecot, [_small(number) for number in range(count)])
            uidvalidity, newest = _examined(service)
            _skip_to(service, uidvalidity, newest)
            service.beat()
            polls, server = [], []
            with MailBoxUnencrypted("127.0.0.1", dovecot.imap_port).login(BOT, PASSWORD) as mailbox:
                for number in range(count, count + 2 * _ROUNDS, 2):
                    dovecot.deliver(_small(number), BOT)
                    polls.append(seconds(lambda: _one_new(service)))
                    dovecot.deliver(_small(number + 1), BOT)
                    server.append(seconds(lambda: mailbox.folder.set("INBOX", readonly=True)))
                    _one_new(service)
    return statistics.median(polls), statistics.median(server)


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


def stored_revisions(count: int, replies: int = 60) -> list[Figure]:
    """Measure a reply with an empty database, and with so many revisions of earlier years in it."""
    empty, full = _reply_above(0, replies), _reply_above(count, replies)
    return [
        Figure(name="a reply, nothing stored", value=empty * 1000, unit="ms"),
        Figure(name=f"a reply, {count} revisions stored", value=full * 1000, unit="ms"),
        Figure(name="the same, ratio", value=full / empty, unit="times", goal=1.2),
    ]


def _reply_above(count: int, replies: int) -> float:
    with waiting_replies(replies) as (service, _servers, _folder):
        if count:
            _history(service, count)
        return seconds(lambda: serve(service, replies)) / replies


_HISTORY = (
    "INSERT INTO periode (kode, tahun, jenis, nomor, keadaan, dibuka_at, ditutup_at, sop) "
    "SELECT '2020-TW1', 2020, jenis, 1, 'ditutup', '2020-04-01', '2020-07-01', sop FROM periode LIMIT 1",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) "
    "INSERT INTO surel_masuk (fingerprint, ukuran, terpotong, arrived_at, archived_at, state, percobaan, "
    "dilepas, verdict, label, alasan, pengirim, subjek, periode, unit, error, decided_at, folder) "
    "SELECT 'lama' || i, 27000, 0, '2020-04-05', '2020-04-05', 'decided', 0, 0, 'reply', 'tanda terima', '', "
    "'satker' || printf('%04d', i % 2208) || '@kpu.example', 'Re', '2020-TW1', 'satker' || (i % 2208), '', "
    "'2020-04-05', 'INBOX' FROM n",
    "INSERT INTO kiriman (periode, unit, revisi, nomor, surel_id, tiba_at, tepat_waktu, berkas_nama, berkas_ukuran, "
    "berkas_sha256, lengkap, terisi, seluruh, catatan) SELECT '2020-TW1', unit, id, 'TRM-LAMA-' || id, id, "
    "'2020-04-05', 1, 'isian.xlsx', 19000, fingerprint, 1, 30, 30, '[]' FROM surel_masuk WHERE periode = '2020-TW1'",
    "INSERT INTO surat_keluar (kunci, message_id, templat, subjek, penerima, state, percobaan, next_at, last_error, "
    "created_at, sent_at, periode, unit, surel_id) SELECT 'surel.' || id || '.lama', '<' || id || '@lama>', "
    "'tanda-terima', 'Tanda terima', '[]', 'sent', 1, '2020-04-05', '', '2020-04-05', '2020-04-05', '2020-TW1', unit, "
    "id FROM surel_masuk WHERE periode = '2020-TW1'",
    "INSERT INTO surat_penerima (surat_id, alamat, state, ditolak) SELECT s.id, m.pengirim, 'accepted', '' "
    "FROM surat_keluar s JOIN surel_masuk m ON m.id = s.surel_id WHERE s.periode = '2020-TW1'",
    "ANALYZE",
)


def _history(service: Service, count: int) -> None:
    """Write what answered replies of 2020 leave behind, without their bytes, which nothing but a replay reads."""
    with service.store.engine.begin() as connection:
        for statement in _HISTORY:
            connection.execute(text(statement.format(count=count)))


def memory(count: int) -> list[Figure]:
    """Watch the memory of the service, with its child, over so many replies."""
    portion = max(count // 10, 1)
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as name, Dovecot() as dovecot, running_sink() as sink:
        dovecot.add_mailbox(BOT, PASSWORD)
        servers = resident_with_children(os.getpid()) - resident(os.getpid())  # Dovecot and the sink are children too
        with Service(config(Path(name), Servers(dovecot.imap_port, sink.port), portion + 1), clock=clock) as service:
            everybody = Respondents(service, open_period(service))
            for round_ in range(10):
                fill_inbox(
                    dovecot,
                    [
                        everybody.reply(number).replace(b"<balasan.", b"<ke%d.balasan." % round_, 1)
                        for number in range(portion)
                    ],
                )
                sent = 0
                while sent < portion:
                    sent += service.beat().sent
                gc.collect()
                sizes.append(resident_with_children(os.getpid()) - servers)
    return [
        Figure(name=f"memory with the child after {portion} replies", value=sizes[0], unit="MB"),
        Figure(name=f"memory with the child after {portion * 10} replies", value=sizes[-1], unit="MB", goal=150),
    ]
