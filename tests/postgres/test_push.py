import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from kiosk.central import push
from kiosk.central.failures import DivergedError
from kiosk.central.sites import journal_hashes
from tests.postgres.conftest import Central, Site
from tests.postgres.journals import DAY, MORNING, MemoryJournal, chained, rating, ticket, visit

GENESIS = push.Cursor(0, "00" * 32, 0, None)


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
    first = central.offer(site, GENESIS, *journal.rows)
    again = central.offer(site, GENESIS, *journal.rows)

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
            central.offer(site, GENESIS, *rows, tickets=(ticket("t1", last_seq=1),))

    assert central.hashes(site) == []
    assert central.value("SELECT count(*) FROM moi.tickets") == 0


def test_an_epoch_that_falls_is_not_taken(central: Central, site: Site) -> None:
    first = chained("00" * 32, 2, 1, b"new hub")
    second = chained(first.hash, 1, 2, b"old hub")

    with pytest.raises(DivergedError):
        central.offer(site, GENESIS, first, second)
    cursor = central.offer(site, GENESIS, first).cursor
    with pytest.raises(DivergedError, match="at row 1 of epoch 2"):
        central.offer(site, cursor, second)
    assert central.hashes(site) == [(1, first.hash)]


def test_a_gap_in_the_journal_is_not_sent(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(3)

    with pytest.raises(DivergedError, match="row 3 where row 2 should be"):
        central.offer(site, GENESIS, journal.rows[0], journal.rows[2])


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
    central.offer(site, cursor, row, tickets=(ticket("t1", state="waiting", last_seq=1),))
    assert central.query("SELECT state, last_seq FROM moi.tickets") == [("called", 2)]


def test_two_states_of_one_row_in_a_batch_leave_the_newest(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(2)
    states = (ticket("t1", state="done", last_seq=2), ticket("t1", state="waiting", last_seq=1))

    assert central.offer(site, GENESIS, *journal.rows, tickets=states).quarantined == 0
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
