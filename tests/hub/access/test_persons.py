"""A person can be counted within a day, and followed by nobody: not over days, not in any file, not in an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain import commands as cmd
from kiosk.hub.access.persons import FILE, Persons
from tests.halls import issue_body
from tests.hub.inside import Web, open_hub

KEYED_HASH = "5a" * 32
"""What a kiosk sends."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    hub = open_hub(tmp_path)
    yield Web(hub)
    hub.close()


def test_a_person_is_known_again_within_the_day_and_after_a_restart(tmp_path: Path) -> None:
    first = Persons(tmp_path, lambda: "2026-11-23").pseudonym(KEYED_HASH)
    again = Persons(tmp_path, lambda: "2026-11-23")
    assert again.pseudonym(KEYED_HASH) == first
    assert again.pseudonym("5b" * 32) != first
    assert KEYED_HASH not in first


def test_another_day_knows_nobody_and_the_secret_is_gone(tmp_path: Path) -> None:
    today = "2026-11-23"
    persons = Persons(tmp_path, lambda: today)
    first, secret = persons.pseudonym(KEYED_HASH), (tmp_path / FILE).read_bytes()
    today = "2026-11-24"
    assert persons.pseudonym(KEYED_HASH) != first
    assert (tmp_path / FILE).read_bytes() != secret


def test_a_start_on_another_day_forgets_the_secret_at_once(tmp_path: Path) -> None:
    Persons(tmp_path, lambda: "2026-11-23").pseudonym(KEYED_HASH)
    Persons(tmp_path, lambda: "2026-11-24")
    assert not (tmp_path / FILE).exists()


def test_a_file_that_cannot_be_read_is_a_new_beginning(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"{half")
    assert Persons(tmp_path, lambda: "2026-11-23").pseudonym(KEYED_HASH)


def test_what_the_kiosk_sent_is_in_no_file_and_no_answer(web: Web, tmp_path: Path) -> None:
    answer = web.post("kiosk", "/v1/tickets", issue_body(person=KEYED_HASH))
    assert KEYED_HASH not in str(answer)
    [ticket] = web.hub.writer.hall.tickets.values()
    assert ticket.person == web.hub.persons.pseudonym(KEYED_HASH)
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [content for content in stored if KEYED_HASH.encode() in content]


def test_the_secret_stays_while_its_day_may_be_opened_again_and_goes_with_the_first_word_of_another(
    web: Web, tmp_path: Path
) -> None:
    web.post("kiosk", "/v1/tickets", issue_body(person=KEYED_HASH))
    web.do(cmd.CloseDay())
    assert (tmp_path / FILE).exists()
    web.pass_minutes(24 * 60)
    web.do(cmd.OpenDay())
    assert not (tmp_path / FILE).exists()
