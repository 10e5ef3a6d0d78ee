"""What waits for the penyusun is remembered until it is settled; refusals and the health of addresses too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import Store
from kinerja_mailbot.domain.mail.matters import Matter, Urusan
from kinerja_mailbot.domain.mail.outcome import DismissMail, HealAddress, HoldMail, MarkAddress, Outcome, ReleaseMail
from kinerja_mailbot.usecases.ports import Plan, Told
from tests.adapters.store_cases import (
    LATER,
    NOW,
    archive_one,
    events,
    known,
    letter,
    new_store,
    old_database,
    open_period,
    outcome,
)

STRANGE = Outcome(verdict="unknown", label="disimpan", alasan="not registered", urusan=Urusan.TAK_DIKENAL)
SENDER = "umum@kpu.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        open_period(store)
        yield store


def strange(store: Store, uid: int = 1) -> int:
    mail_id = archive_one(store, f"surel {uid}", uid)
    store.apply(mail_id, STRANGE, (), LATER)
    return mail_id


def held(store: Store, uid: int = 1) -> int:
    mail_id = archive_one(store, f"surel {uid}", uid)
    hold = HoldMail(surel_id=mail_id, unit="umum", periode="2026-TW3")
    store.apply(mail_id, replace(outcome(hold), urusan=Urusan.DITAHAN), (), LATER)
    return mail_id


def order(store: Store, *effects: DismissMail | ReleaseMail | HealAddress | MarkAddress, uid: int = 50) -> None:
    mail_id = archive_one(store, f"perintah {uid}", uid)
    store.apply(mail_id, outcome(*effects), (), LATER)


def test_what_waits_is_listed_with_what_the_penyusun_needs(store: Store) -> None:
    first, second = strange(store), held(store, 2)

    assert store.matters() == (
        Matter(nomor=first, urusan=Urusan.TAK_DIKENAL, tiba_at=NOW, pengirim=SENDER),
        Matter(nomor=second, urusan=Urusan.DITAHAN, tiba_at=NOW, pengirim=SENDER, unit="umum"),
    )


def test_a_mail_that_was_set_aside_waits_too(store: Store) -> None:
    mail_id = archive_one(store, "racun")
    for _ in range(3):
        store.shunt(mail_id, "a bug", LATER)

    assert [(m.nomor, m.urusan) for m in store.matters()] == [(mail_id, Urusan.DISISIHKAN)]


def test_a_summary_and_the_note_of_what_it_lists_are_written_together(store: Store) -> None:
    mail_id = strange(store)

    store.carry_out(Plan(diringkas=(mail_id,)), (letter("ringkasan.2026-10-02"),), LATER)

    assert [matter.diringkas for matter in store.matters()] == [True]
    assert store.unlisted_matters() == ()
    assert store.letter_keys("ringkasan.") == {"ringkasan.2026-10-02"}


def test_of_what_waits_only_what_is_asked_for_is_read(store: Store) -> None:
    first, second, third = (strange(store, uid) for uid in (1, 2, 3))
    settled = archive_one(store, "selesai")
    store.carry_out(Plan(diringkas=(second,)), (), LATER)

    assert [matter.nomor for matter in store.unlisted_matters()] == [first, third]
    assert [matter.nomor for matter in store.matters_named({second, third, settled, 99})] == [second, third]
    assert store.matters_named(frozenset()) == ()


def test_a_dismissed_mail_is_kept_but_listed_no_more(store: Store) -> None:
    mail_id = strange(store)

    order(store, DismissMail(mail_id))
    order(store, DismissMail(mail_id), uid=51)

    kept = store.mail(mail_id)
    assert store.matters() == ()
    assert kept is not None
    assert kept.mentah
    assert events(store).count("mail dismissed") == 1


def test_a_dismissed_mail_can_still_be_released_by_its_owner(store: Store) -> None:
    mail_id = held(store)
    order(store, DismissMail(mail_id))

    order(store, ReleaseMail(mail_id), uid=51)

    assert [(mail.id, mail.dilepas) for mail in store.undecided(5)] == [(mail_id, True)]


@pytest.mark.parametrize("arrange", [held, strange], ids=["held", "unknown"])
def test_an_accepted_mail_is_decided_again_as_proven(store: Store, arrange: object) -> None:
    mail_id = held(store) if arrange is held else strange(store)

    order(store, ReleaseMail(mail_id))

    assert [(mail.id, mail.dilepas) for mail in store.undecided(5)] == [(mail_id, True)]
    assert store.matters() == ()


def test_what_was_set_aside_is_tried_again_but_proves_nothing(store: Store) -> None:
    mail_id = archive_one(store, "racun")
    for _ in range(3):
        store.shunt(mail_id, "a bug", LATER)

    order(store, ReleaseMail(mail_id))

    assert [(mail.id, mail.dilepas, mail.percobaan) for mail in store.undecided(5)] == [(mail_id, False, 0)]


def test_a_mail_that_waits_for_nobody_is_not_released(store: Store) -> None:
    mail_id = archive_one(store, "isian")
    store.apply(mail_id, outcome(), (), LATER)

    order(store, ReleaseMail(mail_id))

    assert store.undecided(5) == ()
    assert "mail released" not in events(store)


def test_what_is_decided_anew_is_new_to_the_next_summary(store: Store) -> None:
    mail_id = strange(store)
    store.carry_out(Plan(diringkas=(mail_id,)), (), LATER)

    store.reset_for_replay(mail_id, LATER)
    assert store.matters() == ()
    store.apply(mail_id, STRANGE, (), LATER)

    assert [matter.diringkas for matter in store.matters()] == [False]


def test_refusals_are_remembered_by_sender_and_day(store: Store) -> None:
    first, second = archive_one(store, "satu", 1), archive_one(store, "dua", 2)
    store.apply(first, replace(outcome(), penolakan="rusak a"), (), NOW)
    store.apply(second, replace(outcome(), penolakan="rusak b"), (), LATER)

    told = Told(surel_id=first, sebab="rusak a"), Told(surel_id=second, sebab="rusak b")
    assert known(store, alamat=(SENDER, "teknis@kpu.example")).penolakan == {SENDER: told}
    assert known(store, LATER, alamat=(SENDER,)).penolakan == {SENDER: told[1:]}


def fails(store: Store, address: str, uid: int) -> None:
    order(store, MarkAddress(alamat=address, gagal=True, keterangan="550"), uid=uid)


def test_an_address_heals_once(store: Store) -> None:
    fails(store, "Umum@kpu.example", 1)

    order(store, HealAddress("umum@kpu.example"), uid=2)
    order(store, HealAddress("umum@kpu.example"), uid=3)

    assert store.addresses_failing() == ()
    assert events(store).count("address well") == 1


def test_an_address_that_nobody_has_any_more_is_forgotten(store: Store) -> None:
    fails(store, "lama@kpu.example", 1)
    fails(store, "umum@kpu.example", 2)

    gone = store.forget_unregistered(frozenset({"umum@kpu.example"}), LATER)

    assert gone == ("lama@kpu.example",)
    assert [address.alamat for address in store.addresses_failing()] == ["umum@kpu.example"]
    assert store.forget_unregistered(frozenset({"umum@kpu.example"}), LATER + timedelta(hours=1)) == ()


def test_mails_held_before_the_list_was_kept_are_on_it_after_the_migration(tmp_path: Path) -> None:
    moment = "2026-10-01 00:00:00"
    with old_database(tmp_path, "0001") as connection:
        connection.execute(
            "INSERT INTO surel_masuk (id, fingerprint, ukuran, terpotong, arrived_at, archived_at, state, percobaan,"
            " dilepas, verdict, label, alasan, pengirim, subjek, error)"
            " VALUES (5, 'sidik', 9, 0, ?, ?, 'held', 0, 0, 'reply', '', '', 'umum@kpu.example', 'Isian', '')",
            (moment, moment),
        )

    with new_store(tmp_path) as store:
        listed = store.matters()

    assert [(matter.nomor, matter.urusan) for matter in listed] == [(5, Urusan.DITAHAN)]


def test_only_settled_mail_of_people_that_we_know_is_tidied_and_once(store: Store) -> None:
    answered, own = archive_one(store, "isian", 3), archive_one(store, "salinan", 4)
    store.apply(answered, outcome(), (), LATER)
    store.apply(own, Outcome(verdict="own", label="salinan sendiri", alasan="ours"), (), LATER)
    strange(store, 5)
    held(store, 6)
    archive_one(store, "belum diputuskan", 7)

    places = store.unfiled(10)
    store.mark_filed(places, LATER)

    assert [(place.uid, place.verdict, place.periode) for place in places] == [
        (4, "own", None),
        (3, "reply", "2026-TW3"),
    ]
    assert store.unfiled(10) == ()
