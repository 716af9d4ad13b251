"""What the supervisor's screen knows."""

from enum import StrEnum

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
    OLD_MACHINE = "old_machine"


Tiers = tuple[tuple[str, ...], ...]
"""Queues a counter serves: the first ones, then those it takes when these are empty."""
TIERS = 2
"""Tiers a touch goes through; a third one of the set-up becomes the second where it is touched."""


class Part(Struct, frozen=True):
    """What is changed: a queue, a kiosk or counter by its number, the hub's `CLOCK`, or which machine is the hub.

    Whether it is closed now, and which queues a counter serves.
    """

    kind: str
    id: str
    closed: bool = False
    tiers: Tiers = ()


CLOCK = Part("clock", "")
"""The hub's clock. Hall time that once was in a wrong year never comes back, so the PIN is asked each time."""


TAKEOVER = Part("takeover", "")
"""The standby becomes the hub (DESIGN §6)."""
ALONE = "alone"
"""What a standby says of itself that does not hear its hub either."""


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
    standby: str = ""
    """What the standby said of itself last, while the hub is away; "" where none answers."""
    asking: bool = False
    """The standby is being asked."""
    taking_over: bool = False
    """The standby was told to take over, and has not become the hub yet."""
