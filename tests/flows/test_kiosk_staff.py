"""The staff menu's flow: nothing opens without the hub's yes, and everything leads back to the citizen."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.flows.kiosk_staff import (
    PIN_MAX,
    STAFF_MAX,
    TEST,
    AgainWanted,
    Back,
    CheckPin,
    Cleared,
    Effect,
    Entered,
    Held,
    PrintAgain,
    PrintTest,
    Quiet,
    Screen,
    State,
    Told,
    TrialPageWanted,
    Typed,
    step,
)

WHO = (Held(), *(Typed(letter) for letter in "nv01"), Entered())
PIN = (*WHO, *(Typed(digit) for digit in "0001"), Entered())
EVENTS = st.sampled_from(
    (
        Held(),
        Typed("n"),
        Typed("1"),
        Typed(""),
        Cleared(),
        Entered(),
        Told(1, ok=True),
        Told(1, ok=False, sentence="no"),
        Told(2, ok=True),
        AgainWanted("t", "A001"),
        TrialPageWanted(),
        Back(),
        Quiet(),
    )
)


def run(*events: Any) -> tuple[State, list[Effect]]:
    state, effects = State(), []
    for event in events:
        state, more = step(state, event)
        effects += more
    return state, effects


def test_the_right_pin_opens_the_menu_and_is_kept_nowhere() -> None:
    state, effects = run(*PIN)
    assert (state.waiting, state.pin) == (True, "")
    assert effects == [CheckPin(1, "nv01", "0001")]
    state, _ = step(state, Told(1, ok=True))
    assert (state.screen, state.staff) == (Screen.MENU, "nv01")


def test_a_wrong_pin_is_said_and_typed_anew_and_a_hub_that_is_away_is_another_sentence() -> None:
    state, _ = run(*PIN, Told(1, ok=False, sentence="The PIN is not right."))
    assert (state.screen, state.sentence, state.unanswered) == (Screen.PIN, "The PIN is not right.", False)
    state, _ = run(*PIN, Told(1, ok=False, reached=False))
    assert (state.screen, state.sentence, state.unanswered) == (Screen.PIN, "", True)


def test_a_late_answer_to_an_earlier_question_opens_nothing() -> None:
    late = Told(1, ok=True)
    assert run(*PIN, Quiet(), late)[0].screen is Screen.NONE
    assert run(*PIN, Quiet(), *PIN, late)[0].screen is Screen.PIN
    assert run(*PIN, Quiet(), *PIN, Told(2, ok=True))[0].screen is Screen.MENU


def test_papers_and_test_page_come_from_the_open_menu_only() -> None:
    wishes = (AgainWanted("t", "A001"), TrialPageWanted())
    assert run(*wishes, Held(), *wishes)[1] == []
    state, effects = run(*PIN, Told(1, ok=True), *wishes)
    assert effects[1:] == [PrintAgain("t"), PrintTest()]
    assert state.sent == TEST


def test_back_goes_one_question_back_and_then_to_the_citizen() -> None:
    assert run(*WHO, Typed("1"), Back())[0] == State(Screen.WHO)
    assert run(Held(), Back())[0] == State()
    assert run(*PIN, Told(1, ok=True), Back())[0].screen is Screen.NONE


def test_a_pin_has_an_end_and_a_short_one_is_not_sent() -> None:
    assert len(run(*WHO, *[Typed("1")] * 20)[0].pin) == PIN_MAX
    assert run(*WHO, Typed("1"), Entered())[1] == []


def test_an_id_is_typed_taken_back_and_typed_anew_and_an_empty_one_leads_nowhere() -> None:
    assert run(Held(), Entered())[0].screen is Screen.WHO
    assert run(Held(), Typed("n"), Typed("x"), Typed(""), Typed(" "), Typed("v"))[0].staff == "nv"
    assert run(Held(), Typed("n"), Cleared())[0].staff == ""
    assert len(run(Held(), *[Typed("n")] * 99)[0].staff) == STAFF_MAX


@given(st.lists(EVENTS, max_size=30))
def test_whatever_happens_the_menu_opens_only_after_a_question_and_its_yes(events: list[Any]) -> None:
    state, asked = State(), 0
    for event in events:
        before = state
        state, effects = step(state, event)
        asked += sum(isinstance(effect, CheckPin) for effect in effects)
        if state.screen is Screen.MENU and before.screen is not Screen.MENU:
            assert isinstance(event, Told)
            assert (event.ok, event.asked) == (True, asked)
        assert not (state.pin and state.screen is not Screen.PIN)
    assert step(state, Quiet())[0].screen is Screen.NONE
