import pytest

from kiosk.flows.tablet import (
    SWITCH_GUARD_MS,
    Cast,
    Chose,
    Desk,
    LanguageChosen,
    OptionTouched,
    Phase,
    Skipped,
    State,
    Ticked,
    Touched,
    Viewed,
    step,
)

IDLE = Desk()
SERVING = Desk("A027", True)
FINISHED = Desk(rating_ticket="t27", rating_number="A027")
NEXT_CALLED = Desk("A028", rating_ticket="t27", rating_number="A027")
NEXT_FINISHED = Desk(rating_ticket="t28", rating_number="A028")


def after(state: State, *events):
    effects = []
    for event in events:
        state, more = step(state, event)
        effects.extend(more)
    return state, effects


def finished(at: int = 1_000) -> State:
    return after(State(), Viewed(IDLE, True, 0), Viewed(SERVING, True, 500), Viewed(FINISHED, True, at))[0]


@pytest.mark.parametrize(
    ("desk", "phase"), [(IDLE, Phase.IDLE), (Desk("A027"), Phase.CALLED), (SERVING, Phase.SERVING)]
)
def test_the_tablet_follows_its_counter(desk, phase):
    assert step(State(), Viewed(desk, True, 0))[0].phase is phase


def test_rating_opens_by_itself_at_the_finish():
    state = finished()

    assert state.phase is Phase.RATING
    assert state.asked is not None
    assert state.asked.number == "A027"


def test_one_tap_casts_one_ballot_thanks_and_goes_back():
    state, effects = step(finished(), Chose("satisfied", 5_000))
    assert effects == (Cast("t27", "satisfied"),)
    assert state.phase is Phase.THANKS
    assert state.sent is True

    state, _ = step(state, Ticked(5_000 + state.thanks_ms))
    assert state.phase is Phase.IDLE


def test_a_visit_is_never_rated_twice():
    state, effects = after(
        finished(),
        Chose("satisfied", 5_000),
        Chose("not_satisfied", 5_100),
        Ticked(60_000),
        Viewed(FINISHED, True, 61_000),
        Chose("not_satisfied", 62_000),
    )

    assert effects == [Cast("t27", "satisfied")]
    assert state.phase is Phase.IDLE


def test_a_skipped_question_sends_nothing_and_is_not_asked_again():
    state, effects = step(finished(), Skipped(2_000))
    assert state.phase is Phase.THANKS
    assert state.sent is False

    state, more = after(state, Ticked(30_000), Viewed(FINISHED, True, 31_000))
    assert [*effects, *more] == []
    assert state.phase is Phase.IDLE


def test_without_a_touch_the_question_closes_and_no_ballot_is_cast():
    state = finished(at=1_000)
    assert step(state, Ticked(30_999))[0].phase is Phase.RATING

    state, effects = after(state, Ticked(31_000), Viewed(FINISHED, True, 32_000))
    assert state.phase is Phase.IDLE
    assert effects == []


def test_a_touch_beside_the_faces_gives_the_time_again():
    state, _ = step(finished(at=1_000), Touched(25_000))

    assert step(state, Ticked(54_999))[0].phase is Phase.RATING
    assert step(state, Ticked(55_000))[0].phase is Phase.IDLE


def test_the_next_call_waits_until_the_rating_is_closed():
    state, _ = step(finished(), Viewed(NEXT_CALLED, True, 2_000))
    assert state.phase is Phase.RATING

    state, _ = after(state, Skipped(3_000), Ticked(9_000))
    assert state.phase is Phase.CALLED


def test_when_the_next_visit_ends_its_rating_replaces_the_one_left_open():
    state, _ = step(finished(), Viewed(NEXT_FINISHED, True, 9_000))
    assert state.asked is not None
    assert state.asked.ticket == "t28"

    early, cast_early = step(state, Chose("satisfied", 9_000 + SWITCH_GUARD_MS - 1))
    assert early.phase is Phase.RATING
    assert cast_early == ()
    assert step(state, Chose("satisfied", 9_000 + SWITCH_GUARD_MS))[1] == (Cast("t28", "satisfied"),)


def test_a_tablet_that_starts_late_asks_nobody_about_a_visit_it_did_not_see():
    state, _ = step(State(), Viewed(FINISHED, True, 0))
    assert state.phase is Phase.IDLE

    state, _ = step(state, Viewed(NEXT_FINISHED, True, 1_000))
    assert state.phase is Phase.RATING


