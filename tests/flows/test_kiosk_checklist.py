"""The checklist to take home: beside everything else, and one at a time."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from kiosk.domain.commands import PrintResult
from kiosk.flows import kiosk_events as e
from kiosk.flows.kiosk_checklist import (
    GIVE_UP_S,
    REST_S,
    ChecklistEnded,
    ChecklistRested,
    ChecklistWanted,
    PrintChecklist,
    RestChecklist,
)
from kiosk.flows.kiosk_state import ChecklistPaper, KioskState, Paper, Screen
from tests.flows.test_kiosk import BIRTH, STORIES, TO_ISSUING, TO_PROCEDURE, issued, run, wishes

PRINTED = ChecklistEnded("list-1", PrintResult.PRINTED, "ready")


def prints(effects: list[e.Effect]) -> list[PrintChecklist]:
    return [effect for effect in effects if isinstance(effect, PrintChecklist)]


def test_it_prints_what_she_has_in_her_language_and_leaves_her_choice_alone() -> None:
    before, _ = run(e.LanguageChosen("en"), *TO_PROCEDURE, e.PaperTouched(0), e.PaperTouched(3))
    state, effects = run(ChecklistWanted("list-1"), state=before)
    assert prints(effects) == [PrintChecklist("list-1", BIRTH, (0, 3), "en")]
    assert RestChecklist(GIVE_UP_S) in effects
    assert wishes(effects) == []
    assert structs.replace(state, checklist=None) == before


def test_before_anything_is_ticked_it_prints_the_bare_list() -> None:
    _, effects = run(*TO_PROCEDURE, ChecklistWanted("list-1"))
    assert [wish.have for wish in prints(effects)] == [()]


def test_ten_presses_make_one_copy_until_it_has_come_and_rested() -> None:
    presses = [ChecklistWanted(f"list-{n}") for n in range(1, 11)]
    state, effects = run(*TO_PROCEDURE, *presses)
    assert [wish.job for wish in prints(effects)] == ["list-1"]
    state, effects = run(PRINTED, *presses, state=state)
    assert prints(effects) == []
    assert RestChecklist(REST_S) in effects
    assert state.checklist == ChecklistPaper("list-1", Paper.PRINTED, "ready")
    state, effects = run(ChecklistRested(), *presses[1:], state=state)
    assert [wish.job for wish in prints(effects)] == ["list-2"]


def test_leaving_and_coming_back_makes_no_second_copy_of_one_that_is_coming() -> None:
    state, effects = run(*TO_PROCEDURE, ChecklistWanted("list-1"), e.HomePressed(), *TO_PROCEDURE, ChecklistWanted("2"))
    assert len(prints(effects)) == 1
    assert state.checklist == ChecklistPaper("list-1")


def test_a_printer_known_to_print_nothing_is_not_asked() -> None:
    state, effects = run(e.PrinterSays("paper_out"), *TO_PROCEDURE, ChecklistWanted("list-1"))
    assert prints(effects) == []
    _, effects = run(e.PrinterSays(""), ChecklistWanted("list-1"), state=state)
    assert len(prints(effects)) == 1


def test_why_none_came_is_said_while_it_rests() -> None:
    refused = ChecklistEnded("list-1", PrintResult.REFUSED, "paper_out")
    state, effects = run(*TO_PROCEDURE, ChecklistWanted("list-1"), refused)
    assert state.checklist == ChecklistPaper("list-1", Paper.REFUSED, "paper_out")
    assert effects[-1] == RestChecklist(REST_S)


def test_an_end_that_comes_after_all_or_twice_changes_nothing() -> None:
    state, _ = run(*TO_PROCEDURE, ChecklistWanted("list-1"), ChecklistRested(), ChecklistWanted("list-2"))
    after, effects = run(PRINTED, state=state)
    assert (after, effects) == (state, [])
    state, _ = run(*TO_PROCEDURE, ChecklistWanted("list-1"), PRINTED)
    assert run(PRINTED, state=state) == (state, [])


def test_the_ticket_goes_its_own_way_beside_it() -> None:
    on_its_way, effects = run(*TO_PROCEDURE, ChecklistWanted("list-1"), *TO_ISSUING[-2:], issued(), PRINTED)
    assert (on_its_way.screen, on_its_way.paper) == (Screen.TICKET, Paper.PRINTING)
    alone, expected = run(*TO_ISSUING, issued())
    assert structs.replace(on_its_way, checklist=None) == alone
    assert wishes(effects) == wishes(expected)
    state, _ = run(e.PaperEnded("ticket-1", PrintResult.PRINTED), state=on_its_way)
    assert state.paper is Paper.PRINTED


@given(STORIES, st.integers(1, 5))
def test_whatever_she_does_a_press_while_one_is_there_prints_nothing(story: list[e.Event], presses: int) -> None:
    state, _ = run(*story)
    if state.checklist is None:
        state = structs.replace(state, checklist=ChecklistPaper("list-0"))
    after, effects = run(*[ChecklistWanted(f"more-{n}") for n in range(presses)], state=state)
    assert prints(effects) == []
    assert after.checklist == state.checklist


def test_nothing_of_her_is_in_what_stays_of_it() -> None:
    state, _ = run(*TO_PROCEDURE, e.PaperTouched(0), ChecklistWanted("list-1"), e.HomePressed())
    assert state == KioskState(checklist=ChecklistPaper("list-1"))
