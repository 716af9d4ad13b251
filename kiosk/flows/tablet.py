"""The tablet before the citizen as a table: counter, number, rating, thanks, and back (LOOK 13; DOMAIN §8).

Rating opens by itself when a visit ends, closes by itself, and is asked once. A citizen who does not answer is counted
as no answer because no ballot exists: there is nothing to send. All times are milliseconds of one monotonic clock.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

SWITCH_GUARD_MS = 600
"""Where one rating replaces another, a finger already on its way must not rate the wrong visit."""


class Phase(StrEnum):
    """What the tablet shows."""

    IDLE = "idle"
    CALLED = "called"
    SERVING = "serving"
    RATING = "rating"
    THANKS = "thanks"


class Desk(Struct, frozen=True):
    """What of the tablet's view decides its screen."""

    number: str = ""
    serving: bool = False
    language: str = "vi"
    rating_ticket: str = ""
    rating_number: str = ""
    rating_language: str = "vi"
    can_seal: bool = True
    """Whether the site has a ballot key: without one nothing is asked, for it could not be kept secret."""


class Asked(Struct, frozen=True):
    """The visit a rating is open for, or was just closed for."""

    ticket: str
    number: str
    language: str


class State(Struct, frozen=True):
    """The tablet's state."""

    close_ms: int = 30_000
    """Without a touch the question closes after this long (DOMAIN §8)."""
    thanks_ms: int = 4_000
    desk: Desk = Desk()
    connected: bool = False
    away_at: int | None = None
    """When the connection went; None before the first view."""
    asked: Asked | None = None
    over: str = ""
    """The ticket whose rating is over here, answered or not: it is never opened again."""
    sent: bool | None = None
    """While thanking: whether a ballot was cast. None while asking."""
    until: int = 0
    """When the question or the thanks close."""
    guard: int = 0
    """Taps before this moment were meant for the visit before."""
    chosen_language: str = ""
    options: frozenset[str] = frozenset()
    """What the citizen at this screen chose in the accessibility bar."""

    @property
    def phase(self) -> Phase:
        """What the tablet shows; the next call waits until the rating is closed."""
        if self.asked is not None:
            return Phase.RATING if self.sent is None else Phase.THANKS
        if not self.desk.number:
            return Phase.IDLE
        return Phase.SERVING if self.desk.serving else Phase.CALLED

    @property
    def language(self) -> str:
        """What the citizen at this screen reads: her own touch, else what she chose at the kiosk."""
        if self.chosen_language:
            return self.chosen_language
        return self.asked.language if self.asked is not None else self.desk.language


class Viewed(Struct, frozen=True):
    """A view came, or the connection went or returned."""

    desk: Desk
    connected: bool
    at: int


class Chose(Struct, frozen=True):
    """A face was touched."""

    choice: str
    at: int


class Skipped(Struct, frozen=True):
    """The citizen would rather not say."""

    at: int


class Touched(Struct, frozen=True):
    """The screen was touched beside any key: someone is still there."""

    at: int


class LanguageChosen(Struct, frozen=True):
    """A language was touched."""

    language: str
    at: int


class OptionTouched(Struct, frozen=True):
    """A key of the accessibility bar was touched: it changes over."""

    option: str
    at: int


class Ticked(Struct, frozen=True):
    """Time passed."""

    at: int


Event = Viewed | Chose | Skipped | Touched | LanguageChosen | OptionTouched | Ticked


class Cast(Struct, frozen=True):
    """Seal this choice and send it as a fact."""

    ticket: str
    choice: str


Effect = Cast
Step = tuple[State, tuple[Effect, ...]]


def _viewed(state: State, event: Viewed) -> Step:
    desk = event.desk
    before, _ = _ticked(state, Ticked(event.at))
    state = before
    away_at = state.away_at if event.connected or not state.connected else event.at
    state = replace(state, desk=desk, connected=event.connected, away_at=away_at)
    if event.connected:
        state = _rating(before, state, event)
    if state.phase is not before.phase and state.phase in (Phase.IDLE, Phase.CALLED):
        state = _for_the_next(state)
    return state, ()


def _for_the_next(state: State) -> State:
    """What one citizen chose is not the next one's choice."""
    return replace(state, chosen_language="", options=frozenset())


def _rating(before: State, state: State, event: Viewed) -> State:
    """Open, change or end the question, as the connected view says."""
    ticket = event.desk.rating_ticket
    if _was_away_too_long(before, event):
        return replace(state, over=ticket or state.over, asked=None, sent=None)
    if ticket and ticket != state.over and (state.asked is None or state.asked.ticket != ticket):
        if not event.desk.can_seal:
            return state
        asked = Asked(ticket, event.desk.rating_number, event.desk.rating_language)
        guard = event.at + SWITCH_GUARD_MS if before.phase is Phase.RATING else 0
        until = event.at + state.close_ms
        if before.phase is Phase.RATING:
            state = _for_the_next(state)
        return replace(state, asked=asked, sent=None, until=until, guard=guard)
    if state.phase is Phase.RATING and state.asked is not None and state.asked.ticket != ticket:
        # The clerk took the visit's end back, or it was rated elsewhere. She was not done with the question: unless it
        # was rated it comes again with the end, or a clerk could do away with a rating.
        return replace(state, asked=None)
    return state


def _was_away_too_long(before: State, event: Viewed) -> bool:
    """Whether a visit may have ended unseen: whoever sits here now must not rate someone else's."""
    if before.connected:
        return False
    return before.away_at is None or event.at - before.away_at > before.close_ms


def _chose(state: State, event: Chose) -> Step:
    if state.phase is not Phase.RATING or state.asked is None or event.at < state.guard:
        return state, ()
    ticket = state.asked.ticket
    return _thank(state, event.at, sent=True), (Cast(ticket, event.choice),)


def _skipped(state: State, event: Skipped) -> Step:
    if state.phase is not Phase.RATING or event.at < state.guard:
        return state, ()
    return _thank(state, event.at, sent=False), ()


def _thank(state: State, at: int, *, sent: bool) -> State:
    over = state.asked.ticket if state.asked is not None else state.over
    return replace(state, over=over, sent=sent, until=at + state.thanks_ms)


def _touched(state: State, event: Touched) -> Step:
    if state.phase is Phase.RATING:
        state = replace(state, until=event.at + state.close_ms)
    return state, ()


def _language_chosen(state: State, event: LanguageChosen) -> Step:
    return _touched(replace(state, chosen_language=event.language), Touched(event.at))


def _option_touched(state: State, event: OptionTouched) -> Step:
    return _touched(replace(state, options=state.options ^ {event.option}), Touched(event.at))


def _ticked(state: State, event: Ticked) -> Step:
    if state.asked is None or event.at < state.until:
        return state, ()
    return _for_the_next(replace(state, asked=None, sent=None, over=state.asked.ticket)), ()


_TABLE: dict[type, Callable[[State, Any], Step]] = {
    Viewed: _viewed,
    Chose: _chose,
    Skipped: _skipped,
    Touched: _touched,
    LanguageChosen: _language_chosen,
    OptionTouched: _option_touched,
    Ticked: _ticked,
}


def step(state: State, event: Event) -> Step:
    """Return the next state, and the ballot to cast now, if any."""
    return _TABLE[type(event)](state, event)
