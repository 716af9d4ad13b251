"""The clerk's window as a table: sign in, then one next key by what the counter has before it (LOOK 14b).

`step(state, event)` is pure. The window turns views, keys and answers into events and does what the effects say.
All times are milliseconds of one monotonic clock, given with the events.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.domain.commands import PrintResult
from kiosk.flows import counter_ask as asking
from kiosk.flows import counter_paper as paper
from kiosk.flows.counter_ask import Ask
from kiosk.flows.counter_events import (
    Answered,
    Asked,
    AskKind,
    Chosen,
    Effect,
    Event,
    Explained,
    Flagged,
    Noted,
    PaperSaid,
    Picked,
    Pressed,
    ReasonsAsked,
    Send,
    Ticked,
    Turned,
    Typed,
    Viewed,
    Wish,
    Wrote,
)
from kiosk.flows.counter_state import ABOUT_TICKET, PAUSE_REASONS, WISHES, Flight, Phase, Said, State

VALID_MS = 5_000
"""How long a clerk's wish is meant: a clerk who left must not call anyone (DESIGN §3)."""
BOUNCE_MS = 300
"""A second press within this time is the same press of an unsteady finger, also where the key has changed meanwhile."""
SETTLE_MS = 3_000
"""An accepted wish waits this long for the view that shows it; then keys work again in any case."""
SAID_MS = 5_000
"""How long a sentence stays at least, so that a busy hall's views do not wipe it before it is read."""
PIN_MAX = 8

Step = tuple[State, tuple[Effect, ...]]


def _viewed(state: State, event: Viewed) -> Step:
    flight = state.flight
    changed = event.desk != state.desk
    if flight is not None and flight.answered_at is not None and event.desk != flight.desk:
        flight = None
    phase, before = state.phase, state.desk.ticket
    state = replace(state, desk=event.desk, connected=event.connected, flight=flight)
    if changed:
        state = replace(state, said=Said.NOTHING, sentence="", unsure=None)
    if state.phase is not phase or state.desk.ticket != before:
        state = replace(state, ask=None)
    if state.phase is not phase:
        state = replace(state, staff="", pin="", picking_reason=False)
    return _print_due(_ticked(state, Ticked(event.at))[0])


def _print_due(state: State) -> Step:
    papers, effects = paper.due(state.papers, state.desk.away)
    return replace(state, papers=papers), effects


def _paper_said(state: State, event: PaperSaid) -> Step:
    """Keep what became of a paper; a receipt that has come out ends its question, and with it what was typed."""
    papers = paper.ended(state.papers, event.serial, event.result, event.detail)
    done = papers.about == paper.of_dossier(state.desk.ticket) and papers.result is PrintResult.PRINTED
    asked = state.ask is not None and state.ask.kind is AskKind.DOSSIER
    return replace(state, papers=papers, ask=None if done and asked else state.ask), ()


def _picked(state: State, event: Picked) -> Step:
    if state.phase is not Phase.SIGN_IN or state.busy:
        return state, ()
    return replace(state, staff=event.staff, pin="", said=Said.NOTHING, sentence=""), ()


def _typed(state: State, event: Typed) -> Step:
    if state.phase is not Phase.SIGN_IN or not state.staff or state.busy:
        return state, ()
    pin = (state.pin + event.digit)[:PIN_MAX] if event.digit else state.pin[:-1]
    return replace(state, pin=pin, said=Said.NOTHING, sentence=""), ()


def _pressed(state: State, event: Pressed) -> Step:
    bounced = state.pressed_at is not None and event.at - state.pressed_at < BOUNCE_MS
    allowed = state.may_undo if event.wish is Wish.UNDO else event.wish in WISHES[state.phase]
    if state.busy or not allowed or not _is_said(state, event):
        return state, ()
    if event.wish is Wish.OPEN:
        if not (state.staff and state.pin):
            return state, ()
    elif bounced:
        return state, ()
    if event.wish is Wish.LIST and state.papers.here:
        papers, effects = paper.list_wanted(state.papers, state.desk.away)
        return replace(state, papers=papers, pressed_at=event.at), effects
    if event.wish is Wish.DOSSIER and state.ask is not None:
        papers, effects = paper.dossier_wanted(state.papers, state.desk.ticket, state.ask)
        return replace(state, papers=papers, pressed_at=event.at), effects
    if not state.connected:
        return replace(state, said=Said.AWAY, sentence="", said_at=event.at), ()
    unsure = state.unsure
    serial = state.serial + 1
    path, body = _route(state, event)
    about = (path, state.staff or repr(body))
    retry = unsure is not None and (unsure.about, unsure.desk) == (about, state.desk)
    state = replace(
        state,
        serial=serial,
        flight=Flight(serial, about, state.desk),
        unsure=None,
        pressed_at=event.at,
        picking_reason=False,
        said=Said.NOTHING,
        sentence="",
    )
    return state, (Send(serial, path, body, VALID_MS, retry),)


