from kiosk.central.cli import DONE, FAILED, UNREACHABLE, run_add_site, run_migrate, run_verify
from kiosk.central.migrate import MIGRATIONS_DIR
from tests.postgres.conftest import Central, Site
from tests.postgres.journals import MemoryJournal
from tools.postgres import free_port


def test_migrating_says_what_was_done_and_that_a_second_time_there_was_nothing(empty: Central) -> None:
    said: list[str] = []
    assert run_migrate(empty.admin, said.append) == DONE
    names = sorted(path.name for path in MIGRATIONS_DIR.glob("*.sql"))
    assert said == [*(f"Applied {name}." for name in names), "Central's database is up to date."]

    said.clear()
    assert run_migrate(empty.admin, said.append) == DONE
    assert said == ["Central's database was already up to date."]


def test_no_server_is_said_in_a_sentence(empty: Central) -> None:
    said: list[str] = []
    assert run_migrate(empty.server.dsn("blank", port=free_port()), said.append) == UNREACHABLE
    assert said[0].startswith("Central cannot be reached: ")


def test_a_dsn_that_cannot_be_read_is_said_in_a_sentence() -> None:
    said: list[str] = []
    assert run_migrate("nonsense", said.append) == UNREACHABLE
    assert said == ["Central's DSN cannot be read. Write postgresql://login:password@host/database."]


def test_too_few_rights_are_said_in_a_sentence(central: Central, site: Site) -> None:
    said: list[str] = []
    assert run_migrate(central.dsn(site), said.append) == FAILED
    assert said[0].startswith("Central's database refused: permission denied")


def test_a_database_that_was_not_migrated_is_named_as_the_cause(empty: Central) -> None:
    said: list[str] = []
    assert run_add_site(empty.admin, "s1", "login_unset", "secret", said.append) == FAILED
    assert run_verify(empty.admin, "s1", said.append) == FAILED
    assert said == ["Central's database is not set up yet: run `central migrate` first."] * 2


def test_a_site_added_from_the_command_line_can_push_and_its_chain_be_checked(central: Central, site: Site) -> None:
    said: list[str] = []
    other = site._replace(id=f"{site.id}-2", login=f"{site.login}_2")
    assert run_add_site(central.admin, *other, said.append) == DONE
    assert other.password not in said[0]
    journal = MemoryJournal()
    journal.add_tickets(2)
    central.send_all(other, journal)

    assert run_verify(central.admin, other.id, said.append) == DONE
    assert said[-1] == f"The journal of {other.id} is whole: 2 rows, head {journal.rows[-1].hash}."
    central.query("UPDATE moi.journal SET body = ''")
    assert run_verify(central.admin, other.id, said.append) == FAILED
    assert said[-1] == f"The journal of {other.id} is broken at row 1: a row is missing or was changed."
    assert run_add_site(central.admin, *other, said.append) == FAILED
    assert run_verify(central.admin, "nowhere", said.append) == FAILED
    assert said[-1] == "There is no site nowhere."
