"""What central keeps, forgets, proves, and has for a centre."""

from kiosk.central.sites import verify_chain
from kiosk.domain.events import SideData
from tests.postgres.conftest import Central, Site
from tests.postgres.journals import MORNING, MemoryJournal


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
    central.offer(site, cursor, row)
    assert central.query("SELECT ref, payload FROM moi.side ORDER BY ref") == [("t1/note", b"m"), ("t1/token", None)]


ERASED = b'{"type":"side_erased/1","refs":["t1/token","t9/never-sent"]}'


def test_what_the_hub_forgets_central_forgets_and_nothing_brings_it_back(central: Central, site: Site) -> None:
    journal, other = MemoryJournal(), central.add_site()
    kept = tuple(SideData(ref, "token", b"secret", 2**60) for ref in ("t1/token", "t2/token"))
    journal.add(side=kept)
    central.send_all(other, journal)
    central.send_all(site, journal)
    journal.add(b'{"type":"note_taken/1","note":"side_erased/1"}')
    journal.add(b"side_erased/ \x00\xff and no JSON")
    journal.add(ERASED)
    cursor = central.send_all(site, journal)
    held = "SELECT ref, payload FROM moi.side WHERE site_id = %s ORDER BY ref"
    forgotten = [("t1/token", None), ("t2/token", b"secret"), ("t9/never-sent", None)]
    assert central.query(held, site.id) == forgotten
    assert central.query(held, other.id) == [("t1/token", b"secret"), ("t2/token", b"secret")]

    late = tuple(SideData(ref, "token", b"again", 2**60) for ref in ("t1/token", "t9/never-sent"))
    central.offer(site, cursor, journal.add(side=late))
    assert central.query(held, site.id) == forgotten
    assert verify_chain(central.admin, site.id).broken_at is None


def test_what_is_given_and_forgotten_in_one_batch_is_not_kept(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add(side=(SideData("t1/token", "token", b"secret", 2**60),))
    journal.add(ERASED)
    central.send_all(site, journal)
    assert central.query("SELECT payload FROM moi.side") == [(None,), (None,)]


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
