"""What the supervisor's screen knows, what happens to it, and what it wants done."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from kiosk.domain.commands import PrintResult

REASONS = {
    "queue": ("no_staff", "meeting", "system", "weather"),
    "kiosk": ("paper", "repair", "system", "weather"),
}
"""Why a part of the hall is closed, as citizens are told it (`wire.problems.REASONS`)."""
PIN_MAX = 8
VALID_MS = 5_000
"""How long a supervisor's wish is meant (DESIGN §3)."""


class Screen(StrEnum):
    """One question at a time."""

    HALL = "hall"
    NAMES = "names"
    PIN = "pin"
    REASON = "reason"
    QUEUES = "queues"
    DAYS = "days"
    WHY = "why"
    CLOCK = "clock"


Tiers = tuple[tuple[str, ...], ...]
"""Queues a counter serves: the first ones, then those it takes when these are empty."""
TIERS = 2
"""Tiers a touch goes through; a third one of the set-up becomes the second where it is touched."""


class Part(Struct, frozen=True):
    """What is changed: a queue, a kiosk or counter by its number, or the hub's `CLOCK`.

    Whether it is closed now, and which queues a counter serves.
    """

    kind: str
    id: str
    closed: bool = False
    tiers: Tiers = ()


CLOCK = Part("clock", "")
"""The hub's clock. Hall time that once was in a wrong year never comes back, so the PIN is asked each time."""


class Paper(Struct, frozen=True):
    """What became of a report on its way to paper: no result while it is being printed."""

    result: PrintResult | None = None
    printer: str = ""
    """What the printer says of itself (`ports.PrinterStatus`)."""


class State(Struct, frozen=True):
    """The screen's state."""

    screen: Screen = Screen.HALL
    connected: bool = False
    part: Part | None = None
    """What was touched, kept through signing in."""
    staff: str = ""
    pin: str = ""
    tiers: Tiers = ()
    """Of the counter that is being changed."""
    signed_in: str = ""
    """Who is signed in."""
    waiting: bool = False
    """Something is on its way to the hub."""
    sentence: str = ""
    unanswered: bool = False
    """The hub gave no answer to the last wish."""
    paper: Paper | None = None
    """The report that was printed last, until something else is touched."""
    numbers: tuple[str, str] = ("", "")
    """Tickets that are asked about, as they are typed: why the first was called, or why it is before the other."""
    slot: int = 0
    """Which of the two is being typed."""
    why: str = ""
    """The hub's sentence about them."""


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


Effect = SignIn | ActAs | Send | PrintDay | AskWhy | AcceptClock
Step = tuple[State, tuple[Effect, ...]]
