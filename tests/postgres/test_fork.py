"""A promoted hub goes on from what it had seen; what the old one sent beyond that is kept aside (DESIGN §6, §7)."""

import pytest

from kiosk.central import push
from kiosk.central.failures import DivergedError
from kiosk.central.sites import verify_chain
from tests.postgres.conftest import Central, Site
from tests.postgres.journals import MORNING, MemoryJournal, period, rating, service_day, ticket, visit


def old_hub() -> MemoryJournal:
    """Ten rows: eight tickets, then t3 is called and t9 issued."""
    journal = MemoryJournal()
    journal.add_tickets(8)
    called = ticket("t3", state="called", issued_at=MORNING + 3000)
    journal.add(changed=(("tickets", called), ("steps", visit("t3")), ("ratings", rating("t3"))))
    journal.add(changed=(("tickets", ticket("t9", issued_at=MORNING + 10_000)),))
    return journal


def test_a_higher_epochs_tail_replaces_the_fork_which_is_kept_aside(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    new = old.promoted(after=8, epoch=2)
    new.add_tickets(4)

    cursor = central.send_all(site, new)

    assert central.hashes(site) == new.hashes()
    assert (cursor.seq, cursor.epoch, cursor.refresh_after) == (12, 2, None)
    assert verify_chain(central.admin, site.id).broken_at is None
    aside = central.query("SELECT replaced_by, seq, encode(hash, 'hex') FROM moi.journal_fork ORDER BY seq")
    assert aside == [(2, row.seq, row.hash) for row in old.rows[8:]]


def test_after_a_fork_the_query_tables_are_those_of_the_new_hub(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    # The new hub never heard of t3's call: it has nothing new to say of t3, and yet central must show it waiting.
    new = old.promoted(after=8, epoch=2)
    for n in range(1, 9):
        new.restate("tickets", n, ticket(f"t{n}", issued_at=MORNING + n * 1000))
    new.add_tickets(1)

    central.send_all(site, new, limit=3)

    assert central.query("SELECT id, state, last_seq FROM moi.tickets ORDER BY last_seq") == [
        (f"t{n}", "waiting", n) for n in range(1, 10)
    ]
    assert central.query("SELECT id FROM moi.steps UNION ALL SELECT id FROM moi.ratings") == []
    kept = central.query("SELECT kind, stored->>'id', stored->>'state' FROM moi.query_fork ORDER BY 1, 2")
    assert kept == [
        ("ratings", "t3", None),
        ("steps", "t3#1", None),
        ("tickets", "t3", "called"),
        ("tickets", "t9", "waiting"),
    ]


def test_a_stretch_at_a_counter_that_ended_in_the_fork_goes_on_and_the_day_is_open_again(
    central: Central, site: Site
) -> None:
    old = MemoryJournal()
    old.add(changed=(("days", service_day()),))
    old.add(changed=(("periods", period(1, 2)),))
    new = old.promoted(after=2, epoch=2)
    old.add(changed=(("periods", period(1, 2, ended_at=MORNING + 3000)),))
    old.add(changed=(("days", service_day(closed_at=MORNING + 4000, expired="A003")),))
    central.send_all(site, old)
    assert central.query("SELECT ended_at FROM moi.periods") == [(MORNING + 3000,)]

    new.add_tickets(1)
    central.send_all(site, new)

    assert central.query("SELECT ended_at FROM moi.periods") == [(None,)]
    assert central.query("SELECT closed_at, expired FROM moi.days") == [(None, "")]


def test_query_rows_are_asked_for_again_until_they_came(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    new = old.promoted(after=8, epoch=2)
    new.add_tickets(1)
    with central.connect(site) as connection:
        forked = push.step(connection, new, push.ask(connection), 100)
        # The connection is lost here; the next one is told the same.
    with central.connect(site) as connection:
        assert push.ask(connection) == forked.cursor
        assert forked.cursor.refresh_after == 2
        assert push.step(connection, new, forked.cursor, 100).cursor.refresh_after is None


def test_a_hub_that_lost_its_tail_and_was_not_promoted_is_stopped(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    restored = old.promoted(after=6, epoch=1)
    restored.add_tickets(1)

    with pytest.raises(DivergedError, match="row 10 of epoch 1 that is not this hub's"):
        central.send_all(site, restored)
    restored.add_tickets(5)
    with pytest.raises(DivergedError, match="another hash"):
        central.send_all(site, restored)
    assert central.hashes(site) == old.hashes()


def test_the_old_hub_that_comes_back_is_stopped(central: Central, site: Site) -> None:
    old = old_hub()
    new = old.promoted(after=8, epoch=2)
    new.add_tickets(1)
    central.send_all(site, new)

    with pytest.raises(DivergedError, match="row 9 of epoch 2"):
        central.send_all(site, old)
    assert central.hashes(site) == new.hashes()
    assert central.query("SELECT * FROM moi.journal_fork") == []


def test_a_promoted_hub_with_another_past_is_stopped(central: Central, site: Site) -> None:
    central.send_all(site, old_hub())
    stranger = MemoryJournal()
    stranger.add(b"another centre's first row")
    stranger.epoch = 2
    stranger.add_tickets(2)

    with pytest.raises(DivergedError, match="does not take rows after row 1"):
        central.send_all(site, stranger)


def test_a_hub_that_starts_anew_with_a_higher_epoch_replaces_everything(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    new = MemoryJournal(epoch=3)
    new.add_tickets(2)
    central.send_all(site, new)

    assert central.hashes(site) == new.hashes()
    assert central.value("SELECT count(*) FROM moi.journal_fork") == 10
    assert central.query("SELECT id FROM moi.tickets ORDER BY id") == [("t1",), ("t2",)]
    assert verify_chain(central.admin, site.id).broken_at is None


def test_rows_the_old_hub_sent_and_the_new_one_continues_are_no_fork(central: Central, site: Site) -> None:
    old = old_hub()
    central.send_all(site, old)
    new = old.promoted(after=10, epoch=2)
    new.add_tickets(3)
    central.send_all(site, new)

    assert central.hashes(site) == new.hashes()
    assert central.query("SELECT * FROM moi.journal_fork") == []
