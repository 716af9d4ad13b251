"""The manager's page says what the code does: its tables are those the code draws."""

from kiosk.domain.site import Rules
from kiosk.domain.ticket import MOVES, Move, TicketState
from tools.queue_page import MOVE_NAMES, PAGE, STATES, drawn, rules_table, state_table


def test_the_tables_on_the_page_are_those_of_today() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert state_table() in text
    assert rules_table() in text
    assert drawn(text) == text


def test_every_state_and_move_is_on_it_in_words() -> None:
    assert set(STATES) == set(TicketState)
    assert set(MOVE_NAMES) == set(Move)
    assert state_table().count("→") == len(MOVES) + 1  # and one in the head


def test_every_number_a_centre_may_set_is_explained() -> None:
    rows = rules_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(Rules.__struct_fields__)
    assert [row for row in rows if row.endswith("|  |")] == []


def test_a_stale_table_is_drawn_anew_and_the_words_around_it_stay() -> None:
    text = PAGE.read_text(encoding="utf-8")
    stale = text.replace("| **waiting**", "| **queuing**")
    assert stale != text
    assert drawn(stale) == text
