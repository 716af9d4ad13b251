"""What happens to the supervisor's screen, and what it wants done."""

from typing import Any

from msgspec import Struct

from kiosk.domain.commands import PrintResult
from kiosk.flows.supervisor_state import Part, State


class Viewed(Struct, frozen=True):
    """A view came, or the connection went or returned."""

    connected: bool


class Touched(Struct, frozen=True):
    """A queue or a kiosk was touched."""

    part: Part


class Picked(Struct, frozen=True):
    """A supervisor touched her name."""

    staff: str


class Typed(Struct, frozen=True):
    """A digit of the PIN, or a letter of a ticket's number; "" takes the last one away."""

    digit: str


class Entered(Struct, frozen=True):
    """The PIN is complete, or one of the two numbers."""


class Reasoned(Struct, frozen=True):
    """Why it is closed."""

    reason: str


class Cycled(Struct, frozen=True):
    """A queue of the counter was touched: first, when these are empty, not here, and round again."""

    queue: str


class Saved(Struct, frozen=True):
    """The counter serves these queues from now on."""


class Left(Struct, frozen=True):
    """Back to the hall; nothing is done."""


class SignedIn(Struct, frozen=True):
    """The PIN was right."""

    session: str


class Told(Struct, frozen=True):
    """What became of a wish or of a sign-in; `reached` is False where the hub gave no answer."""

    ok: bool
    reached: bool = True
    code: str = ""
    sentence: str = ""


class ReportAsked(Struct, frozen=True):
    """The key for a day's report; it asks of which day."""


class DayPicked(Struct, frozen=True):
    """Of this day (ISO date)."""

    day: str


class ReportMade(Struct, frozen=True):
    """The hub told the day, and its report is given to the printer."""


class PaperEnded(Struct, frozen=True):
    """What became of the report's paper."""

    result: PrintResult
    printer: str = ""


class WhyAsked(Struct, frozen=True):
    """The key for why one ticket goes before another, or was called."""


class SlotPicked(Struct, frozen=True):
    """One of the two numbers was touched: it is typed from here on."""

    slot: int


class Cleared(Struct, frozen=True):
    """Both numbers anew."""


class WhyTold(Struct, frozen=True):
    """The hub knows why."""

    sentence: str


class ClockAccepted(Struct, frozen=True):
    """What the hub's machine shows is the time; hall time follows it."""


class Ticked(Struct, frozen=True):
    """A second went by."""


class StandbyTold(Struct, frozen=True):
    """A machine answered while no hub did: what it says of itself, "" where it is no standby that could take over."""

    status: str


class OldMachineIsOff(Struct, frozen=True):
    """A person has looked at the old machine: two hubs at the same time would give every number twice."""


class Explained(Struct, frozen=True):
    """A key that is off was touched; the sentence says why it is."""

    sentence: str


Event = (
    Viewed
    | Touched
    | Picked
    | Typed
    | Entered
    | Reasoned
    | Cycled
    | Saved
    | Left
    | SignedIn
    | Told
    | ReportAsked
    | DayPicked
    | ReportMade
    | PaperEnded
    | WhyAsked
    | SlotPicked
    | Cleared
    | WhyTold
    | ClockAccepted
    | Ticked
    | StandbyTold
    | OldMachineIsOff
    | Explained
)


class SignIn(Struct, frozen=True):
    """Ask the hub whether the PIN is right."""

    staff: str
    pin: str


class ActAs(Struct, frozen=True):
    """From now on everything is done in this session's name."""

    session: str


class Send(Struct, frozen=True):
    """Send a command."""

    path: str
    body: dict[str, Any]


class PrintDay(Struct, frozen=True):
    """Ask the hub how a day is or was, and print it."""

    day: str


class AskWhy(Struct, frozen=True):
    """Ask the hub why a ticket is before another; without one, why it was called."""

    first: str
    other: str


class AcceptClock(Struct, frozen=True):
    """Tell the hub that its machine's clock is right."""


class AskStandby(Struct, frozen=True):
    """Ask whoever answers in place of the hub what it is."""


class Promote(Struct, frozen=True):
    """Have the standby take over; the person with this PIN says that the old machine is off."""

    staff: str
    pin: str


Effect = SignIn | ActAs | Send | PrintDay | AskWhy | AcceptClock | AskStandby | Promote
Step = tuple[State, tuple[Effect, ...]]
