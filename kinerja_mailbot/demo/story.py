"""The demo's story: one quarter on a fast clock, through the real service, on real mail servers in this process."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from kinerja_mailbot.config import Config, bundled_example, load_config
from kinerja_mailbot.config.settings import KeamananSambungan
from kinerja_mailbot.demo.cast import ACTS, ALL, BOT, OLD_ADDRESS, SEKRETARIS, Act
from kinerja_mailbot.demo.ending import check_ending
from kinerja_mailbot.demo.servers import MailServers
from kinerja_mailbot.demo.staff import Desk
from kinerja_mailbot.demo.timeline import Timeline
from kinerja_mailbot.domain.policy import Pemantauan
from kinerja_mailbot.domain.sop.working_time import is_open, next_opening
from kinerja_mailbot.service import Service

_ZONE = ZoneInfo("Asia/Jayapura")
_CURTAIN_UP = datetime(2026, 10, 1, 7, 50, tzinfo=_ZONE).astimezone(UTC)
_CURTAIN_DOWN = datetime(2026, 10, 7, 16, 0, tzinfo=_ZONE).astimezone(UTC)
_STEP = timedelta(minutes=10)


class DemoError(Exception):
    """The story ended otherwise than it should."""


@dataclass(slots=True)
class StageClock:
    """A clock that stands still until it is told to move."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the time on stage, aware UTC."""
        return self.now


def play(output: Path, console: Console) -> None:
    """Play the quarter and leave the rekap, all mails and the database in `output`.

    Raises:
        DemoError: something ended otherwise than the story says; all that is wrong is named.
    """
    started = time.monotonic()
    if output.exists() and any(output.iterdir()):
        raise DemoError(f"folder {output} tidak kosong; pilih folder lain dengan --output")
    output.mkdir(parents=True, exist_ok=True)
    clock = StageClock(_CURTAIN_UP)
    timeline = Timeline(console, clock, _ZONE)
    with MailServers(clock, on_mail=timeline.letter, bouncing=(OLD_ADDRESS,)) as servers:
        password = secrets.token_hex(8)
        for address in (BOT, *(person.alamat for person in ALL)):
            servers.add_mailbox(address, password)
        desk = Desk(servers, BOT, clock)
        with Service(_config(output, servers, password), clock=clock) as service, service.exclusive():
            _play_acts(service, desk, clock, timeline)
            wrong = check_ending(service, desk, output)
        timeline.save_mails(output / "surel")
    console.print(f"\nSelesai dalam {time.monotonic() - started:.0f} detik. Hasil: {output}", highlight=False)
    if wrong:
        raise DemoError("\n".join(f"  - {line}" for line in wrong))


def _play_acts(service: Service, desk: Desk, clock: StageClock, timeline: Timeline) -> None:
    """Move the clock in small steps through office time; staff act when their hour has come."""
    waiting = list(ACTS)
    while clock.now <= _CURTAIN_DOWN and (waiting or not timeline.is_quiet(clock.now)):
        while waiting and waiting[0].at(_ZONE) <= clock.now:
            _perform(waiting.pop(0), desk)
        beat = service.beat()
        if beat.faults:
            raise DemoError("; ".join(beat.faults))
        timeline.mails(service.store.mails())
        clock.now = _next_moment(service, clock.now, waiting)


def _perform(act: Act, desk: Desk) -> None:
    try:
        act.perform(desk)
    except LookupError as error:
        raise DemoError(f"{act.siapa.nama}: {error}") from error


def _next_moment(service: Service, now: datetime, waiting: list[Act]) -> datetime:
    later = now + _STEP
    hours = service.facts().aturan.jam
    moment = later if is_open(hours, later) else next_opening(hours, later)
    return min([moment, *(act.at(_ZONE) for act in waiting[:1] if act.at(_ZONE) > now)])


def _config(output: Path, servers: MailServers, password: str) -> Config:
    """The shipped example, pointed at the embedded servers; the Sekretaris has a second address that bounces."""
    example = load_config(bundled_example(), os.environ, require_secrets=False)
    sekretaris = next(unit for unit in example.daftar.responden if unit.id == "sekretaris")
    official = replace(sekretaris.pejabat[0], alamat=(SEKRETARIS.alamat, OLD_ADDRESS))
    units = tuple(
        replace(unit, pejabat=(official,)) if unit is sekretaris else unit for unit in example.daftar.responden
    )
    return replace(
        example,
        daftar=replace(example.daftar, responden=units),
        kebijakan=replace(example.kebijakan, pemantauan=Pemantauan()),  # the story is the office's, not the admin's
        penyimpanan=f"sqlite:///{(output / 'kinerja.db').resolve()}",
        imap=replace(
            example.imap,
            host=servers.host,
            port=servers.imap_port,
            keamanan=KeamananSambungan.POLOS,
            user=BOT,
            password=password,
        ),
        smtp=replace(
            example.smtp,
            host=servers.host,
            port=servers.smtp_port,
            keamanan=KeamananSambungan.POLOS,
            user="",
            password=None,
        ),
    )
