"""What a process takes of the machine, read from /proc."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def resident(pid: int, line: str = "VmRSS") -> float:
    """Return the resident memory in MB, 0 when the process has ended; `VmHWM` is the most it ever was."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(found.split()[1]) / 1024 for found in status.splitlines() if found.startswith(line)), 0.0)


def resident_with_children(pid: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    try:
        lists = [path.read_text(encoding="ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        lists = []
    return resident(pid) + sum(resident(int(child)) for text in lists for child in text.split())


def cpu_seconds(pid: int) -> float:
    """Return the processor time that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
