"""What people and devices ask of the hall.

A *wish* may expire; a *fact* never does and no rule refuses it (DESIGN §3).
"""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a device may do; a token carries exactly one."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    TABLET = "tablet"
    BOARD = "board"
    SUPERVISOR = "supervisor"
    STANDBY = "standby"
    CENTRAL = "central"


class Command(Struct, frozen=True, tag_field="type", tag=lambda name: name):
    """Base of all commands."""


class IssueTicket(Command, frozen=True):
    """A citizen wants a number. The ticket's id and token were made on the kiosk (DESIGN §6)."""

    ticket_id: str
    token: str
    queue: str
    procedure: str | None = None
    missing: tuple[int, ...] = ()
    priority: str | None = None
    language: str = "vi"
    kiosk: int = 0
    training: bool = False


class OpenCounter(Command, frozen=True):
    """A clerk sits down; the hub's edge has checked the PIN."""

    counter: int
    staff: str


class CallNext(Command, frozen=True):
    """Call the next ticket, or the parked or waiting one the clerk picked."""

    counter: int
    ticket_id: str | None = None


class PauseCounter(Command, frozen=True):
    """Stop calling for a while; the reason is shown to the supervisor."""

    counter: int
    reason: str = ""


class ResumeCounter(Command, frozen=True):
    """Go on after a pause."""

    counter: int


class CloseCounter(Command, frozen=True):
    """Leave the counter; tickets bound to it are released (DESIGN §4)."""

    counter: int


class RecallTicket(Command, frozen=True):
    """Call the same ticket once more."""

    ticket_id: str
    counter: int


class StartTicket(Command, frozen=True):
    """The citizen has come."""

    ticket_id: str
    counter: int


class FinishTicket(Command, frozen=True):
    """The visit at this counter is over; its rating opens."""

    ticket_id: str
    counter: int


class NoShowTicket(Command, frozen=True):
    """Nobody came."""

    ticket_id: str
    counter: int


class ParkTicket(Command, frozen=True):
    """The citizen steps aside and returns to this counter."""

    ticket_id: str
    counter: int


class Place(StrEnum):
    """Where a transferred ticket goes: keeps its rank unless the clerk says otherwise."""

    KEEP = "keep"
    FRONT = "front"
    END = "end"


class TransferTicket(Command, frozen=True):
    """Send a ticket to another queue or counter."""

    ticket_id: str
    counter: int | None = None
    """The counter it is at now; None for a supervisor moving a waiting ticket."""
    queue: str | None = None
    to_counter: int | None = None
    place: Place = Place.KEEP
    reason: str = ""


class CancelTicket(Command, frozen=True):
    """The citizen gives the number up."""

    ticket_id: str
    reason: str = ""


class ReviveTicket(Command, frozen=True):
    """A citizen who missed the call, or was parked, waits again."""

    ticket_id: str


class RateTicket(Command, frozen=True):
    """A ballot, sealed on the tablet: the hub can count it and cannot read it (DESIGN §9). A fact."""

    ticket_id: str
    ballot: bytes
    label_set: str
    channel: str = "tablet"
    scope: str = "visit"


class PrintResult(StrEnum):
    """How a print ended, as far as anyone can know: *no answer* is not *no paper* (DESIGN §8)."""

    PRINTED = "printed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class MarkPrinted(Command, frozen=True):
    """What became of the paper. A fact."""

    ticket_id: str
    result: PrintResult
    detail: str = ""


class CloseDay(Command, frozen=True):
    """End the service day; the first command of a new day does it by itself."""


AnyCommand = (
    IssueTicket
    | OpenCounter
    | CallNext
    | PauseCounter
    | ResumeCounter
    | CloseCounter
    | RecallTicket
    | StartTicket
    | FinishTicket
    | NoShowTicket
    | ParkTicket
    | TransferTicket
    | CancelTicket
    | ReviveTicket
    | RateTicket
    | MarkPrinted
    | CloseDay
)


class Envelope(Struct, frozen=True):
    """A command with who sent it and until when it is meant."""

    id: str
    role: Role
    command: AnyCommand
    not_after: int | None = None
    """Hub time, UTC milliseconds; a wish is refused later. Ignored for facts."""
    language: str = "vi"


FACTS = (RateTicket, MarkPrinted, CloseDay)
"""Commands that state what already happened."""
