"""`python -m kinerja_mailbot` is the command `kinerja-mailbot`."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command, ready to be stopped before anything slow is loaded."""
    serving = "run" in sys.argv[1:]
    if serving:
        signal.signal(signal.SIGTERM, _end)
    gc.disable()  # what is loaded stays: looking for garbage among it takes a tenth of the start
    from kinerja_mailbot.cli import main as command  # noqa: PLC0415  takes a second; a stop must not wait for it

    if not serving:  # `run` has more to load, and sees to it
        gc.enable()
    command()


def _end(_number: int, _frame: FrameType | None) -> None:
    """End at once: until the service runs, every moment is safe to leave, as a kill would prove."""
    os._exit(0)


if __name__ == "__main__":
    main()
