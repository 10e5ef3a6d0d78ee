"""Running the service: its pulse, the watchers of the mailbox, the signals that end it, and who hears how it is."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC
from pathlib import Path
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler

from kinerja_mailbot import __version__
from kinerja_mailbot.adapters.inbox import ImapWatcher
from kinerja_mailbot.adapters.machine import give_back_large_blocks
from kinerja_mailbot.adapters.pulse_file import own_place, write_pulse
from kinerja_mailbot.adapters.systemd import Supervisor
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.health import LoopBack, Queues
from kinerja_mailbot.service import Service
from kinerja_mailbot.usecases.heartbeat import Beat
from kinerja_mailbot.usecases.ports import StoreError

_log = logging.getLogger(__name__)

_GRACE_SECONDS = 3.0  # a stop is over within 5 s: so long a server may take to answer
_LAST_SECONDS = 0.5  # to write down what is known
_FEEDS = 3  # signs of life within the supervisor's patience
_OVERDUE_SECONDS = 60.0  # beyond two intervals: a pulse that late will not come any more
_SOON_SECONDS = 0.5  # until a look at what another service on the same database had in hand, and may have left
_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGTERM", "SIGINT", "SIGBREAK")  # SIGBREAK: how Windows stops a service in a console
    if hasattr(signal, name)
)


def run(service: Service, supervisor: Supervisor) -> None:
    """Beat until stopped: at each pulse of the scheduler, and at once when the mailbox says that mail has come.

    The supervisor hears `READY=1` after the first beat, however that ended: a mail server that is away at boot must
    not keep the service from starting. It is fed by progress alone: whenever the flows ask between two mails or letters
    whether they shall stop, and while the service rests until a pulse that is not overdue. A connection that hangs
    without end lets no flow ask, and the supervisor starts the service anew.
    """
    path = service.config.berkas_detak
    with own_place(path) if path else nullcontext() as place:
        _Runner(service, supervisor, place).run()


class _Runner:
    """One run of the service."""

    def __init__(self, service: Service, supervisor: Supervisor, pulse_at: Path | None) -> None:
        self._service, self._supervisor, self._pulse_at = service, supervisor, pulse_at
        self._started_at = service.clock()
        self._stopping, self._wake = False, threading.Event()
        self._ready = self._mute = False
        self._fed_at = float("-inf")

    def run(self) -> None:
        """See `run`."""
        service, imap = self._service, self._service.config.imap
        service.stopping = self._asked
        watchers = [service.watcher(folder) for folder in imap.folder if imap.idle]
        with self._stop_signals(), self._pulse(imap.interval_detik), _watching(watchers, self._wake.set):
            service.sheets.sandbox.warm_up()
            _log.info("started for %s", service.identity.address)
            give_back_large_blocks()
            while not self._stopping:
                self._wake.clear()
                beat = service.beat()
                self._tell(beat)
                if beat.elsewhere:
                    self._wake.wait(_SOON_SECONDS)
                else:
                    self._rest(2 * imap.interval_detik + _OVERDUE_SECONDS)
        self._supervisor.tell("STOPPING=1", "STATUS=stopped")
        _log.info("stopped")

    def stop(self) -> None:
        """Ask the service to end after the mail or the letter in hand."""
        self._stopping = True
        self._wake.set()

    def _asked(self) -> bool:
        """Answer a flow that asks whether to stop: that it asks is the sign that it goes on."""
        self._feed()
        return self._stopping

    def _rest(self, patience: float) -> None:
        """Wait for the next pulse; one that does not come is a fault that only a new start mends."""
        watchdog = self._supervisor.watchdog
        overdue = time.monotonic() + patience
        while not self._stopping and not self._wake.wait(watchdog / _FEEDS if watchdog else None):
            if time.monotonic() < overdue:
                self._feed()

    def _feed(self) -> None:
        watchdog, now = self._supervisor.watchdog, time.monotonic()
        if watchdog and now - self._fed_at >= watchdog / _FEEDS / 2:
            self._fed_at = now
            self._supervisor.tell("WATCHDOG=1")

    def _tell(self, beat: Beat) -> None:
        """Tell the supervisor and the monitoring how the beat ended."""
        status = f"STATUS={'; '.join(beat.faults) or 'all is well'}"
        ready = () if self._ready else ("READY=1",)
        self._supervisor.tell(*ready, status)
        self._ready = True
        path = self._pulse_at
        if path is None:
            return
        try:
            write_pulse(path, self._record(beat))
        except OSError as error:
            if not self._mute:
                _log.warning("%s can't be written: %s", path, error)
            self._mute = True
        else:
            self._mute = False

    def _record(self, beat: Beat) -> dict[str, object]:
        """Return what README promises of the heartbeat file."""
        heartbeat = self._service.heartbeat
        queues: dict[str, int] | None = None
        loop_back: dict[str, object] | None = None
        try:
            queues = _told(self._service.store.queues())
            loop_back = self._sent_round(self._service.store.loop_back(letters.PUTAR_BALIK))
        except StoreError as error:
            _log.warning("the heartbeat file lacks the queues: %s", error)
        return {
            "time": self._service.clock(),
            "pid": os.getpid(),
            "version": __version__,
            "started_at": self._started_at,
            "last_poll_at": heartbeat.read_until,
            **{
                name: {"last_success_at": s.worked_at, "fault": s.fault, "next_try_at": s.pause.until}
                for name, s in heartbeat.servers()
            },
            "queue": queues,
            "loop_back": loop_back,
            "faults": list(beat.faults),
        }

    def _sent_round(self, loop_back: LoopBack | None) -> dict[str, object] | None:
        if loop_back is None:
            return None
        limit = self._service.config.kebijakan.pemantauan.tunggu_menit
        return {
            "written_at": loop_back.ditulis_at,
            "sent_at": loop_back.dikirim_at,
            "returned_at": loop_back.kembali_at,
            "overdue": loop_back.is_overdue(self._service.clock(), limit),
        }

    @contextmanager
    def _pulse(self, seconds: int) -> Iterator[None]:
        scheduler = BackgroundScheduler(timezone=UTC)
        scheduler.add_job(
            self._wake.set, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)

    @contextmanager
    def _stop_signals(self) -> Iterator[None]:
        """Let signals end the service, within seconds even when a server has stopped to answer."""

        def end(_number: int, _frame: FrameType | None) -> None:
            # In the middle of anything, even of `Event.clear()` whose lock `Event.set()` needs: no more than a flag and
            # a thread that does the rest.
            self._stopping = True
            told = (self.stop, self._service.mailer.interrupt)
            threading.Thread(target=_end_soon, args=told, name="stopping", daemon=True).start()

        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, end) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def _watching(watchers: list[ImapWatcher], wake: Callable[[], None]) -> Iterator[None]:
    for watcher in watchers:
        watcher.start(wake)
    try:
        yield
    finally:
        for watcher in watchers:
            watcher.stop()


def _told(queues: Queues) -> dict[str, int]:
    return {
        "mails_waiting": queues.surel_menunggu,
        "mails_set_aside": queues.surel_disisihkan,
        "letters_waiting": queues.surat_menunggu,
        "letters_uncertain": queues.surat_belum_pasti,
        "letters_failed": queues.surat_gagal,
    }


def _end_soon(stop: Callable[[], None], interrupt: Callable[[], None]) -> None:
    """Stop, and end the process if that takes too long: every moment is safe to leave, as a kill would prove.

    A mail server that keeps a letter waiting is hung up on before, so that the letters behind it go back in order.
    """
    stop()
    time.sleep(_GRACE_SECONDS)
    interrupt()
    time.sleep(_LAST_SECONDS)
    os._exit(0)
