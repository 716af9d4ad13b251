import secrets
from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from kiosk.central import push
from kiosk.central.migrate import migrate
from kiosk.central.pusher import Pusher
from kiosk.central.sites import SiteError, add_site, revoke_site, verify_chain
from tests.postgres.conftest import PATIENCE_S, Central, Site
from tests.postgres.journals import MemoryJournal


def test_a_site_has_no_right_on_any_table(central: Central, site: Site) -> None:
    relations = [
        name
        for (name,) in central.query(
            "SELECT relname FROM pg_class WHERE relnamespace = 'moi'::regnamespace AND relkind IN ('r', 'p')"
        )
    ]
    assert {"sites", "journal", "journal_3", "side", "tickets", "quarantine", "inbox", "migrations"} <= set(relations)
    with central.connect(site) as connection:
        for relation in relations:
            table = sql.Identifier("moi", relation)
            for attempt in ("SELECT * FROM {}", "INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(sql.SQL(attempt).format(table))


def test_tables_made_by_a_push_are_as_closed_as_the_others(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1)
    central.send_all(site, journal)

    with central.connect(site) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM moi.tickets_2026_11")


def test_a_site_may_execute_push_and_pull_and_nothing_else(central: Central, site: Site) -> None:
    allowed = central.query(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'moi'::regnamespace"
        " AND has_function_privilege(%s, oid, 'EXECUTE') ORDER BY proname",
        site.login,
    )
    assert allowed == [("pull",), ("push",)]


def test_a_site_can_neither_register_nor_erase_nor_make_tables(central: Central, site: Site) -> None:
    with central.connect(site) as connection:
        for attempt in (
            "SELECT moi.register_site('other', session_user)",
            f"SELECT moi.erase('{site.id}', 'ref')",
            "SELECT moi.post('x', 'y', 'z')",
            "CREATE TABLE moi.mine (n integer)",
            "CREATE TABLE public.mine (n integer)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(attempt.encode())


def test_two_sites_do_not_see_each_other(central: Central, site: Site) -> None:
    other = central.add_site()
    ours, theirs = MemoryJournal(), MemoryJournal()
    ours.add_tickets(3)
    theirs.add_tickets(2)
    central.send_all(site, ours)
    central.send_all(other, theirs)
    central.query("SELECT moi.post(%s, 'catalogue', 'for them')", other.id)

    assert central.hashes(site) == ours.hashes()
    assert central.hashes(other) == theirs.hashes()
    with central.connect(site) as connection:
        assert connection.execute("SELECT * FROM moi.pull(0)").fetchall() == []
    with central.connect(other) as connection:
        assert connection.execute("SELECT body FROM moi.pull(0)").fetchall() == [(b"for them",)]


def test_a_row_cannot_be_written_under_another_site(central: Central, site: Site) -> None:
    other = central.add_site()
    journal = MemoryJournal()
    journal.add_tickets(1)
    journal.batch_after(0, 1).changed["tickets"][0]["site_id"] = other.id
    central.send_all(site, journal)

    assert central.query("SELECT site_id, id FROM moi.tickets") == [(site.id, "t1")]


def test_what_a_site_names_like_our_tables_does_not_stand_in_for_them(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1)
    with central.connect(site) as connection:
        connection.execute("CREATE TEMP TABLE sites AS SELECT 'x'::text AS site_id, session_user::text AS login")
        connection.execute("CREATE TEMP TABLE journal (LIKE pg_class)")
        connection.execute("SET search_path = pg_temp, public")
        push.step(connection, journal, push.ask(connection), 10)

    assert central.hashes(site) == journal.hashes()


def test_a_login_without_a_site_is_turned_away(central: Central, site: Site) -> None:
    central.query("SELECT moi.grant_site('admin')")

    with (
        psycopg.connect(central.admin) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="admin belongs to no site"),
    ):
        connection.execute("SELECT * FROM moi.pull(0)")


def test_a_revoked_site_can_do_nothing_more_in_a_session_that_is_still_open(central: Central, site: Site) -> None:
    journal = MemoryJournal()
    journal.add_tickets(1)
    with central.connect(site) as connection:
        cursor = push.ask(connection)
        revoke_site(central.admin, site.id)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            push.step(connection, journal, cursor, 10)

    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        central.connect(site)
    assert central.hashes(site) == []


def test_a_site_or_login_that_exists_is_not_added_again(central: Central, site: Site) -> None:
    with pytest.raises(SiteError, match=f"already a login {site.login}"):
        add_site(central.admin, "another", site.login, "secret")
    with pytest.raises(SiteError, match=f"site {site.id} is already registered"):
        add_site(central.admin, site.id, f"{site.login}_2", "secret")

    assert central.value("SELECT count(*) FROM pg_roles WHERE rolname = %s", f"{site.login}_2") == 0


def test_the_password_reaches_the_server_only_as_a_verifier(central: Central, site: Site) -> None:
    stored = central.value("SELECT rolpassword FROM pg_authid WHERE rolname = %s", site.login)
    assert stored.startswith("SCRAM-SHA-256$")
    assert site.password not in stored


def test_revoking_a_site_that_is_not_there_says_so(central: Central) -> None:
    with pytest.raises(SiteError, match="no site nowhere"):
        revoke_site(central.admin, "nowhere")


def test_central_needs_no_superuser(empty: Central, pushers: Callable[..., Pusher]) -> None:
    name = f"s{secrets.token_hex(4)}"
    empty.query(f"CREATE ROLE owner_{name} LOGIN CREATEROLE PASSWORD 'owns'")
    empty.query(f"GRANT CREATE ON DATABASE blank TO owner_{name}")
    owner = empty.server.dsn("blank", f"owner_{name}", "owns")
    migrate(owner)
    add_site(owner, name, f"login_{name}", "secret")
    journal = MemoryJournal()
    journal.add_tickets(2)

    pusher = pushers(journal, empty.server.dsn("blank", f"login_{name}", "secret"))
    assert pusher.push_until(2, PATIENCE_S)
    assert verify_chain(owner, name).broken_at is None
    assert empty.query("SELECT id FROM moi.tickets ORDER BY id") == [("t1",), ("t2",)]
    revoke_site(owner, name)
    journal.add_tickets(1)
    assert not pusher.push_until(3, PATIENCE_S)


@pytest.mark.parametrize("missing", ["site id", "login", "password"])
def test_a_site_needs_all_its_parts(central: Central, missing: str) -> None:
    given = {"site id": "s1", "login": "login_s1", "password": "secret", missing: ""}
    with pytest.raises(SiteError, match=f"needs a {missing}"):
        add_site(central.admin, given["site id"], given["login"], given["password"])
