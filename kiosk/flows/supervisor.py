"""The supervisor's screen as a table: the hall to look at, and what it takes to close or open a part of it.

`step(state, event)` is pure. Looking needs nobody; acting needs a supervisor's PIN, once, and then a reason.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.flows import supervisor_takeover as takeover
from kiosk.flows import supervisor_why as why
from kiosk.flows.supervisor_events import (
    AcceptClock,
    ActAs,
    Cleared,
    ClockAccepted,
    Cycled,
    DayPicked,
    Entered,
    Event,
    Explained,
    Left,
    OldMachineIsOff,
    PaperEnded,
    Picked,
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
    Step,
    Ticked,
    Told,
    Touched,
    Typed,
    Viewed,
    WhyAsked,
    WhyTold,
)
from kiosk.flows.supervisor_report import day_picked, paper_ended, report_asked, report_made, settled
from kiosk.flows.supervisor_state import CLOCK, PIN_MAX, REASONS, TAKEOVER, TIERS, Part, Screen, State, Tiers


def _touched(state: State, event: Touched) -> Step:
    if event.part == TAKEOVER:
        return takeover.touched(state, event)
    if state.screen is not Screen.HALL or state.waiting or not state.connected:
        return state, ()
    signed_in = "" if event.part == CLOCK else state.signed_in
    state = replace(state, part=event.part, signed_in=signed_in, sentence="", unanswered=False)
    return _go_on(replace(state, paper=settled(state.paper)))


def _go_on(state: State) -> Step:
    """Ask for what is still missing: who it is, then why; opening again needs no reason."""
    part = state.part
    if part is None:
        return replace(state, screen=Screen.HALL), ()
    if not state.signed_in:
        return replace(state, screen=Screen.NAMES, staff="", pin=""), ()
    if part == CLOCK:
        return replace(state, screen=Screen.CLOCK), ()
    if part.kind == "counter":
        return replace(state, screen=Screen.QUEUES, tiers=part.tiers), ()
    if not part.closed:
        return replace(state, screen=Screen.REASON), ()
    return _send(replace(state, screen=Screen.HALL), part, "open", {})


def _picked(state: State, event: Picked) -> Step:
    if state.screen is not Screen.NAMES:
        return state, ()
    return replace(state, screen=Screen.PIN, staff=event.staff, pin="", sentence=""), ()


def _typed(state: State, event: Typed) -> Step:
    if state.screen is Screen.WHY:
        return why.typed(state, event)
    if state.screen is not Screen.PIN or state.waiting:
        return state, ()
    pin = (state.pin + event.digit)[:PIN_MAX] if event.digit else state.pin[:-1]
    return replace(state, pin=pin, sentence=""), ()


def _entered(state: State, event: Entered) -> Step:
    if state.screen is Screen.WHY:
        return why.entered(state, event)
    if state.screen is not Screen.PIN or not state.pin or state.waiting:
        return state, ()
    proof = (state.staff, state.pin)
    effect = Promote(*proof) if state.part == TAKEOVER else SignIn(*proof)
    return replace(state, waiting=True, pin="", sentence="", unanswered=False), (effect,)


def _signed_in(state: State, event: SignedIn) -> Step:
    known = replace(state, waiting=False, signed_in=state.staff)
    after, effects = _go_on(known)
    return after, (ActAs(event.session), *effects)


def _reasoned(state: State, event: Reasoned) -> Step:
    part = state.part
    if state.screen is not Screen.REASON or part is None or state.waiting or event.reason not in REASONS[part.kind]:
        return state, ()
    return _send(state, part, "close", {"reason": event.reason})


def _clock_accepted(state: State, event: ClockAccepted) -> Step:
    if state.screen is not Screen.CLOCK or state.waiting:
        return state, ()
    return replace(state, waiting=True, sentence="", unanswered=False), (AcceptClock(),)


def _cycled(state: State, event: Cycled) -> Step:
    if state.screen is not Screen.QUEUES or state.waiting:
        return state, ()
    return replace(state, tiers=cycled(state.tiers, event.queue), sentence=""), ()


def cycled(tiers: Tiers, queue: str) -> Tiers:
    """Return the tiers with one queue a tier further on; behind the last it is not served here."""
    place = next((n for n, tier in enumerate(tiers) if queue in tier), -1) + 1
    rest = [tuple(q for q in tier if q != queue) for tier in tiers]
    rest += [()] * (TIERS - len(rest))
    if place < TIERS:
        rest[place] = (*rest[place], queue)
    return tuple(rest)


def _saved(state: State, event: Saved) -> Step:
    """Send what was chosen; nothing at all would mean the set-up again, and is not sent by mistake."""
    part, tiers = state.part, [list(tier) for tier in state.tiers if tier]
    if state.screen is not Screen.QUEUES or part is None or state.waiting or not tiers:
        return state, ()
    return _send(state, part, "queues", {"tiers": tiers})


def _send(state: State, part: Part, verb: str, body: dict[str, Any]) -> Step:
    return replace(state, waiting=True), (Send(f"/v1/{part.kind}s/{part.id}/{verb}", body),)


def _told(state: State, event: Told) -> Step:
    """Follow an answer. A session that has ended asks for the PIN again and then goes on with what was wanted."""
    state = replace(state, waiting=False, sentence=event.sentence, unanswered=not event.reached)
    if event.code == "staff_not_signed_in":
        after, effects = _go_on(replace(state, signed_in=""))
        return after, (ActAs(""), *effects)
    if event.ok:
        taking_over = state.part == TAKEOVER and not state.connected
        return replace(state, screen=Screen.HALL, part=None, sentence="", taking_over=taking_over), ()
    return state, ()


def _left(state: State, event: Left) -> Step:
    if state.waiting:
        return state, ()
    state = replace(state, screen=Screen.HALL, part=None, staff="", pin="", sentence="", unanswered=False)
    return replace(state, numbers=("", ""), slot=0, why=""), ()


def _explained(state: State, event: Explained) -> Step:
    return replace(state, sentence=event.sentence, unanswered=False, paper=settled(state.paper)), ()


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Viewed: takeover.viewed,
    Ticked: takeover.ticked,
    StandbyTold: takeover.standby_told,
    OldMachineIsOff: takeover.old_machine_is_off,
    Touched: _touched,
    Picked: _picked,
    Typed: _typed,
    Entered: _entered,
    SignedIn: _signed_in,
    Reasoned: _reasoned,
    Cycled: _cycled,
    Saved: _saved,
    ClockAccepted: _clock_accepted,
    Told: _told,
    Left: _left,
    ReportAsked: report_asked,
    DayPicked: day_picked,
    ReportMade: report_made,
    PaperEnded: paper_ended,
    WhyAsked: why.why_asked,
    SlotPicked: why.slot_picked,
    Cleared: why.cleared,
    WhyTold: why.why_told,
    Explained: _explained,
}


def step(state: State, event: Event) -> Step:
    """Return the next state, and what to do now."""
    return _TABLE[type(event)](state, event)
