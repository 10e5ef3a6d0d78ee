"""`python -m kinerja_mailbot` is the command `kinerja-mailbot`."""

from kinerja_mailbot.cli import main

main()
