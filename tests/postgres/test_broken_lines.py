"""The pusher against what a line and a server do to it."""

import contextlib
from collections.abc import Callable, Iterator

import psycopg
import pytest

from kiosk.central import push
from kiosk.central.migrate import migrate
from kiosk.central.pusher import BackOff, Pusher, PushStatus
from tests.postgres.conftest import PATIENCE_S, Central, Site, eventually, state_of
from tests.postgres.journals import MemoryJournal
from tests.postgres.proxy import BreakingProxy, Cut
from tools.postgres import free_port

StartPusher = Callable[..., Pusher]


@pytest.fixture
def proxy(central: Central) -> Iterator[BreakingProxy]:
    """A line to the server that can be cut."""
    line = BreakingProxy(central.server.port)
    yield line
    line.close()


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
    assert central.holds_exactly(site, journal)


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
    assert central.holds_exactly(site, journal)


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
    assert central.holds_exactly(site, journal)


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
    assert central.holds_exactly(site, journal)


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
    assert central.holds_exactly(site, journal)


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


def test_a_server_that_never_answers_does_not_keep_the_hub_from_ending(
    central: Central, site: Site, pushers: StartPusher, proxy: BreakingProxy
) -> None:
    journal = MemoryJournal()
    pusher = pushers(journal, central.dsn(site, proxy.port))
    state_of(pusher, lambda s: s.status is PushStatus.UP_TO_DATE)
    proxy.cut_next(Cut.SILENCE)
    journal.add_tickets(1)
    eventually(lambda: central.holds_exactly(site, journal))
    assert not pusher.stop(0.2)
    proxy.close()
    assert pusher.stop(PATIENCE_S)
