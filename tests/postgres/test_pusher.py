"""The pusher against what a line and a server do to it."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from kiosk.central import push
from kiosk.central.connecting import DsnError
from kiosk.central.migrate import migrate
from kiosk.central.pusher import BackOff, Pusher, PushStatus
from kiosk.central.sites import revoke_site
from kiosk.ports import PushBatch
from tests.postgres.conftest import PATIENCE_S, Central, Site, eventually, state_of
from tests.postgres.journals import MemoryJournal, ticket
from tests.postgres.proxy import BreakingProxy, Cut
from tools.postgres import free_port

StartPusher = Callable[..., Pusher]


@pytest.fixture
def proxy(central: Central) -> Iterator[BreakingProxy]:
    """A line to the server that can be cut."""
    line = BreakingProxy(central.server.port)
    yield line
    line.close()


def holds_exactly(central: Central, site: Site, journal: MemoryJournal) -> bool:
    """Whether central has every row once, and its ticket."""
    tickets = central.value("SELECT count(*) FROM moi.tickets WHERE site_id = %s", site.id)
    return central.hashes(site) == journal.hashes() and tickets == len(journal.rows)


@contextlib.contextmanager
def site_row_locked(central: Central, site: Site) -> Iterator[None]:
    """Keep every push of a site in the middle of its work."""
    with psycopg.connect(central.admin) as connection:
        connection.execute("SELECT * FROM moi.sites WHERE site_id = %s FOR UPDATE", (site.id,))
        yield


def waiting_backends(central: Central, site: Site) -> list[int]:
    """Return the server processes of a site that wait for a lock."""
    rows = central.query("SELECT pid FROM pg_stat_activity WHERE usename = %s AND wait_event_type = 'Lock'", site.login)
    return [pid for (pid,) in rows]


def test_it_sends_what_is_there_and_then_what_comes(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(25)
    pusher = pushers(journal, central.dsn(site), batch=10)
    assert pusher.push_until(25, PATIENCE_S)
    assert holds_exactly(central, site, journal)

    journal.add_tickets(3)
    state = state_of(pusher, lambda s: s.cursor == 28 and s.status is PushStatus.UP_TO_DATE)
    assert (state.lag, state.quarantined, state.sentence) == (0, 0, "Central holds every row up to 28.")
    assert holds_exactly(central, site, journal)


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
    assert holds_exactly(central, site, journal)


def test_an_answer_lost_after_the_commit_does_not_double_anything(
    central: Central, site: Site, pushers: StartPusher, proxy: BreakingProxy
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site, proxy.port), batch=4, poll_s=3600)
    state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    for cut in range(1, 4):
        proxy.cut_next(Cut.BEFORE_ANSWER)
        journal.add_tickets(4)
        assert pusher.push_until(len(journal.rows), PATIENCE_S)
        assert proxy.cuts_made == cut
    assert holds_exactly(central, site, journal)


def test_a_lost_answer_leaves_the_rows_in_central_before_the_hub_knows(
    central: Central, site: Site, proxy: BreakingProxy
) -> None:
    journal = MemoryJournal()
    journal.add_tickets(4)
    with contextlib.closing(psycopg.connect(central.dsn(site, proxy.port), autocommit=True)) as connection:
        cursor = push.ask(connection)
        proxy.cut_next(Cut.BEFORE_ANSWER)
        with pytest.raises(psycopg.OperationalError):
            push.step(connection, journal, cursor, 10)
    assert holds_exactly(central, site, journal)


def test_a_request_cut_in_half_stores_nothing_and_is_sent_again(
    central: Central, site: Site, pushers: StartPusher, proxy: BreakingProxy
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site, proxy.port), poll_s=3600)
    state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    proxy.cut_next(Cut.IN_REQUEST)
    journal.add_tickets(4)
    assert pusher.push_until(4, PATIENCE_S)
    assert proxy.cuts_made == 1
    assert holds_exactly(central, site, journal)


def test_a_server_process_killed_in_the_middle_of_a_push_leaves_nothing_half_done(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site))
    state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    for _ in range(3):
        with site_row_locked(central, site):
            journal.add_tickets(5)
            eventually(lambda: waiting_backends(central, site))
            [pid] = waiting_backends(central, site)
            central.query("SELECT pg_terminate_backend(%s)", pid)
            state_of(pusher, lambda s: s.status is PushStatus.RETRYING)
            assert len(central.hashes(site)) == len(journal.rows) - 5
        assert pusher.push_until(len(journal.rows), PATIENCE_S)
    assert holds_exactly(central, site, journal)


def test_a_server_that_goes_away_and_comes_back_is_found_again(
    central: Central, site: Site, pushers: StartPusher
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site))
    for mode in ("fast", "immediate"):
        journal.add_tickets(3)
        assert pusher.push_until(len(journal.rows), PATIENCE_S)
        central.close()
        central.server.stop(mode)
        journal.add_tickets(7)
        state = state_of(pusher, lambda s: s.status is PushStatus.RETRYING and s.lag == 7)
        assert "The hall goes on" in state.sentence
        central.server.start()
        assert pusher.push_until(len(journal.rows), PATIENCE_S)
    assert holds_exactly(central, site, journal)


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
    assert holds_exactly(central, site, journal)


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


def test_a_central_that_is_set_up_later_is_waited_for(empty: Central, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(2)
    empty.query("DROP ROLE IF EXISTS early")
    empty.query("CREATE ROLE early LOGIN PASSWORD 'bird'")
    dsn = empty.server.dsn(empty.database, "early", "bird")
    pusher = pushers(journal, dsn, back_off=BackOff(first_s=3600, cap_s=3600))
    state = state_of(pusher, lambda s: s.status is PushStatus.RETRYING)
    assert "not set up yet" in state.sentence
    migrate(empty.admin)
    empty.query("SELECT moi.register_site('s-early', 'early')")
    assert pusher.push_until(2, PATIENCE_S)


def test_rows_behind_are_counted_while_no_server_answers(pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1234)
    pusher = pushers(journal, f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    state = state_of(pusher, lambda s: s.status is PushStatus.RETRYING)
    assert (state.cursor, state.lag) == (0, 1234)
    journal.add_tickets(6)
    state_of(pusher, lambda s: s.lag == 1240)
    assert not pusher.push_until(1, 0.2)


def test_stopping_does_not_wait_for_a_push_that_hangs(central: Central, site: Site, pushers: StartPusher) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1)
    with site_row_locked(central, site):
        pusher = pushers(journal, central.dsn(site))
        eventually(lambda: waiting_backends(central, site))
        assert pusher.stop(PATIENCE_S)
        assert pusher.state.status is PushStatus.STOPPED
        assert central.hashes(site) == []


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
    assert all(holds_exactly(central, site, journal) for site, journal in centres)


def test_a_dsn_that_cannot_be_read_is_refused_without_showing_its_password() -> None:
    with pytest.raises(DsnError) as refused:
        Pusher(MemoryJournal(), "host=central password=sec ret")
    assert "ret" not in str(refused.value).replace("postgresql", "")
