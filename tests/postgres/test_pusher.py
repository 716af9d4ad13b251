"""The pusher at work, and what makes it stop."""

import sqlite3
import threading
from collections.abc import Callable

import pytest

from kiosk.central.connecting import DsnError
from kiosk.central.pusher import Pusher, PushStatus
from kiosk.central.sites import revoke_site
from kiosk.ports import PushBatch
from tests.postgres.conftest import PATIENCE_S, Central, Site, state_of
from tests.postgres.journals import MemoryJournal, ticket

StartPusher = Callable[..., Pusher]


def test_it_sends_what_is_there_and_then_what_comes(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(25)
    pusher = pushers(journal, central.dsn(site), batch=10)
    assert pusher.push_until(25, PATIENCE_S)
    assert central.holds_exactly(site, journal)

    journal.add_tickets(3)
    state = state_of(pusher, lambda s: s.cursor == 28 and s.status is PushStatus.UP_TO_DATE)
    assert (state.lag, state.quarantined, state.sentence) == (0, 0, "Central holds every row up to 28.")
    assert central.holds_exactly(site, journal)


def test_waking_sends_at_once_what_polling_would_send_much_later(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site), poll_s=3600)
    state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    journal.add_tickets(1)
    pusher.wake()
    state_of(pusher, lambda s: s.cursor == 1)


def test_a_new_pusher_goes_on_where_the_last_one_stopped(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(5)
    first = pushers(journal, central.dsn(site))
    assert first.push_until(5, PATIENCE_S)
    assert first.stop(PATIENCE_S)
    assert first.state.status is PushStatus.STOPPED
    journal.add_tickets(5)
    assert pushers(journal, central.dsn(site)).push_until(10, PATIENCE_S)
    assert central.holds_exactly(site, journal)


def test_pushers_of_the_same_site_at_the_same_time_store_every_row_once(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    both = [pushers(journal, central.dsn(site), batch=3) for _ in range(2)]
    for _ in range(20):
        journal.add_tickets(4)
        for pusher in both:
            pusher.wake()
    for pusher in both:
        assert pusher.push_until(80, PATIENCE_S)
    assert central.holds_exactly(site, journal)


def test_another_history_stops_it_and_it_says_so(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(5)
    central.send_all(site, journal)
    other = journal.promoted(after=3, epoch=1)
    other.add(b"another history")
    other.add_tickets(3)
    pusher = pushers(other, central.dsn(site))

    state = state_of(pusher, lambda s: s.status is PushStatus.REJECTED)
    assert "row 5 of epoch 1 that is not this hub's (another hash)" in state.sentence
    assert not pusher.push_until(6, PATIENCE_S)
    assert central.hashes(site) == journal.hashes()


def test_it_can_be_started_again_once_a_person_has_reconciled(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    journal.add_tickets(5)
    central.send_all(site, journal)
    restored = journal.promoted(after=3, epoch=1)
    pusher = pushers(restored, central.dsn(site))
    state_of(pusher, lambda s: s.status is PushStatus.REJECTED)

    restored.epoch = 2
    restored.add_tickets(1)
    pusher.start()
    assert pusher.push_until(4, PATIENCE_S)
    assert central.hashes(site) == restored.hashes()


def test_revoked_access_stops_it_and_it_says_so(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1)
    pusher = pushers(journal, central.dsn(site))
    assert pusher.push_until(1, PATIENCE_S)
    revoke_site(central.admin, site.id)
    journal.add_tickets(1)

    state = state_of(pusher, lambda s: s.status is PushStatus.REVOKED)
    assert state.sentence.startswith("Central does not let this site send any more")
    again = pushers(journal, central.dsn(site))
    state_of(again, lambda s: s.status is PushStatus.REVOKED)


def test_a_wrong_password_is_no_reason_to_keep_knocking(central: Central, site: Site, pushers: StartPusher) -> None:
    pusher = pushers(MemoryJournal(), central.dsn(site._replace(password="guess")))
    state = state_of(pusher, lambda s: s.status is PushStatus.REVOKED)
    assert "guess" not in state.sentence


def test_stopping_before_the_start_and_twice_is_harmless(central: Central, site: Site) -> None:
    pusher = Pusher(MemoryJournal(), central.dsn(site))
    assert pusher.stop()
    assert not pusher.push_until(1, PATIENCE_S)
    pusher.start()
    pusher.start()
    assert pusher.stop(PATIENCE_S)
    assert pusher.stop()


def test_quarantined_rows_are_counted_and_do_not_hold_anything_up(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    journal.add(changed=(("tickets", ticket("bad", day="never")),))
    journal.add(changed=(("tickets", ticket("good")),))
    pusher = pushers(journal, central.dsn(site))
    state = state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    assert (state.cursor, state.quarantined) == (2, 1)


def test_a_journal_that_cannot_be_read_for_a_while_is_tried_again(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    class Busy(MemoryJournal):
        readable = threading.Event()

        def batch_after(self, seq: int, limit: int) -> PushBatch:
            if not self.readable.is_set():
                raise sqlite3.OperationalError("database is locked")
            return super().batch_after(seq, limit)

    journal = Busy()
    journal.add_tickets(2)
    pusher = pushers(journal, central.dsn(site))
    state = state_of(pusher, lambda s: s.status is PushStatus.RETRYING)
    assert "cannot be read right now: database is locked" in state.sentence
    journal.readable.set()
    assert pusher.push_until(2, PATIENCE_S)


def test_two_centres_push_side_by_side(central: Central, pushers: StartPusher) -> None:
    centres = [(central.add_site(), MemoryJournal()) for _ in range(3)]
    running = [pushers(journal, central.dsn(site)) for site, journal in centres]
    for _ in range(5):
        for (_, journal), pusher in zip(centres, running, strict=True):
            journal.add_tickets(4)
            pusher.wake()
    assert all(pusher.push_until(20, PATIENCE_S) for pusher in running)
    assert all(central.holds_exactly(site, journal) for site, journal in centres)


def test_a_dsn_that_cannot_be_read_is_refused_without_showing_its_password() -> None:
    with pytest.raises(DsnError) as refused:
        Pusher(MemoryJournal(), "host=central password=sec ret")
    assert "ret" not in str(refused.value).replace("postgresql", "")
