"""What is asked of the day, of queues, kiosks and counters, and of the journal itself."""

from msgspec import field

from kiosk.domain.command import (
    Code,
    Command,
    Moment,
    Name,
    Number,
    ServiceDay,
    Tiers,
)


class OpenCounter(Command, frozen=True):
    """A clerk sits down; the hub's edge has checked the PIN."""

    counter: Number
    staff: Name


class CallNext(Command, frozen=True):
    """Call the next ticket, or the parked or waiting one the clerk picked."""

    counter: Number
    ticket_id: str | None = None


class PauseCounter(Command, frozen=True):
    """Stop calling for a while; the reason is shown to the supervisor."""

    counter: Number
    reason: Code = ""


class ResumeCounter(Command, frozen=True):
    """Go on after a pause."""

    counter: Number


class CloseCounter(Command, frozen=True):
    """Leave the counter; tickets bound to it are released (DESIGN §4)."""

    counter: Number


class Undo(Command, frozen=True):
    """Take back the last action at this counter, within seconds and while nothing has touched it since."""

    counter: Number


class SetCounterQueues(Command, frozen=True):
    """Change which queues a counter serves, in tiers, while it is open; an empty list goes back to the set-up."""

    counter: Number
    tiers: Tiers


class CloseQueue(Command, frozen=True):
    """Give no more numbers for a queue; those who wait are served."""

    queue: Name
    reason: Code


class OpenQueue(Command, frozen=True):
    """Give numbers for a queue again."""

    queue: Name


class CloseKiosk(Command, frozen=True):
    """Close a kiosk from afar; its screen says why."""

    kiosk: Number
    reason: Code


class OpenKiosk(Command, frozen=True):
    """Open a kiosk again."""

    kiosk: Number


class OpenDay(Command, frozen=True):
    """Begin the service day before the first citizen does."""


class CloseDay(Command, frozen=True):
    """End the service day; the first command of a new day does it by itself."""

    day: ServiceDay = ""
    """Only this day ("2026-11-23"): one that comes late must not end another. Empty ends the open one."""


class EraseSide(Command, frozen=True):
    """Side data whose time is over is forgotten."""

    refs: tuple[str, ...]


class NoteClock(Command, frozen=True):
    """The machine's clock was set. Both UTC ms; `staff` accepted a jump of over a day."""

    before: Moment
    after: Moment
    staff: str = ""


class BeginEpoch(Command, frozen=True):
    """Another machine carries the journal on (DESIGN §6)."""

    epoch: int
    reason: Code
    ordinals: dict[str, int] = field(default_factory=dict)
    ahead: dict[str, dict[str, int]] = field(default_factory=dict)
