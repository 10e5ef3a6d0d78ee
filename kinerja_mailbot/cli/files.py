"""Commands that lay files: `init`, `backup`, `systemd`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kinerja_mailbot.cli.context import DEFAULT_CONFIG, ConfigOption, busy, load, refuse_overwriting, say, service_for
from kinerja_mailbot.config import init_files
from kinerja_mailbot.config.bundled import CONFIG_NAME
from kinerja_mailbot.domain import text

# @resources stays allowed: the process that opens spreadsheets limits itself by it.
_UNIT = """\
[Unit]
Description=Pengumpulan data kinerja melalui surel (kinerja-mailbot)
After=network-online.target
Wants=network-online.target

[Service]
Type=notify
NotifyAccess=main
WatchdogSec=300
User=kinerja
Group=kinerja
WorkingDirectory={folder}
ExecStart="{python}" -m kinerja_mailbot run --config "{config}"
{credentials}
Restart=on-failure
RestartPreventExitStatus=2
RestartSec=10
TimeoutStartSec=300
TimeoutStopSec=10
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths="{folder}"
ProtectHome={home}
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
PrivateIPC=yes
DevicePolicy=closed
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
CapabilityBoundingSet=
AmbientCapabilities=
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM
UMask=0077

[Install]
WantedBy=multi-user.target
"""


# With ProtectHome=yes nothing below these exists for the service.
_HOMES = (Path("/home"), Path("/root"), Path("/run/user"))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Siapkan berkas konfigurasi dan templat yang dapat disunting.")(init)
    app.command(help="Salin basis data selagi layanan berjalan.")(backup)
    app.command(help="Cetak unit systemd untuk memasang layanan.")(systemd)


def init(folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Tempat berkas.")] = Path()) -> None:
    """Lay editable copies of the example configuration and the templates; nothing is overwritten."""
    laid = init_files(folder)
    for path in laid:
        say(f"dibuat  {path}")
    if not laid:
        say("Semua berkas sudah ada; tidak ada yang diubah.")
        return
    say(
        f"\nLangkah berikutnya: sunting {folder / CONFIG_NAME}, isi kata sandi pada variabel lingkungan\n"
        "KINERJA_IMAP_PASSWORD dan KINERJA_SMTP_PASSWORD, lalu jalankan `kinerja-mailbot check`."
    )


def backup(
    target: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas salinan yang belum ada.")],
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Take an online copy of the database."""
    refuse_overwriting(target)
    with service_for(load(config)) as service, busy("Menyalin"):
        service.store.backup(target)
        service.store.note_backup(service.clock())
    say(f"Salinan basis data: {target} ({text.ukuran_berkas(target.stat().st_size)})")


def systemd(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Print a hardened systemd unit for this installation."""
    path, python = config.resolve(), Path(sys.executable)
    hidden = any(place.is_relative_to(home) for place in (path, python.resolve()) for home in _HOMES)
    unit = _UNIT.format(
        folder=_escaped(path.parent),
        python=_escaped(python),
        config=_escaped(path),
        home="no" if hidden else "yes",
        credentials="\n".join(
            f"LoadCredential=kinerja_{name}:/etc/kinerja-mailbot/{name}" for name in _credentials(path)
        ),
    )
    print(unit, end="")  # noqa: T201  a file, not for rich to wrap


def _credentials(path: Path) -> tuple[str, ...]:
    """Return the secrets that the service needs; systemd starts nothing while one of their files is missing."""
    oauth = load(path).oauth if path.exists() else None
    if oauth is None:
        return "imap_password", "smtp_password"
    return ("oauth_client_secret",) if oauth.client_secret else ()


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")  # systemd's own placeholders begin with %