def test_a_view_kept_from_before_opens_no_rating():
    state, _ = after(State(), Viewed(FINISHED, False, 0), Viewed(FINISHED, True, 400))

    assert state.phase is Phase.IDLE


def test_a_finish_during_a_short_break_of_the_connection_is_still_asked_about():
    state, _ = after(State(), Viewed(SERVING, True, 0), Viewed(SERVING, False, 1_000), Viewed(FINISHED, True, 20_000))

    assert state.phase is Phase.RATING


def test_a_finish_during_a_long_break_belongs_to_someone_who_has_left():
    state, _ = after(
        State(),
        Viewed(SERVING, True, 0),
        Viewed(SERVING, False, 1_000),
        Viewed(SERVING, False, 30_000),
        Viewed(FINISHED, True, 31_001),
    )

    assert state.phase is Phase.IDLE


def test_a_ballot_can_be_cast_while_the_hub_is_away():
    state, effects = after(finished(), Viewed(FINISHED, False, 2_000), Chose("satisfied", 3_000))

    assert effects == [Cast("t27", "satisfied")]
    assert state.phase is Phase.THANKS


def test_a_rating_given_elsewhere_closes_the_question():
    state, _ = step(finished(), Viewed(IDLE, True, 2_000))

    assert state.phase is Phase.IDLE


def test_an_end_taken_back_closes_the_question_and_the_real_end_asks_again():
    """Else a clerk could do away with a rating by ending a visit twice."""
    state, _ = step(finished(), Viewed(SERVING, True, 2_000))
    assert state.phase is Phase.SERVING
    state, effects = after(state, Viewed(FINISHED, True, 60_000), Chose("satisfied", 62_000))
    assert effects == [Cast("t27", "satisfied")]


@pytest.mark.parametrize("answer", [Chose("satisfied", 2_000), Skipped(2_000)])
def test_what_was_answered_or_skipped_is_not_asked_again_after_an_end_was_taken_back(answer):
    state, _ = after(finished(), answer, Viewed(SERVING, True, 3_000), Ticked(20_000), Viewed(FINISHED, True, 60_000))
    assert state.phase is Phase.IDLE


def test_thanks_stay_when_the_hub_has_the_ballot():
    state, _ = after(finished(), Chose("satisfied", 2_000), Viewed(IDLE, True, 2_050))

    assert state.phase is Phase.THANKS


def test_without_a_ballot_key_nothing_is_asked():
    no_key = Desk(rating_ticket="t27", rating_number="A027", can_seal=False)
    state, _ = after(State(), Viewed(IDLE, True, 0), Viewed(no_key, True, 100))

    assert state.phase is Phase.IDLE


def test_the_rating_speaks_the_language_of_its_visit_and_then_of_a_touch():
    english = Desk(rating_ticket="t27", rating_number="A027", rating_language="en")
    state, _ = after(State(), Viewed(IDLE, True, 0), Viewed(english, True, 100))
    assert state.language == "en"

    state, _ = step(state, LanguageChosen("vi", 20_000))
    assert state.language == "vi"
    assert step(state, Ticked(40_000))[0].phase is Phase.RATING, "choosing a language is a touch"


def test_a_language_touched_by_one_citizen_is_forgotten_for_the_next():
    state, _ = after(State(), Viewed(IDLE, True, 0), LanguageChosen("en", 10))
    assert state.language == "en"

    state, _ = step(state, Viewed(Desk("A028"), True, 100))
    assert state.language == "vi"


def test_a_language_touched_while_called_stays_during_the_visit():
    state, _ = after(State(), Viewed(Desk("A027"), True, 0), LanguageChosen("en", 10), Viewed(SERVING, True, 20))

    assert state.language == "en"


def test_larger_text_goes_on_and_off_and_is_forgotten_with_the_visit():
    state, _ = step(finished(at=1_000), OptionTouched("text_size", 20_000))
    assert state.options == {"text_size"}
    assert step(state, OptionTouched("text_size", 20_100))[0].options == frozenset()

    assert step(state, Ticked(49_999))[0].phase is Phase.RATING, "choosing it is a touch"
    assert step(state, Ticked(50_000))[0].options == frozenset()
