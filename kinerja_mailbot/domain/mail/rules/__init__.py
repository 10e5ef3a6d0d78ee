"""The verdict rules, one question and one file each; `CHAIN` in `verdict.py` is their order."""