def _is_said(state: State, event: Pressed) -> bool:
    """Tell whether a wish comes with all it needs: papers and a target are said before, minutes with the key."""
    if event.wish is Wish.LIST:
        return bool(state.desk.away)
    return state.may_judge if event.wish in asking.JUDGED else asking.is_said(state.ask, event)


def _asked(state: State, event: Asked) -> Step:
    if event.kind is None or state.waits:
        return replace(state, ask=state.ask if state.waits else None), ()
    if not state.connected or event.kind not in state.asks:
        return state, ()
    same = state.ask if state.ask is not None and state.ask.kind is event.kind else None
    return replace(state, ask=asking.again(same) if same else Ask(event.kind)), ()


def _said_more(state: State, event: asking.Said) -> Step:
    """Keep what was said; while it is on its way nothing more is taken."""
    if state.waits or state.ask is None:
        return state, ()
    return replace(state, ask=asking.after(state.ask, event)), ()


def _reasons_asked(state: State, event: ReasonsAsked) -> Step:
    allowed = event.open and Wish.PAUSE in state.wishes and not state.busy
    return replace(state, picking_reason=allowed), ()


def _answered(state: State, event: Answered) -> Step:
    flight = state.flight
    if flight is None or flight.serial != event.serial:
        return state, ()
    if event.ok:
        if state.papers.here and flight.about[0].endswith(f"/{Wish.PAPERS.value}"):
            state = replace(state, papers=replace(state.papers, due=flight.desk.ticket))
        seen = state.desk != flight.desk
        ask = (
            None if flight.about[0].endswith(f"/{Wish.RETURN.value}") else state.ask
        )  # no other ticket shows it is done
        flight = None if seen else replace(flight, answered_at=event.at)
        return _print_due(replace(state, pin="", ask=ask, flight=flight))
    said = Said.REFUSED if event.reached else Said.NO_ANSWER
    unsure = None if event.reached else flight
    return replace(state, pin="", flight=None, unsure=unsure, said=said, sentence=event.sentence, said_at=event.at), ()


def _explained(state: State, event: Explained) -> Step:
    return replace(state, said=Said.REFUSED, sentence=event.sentence, said_at=event.at), ()


def _ticked(state: State, event: Ticked) -> Step:
    flight = state.flight
    if flight is not None and flight.answered_at is not None and event.at - flight.answered_at > SETTLE_MS:
        state = replace(state, flight=None)
    if state.said is not Said.NOTHING and event.at - state.said_at > SAID_MS:
        state = replace(state, said=Said.NOTHING, sentence="")
    return state, ()


def _route(state: State, event: Pressed) -> tuple[str, dict[str, Any]]:
    """Return the route of a wish and its body."""
    if event.wish is Wish.RETURN and state.ask is not None:
        return f"/v1/tickets/{state.ask.target}/{event.wish.value}", {"counter": state.counter}
    if event.wish in ABOUT_TICKET:
        name = "priority" if event.wish in asking.JUDGED else event.wish.value
        said = asking.said(state.ask, event, at_kiosk=not state.papers.here)
        return f"/v1/tickets/{state.desk.ticket}/{name}", {"counter": state.counter, **said}
    if event.wish is Wish.LIST:
        return f"/v1/tickets/{state.desk.away}/{Wish.REPRINT.value}", {"counter": state.counter}
    path = f"/v1/counters/{state.counter}/{event.wish.value}"
    if event.wish is Wish.OPEN:
        return path, {"staff": state.staff, "pin": state.pin}
    return path, {"reason": event.reason or PAUSE_REASONS[0]} if event.wish is Wish.PAUSE else {}


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Viewed: _viewed,
    Picked: _picked,
    Typed: _typed,
    Pressed: _pressed,
    ReasonsAsked: _reasons_asked,
    Asked: _asked,
    Chosen: _said_more,
    Turned: _said_more,
    Flagged: _said_more,
    Noted: _said_more,
    Wrote: _said_more,
    Answered: _answered,
    Explained: _explained,
    PaperSaid: _paper_said,
    Ticked: _ticked,
}


def step(state: State, event: Event) -> Step:
    """Return the next state, and what to do now."""
    return _TABLE[type(event)](state, event)
