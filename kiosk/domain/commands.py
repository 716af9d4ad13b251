"""What people and devices ask of the hall.

A *wish* may expire; a *fact* never does and no rule refuses it (DESIGN §3).
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

Name = Annotated[str, Meta(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""An id somebody else gave: one line; PostgreSQL keeps no NUL."""
Remark = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A line a person or a device adds: it goes into a journal that never forgets, so it stays short."""
MadeId = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9-]+$")]
"""An id a device made: it becomes a step of an address, and must be one that can be asked for."""
Token = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Number = Annotated[int, Meta(ge=0, le=9999)]
"""A number painted on a desk or a kiosk, or a place in a list; SQLite could not keep every number JSON can write."""
Ballot = Annotated[bytes, Meta(max_length=4096)]
"""A sealed ballot; those of one site are all of one length (`kiosk.wire.ballots`)."""


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

    ticket_id: MadeId
    token: Token
    queue: Name
    procedure: Name | None = None
    missing: Annotated[tuple[Number, ...], Meta(max_length=256)] = ()
    priority: Name | None = None
    language: Language = "vi"
    kiosk: Number = 0
    training: bool = False


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
    reason: Remark = ""


class ResumeCounter(Command, frozen=True):
    """Go on after a pause."""

    counter: Number


class CloseCounter(Command, frozen=True):
    """Leave the counter; tickets bound to it are released (DESIGN §4)."""

    counter: Number


class RecallTicket(Command, frozen=True):
    """Call the same ticket once more."""

    ticket_id: str
    counter: Number


class StartTicket(Command, frozen=True):
    """The citizen has come."""

    ticket_id: str
    counter: Number


class FinishTicket(Command, frozen=True):
    """The visit at this counter is over; its rating opens."""

    ticket_id: str
    counter: Number


class NoShowTicket(Command, frozen=True):
    """Nobody came."""

    ticket_id: str
    counter: Number


class ParkTicket(Command, frozen=True):
    """The citizen steps aside and returns to this counter."""

    ticket_id: str
    counter: Number


class Place(StrEnum):
    """Where a transferred ticket goes: keeps its rank unless the clerk says otherwise."""

    KEEP = "keep"
    FRONT = "front"
    END = "end"


class TransferTicket(Command, frozen=True):
    """Send a ticket to another queue or counter."""

    ticket_id: str
    counter: Number | None = None
    """The counter it is at now; None for a supervisor moving a waiting ticket."""
    queue: Name | None = None
    to_counter: Number | None = None
    place: Place = Place.KEEP
    reason: Remark = ""


class CancelTicket(Command, frozen=True):
    """The citizen gives the number up."""

    ticket_id: str
    reason: Remark = ""


class ReviveTicket(Command, frozen=True):
    """A citizen who missed the call, or was parked, waits again."""

    ticket_id: str


class RateTicket(Command, frozen=True):
    """A ballot, sealed on the tablet: the hub can count it and cannot read it (DESIGN §9). A fact."""

    ticket_id: str
    ballot: Ballot
    label_set: Name
    channel: Name = "tablet"
    scope: Name = "visit"


class PrintResult(StrEnum):
    """How a print ended, as far as anyone can know: *no answer* is not *no paper* (DESIGN §8)."""

    PRINTED = "printed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


class MarkPrinted(Command, frozen=True):
    """What became of the paper. A fact."""

    ticket_id: str
    result: PrintResult
    detail: Remark = ""


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
