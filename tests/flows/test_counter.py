import pytest
from msgspec import structs

from kiosk.flows.counter import BOUNCE_MS, SAID_MS, SETTLE_MS, step
from kiosk.flows.counter_events import (
    Answered,
    Desk,
    Explained,
    Picked,
    Pressed,
    ReasonsAsked,
    Ticked,
    Typed,
    Viewed,
    Wish,
)
from kiosk.flows.counter_state import Phase, Said, State

CLOSED = Desk()
READY = Desk("open", "nv02")
CALLED = Desk("open", "nv02", "t1", "called", 1)
SERVING = Desk("open", "nv02", "t1", "serving", 1)
PAUSED = Desk("paused", "nv02")


def at_desk(desk: Desk, connected: bool = True) -> State:
    return step(State(2), Viewed(desk, connected, 0))[0]


def after(state: State, *events):
    effects = []
    for event in events:
        state, more = step(state, event)
        effects.extend(more)
    return state, effects


def signed_in_as(pin: str = "2580"):
    state, _ = after(at_desk(CLOSED), Picked("nv02"), *(Typed(digit) for digit in pin))
    return state


@pytest.mark.parametrize(
    ("desk", "phase", "next_step"),
    [
        (CLOSED, Phase.SIGN_IN, Wish.OPEN),
        (READY, Phase.READY, Wish.CALL),
        (CALLED, Phase.CALLED, Wish.START),
        (SERVING, Phase.SERVING, Wish.FINISH),
        (PAUSED, Phase.PAUSED, Wish.RESUME),
        (Desk("paused", "nv02", "t1", "serving", 1), Phase.SERVING, Wish.FINISH),
    ],
)
def test_each_state_of_the_counter_has_one_next_step(desk, phase, next_step):
    state = at_desk(desk)

    assert state.phase is phase
    assert state.wishes[0] is next_step


@pytest.mark.parametrize(
    ("desk", "wish", "path", "body"),
    [
        (READY, Wish.CALL, "/v1/counters/2/call", {}),
        (READY, Wish.PAUSE, "/v1/counters/2/pause", {"reason": "break"}),
        (READY, Wish.CLOSE, "/v1/counters/2/close", {}),
        (PAUSED, Wish.RESUME, "/v1/counters/2/resume", {}),
        (CALLED, Wish.START, "/v1/tickets/t1/start", {"counter": 2}),
        (CALLED, Wish.RECALL, "/v1/tickets/t1/recall", {"counter": 2}),
        (CALLED, Wish.NO_SHOW, "/v1/tickets/t1/no-show", {"counter": 2}),
        (SERVING, Wish.FINISH, "/v1/tickets/t1/finish", {"counter": 2, "outcome": "served"}),
    ],
)
def test_a_key_asks_its_own_route(desk, wish, path, body):
    _, effects = step(at_desk(desk), Pressed(wish, 10))

    assert [(effect.path, effect.body) for effect in effects] == [(path, body)]
    assert effects[0].valid_ms <= 10_000


def test_a_pause_carries_the_reason_that_was_picked():
    state, _ = step(at_desk(READY), ReasonsAsked(True))
    assert state.picking_reason

    state, effects = step(state, Pressed(Wish.PAUSE, 10, "meeting"))

    assert effects[0].body == {"reason": "meeting"}
    assert not state.picking_reason


def test_signing_in_needs_a_name_and_a_pin():
    state, effects = after(at_desk(CLOSED), Typed("1"), Pressed(Wish.OPEN, 10))
    assert state.pin == ""
    assert effects == []

    state, effects = step(signed_in_as("2580"), Pressed(Wish.OPEN, 500))
    assert effects[0].path == "/v1/counters/2/open"
    assert effects[0].body == {"staff": "nv02", "pin": "2580"}


def test_a_digit_can_be_taken_back_and_the_pin_has_an_end():
    state, _ = after(signed_in_as("12"), Typed(""), *(Typed("9") for _ in range(20)))

    assert state.pin == "19999999"


def test_a_wrong_pin_is_cleared_and_the_name_stays():
    state, effects = step(signed_in_as(), Pressed(Wish.OPEN, 10))
    state, _ = step(state, Answered(effects[0].serial, False, True, "Sai mã PIN.", 20))

    assert (state.staff, state.pin) == ("nv02", "")
    assert (state.said, state.sentence) == (Said.REFUSED, "Sai mã PIN.")


def test_a_pin_typed_again_at_once_is_tried_at_once():
    state, effects = step(signed_in_as(), Pressed(Wish.OPEN, 10))
    state, _ = after(state, Answered(effects[0].serial, False, True, "Sai mã PIN.", 20), Typed("1"))

    assert len(step(state, Pressed(Wish.OPEN, 30))[1]) == 1


def test_the_pin_does_not_outlive_the_sign_in():
    state, effects = step(signed_in_as(), Pressed(Wish.OPEN, 10))
    state, _ = after(state, Answered(effects[0].serial, True, True, "", 20), Viewed(READY, True, 30))

    assert (state.staff, state.pin) == ("", "")
    assert state.phase is Phase.READY


