import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.central import push
from kiosk.central.failures import DivergedError
from kiosk.central.sites import journal_hashes, verify_chain
from kiosk.domain.events import SideData
from kiosk.ports import JournalRow, PushBatch
from tests.postgres.conftest import Central, Site
from tests.postgres.journals import DAY, MORNING, MemoryJournal, OneBatch, chained, rating, ticket, visit

GENESIS = push.Cursor(0, "00" * 32, 0, None)


def offer(central: Central, site: Site, cursor: push.Cursor, *rows: JournalRow, **changed: Any) -> push.Step:
    """Push one batch as a site that believes central to stand at `cursor`."""
    here = JournalRow(cursor.seq, cursor.epoch, 0, "", b"", cursor.hash)
    with central.connect(site) as connection:
        return push.step(connection, OneBatch(PushBatch(rows, changed), [here]), cursor, 1000)


def test_rows_arrive_with_the_very_bytes_and_hashes_of_the_hub(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    for body in (b'{"type":"day_opened/1"}', "Mời số A015".encode(), b"\x00\xff not text", b""):
        journal.add(body)

    cursor = central.send_all(site, journal, limit=3)

    held = central.query("SELECT seq, epoch, at_ms, command_id, body, encode(hash, 'hex') FROM moi.journal ORDER BY 1")
    assert held == [(r.seq, r.epoch, r.at, r.command_id, r.body, r.hash) for r in journal.rows]
    assert (cursor.seq, cursor.hash, cursor.epoch) == (4, journal.rows[-1].hash, 1)
    assert journal_hashes(central.admin, site.id) == journal.hashes()
    assert central.value("SELECT last_push_at IS NOT NULL FROM moi.sites WHERE site_id = %s", site.id)


def test_a_batch_sent_again_is_stored_once_and_answered_with_where_central_stands(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(5)
    first = offer(central, site, GENESIS, *journal.rows)
    again = offer(central, site, GENESIS, *journal.rows)

    assert (first.sent, again.sent) == (5, 0)
    assert again.cursor == first.cursor
    assert central.hashes(site) == journal.hashes()


def test_pushes_of_the_same_batch_at_the_same_moment_store_it_once(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(20)
    together = threading.Barrier(6)

    def one(_: int) -> int:
        with central.connect(site) as connection:
            together.wait(10)
            return push.step(connection, journal, GENESIS, 20).sent

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(one, range(6))) == [0, 0, 0, 0, 0, 20]
    assert central.hashes(site) == journal.hashes()
    assert central.value("SELECT count(*) FROM moi.tickets") == 20


def test_a_batch_whose_hashes_do_not_hold_changes_nothing(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(3)
    true = journal.rows[1]
    for forged in (
        replace(true, body=b"another"),
        replace(true, at=true.at + 1),
        replace(true, command_id="another"),
        replace(true, epoch=2),
        replace(true, hash="12" * 32),
        replace(true, hash=""),
        chained("12" * 32, 1, 2, b"continues something else"),
    ):
        rows = (journal.rows[0], forged, journal.rows[2])
        with pytest.raises(DivergedError, match="hashes do not hold after row 0"):
            offer(central, site, GENESIS, *rows, tickets=(ticket("t1", last_seq=1),))

    assert central.hashes(site) == []
    assert central.value("SELECT count(*) FROM moi.tickets") == 0


def test_an_epoch_that_falls_is_not_taken(central: Central, site: Site) -> None:
    first = chained("00" * 32, 2, 1, b"new hub")
    second = chained(first.hash, 1, 2, b"old hub")

    with pytest.raises(DivergedError):
        offer(central, site, GENESIS, first, second)
    cursor = offer(central, site, GENESIS, first).cursor
    with pytest.raises(DivergedError, match="at row 1 of epoch 2"):
        offer(central, site, cursor, second)
    assert central.hashes(site) == [(1, first.hash)]


def test_a_gap_in_the_journal_is_not_sent(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(3)

    with pytest.raises(DivergedError, match="row 3 where row 2 should be"):
        offer(central, site, GENESIS, journal.rows[0], journal.rows[2])


def test_query_rows_are_stored_with_their_types(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    served = ticket("t1", number="A015", procedure="1.001193", calls=2, training=1, printed=0, staff="nv02", counter=2)
    journal.add(changed=(("tickets", served), ("steps", visit("t1", outcome="done")), ("ratings", rating("t1"))))
    central.send_all(site, journal)

    assert central.query(
        "SELECT site_id, day::text, number, procedure, calls, training, printed, staff, issued_at FROM moi.tickets"
    ) == [(site.id, DAY, "A015", "1.001193", 2, True, False, "nv02", MORNING)]
    assert central.query("SELECT id, ticket_id, counter, outcome FROM moi.steps") == [("t1#1", "t1", 2, "done")]
    assert central.query("SELECT id, ballot_ref, last_seq FROM moi.ratings") == [("t1", "t1/ballot", 1)]


def test_a_query_row_follows_its_newest_state_and_never_goes_back(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add(changed=(("tickets", ticket("t1")),))
    journal.add(changed=(("tickets", ticket("t1", state="called")),))
    cursor = central.send_all(site, journal)
    assert central.query("SELECT state, last_seq FROM moi.tickets") == [("called", 2)]

    row = journal.add()
    offer(central, site, cursor, row, tickets=(ticket("t1", state="waiting", last_seq=1),))
    assert central.query("SELECT state, last_seq FROM moi.tickets") == [("called", 2)]


def test_two_states_of_one_row_in_a_batch_leave_the_newest(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(2)
    states = (ticket("t1", state="done", last_seq=2), ticket("t1", state="waiting", last_seq=1))

    assert offer(central, site, GENESIS, *journal.rows, tickets=states).quarantined == 0
    assert central.query("SELECT state FROM moi.tickets") == [("done",)]


BAD = (
    ("tickets", ticket("impossible day", day="2026-13-45")),
    ("tickets", ticket("no day", day=None)),
    ("tickets", ticket("before there were centres", day="1970-01-01")),
    ("tickets", ticket("no end of days", day="infinity")),
    ("tickets", ticket("no number", number=None)),
    ("tickets", ticket("zero byte", number="A\x00")),
    ("tickets", ticket("half a surrogate", staff="\ud800")),
    ("tickets", ticket("not a number", calls=float("nan"))),
    ("tickets", ticket("too large", counter=2**40)),
    ("tickets", ticket("bytes", kiosk=b"bytes")),
    ("tickets", ticket("")),
    ("tickets", ticket("newer than the journal", last_seq=999)),
    ("tickets", ticket("of no row", last_seq=None)),
    ("tickets", ticket("too long for a key: " + "".join(map(str, range(10_000))))),
    ("tickets", {"id": "nearly nothing"}),
    ("steps", visit("s", step="first")),
    ("ratings", rating("r", ballot_ref=None)),
    ("wishes", {"id": "of a newer hub", "day": DAY}),
)


def test_bad_query_rows_go_to_quarantine_and_the_journal_and_good_rows_stay(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    for one in BAD:
        journal.add(changed=(one,))
    journal.add(changed=(("tickets", ticket("t1")), ("steps", visit("t1")), ("ratings", rating("t1"))))
    with central.connect(site) as connection:
        assert push.step(connection, journal, GENESIS, 100).quarantined == len(BAD)

    assert central.hashes(site) == journal.hashes()
    for table in ("tickets", "steps", "ratings"):
        assert central.value(f"SELECT count(*) FROM moi.{table}") == 1
    held = central.query("SELECT kind, sent, reason FROM moi.quarantine WHERE site_id = %s ORDER BY id", site.id)
    assert sorted((kind, json.loads(sent)["id"]) for kind, sent, _ in held) == sorted((k, r["id"]) for k, r in BAD)
    assert all(reason for _, _, reason in held)


def test_a_good_row_is_not_quarantined_with_a_bad_one_of_its_table(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(2)
    journal.add(changed=(("tickets", ticket("bad", day="never")),))
    journal.add_tickets(2)
    central.send_all(site, journal)

    assert central.query("SELECT id FROM moi.tickets ORDER BY id") == [("t1",), ("t2",), ("t4",), ("t5",)]


def test_quarantined_rows_are_stored_once_central_can(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add(changed=(("wishes", {"id": "w1"}), ("tickets", ticket("t1", last_seq=2))))
    central.send_all(site, journal)
    assert central.value("SELECT moi.retry_quarantine(%s)", site.id) == 2
    journal.add()
    central.send_all(site, journal)

    assert central.value("SELECT moi.retry_quarantine(%s)", site.id) == 1
    assert central.query("SELECT id FROM moi.tickets") == [("t1",)]
    assert central.query("SELECT kind FROM moi.quarantine") == [("wishes",)]


def test_months_are_made_when_first_needed_and_rows_lie_in_theirs(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    days = ("2021-11-30", "2021-12-01", "2021-12-31", "2021-11-01")
    journal.add(changed=tuple(("tickets", ticket(day, day=day)) for day in days))
    assert central.value("SELECT to_regclass('moi.tickets_2021_11')") is None
    central.send_all(site, journal)

    assert central.query("SELECT id, tableoid::regclass::text FROM moi.tickets ORDER BY id") == [
        ("2021-11-01", "moi.tickets_2021_11"),
        ("2021-11-30", "moi.tickets_2021_11"),
        ("2021-12-01", "moi.tickets_2021_12"),
        ("2021-12-31", "moi.tickets_2021_12"),
    ]
    assert central.value("SELECT to_regclass('moi.steps_2021_11')") is None


def test_sites_that_need_a_new_month_at_the_same_moment_all_get_it(central: Central) -> None:
    together = threading.Barrier(4)
    day = {"day": "2022-03-01"}

    def one(site: Site) -> int:
        journal = MemoryJournal()
        kinds = (("tickets", ticket("t", **day)), ("steps", visit("t", **day)), ("ratings", rating("t", **day)))
        journal.add(changed=kinds)
        with central.connect(site) as connection:
            together.wait(10)
            return push.step(connection, journal, GENESIS, 10).quarantined

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, [central.add_site() for _ in range(4)])) == [0, 0, 0, 0]
    for table in ("tickets", "steps", "ratings"):
        assert central.value(f"SELECT count(*) FROM moi.{table}_2022_03") == 4


def test_side_data_travels_with_its_row_and_what_was_erased_stays_erased(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add(side=(SideData("t1/token", "token", b"secret", MORNING), SideData("t1/note", "note", b"n", 2**60)))
    cursor = central.send_all(site, journal)
    assert central.query("SELECT ref, seq, kind, payload, expires_at FROM moi.side ORDER BY ref") == [
        ("t1/note", 1, "note", b"n", 2**60),
        ("t1/token", 1, "token", b"secret", MORNING),
    ]

    assert central.value("SELECT moi.erase(%s, 't1/token')", site.id)
    assert not central.value("SELECT moi.erase(%s, 't1/token')", site.id)
    row = journal.add(side=(SideData("t1/token", "token", b"again", MORNING), SideData("t1/note", "note", b"m", 2**60)))
    offer(central, site, cursor, row)
    assert central.query("SELECT ref, payload FROM moi.side ORDER BY ref") == [("t1/note", b"m"), ("t1/token", None)]


def test_side_data_whose_time_is_over_is_forgotten(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add(side=(SideData("old", "note", b"x", 1_600_000_000_000), SideData("new", "note", b"y", 2**60)))
    central.send_all(site, journal)

    assert central.value("SELECT moi.erase_expired()") == 1
    assert central.value("SELECT moi.erase_expired()") == 0
    assert central.query("SELECT ref, payload FROM moi.side ORDER BY ref") == [("new", b"y"), ("old", None)]


def test_a_whole_chain_verifies_and_so_does_an_empty_one(central: Central, site: Site) -> None:
    assert verify_chain(central.admin, site.id).broken_at is None
    journal = MemoryJournal()
    journal.add_tickets(10)
    central.send_all(site, journal, limit=4)

    report = verify_chain(central.admin, site.id)
    assert (report.rows, report.head, report.broken_at) == (10, journal.rows[-1].hash, None)


def test_a_history_edited_in_central_is_found(central: Central) -> None:
    for tampering, broken_at in (
        ("UPDATE moi.journal SET body = 'another' WHERE seq = 4 AND site_id = %s", 4),
        ("UPDATE moi.journal SET at_ms = at_ms + 1 WHERE seq = 1 AND site_id = %s", 1),
        ("DELETE FROM moi.journal WHERE seq = 7 AND site_id = %s", 8),
        ("DELETE FROM moi.journal WHERE seq > 8 AND site_id = %s", 9),
        ("DELETE FROM moi.journal WHERE site_id = %s", 1),
    ):
        site = central.add_site()
        journal = MemoryJournal()
        journal.add_tickets(10)
        central.send_all(site, journal)
        central.query(tampering, site.id)

        assert verify_chain(central.admin, site.id).broken_at == broken_at


def test_an_inbox_is_read_by_cursor_in_order(central: Central, site: Site) -> None:
    for body in (b"one", b"two", b"three"):
        central.query("SELECT moi.post(%s, 'catalogue', %s)", site.id, body)

    with central.connect(site) as connection:
        assert connection.execute("SELECT id, kind, body FROM moi.pull(1)").fetchall() == [
            (2, "catalogue", b"two"),
            (3, "catalogue", b"three"),
        ]
        assert connection.execute("SELECT id FROM moi.pull(0, 1)").fetchall() == [(1,)]
        assert connection.execute("SELECT id FROM moi.pull(3)").fetchall() == []
