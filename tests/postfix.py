"""Postfix, the SMTP server of most Linux offices, on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from string import Template
from types import TracebackType
from typing import Self

from tests.servers import HOST, end_group, free_ports, wait_for_port

# Debian's SMTP servers refuse to be installed together; Postfix may stand here, taken out of its package.
_PLACES = (Path("/"), Path("/usr/local/lib/postfix"))
ROOT = next((path for path in _PLACES if (path / "usr/lib/postfix/sbin/master").exists()), None)
_OWNER, _GROUP = "list", "mail"  # of its queue; every Debian has them, and they share no number

MAIN = Template("""
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
meta_directory = $folder/etc
command_directory = $root/usr/sbin
daemon_directory = $root/usr/lib/postfix/sbin
shlib_directory = $root/usr/lib/postfix
import_environment = MAIL_CONFIG MAIL_LOGTAG TZ LD_LIBRARY_PATH
export_environment = TZ LD_LIBRARY_PATH
mail_owner = $owner
setgid_group = $group
maillog_file = /dev/stdout
maillog_file_prefixes = /dev/stdout
inet_interfaces = $host
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = surat.kpu.example
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = static:all
message_size_limit = 40000000
$deliver
""")
MASTER = Template("""
$host:$port inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
lmtp unix - - n - - lmtp
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
""")
_QUEUES = "active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public pid"


def missing_postfix() -> str:
    """Say why Postfix can't be run here; empty when it can."""
    if ROOT is None:
        return "postfix is not installed"
    return "" if os.geteuid() == 0 else "postfix starts as root only"


def by_lmtp(port: int) -> str:
    """Return the settings by which letters are handed to an LMTP server."""
    return f"virtual_transport = lmtp:inet:{HOST}:{port}"


def into_maildirs(folder: Path, addresses: Iterable[str], owner: str = "nobody") -> str:
    """Return the settings by which letters for these addresses are written into `folder`/ADDRESS/Maildir."""
    who = pwd.getpwnam(owner)
    boxes = " ".join(f"{{{address} = {address}/Maildir/}}" for address in addresses)
    return (
        f"virtual_transport = virtual\nvirtual_mailbox_base = {folder}\nvirtual_mailbox_maps = inline:{{ {boxes} }}\n"
        f"virtual_minimum_uid = 1\nvirtual_uid_maps = static:{who.pw_uid}\nvirtual_gid_maps = static:{who.pw_gid}"
    )


class Postfix:
    """A real Postfix on a free loopback port, which queues every letter and hands it on a moment later."""

    def __init__(self, deliver: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self._deliver = deliver
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        assert ROOT is not None
        self._folder.chmod(0o755)
        for name in ("etc", "data", *(f"queue/{queue}" for queue in _QUEUES.split())):
            (self._folder / name).mkdir(parents=True)
        values = {"folder": self._folder, "root": str(ROOT).rstrip("/"), "host": HOST, "port": self.port}
        main = MAIN.substitute(values, owner=_OWNER, group=_GROUP, deliver=self._deliver)
        (self._folder / "etc" / "main.cf").write_text(main)
        (self._folder / "etc" / "master.cf").write_text(MASTER.substitute(values))
        self._give_away()
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [ROOT / "usr/lib/postfix/sbin/master", "-c", self._folder / "etc", "-d", "-s"],
                env={**os.environ, "MAIL_CONFIG": f"{self._folder}/etc", "LD_LIBRARY_PATH": f"{ROOT}/usr/lib/postfix"},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_for_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            end_group(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)

    def log(self) -> str:
        """Return its log, for tests that fail."""
        return (self._folder / "log").read_text()

    def _give_away(self) -> None:
        """Give queue and data to whom Postfix wants them to belong."""
        queue = self._folder / "queue"
        for path in (self._folder / "data", *queue.iterdir()):
            if path.name != "pid":
                shutil.chown(path, _OWNER)
        for name, mode in (("maildrop", 0o730), ("public", 0o710)):
            shutil.chown(queue / name, group=_GROUP)
            (queue / name).chmod(mode)
