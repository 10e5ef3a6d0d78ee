"""What a PostgreSQL server is asked before an office's data are trusted to it, and which services work on them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from kinerja_mailbot.adapters.store.database import Database, translated
from kinerja_mailbot.adapters.store.journal import BOT, note
from kinerja_mailbot.adapters.store.statements import insert_new
from kinerja_mailbot.adapters.store.turns import SERVICE, turns_hold
from kinerja_mailbot.adapters.store.watch import remember
from kinerja_mailbot.adapters.tables import MemoryRow
from kinerja_mailbot.domain.tick.rounds import RESTORED
from kinerja_mailbot.usecases.ports import JournalEntry

_SETTINGS = text("""
    SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
        current_setting('TimeZone') AS zone,
        current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS syncs,
        pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS read_only,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
        current_setting('server_version_num')::int AS number
""")
# A service keeps one connection for its turns, which ends with it: no list of ours could be as true.
_SERVICES = text("""
    SELECT application_name, backend_start, state_change FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, :ours) ORDER BY backend_start, pid
""")
# A dump that is put back makes new tables, a database that is copied from another is a new one, and a server that is
# brought back to a moment goes on in another timeline.
_PLACE = text("""
    SELECT concat_ws('/', system_identifier, timeline_id, pg_database.oid, 'surel_masuk'::regclass::oid)
    FROM pg_control_system(), pg_control_checkpoint(), pg_database WHERE datname = current_database()
""")
_MENDED = 13_00_00  # the oldest version whose faults its makers still mended when this was written
_KNOWN_PLACE = "tempat basis data"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What a server says of itself; `turns_hold` is tried, not asked."""

    version: str
    encoding: str
    zone: str
    syncs: bool
    writable: bool
    may_create: bool
    is_mended: bool
    turns_hold: bool


@dataclass(frozen=True, slots=True)
class Working:
    """A service that works on this database now: its machine and process, since when, and when it last took a turn."""

    name: str
    since: datetime
    last_at: datetime


class ServerStore(Database):
    """What `check`, `status` and the start of a service ask a server; SQLite has none."""

    def server(self) -> ServerFacts | None:
        """Return what the server says of itself, None on SQLite.

        Raises:
            StoreError: it can't be asked.
        """
        if self.is_sqlite:
            return None
        with translated(), self.engine.connect() as connection:
            found = connection.execute(_SETTINGS).one()
        with translated(), self.engine.connect() as connection:
            holds = turns_hold(self.engine, connection.execution_options(isolation_level="AUTOCOMMIT"))
        return ServerFacts(
            version=found.version.partition(" ")[0],
            encoding=found.encoding,
            zone=found.zone,
            syncs=found.syncs,
            writable=not found.read_only,
            may_create=found.may_create,
            is_mended=found.number >= _MENDED,
            turns_hold=holds,
        )

    def services(self) -> tuple[Working, ...]:
        """Return the services that work on this database, on whatever machine, oldest first; none on SQLite.

        Raises:
            StoreError: the server can't be asked.
        """
        if self.is_sqlite:
            return ()
        with translated(), self.engine.connect() as connection:
            rows = connection.execute(_SERVICES, {"ours": SERVICE}).all()
        return tuple(Working(row[0].removeprefix(SERVICE), row[1], row[2]) for row in rows)

    def notice_another_place(self, now: datetime) -> bool:
        """Tell whether the store is elsewhere than when a service last began: the server's tools have put it there.

        It may be older than what was sent, then: as after `restore`, nothing is sent before the mailbox was read.

        Raises:
            StoreError: the server can't be asked; nothing was written.
        """
        if self.is_sqlite:
            return False
        with self.writing() as session:
            here: str = session.connection().execute(_PLACE).scalar_one()
            if insert_new(session, MemoryRow(nama=_KNOWN_PLACE, nilai=here, at=now)):
                return False
            known = session.get_one(MemoryRow, _KNOWN_PLACE, with_for_update=True)
            if (before := known.nilai) == here:
                return False
            known.nilai, known.at = here, now
            remember(session, RESTORED, now.isoformat(), now)
            note(session, JournalEntry(at=now, oleh=BOT, peristiwa="store restored", rincian=f"{before} is now {here}"))
            return True
