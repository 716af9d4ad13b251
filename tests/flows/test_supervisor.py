"""The supervisor's screen: looking needs nobody, acting needs a PIN once and then a reason."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.commands import PrintResult
from kiosk.flows.supervisor import cycled, step
from kiosk.flows.supervisor_events import (
    AcceptClock,
    ActAs,
    AskStandby,
    AskWhy,
    Cleared,
    ClockAccepted,
    Cycled,
    DayPicked,
    Effect,
    Entered,
    Explained,
    Left,
    OldMachineIsOff,
    PaperEnded,
    Picked,
    PrintDay,
    Promote,
    Reasoned,
    ReportAsked,
    ReportMade,
    Saved,
    Send,
    SignedIn,
    SignIn,
    SlotPicked,
    StandbyTold,
    Ticked,
    Told,
    Touched,
    Typed,
    Viewed,
    WhyAsked,
    WhyTold,
)
from kiosk.flows.supervisor_state import CLOCK, REASONS, TAKEOVER, Paper, Part, Screen, State, Tiers
from kiosk.wire.problems import REASONS as SAID

QUEUE, CLOSED = Part("queue", "B", closed=False), Part("queue", "B", closed=True)
PIN = (Picked("nv07"), Typed("0"), Typed("0"), Typed("0"), Typed("7"), Entered())


def run(*events: Any, state: State | None = None) -> tuple[State, list[Effect]]:
    now, effects = state or State(connected=True), []
    for event in events:
        now, more = step(now, event)
        effects += more
    return now, effects


def test_who_touches_first_signs_in_and_then_goes_on_with_what_was_touched() -> None:
    state, effects = run(Touched(QUEUE), *PIN)
    assert effects == [SignIn("nv07", "0007")]
    assert state.pin == "", "it is not kept"
    state, effects = run(SignedIn("s"), Reasoned("meeting"), state=state)
    assert effects == [ActAs("s"), Send("/v1/queues/B/close", {"reason": "meeting"})]
    state, _ = run(Told(ok=True), state=state)
    assert (state.screen, state.part) == (Screen.HALL, None)


def test_opening_again_needs_no_reason() -> None:
    _, effects = run(Touched(CLOSED), state=State(connected=True, signed_in="nv07"))
    assert effects == [Send("/v1/queues/B/open", {})]


def test_a_kiosk_is_closed_for_a_kiosks_reasons() -> None:
    kiosk = Part("kiosk", "2", closed=False)
    state, effects = run(
        Touched(kiosk), Reasoned("meeting"), Reasoned("paper"), state=State(connected=True, signed_in="x")
    )
    assert effects == [Send("/v1/kiosks/2/close", {"reason": "paper"})]
    assert state.waiting


def test_a_session_that_has_ended_asks_for_the_pin_and_then_does_what_was_wanted() -> None:
    state, effects = run(
        Touched(CLOSED), Told(ok=False, code="staff_not_signed_in"), state=State(connected=True, signed_in="nv07")
    )
    assert effects[-1] == ActAs("")
    assert (state.screen, state.part) == (Screen.NAMES, CLOSED)
    _, effects = run(*PIN, SignedIn("s2"), state=state)
    assert effects[-2:] == [ActAs("s2"), Send("/v1/queues/B/open", {})]


def test_a_wrong_pin_is_said_and_typed_again() -> None:
    state, _ = run(Touched(QUEUE), *PIN, Told(ok=False, code="wrong_pin", sentence="Mã PIN chưa đúng."))
    assert (state.screen, state.sentence, state.part) == (Screen.PIN, "Mã PIN chưa đúng.", QUEUE)
    assert run(Typed("1"), state=state)[0].sentence == ""


def test_nothing_is_touched_while_the_hub_is_away_or_something_is_on_its_way() -> None:
    assert run(Touched(QUEUE), state=State(signed_in="x"))[0].part is None
    assert run(Touched(CLOSED), Touched(QUEUE), state=State(connected=True, signed_in="x"))[0].part == CLOSED


def test_no_answer_is_said_and_back_is_always_a_way() -> None:
    busy = State(connected=True, signed_in="x")
    state, _ = run(Touched(QUEUE), Reasoned("meeting"), Told(ok=False, reached=False), state=busy)
    assert state.unanswered
    assert run(Left(), state=state)[0] == busy


COUNTER = Part("counter", "2", tiers=(("A", "B"), ("C",)))


def test_a_counters_lines_are_changed_one_touch_each_and_saved() -> None:
    signed = State(connected=True, signed_in="nv07")
    state, effects = run(Touched(COUNTER), Cycled("B"), Cycled("C"), Cycled("D"), state=signed)
    assert (state.screen, effects) == (Screen.QUEUES, [])
    _, effects = run(Saved(), state=state)
    assert effects == [Send("/v1/counters/2/queues", {"tiers": [["A", "D"], ["B"]]})]


def test_no_line_at_all_is_not_saved_and_leaving_changes_nothing() -> None:
    signed = State(connected=True, signed_in="nv07")
    lone = Part("counter", "2", tiers=((), ("A",)))
    state, effects = run(Touched(lone), Cycled("A"), Saved(), state=signed)
    assert (any(state.tiers), effects) == (False, [])
    assert run(Left(), state=state)[1] == []


@given(st.lists(st.sampled_from("ABCD"), max_size=12))
def test_a_queue_is_in_one_tier_at_most_and_three_touches_bring_it_back(touches: list[str]) -> None:
    tiers: Tiers = COUNTER.tiers
    for queue in touches:
        tiers = cycled(tiers, queue)
    served = [queue for tier in tiers for queue in tier]
    assert len(served) == len(set(served))
    again = cycled(cycled(cycled(tiers, "A"), "A"), "A")
    assert [sorted(tier) for tier in again] == [sorted(tier) for tier in (*tiers, (), ())[: len(again)]]


def test_a_days_report_needs_nobodys_pin_and_the_hall_is_there_while_it_is_printed() -> None:
    state, effects = run(ReportAsked(), DayPicked("2026-11-23"))
    assert (state.screen, state.waiting, effects) == (Screen.DAYS, True, [PrintDay("2026-11-23")])
    state, _ = run(ReportMade(), state=state)
    assert (state.screen, state.waiting, state.paper) == (Screen.HALL, False, Paper())
    assert run(ReportAsked(), state=state)[0] == state, "one after the other"
    state, _ = run(Touched(QUEUE), PaperEnded(PrintResult.REFUSED, "paper_out"), state=state)
    assert state.paper == Paper(PrintResult.REFUSED, "paper_out"), "it is told on whatever screen she is by then"
    assert run(Left(), ReportAsked(), state=state)[0].paper is None


def test_no_report_is_asked_for_while_the_hub_is_away_or_a_wish_is_on_its_way() -> None:
    assert run(ReportAsked(), state=State())[0].screen is Screen.HALL
    assert run(ReportAsked(), state=State(connected=True, waiting=True))[0].screen is Screen.HALL
    assert run(DayPicked("2026-11-23"))[1] == []


def test_a_day_the_hub_does_not_tell_leaves_the_question_and_its_sentence() -> None:
    state, _ = run(ReportAsked(), DayPicked("2026-11-23"), Told(ok=False, code="unknown_day", sentence="Không có."))
    assert (state.screen, state.waiting, state.sentence) == (Screen.DAYS, False, "Không có.")


def letters(text: str) -> list[Typed]:
    return [Typed(letter) for letter in text]


def test_two_numbers_are_typed_without_their_zeros_and_the_hub_is_asked_why() -> None:
    state, effects = run(WhyAsked(), *letters("b17"), Entered(), *letters("a16"), Typed(""), Typed("6"), Entered())
    assert effects == [AskWhy("B017", "A016")]
    state, _ = run(WhyTold("Số B017 …"), state=state)
    assert (state.numbers, state.why, state.waiting) == (("B017", "A016"), "Số B017 …", False)
    state, _ = run(Typed("C"), state=state)
    assert (state.numbers, state.why) == (("C", ""), ""), "what is typed next is the next question"
    assert run(Left(), state=state)[0].screen is Screen.HALL


def test_one_number_alone_asks_why_it_was_called_and_one_of_an_offline_series_keeps_its_dash() -> None:
    assert run(WhyAsked(), *letters("A2-15"), Entered(), Entered())[1] == [AskWhy("A2-015", "")]


def test_without_a_first_number_nothing_is_asked() -> None:
    state, effects = run(WhyAsked(), SlotPicked(1), *letters("A16"), Entered())
    assert (state.slot, effects) == (0, [])
    assert run(Cleared(), state=state)[0].numbers == ("", "")


def test_a_number_the_hub_does_not_know_is_said_and_can_be_mended() -> None:
    asked = (WhyAsked(), *letters("A17"), Entered(), Entered())
    state, _ = run(*asked, Told(ok=False, code="unknown_ticket", sentence="Hôm nay không có số này."))
    assert (state.screen, state.sentence) == (Screen.WHY, "Hôm nay không có số này.")
    assert run(SlotPicked(0), Typed(""), state=state)[0].numbers == ("A01", "")


def test_what_is_typed_of_a_number_is_never_part_of_a_pin() -> None:
    state, _ = run(WhyAsked(), *letters("A17"), Left(), Touched(QUEUE), Picked("nv07"))
    assert (state.pin, state.numbers) == ("", ("", ""))


def test_the_clock_is_confirmed_with_a_pin_each_time_whoever_is_signed_in() -> None:
    state, _ = run(Touched(CLOCK), state=State(connected=True, signed_in="nv07"))
    assert (state.screen, state.part) == (Screen.NAMES, CLOCK)
    assert run(ClockAccepted(), state=state)[1] == [], "not before the PIN"
    state, _ = run(*PIN, SignedIn("s"), state=state)
    assert state.screen is Screen.CLOCK
    state, effects = run(ClockAccepted(), ClockAccepted(), state=state)
    assert effects == [AcceptClock()]
    state, _ = run(Told(ok=True), state=state)
    assert (state.screen, state.part, state.signed_in) == (Screen.HALL, None, "nv07")


def test_a_clock_that_is_wrong_is_left_alone() -> None:
    state, effects = run(Touched(CLOCK), *PIN, SignedIn("s"), Left())
    assert (state.screen, [e for e in effects if isinstance(e, AcceptClock)]) == (Screen.HALL, [])


AWAY = State(connected=False)


def test_a_standby_that_hears_no_hub_takes_over_when_the_old_machine_is_said_to_be_off_and_with_a_pin() -> None:
    state, effects = run(Ticked(), Ticked(), StandbyTold("alone"), state=AWAY)
    assert effects == [AskStandby()], "one question after the other"
    state, effects = run(Touched(TAKEOVER), state=state)
    assert (state.screen, effects) == (Screen.OLD_MACHINE, [])
    state, effects = run(OldMachineIsOff(), *PIN, state=state)
    assert effects == [Promote("nv07", "0007")]
    assert state.pin == "", "it is not kept"
    state, _ = run(Told(ok=True), state=state)
    assert (state.screen, state.taking_over) == (Screen.HALL, True)
    assert not run(Viewed(connected=True), state=state)[0].taking_over


@pytest.mark.parametrize("standby", ["", "following", "stopped"])
def test_no_other_machine_takes_over(standby: str) -> None:
    state, _ = run(StandbyTold(standby), Touched(TAKEOVER), state=AWAY)
    assert state.screen is Screen.HALL


def test_where_the_hub_is_there_nobody_takes_over() -> None:
    assert run(Ticked())[1] == []
    assert run(StandbyTold("alone"), Touched(TAKEOVER))[0].screen is Screen.HALL
    state, _ = run(StandbyTold("alone"), Touched(TAKEOVER), OldMachineIsOff(), Viewed(connected=True), state=AWAY)
    assert (state.screen, state.part, state.standby) == (Screen.HALL, None, "")


def test_a_wrong_pin_lets_nobody_take_over() -> None:
    wrong = Told(ok=False, code="wrong_pin", sentence="Mã PIN chưa đúng.")
    state, _ = run(StandbyTold("alone"), Touched(TAKEOVER), OldMachineIsOff(), *PIN, wrong, state=AWAY)
    assert (state.screen, state.sentence, state.taking_over) == (Screen.PIN, "Mã PIN chưa đúng.", False)


def test_why_a_key_is_off_is_said() -> None:
    assert run(Explained("Chưa có máy in."))[0].sentence == "Chưa có máy in."


@pytest.mark.parametrize("kind", REASONS)
def test_every_reason_has_words_for_citizens(kind: str) -> None:
    assert set(REASONS[kind]) <= set(SAID)


EVENTS = (
    Viewed(connected=True),
    Viewed(connected=False),
    Touched(QUEUE),
    Touched(CLOSED),
    Touched(Part("counter", "2", tiers=(("A",),))),
    Cycled("B"),
    Saved(),
    *PIN,
    Reasoned("meeting"),
    ReportAsked(),
    DayPicked("2026-11-23"),
    ReportMade(),
    PaperEnded(PrintResult.PRINTED),
    Explained("x"),
    WhyAsked(),
    Typed("A"),
    SlotPicked(1),
    Cleared(),
    WhyTold("x"),
    Touched(CLOCK),
    ClockAccepted(),
    Ticked(),
    StandbyTold("alone"),
    Touched(TAKEOVER),
    OldMachineIsOff(),
    Left(),
    Told(ok=True),
    Told(ok=False, code="x"),
    Told(ok=False, code="staff_not_signed_in"),
)


@given(st.lists(st.sampled_from(EVENTS), max_size=20))
def test_without_a_session_nothing_is_ever_sent(events: list[Any]) -> None:
    state = State(connected=True)
    for event in events:
        state, effects = step(state, event)
        assert not any(isinstance(effect, Send | AcceptClock) for effect in effects)
