"""The command line: prints, decides nothing."""

from kinerja_mailbot.cli.app import main

__all__ = ["main"]
