"""What the computer is asked for: memory that large mails have taken comes back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Between large blocks stay small ones, as between the attachments of one mail and the next.
LARGE_MAILS = """
from pathlib import Path
from kinerja_mailbot.adapters.machine import give_back_large_blocks

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

give_back_large_blocks()
for size in range(1, 30):
    bytearray(size << 20)
before, kept = megabytes(), []
mails = [(b"x" * (5 << 20), kept.append(b"x" * 2000)) for _ in range(20)]
assert megabytes() > before + 90
del mails
print(megabytes() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other ways")
def test_the_memory_of_large_mails_goes_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", LARGE_MAILS], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(done.stdout) < 10
