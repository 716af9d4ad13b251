"""What the clerk's window knows: what the counter has before it, which keys that gives, and what is on its way."""

from enum import StrEnum

from msgspec import Struct

from kiosk.flows import counter_paper as paper
from kiosk.flows.counter_ask import Ask
from kiosk.flows.counter_events import AskKind, Desk, Wish


class Phase(StrEnum):
    """What the counter has before it; decides the keys."""

    SIGN_IN = "sign_in"
    READY = "ready"
    CALLED = "called"
    SERVING = "serving"
    PAUSED = "paused"


_ABOUT_BOTH = (Wish.PAPERS, Wish.PARK, Wish.TRANSFER, Wish.CONFIRM, Wish.STRIKE)
"""What can be asked for a ticket that is here, called or served."""
WISHES: dict[Phase, tuple[Wish, ...]] = {
    Phase.SIGN_IN: (Wish.OPEN,),
    Phase.READY: (Wish.CALL, Wish.PAUSE, Wish.CLOSE, Wish.LIST, Wish.RETURN),
    Phase.CALLED: (Wish.START, Wish.RECALL, Wish.NO_SHOW, Wish.RETURN, *_ABOUT_BOTH),
    Phase.SERVING: (Wish.FINISH, Wish.REPRINT, Wish.DOSSIER, Wish.RETURN, *_ABOUT_BOTH),
    Phase.PAUSED: (Wish.RESUME, Wish.CLOSE, Wish.RETURN),
}
"""What can be asked for when; the first is the next step, on the saffron key."""

ABOUT_TICKET = frozenset({Wish.RECALL, Wish.START, Wish.FINISH, Wish.NO_SHOW, Wish.REPRINT, *_ABOUT_BOTH})
ASKS: dict[Phase, tuple[AskKind, ...]] = {
    Phase.CALLED: (AskKind.PAPERS, AskKind.TRANSFER, AskKind.PARK),
    Phase.SERVING: (AskKind.PAPERS, AskKind.TRANSFER, AskKind.PARK, AskKind.OUTCOME),
}
"""What can be said about a ticket when."""

PAUSE_REASONS = ("break", "meeting", "urgent", "helping", "other")
"""Reasons for a pause, as clerks elsewhere are offered them (DOMAIN §7); the first is meant where none is picked."""


class Said(StrEnum):
    """Why there is a sentence on the screen."""

    NOTHING = ""
    REFUSED = "refused"
    """It cannot be done now; the sentence says why."""
    NO_ANSWER = "no_answer"
    """Nobody knows whether the hub has heard: the same key asks again under the same id."""
    AWAY = "away"
    """A key was pressed while the hub is away."""


class Flight(Struct, frozen=True):
    """A wish on its way. `answered_at` is set once accepted, until the view shows it."""

    serial: int
    about: tuple[str, str]
    """The route, and who signs in or why there is a pause: only the very same wish may go again under its id."""
    desk: Desk
    answered_at: int | None = None


class State(Struct, frozen=True):
    """The window's state."""

    counter: int
    desk: Desk = Desk()
    connected: bool = False
    staff: str = ""
    """Who is signing in."""
    pin: str = ""
    picking_reason: bool = False
    ask: Ask | None = None
    """What is being said about the ticket; a refusal keeps it, another ticket ends it."""
    flight: Flight | None = None
    unsure: Flight | None = None
    """The last wish, where it had no answer."""
    said: Said = Said.NOTHING
    sentence: str = ""
    said_at: int = 0
    pressed_at: int | None = None
    serial: int = 0
    papers: paper.OwnPapers = paper.OwnPapers()

    @property
    def phase(self) -> Phase:
        """What the counter has before it: a ticket first, so a pause begins after it is served."""
        if self.desk.ticket:
            return Phase.SERVING if self.desk.ticket_state == "serving" else Phase.CALLED
        return {"open": Phase.READY, "paused": Phase.PAUSED}.get(self.desk.state, Phase.SIGN_IN)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """What can be asked for now, the next step first; nothing while the hub is away."""
        return WISHES[self.phase] if self.connected else ()

    @property
    def may_undo(self) -> bool:
        """Whether the last action can be taken back, as far as the view tells; the hub knows how late it is."""
        return bool(self.desk.undo_until) and self.phase is not Phase.SIGN_IN

    @property
    def may_judge(self) -> bool:
        """Whether a priority was declared whose proof nobody has looked at."""
        return self.desk.priority == "declared"

    @property
    def busy(self) -> bool:
        """Whether a wish is on its way."""
        return self.flight is not None

    @property
    def waits(self) -> bool:
        """Whether a wish is on its way and nothing of it is seen yet: a view may come before the answer."""
        return self.flight is not None and self.flight.desk == self.desk

    @property
    def asks(self) -> tuple[AskKind, ...]:
        """What can be asked now: who is back, wherever a clerk sits; a dossier's receipt only where a printer stands at
        the counter, for it is signed there.
        """
        receipt = (AskKind.DOSSIER,) if self.papers.here and self.phase is Phase.SERVING else ()
        back = (AskKind.RETURN,) if self.phase is not Phase.SIGN_IN else ()
        return (*ASKS.get(self.phase, ()), *receipt, *back)
