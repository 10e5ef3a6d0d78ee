"""The morning letter through the real service: once on a working morning, only when something has changed."""

from __future__ import annotations

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, UMUM
from tests.domain.office import wit
from tests.stories.stage import Stage, period, sent_twice, settle

MORNING = "Kabar pagi"


def mornings(stage: Stage) -> list[str]:
    return [subject.partition(", ")[2] for subject in stage.subjects(KASUBBAG) if subject.startswith(MORNING)]


def test_the_kasubbag_hears_of_changes_on_working_mornings_only(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service(("umum", "teknis")) as service:
        settle(service)
        assert mornings(stage) == []

        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        assert mornings(stage) == []

        for moment in ("10-02 07.29", "10-02 07.30", "10-02 09.00", "10-03 09.00", "10-04 09.00"):
            stage.clock.now = wit(f"2026-{moment}")
            settle(service)
        assert mornings(stage) == ["2 Oktober 2026"]

    stage.clock.now = wit("2026-10-05 07.30")
    with stage.service(("umum", "teknis")) as service:
        settle(service)

        assert mornings(stage) == ["2 Oktober 2026", "5 Oktober 2026"]
        assert sent_twice(service) == []


def test_an_unchanged_morning_is_silent(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        stage.clock.now = wit("2026-10-01 10.00")
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        stage.clock.now = wit("2026-10-02 07.30")
        settle(service)

        assert mornings(stage) == ["2 Oktober 2026"]
        assert period(service).step(6).selesai_at is None

        for moment in ("10-05 07.30", "10-06 07.30", "10-06 15.00", "10-07 07.30"):
            stage.clock.now = wit(f"2026-{moment}")
            settle(service)
        assert mornings(stage) == ["2 Oktober 2026", "5 Oktober 2026"]  # step 6 ran past its time on Friday
