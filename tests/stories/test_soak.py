"""A quarter among mails of every kind: right and wrong forms, robots, orders, strangers, malice, the same again."""

from __future__ import annotations

import shutil

import pytest

from tests.bench.soak.play import soak


@pytest.mark.dovecot
def test_a_quarter_of_mails_of_every_kind_breaks_no_law() -> None:
    if shutil.which("dovecot") is None:
        pytest.skip("dovecot is not installed")

    run = soak(days=91, mails=300, calm_every=7)

    assert run.breaches == ()
    assert run.mails == 300
    assert run.closed == ("2023-TW4",)
    assert {"order", "reply", "unknown", "bounce", "auto_reply", "own"} <= run.verdicts