def test_a_second_press_while_unanswered_is_ignored():
    _, effects = after(at_desk(READY), Pressed(Wish.CALL, 10), Pressed(Wish.CALL, 2_000), Pressed(Wish.CLOSE, 4_000))

    assert len(effects) == 1


def test_keys_rest_until_the_view_shows_what_was_answered():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = step(state, Answered(effects[0].serial, True, True, "", 30))
    assert state.busy

    state, more = step(state, Pressed(Wish.CALL, 1_000))
    assert more == ()

    state, _ = step(state, Viewed(CALLED, True, 1_010))
    assert not state.busy


def test_a_view_that_came_before_its_answer_frees_the_keys_too():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = after(state, Viewed(CALLED, True, 20), Answered(effects[0].serial, True, True, "", 30))

    assert not state.busy


def test_a_view_that_never_comes_does_not_lock_the_keys():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = after(state, Answered(effects[0].serial, True, True, "", 30), Ticked(31 + SETTLE_MS))

    assert not state.busy


def test_a_trembling_finger_does_not_start_what_it_has_just_called():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 1_000))
    state, _ = after(state, Answered(effects[0].serial, True, True, "", 1_020), Viewed(CALLED, True, 1_030))

    state, bounced = step(state, Pressed(Wish.START, 1_000 + BOUNCE_MS - 1))
    _, meant = step(state, Pressed(Wish.START, 1_000 + BOUNCE_MS))

    assert bounced == ()
    assert len(meant) == 1


def test_an_answer_to_something_else_changes_nothing():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))

    assert step(state, Answered(effects[0].serial + 1, False, True, "?", 20)) == (state, ())


def test_a_refusal_is_said_and_goes_away_with_a_later_view():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = step(state, Answered(effects[0].serial, False, True, "Chưa có ai chờ.", 20))
    assert state.sentence == "Chưa có ai chờ."
    assert not state.busy

    state, _ = step(state, Viewed(READY, True, 500))
    assert state.sentence, "a busy hall's views must not wipe it at once"

    state, _ = step(state, Viewed(READY, True, 21 + SAID_MS))
    assert state.said is Said.NOTHING


def test_a_refusal_goes_away_when_the_counter_changes():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = step(state, Answered(effects[0].serial, False, True, "Chưa có ai chờ.", 20))

    assert step(state, Viewed(CALLED, True, 100))[0].said is Said.NOTHING


def test_without_the_hub_nothing_is_asked_and_the_reason_is_said():
    state, _ = step(at_desk(CALLED), Viewed(CALLED, False, 5))
    assert state.phase is Phase.CALLED
    assert state.wishes == ()

    state, effects = step(state, Pressed(Wish.START, 10))
    assert effects == ()
    assert state.said is Said.AWAY


def test_a_wish_nobody_answered_is_asked_again_under_its_first_id():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    assert not effects[0].retry

    state, _ = step(state, Answered(effects[0].serial, False, False, "", 20))
    assert state.said is Said.NO_ANSWER

    _, effects = step(state, Pressed(Wish.CALL, 1_000))
    assert effects[0].retry


def test_an_old_try_is_not_repeated_once_the_counter_has_changed():
    state, effects = step(at_desk(READY), Pressed(Wish.CALL, 10))
    state, _ = after(state, Answered(effects[0].serial, False, False, "", 20), Viewed(CALLED, True, 30))
    state, _ = step(state, Viewed(READY, True, 40))

    _, effects = step(state, Pressed(Wish.CALL, 1_000))
    assert not effects[0].retry


def test_another_clerk_does_not_sign_in_under_the_first_ones_try():
    state, effects = step(signed_in_as(), Pressed(Wish.OPEN, 10))
    state, _ = step(state, Answered(effects[0].serial, False, False, "", 20))

    same, _ = after(state, Typed("2"))
    other, _ = after(state, Picked("nv01"), Typed("1"))
    assert step(same, Pressed(Wish.OPEN, 1_000))[1][0].retry
    assert not step(other, Pressed(Wish.OPEN, 1_000))[1][0].retry


@pytest.mark.parametrize("wish", [Wish.START, Wish.FINISH, Wish.RESUME, Wish.OPEN])
def test_a_wish_that_does_not_fit_is_not_sent(wish):
    assert step(at_desk(READY), Pressed(wish, 10))[1] == ()


def test_a_key_that_is_off_says_why():
    state, effects = step(at_desk(SERVING), Explained("Xong số này rồi mới nghỉ được.", 10))

    assert effects == ()
    assert state.sentence == "Xong số này rồi mới nghỉ được."
    assert step(state, Ticked(11 + SAID_MS))[0].said is Said.NOTHING


def test_the_last_action_can_be_taken_back_beside_every_other_wish_while_the_view_offers_it():
    for desk in (READY, CALLED, SERVING, PAUSED):
        offered = structs.replace(desk, undo_until=99_000)
        _, effects = step(at_desk(offered), Pressed(Wish.UNDO, 10))
        assert [(effect.path, effect.body) for effect in effects] == [("/v1/counters/2/undo", {})]
        assert step(at_desk(desk), Pressed(Wish.UNDO, 10))[1] == ()


def test_whoever_signed_out_takes_nothing_back():
    assert step(at_desk(structs.replace(CLOSED, undo_until=99_000)), Pressed(Wish.UNDO, 10))[1] == ()
