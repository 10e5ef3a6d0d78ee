"""A letter is at a known point of its way, whatever happens between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kinerja_mailbot.adapters.store import LetterLine, Store
from kinerja_mailbot.domain.mail.outcome import ConfirmSent
from kinerja_mailbot.domain.sop.state import KeadaanPermintaan
from kinerja_mailbot.usecases.ports import (
    Accepted,
    Fate,
    Plan,
    PutOff,
    QueuedMail,
    Refusal,
    Rejected,
    Report,
    Unclear,
    Untried,
)
from tests.adapters.store_cases import (
    ACCEPTED,
    LATER,
    NOW,
    archive_one,
    begin,
    end,
    events,
    letter,
    new_store,
    open_period,
    outcome,
    umum,
)

KEY, TO = "2026-TW3.pengingat.1.umum", ("Umum@kpu.example", "plh@kpu.example")
MUCH_LATER = LATER + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        store.carry_out(Plan(), (letter(KEY, to=TO),), NOW)
        yield store


def only(store: Store) -> LetterLine:
    (line,) = store.letters(KEY)
    return line


def own_copy(store: Store) -> None:
    store.apply(archive_one(store, "salinan"), outcome(ConfirmSent(f"<{KEY}@bot.example>")), (), LATER)


def test_a_queued_letter_is_due_with_the_exact_bytes(store: Store) -> None:
    assert store.due(NOW, 10) == (
        QueuedMail(
            id=1,
            kunci=KEY,
            message_id=f"<{KEY}@bot.example>",
            penerima=TO,
            percobaan=0,
            mentah=letter(KEY).mentah,
            periode="2026-TW3",
            unit="umum",
        ),
    )
    assert store.due(NOW - timedelta(seconds=1), 10) == ()


def test_letters_are_due_oldest_first_and_a_batch_at_a_time(store: Store) -> None:
    store.carry_out(Plan(), tuple(letter(f"uji.{n}") for n in range(5)), NOW)

    assert [queued.kunci for queued in store.due(LATER, 3)] == [KEY, "uji.0", "uji.1"]


def test_a_letter_being_sent_is_not_due(store: Store) -> None:
    begin(store, 1, NOW)

    assert store.due(LATER, 10) == ()
    assert (only(store).state, only(store).percobaan) == ("sending", 1)


def test_a_letter_is_taken_by_one_service_only(store: Store, tmp_path: Path) -> None:
    with new_store(tmp_path) as other:
        seen = store.due(NOW, 1)
        begin(other, 1, NOW)

        assert store.take(seen, NOW) == ()


def test_a_letter_that_was_tried_since_it_was_read_is_not_taken(store: Store) -> None:
    seen = store.due(NOW, 1)
    begin(store, 1, NOW)
    end(store, 1, NOW, PutOff(NOW, "451 greylisted"))

    assert store.take(seen, NOW) == ()
    assert len(store.take(store.due(NOW, 1), NOW)) == 1


def test_a_batch_is_taken_and_recorded_as_a_whole(store: Store) -> None:
    store.carry_out(Plan(), tuple(letter(f"uji.{n}") for n in range(4)), NOW)
    taken = store.take(store.due(NOW, 9), NOW)
    fates: tuple[Fate, ...] = (ACCEPTED, Rejected("550"), PutOff(LATER, "451"), Unclear("gone"), Untried())

    store.record([Report(one.id, LATER, fate) for one, fate in zip(taken, fates, strict=True)])

    states = [(line.state, line.percobaan) for line in sorted(store.letters(), key=lambda line: line.id)]
    assert states == [("sent", 1), ("failed", 1), ("queued", 1), ("uncertain", 1), ("queued", 0)]
    assert [one.id for one in store.due(NOW, 9)] == [taken[-1].id]


def test_a_batch_that_can_t_be_recorded_whole_is_not_recorded_at_all(store: Store) -> None:
    store.carry_out(Plan(), (letter("uji"),), NOW)
    store.take(store.due(NOW, 9), NOW)

    with pytest.raises(KeyError):
        store.record((Report(1, LATER, ACCEPTED), Report(99, LATER, ACCEPTED)))

    assert {line.state for line in store.letters()} == {"sending"}
    assert events(store).count("letter sent") == 0


def test_an_untried_letter_that_another_service_has_recovered_stays_uncertain(store: Store) -> None:
    begin(store, 1, NOW)
    store.recover(LATER)

    end(store, 1, LATER, Untried())

    assert (only(store).state, only(store).percobaan) == ("uncertain", 1)


def test_no_more_letters_are_taken_than_may_leave_in_an_hour(store: Store, tmp_path: Path) -> None:
    store.carry_out(Plan(), tuple(letter(f"uji.{n}") for n in range(4)), NOW)
    due = store.due(NOW, 9)
    with new_store(tmp_path) as other:
        sent, sending = other.take(due[:1], NOW, 3), other.take(due[1:2], NOW, 3)
        end(other, sent[0].id, NOW)

        taken = store.take(due[2:], NOW, 3)
        none = store.take(due[3:], NOW, 3)
        end(store, sending[0].id, NOW)
        afterwards = store.take(due[3:], NOW + timedelta(hours=1, seconds=1), 3)

    assert [len(each) for each in (sent, sending, taken, none, afterwards)] == [1, 1, 1, 0, 2]


def test_an_accepted_letter_is_sent_once_and_for_all(store: Store) -> None:
    begin(store, 1, NOW)

    end(store, 1, LATER)
    end(store, 1, MUCH_LATER)
    end(store, 1, MUCH_LATER, PutOff(MUCH_LATER, "late news"))
    end(store, 1, MUCH_LATER, Rejected("late news"))
    end(store, 1, MUCH_LATER, Unclear("late news"))

    assert (only(store).state, only(store).sent_at) == ("sent", LATER)
    assert events(store).count("letter sent") == 1


def test_sending_the_request_starts_its_clock(store: Store) -> None:
    open_period(store)
    (queued,) = (q for q in store.due(NOW, 9) if q.kunci == "2026-TW3.permintaan.umum")
    begin(store, queued.id, NOW)

    end(store, queued.id, LATER)

    assert (umum(store).dikirim_at, umum(store).keadaan) == (LATER, KeadaanPermintaan.MENUNGGU)


def test_a_letter_put_off_waits_until_its_time(store: Store) -> None:
    begin(store, 1, NOW)

    end(store, 1, LATER, PutOff(LATER, "451 greylisted"))

    assert store.due(LATER - timedelta(seconds=1), 9) == ()
    assert [(q.percobaan, q.penerima) for q in store.due(LATER, 9)] == [(1, TO)]
    assert only(store).last_error == "451 greylisted"


def test_a_refused_letter_fails_and_says_why(store: Store) -> None:
    begin(store, 1, NOW)

    end(store, 1, LATER, Rejected("554 rejected"))

    assert (only(store).state, only(store).last_error) == ("failed", "554 rejected")
    assert store.due(MUCH_LATER, 9) == ()


def test_a_recipient_refused_for_good_is_marked_and_the_others_have_it(store: Store) -> None:
    begin(store, 1, NOW)

    end(store, 1, LATER, Accepted((Refusal("plh@kpu.example", "550 5.1.1 User unknown", tetap=True),)))

    assert only(store).state == "sent"
    assert [(a.alamat, a.state, a.keterangan) for a in store.addresses_failing()] == [
        ("plh@kpu.example", "failing", "550 5.1.1 User unknown")
    ]


def test_a_recipient_refused_for_the_moment_gets_the_letter_later_and_alone(store: Store) -> None:
    begin(store, 1, NOW)

    end(store, 1, LATER, Accepted((Refusal("umum@kpu.example", "450 4.2.1 busy", tetap=False),)))
    (queued,) = store.due(MUCH_LATER, 9)
    begin(store, 1, MUCH_LATER)
    end(store, 1, MUCH_LATER)

    assert queued.penerima == ("Umum@kpu.example",)
    assert (only(store).state, only(store).sent_at) == ("sent", LATER)


def test_the_copy_of_a_first_delivery_does_not_rob_the_recipient_who_waits(store: Store) -> None:
    begin(store, 1, NOW)
    end(store, 1, LATER, Accepted((Refusal("umum@kpu.example", "450 4.2.1 busy", tetap=False),)))

    own_copy(store)

    assert [q.penerima for q in store.due(MUCH_LATER, 9)] == [("Umum@kpu.example",)]


def test_a_letter_that_nobody_got_has_failed_and_starts_no_clock(store: Store) -> None:
    open_period(store)
    (queued,) = (q for q in store.due(NOW, 9) if q.kunci == "2026-TW3.permintaan.umum")
    begin(store, queued.id, NOW)

    end(store, queued.id, LATER, Accepted((Refusal("umum@kpu.example", "550 5.1.1", tetap=True),)))

    assert store.letters("2026-TW3.permintaan.umum")[0].state == "failed"
    assert umum(store).dikirim_at is None


def test_a_crash_while_sending_leaves_an_uncertain_letter(store: Store, tmp_path: Path) -> None:
    begin(store, 1, NOW)
    store.close()

    with new_store(tmp_path) as restarted:
        recovered = restarted.recover(LATER)

        assert recovered == 1
        assert restarted.due(MUCH_LATER, 9) == ()
        assert restarted.waiting_uncertain() == 1
        assert restarted.recover(LATER) == 0


def test_the_own_copy_proves_an_uncertain_letter_sent(store: Store) -> None:
    open_period(store)
    begin(store, 1, NOW)
    end(store, 1, NOW, Unclear("connection lost after DATA"))

    own_copy(store)

    line = only(store)
    assert (line.state, line.sent_at, line.confirmed_at) == ("sent", LATER, LATER)
    assert store.requeue_unproven(MUCH_LATER, MUCH_LATER) == 0


def test_a_copy_that_came_before_the_crash_proves_it_too(store: Store) -> None:
    open_period(store)
    begin(store, 1, NOW)
    own_copy(store)

    assert store.recover(MUCH_LATER) == 0
    assert (only(store).state, only(store).sent_at) == ("sent", LATER)


def test_a_copy_that_came_before_the_doubt_proves_it_too(store: Store) -> None:
    open_period(store)
    begin(store, 1, NOW)
    own_copy(store)

    end(store, 1, MUCH_LATER, Unclear("connection lost"))

    assert only(store).state == "sent"


def test_without_a_copy_an_uncertain_letter_is_sent_again(store: Store) -> None:
    begin(store, 1, NOW)
    end(store, 1, NOW, Unclear("connection lost after DATA"))

    early, late = store.requeue_unproven(NOW - timedelta(minutes=1), LATER), store.requeue_unproven(NOW, LATER)

    assert (early, late) == (0, 1)
    assert [q.mentah for q in store.due(LATER, 9)] == [letter(KEY).mentah]


def test_a_copy_that_comes_late_still_spares_the_second_sending(store: Store) -> None:
    open_period(store)
    begin(store, 1, NOW)
    end(store, 1, NOW, Unclear("connection lost after DATA"))
    store.requeue_unproven(NOW, LATER)

    own_copy(store)

    assert only(store).state == "sent"
    assert not begin(store, 1, LATER)


def test_a_copy_of_an_unknown_letter_changes_nothing(store: Store) -> None:
    open_period(store)

    store.apply(archive_one(store, "x"), outcome(ConfirmSent("<lain@bot.example>")), (), LATER)

    assert "own copy came" not in events(store)


def test_letters_of_the_last_hour_are_counted(store: Store) -> None:
    begin(store, 1, NOW)
    end(store, 1, LATER)

    assert (store.sent_since(LATER), store.sent_since(MUCH_LATER)) == (1, 0)


def test_the_status_counts_what_is_where(store: Store) -> None:
    open_period(store)
    begin(store, 1, NOW)
    archive_one(store, "satu")

    facts = store.status_facts()

    assert facts.surel == (("new", 1),)
    assert facts.surat == (("queued", 2), ("sending", 1))
    assert facts.terakhir_diarsipkan_at == NOW
