"""The letters of the daily rounds with invented findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kinerja_mailbot.adapters.letterhead import sample_world as world
from kinerja_mailbot.domain.mail import letters
from kinerja_mailbot.domain.mail.facts import Facts
from kinerja_mailbot.domain.mail.health import DayCounts, Health, LoopBack, Queues
from kinerja_mailbot.domain.mail.letter import Letter


def rounds_letters(facts: Facts) -> Iterator[Letter]:
    """Yield the mail to ourselves, a good day and one on which everything is wrong."""
    yield letters.putar_balik(facts)
    sent = world.NOW - timedelta(minutes=2)
    yield letters.kabar_admin(
        facts,
        Health(
            kemarin=DayCounts(surel_masuk=12, surat_terkirim=9),
            antrean=Queues(),
            putar_balik=LoopBack(ditulis_at=sent, dikirim_at=sent, kembali_at=world.NOW),
            sisa_ruang=23_400_000_000,
            cadangan_at=world.EARLIER,
        ),
    )
    yield letters.kabar_admin(
        facts,
        Health(
            kemarin=DayCounts(surel_masuk=3, surat_gagal=2),
            antrean=Queues(surel_disisihkan=1, surat_belum_pasti=1, surat_menunggu=4),
            putar_balik=LoopBack(ditulis_at=world.NOW - timedelta(hours=20)),
            sisa_ruang=420_000_000,
            ditemukan=2,
        ),
    )
