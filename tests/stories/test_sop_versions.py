"""A revision of the SOP through the real service: a running period keeps its times, the next one takes the new ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from kinerja_mailbot.demo.cast import KASUBBAG
from kinerja_mailbot.domain.policy import PerintahLangkah1, Policy
from kinerja_mailbot.domain.sop.version import VersiSop
from kinerja_mailbot.service import Service
from tests.domain.office import wit
from tests.stories.stage import LONG_AGO, PERIODE, Stage, period, request, settle

NUMBER = "7/ORT.06/9601/2026"


def revised(policy: Policy, efektif: date) -> Policy:
    """Return the policy with a second version that gives steps 4 and 5 only 240 minutes."""
    first = policy.sop
    steps = tuple(replace(step, menit=240 if step.nomor in {4, 5} else step.menit) for step in first.langkah)
    return replace(policy, versi_sop=(first, VersiSop(nomor=NUMBER, tanggal=efektif, efektif=efektif, langkah=steps)))


@contextmanager
def office(stage: Stage, efektif: date) -> Iterator[Service]:
    config = stage.config(("umum",), perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)
    config = replace(config, kebijakan=revised(config.kebijakan, efektif))
    with Service(config, clock=stage.clock) as service, service.exclusive():
        service.store.in_service_since(LONG_AGO)
        yield service


def answer(stage: Stage, words: str) -> None:
    stage.desk.send(stage.desk.reply(KASUBBAG, stage.desk.newest(KASUBBAG), words), KASUBBAG)


def test_a_new_version_takes_only_the_periods_opened_after_it(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with office(stage, date(2026, 10, 2)) as service:
        settle(service)
        first_deadline = request(service, "umum").batas_at

        stage.clock.now = wit("2026-10-02 08.00")
        settle(service)
        answer(stage, "BUKA TW2 2026")
        settle(service)

        old, new = period(service), period(service, "2026-TW2")
        assert (old.sop.nomor, new.sop.nomor) == ("5.16/ORT.06/9601/2023", NUMBER)
        assert request(service, "umum").batas_at == first_deadline == wit("2026-10-02 08.30")
        asked = new.request("umum")
        assert asked is not None
        assert asked.batas_at == wit("2026-10-02 13.30")
        assert new.sop.pukul == old.sop.pukul


def test_no_period_opens_before_the_first_version_is_in_force(embedded_stage: Stage) -> None:
    stage = embedded_stage
    config = stage.config(("umum",), perintah=PerintahLangkah1.OTOMATIS, by_schedule=True)
    policy = config.kebijakan
    young = replace(policy.sop, tanggal=date(2026, 10, 5), efektif=date(2026, 10, 5))
    later = replace(config, kebijakan=replace(policy, sop=young, versi_sop=(young,)))
    with Service(later, clock=stage.clock) as service, service.exclusive():
        service.store.in_service_since(LONG_AGO)
        stage.desk.send(stage.desk.write(KASUBBAG, "Mohon", "BUKA TW3 2026"), KASUBBAG)
        settle(service)
        stage.clock.now = wit("2026-10-01 08.30")
        answer(stage, "BUKA TW3 2026")
        settle(service)

        assert service.store.periods((PERIODE,)) == ()
        body = stage.desk.newest(KASUBBAG, "BUKA").surat.get_body(("plain",))
        assert body is not None
        assert "baru berlaku mulai 5 Oktober 2026" in " ".join(str(body.get_content()).split())
