from kiosk.flows.board import FRESH_MS, Call, Speak, State, Ticked, Viewed, Withdraw, step

T = 1_000_000


def call(seq: int, at: int = T, number: str = "", counter: int = 2, **kwargs) -> Call:
    return Call(seq, at, number or f"A{seq:03d}", counter, **kwargs)


def after(state: State, *events):
    spoken = []
    for event in events:
        state, effects = step(state, event)
        spoken.extend(effects)
    return state, [effect.call.seq for effect in spoken if isinstance(effect, Speak)]


def test_each_new_call_is_spoken_once():
    _, spoken = after(
        State(),
        Viewed((), True, T),
        Viewed((call(1),), True, T + 50),
        Viewed((call(1),), True, T + 100),
        Viewed((call(2, T + 200), call(1)), True, T + 200),
        Viewed((call(2, T + 200), call(1)), True, T + 9_000),
    )

    assert spoken == [1, 2]


def test_calls_that_come_together_are_spoken_in_their_order():
    _, spoken = after(State(), Viewed((), True, T), Viewed((call(7), call(6), call(5)), True, T))

    assert spoken == [5, 6, 7]


def test_a_recall_is_a_new_call():
    first, again = call(1, number="A027"), call(4, T + 8_000, "A027", again=True)
    state, spoken = after(State(), Viewed((first,), True, T), Viewed((again, first), True, T + 8_000))

    assert spoken == [1, 4]
    assert state.calls == (again,), "one number stands on the board once"


def test_a_board_that_starts_speaks_only_what_was_called_just_now():
    _, spoken = after(State(), Viewed((call(9, T - 3_000), call(8, T - FRESH_MS)), True, T))

    assert spoken == [9]


def test_calls_missed_while_away_are_shown_and_only_the_fresh_are_spoken():
    away = T + 60_000
    old, fresh = call(2, T + 10_000), call(3, away - 2_000)
    state, spoken = after(State(), Viewed((), True, T), Viewed((), False, T + 5_000), Viewed((fresh, old), True, away))

    assert spoken == [3]
    assert state.calls == (fresh, old)


def test_nothing_is_spoken_from_a_view_kept_from_before():
    _, spoken = after(State(), Viewed((call(1),), False, T + 100))

    assert spoken == []


def test_a_fresh_call_kept_while_away_is_not_spoken_twice():
    _, spoken = after(
        State(), Viewed((call(1),), True, T), Viewed((call(1),), False, T + 100), Viewed((call(1),), True, T + 900)
    )

    assert spoken == [1]


def test_age_is_told_and_never_negative():
    _, effects = step(State(), Viewed((call(1, T + 400),), True, T))
    assert effects[0].age_ms == 0

    _, effects = step(State(), Viewed((call(1, T - 400),), True, T))
    assert effects[0].age_ms == 400


def test_a_sequence_number_given_again_by_a_recovered_hub_is_a_new_call():
    _, spoken = after(
        State(), Viewed((call(5, T, "A001"),), True, T), Viewed((call(5, T + 900, "B002"),), True, T + 900)
    )

    assert spoken == [5, 5]


def test_hub_away_keeps_the_last_state_and_since_when():
    state, _ = after(
        State(),
        Viewed((call(1),), True, T),
        Viewed((call(1),), False, T + 5_000),
        Viewed((call(1),), False, T + 9_000),
    )
    assert state.calls == (call(1),)
    assert state.away_since == T + 5_000

    state, _ = step(state, Viewed((call(1),), True, T + 20_000))
    assert state.away_since is None


def test_the_door_holds_the_newest_call_and_the_wall_the_others():
    state, _ = step(State(), Viewed((call(3), call(2), call(1)), True, T))

    assert state.newest == call(3)
    assert state.earlier == (call(2), call(1))


def test_the_door_lets_go_of_a_call_that_was_answered_but_not_before_it_could_be_read():
    came = call(3, serving=True)
    state, _ = step(State(), Viewed((came, call(2)), True, T + 1_000))
    assert state.newest == came

    state, _ = step(state, Ticked(T + FRESH_MS))
    assert state.newest == call(2)
    assert state.earlier == (came,)


def test_the_door_is_empty_when_everyone_has_come():
    state, _ = step(State(), Viewed((call(1, T - FRESH_MS, serving=True),), True, T))

    assert state.newest is None
    assert len(state.earlier) == 1


def test_a_call_that_vanishes_is_withdrawn_from_the_voice_before_the_next_is_spoken():
    state, _ = step(State(), Viewed((call(2), call(1)), True, T))
    _, effects = step(state, Viewed((call(3, T + 400), call(1)), True, T + 500, {2: "A003"}))

    assert effects[0] == Withdraw(call(2))
    assert effects[1].call == call(3, T + 400)


def test_a_call_that_only_made_room_for_newer_ones_is_still_spoken():
    state, _ = step(State(), Viewed((call(2, counter=7), call(1, counter=6)), True, T))
    _, effects = step(state, Viewed((call(3), call(2, counter=7)), True, T + 500, {2: "A003", 6: "A001", 7: "A002"}))

    assert [effect.call.number for effect in effects] == ["A003"]


def test_a_recall_taken_back_leaves_its_call_to_the_voice():
    first, again = call(1, number="A027"), call(4, T + 8_000, "A027", again=True)
    state, _ = after(State(), Viewed((first,), True, T), Viewed((again,), True, T + 8_000))

    assert step(state, Viewed((first,), True, T + 9_000))[1] == ()


def test_a_number_called_to_another_counter_is_withdrawn_at_the_first():
    state, _ = step(State(), Viewed((call(1, number="A027", counter=2),), True, T))
    _, effects = step(state, Viewed((call(2, T + 900, "A027", 5),), True, T + 1_000, {5: "A027"}))

    assert [type(effect).__name__ for effect in effects] == ["Withdraw", "Speak"]


def test_a_broken_connection_withdraws_nothing():
    state, _ = step(State(), Viewed((call(1),), True, T))

    assert step(state, Viewed((), False, T + 500))[1] == ()
