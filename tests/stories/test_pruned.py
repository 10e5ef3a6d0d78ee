"""What `prune` lets go of, and what stays for ever."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from kinerja_mailbot.demo import figures
from kinerja_mailbot.demo.cast import KASUBBAG, UMUM
from kinerja_mailbot.usecases.verify import digests_of_files, verify_store
from tests.stories.stage import Stage, settle


def test_only_what_nothing_rests_on_goes_and_the_journal_vouches_for_it(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        settle(service)
        stage.desk.send(stage.returns_form(UMUM, figures.UMUM), UMUM)
        settle(service)
        settle(service)
        stage.desk.send(stage.desk.write(KASUBBAG, "Tutup", "TUTUP"), KASUBBAG)
        settle(service)
        settle(service)
        brought = {line.id for line in service.store.mails() if line.label == "diterima" or "form" in line.alasan}
        later = stage.clock.now + timedelta(days=4000)
        before = [line.id for line in service.store.mails()]

        gone = {mail_id for mail_id, _ in service.store.prunable(later)}
        service.store.prune(later, later, "admin")

        assert gone
        assert gone < set(before)
        assert not gone & brought
        assert [line.id for line in service.store.mails()] == before
        assert all(service.store.mail(mail_id) is None for mail_id in gone)
        assert service.store.prunable(later) == ()
        assert list(verify_store(service.store, partial(digests_of_files, service.desk))) == []


def test_an_open_period_keeps_its_mails(embedded_stage: Stage) -> None:
    stage = embedded_stage
    with stage.service() as service:
        settle(service)
        settle(service)
        stage.desk.send(stage.desk.write(UMUM, "Pertanyaan", "Sampai kapan?"), UMUM)
        settle(service)

        found = service.store.prunable(stage.clock.now + timedelta(days=4000))

        kept = {line.id for line in service.store.mails() if line.periode}
        assert not kept & {mail_id for mail_id, _ in found}
