"""What people and devices ask of the hall.

A *wish* may expire; a *fact* never does and no rule refuses it (DESIGN §3).
"""

from msgspec import Struct

from kiosk.domain.command import Command, Role
from kiosk.domain.hall_commands import (
    BeginEpoch,
    CallNext,
    CloseCounter,
    CloseDay,
    CloseKiosk,
    CloseQueue,
    EraseSide,
    NoteClock,
    OpenCounter,
    OpenDay,
    OpenKiosk,
    OpenQueue,
    PauseCounter,
    ResumeCounter,
    SetCounterQueues,
    Undo,
)
from kiosk.domain.ticket_commands import (
    AbandonTicket,
    ArriveTicket,
    BookTicket,
    CancelReason,
    CancelTicket,
    DeferTicket,
    FinishTicket,
    IssueTicket,
    JudgePriority,
    MarkPrinted,
    NoShowTicket,
    NoteTicket,
    ParkTicket,
    Place,
    PrintResult,
    RateTicket,
    RecallTicket,
    RecordTicket,
    ReprintTicket,
    ReturnTicket,
    ScanTicket,
    SendForPapers,
    StartTicket,
    TimeUp,
    TransferTicket,
)

__all__ = [
    "FACTS",
    "AbandonTicket",
    "AnyCommand",
    "ArriveTicket",
    "BeginEpoch",
    "BookTicket",
    "CallNext",
    "CancelReason",
    "CancelTicket",
    "CloseCounter",
    "CloseDay",
    "CloseKiosk",
    "CloseQueue",
    "Command",
    "DeferTicket",
    "Envelope",
    "EraseSide",
    "FinishTicket",
    "IssueTicket",
    "JudgePriority",
    "MarkPrinted",
    "NoShowTicket",
    "NoteClock",
    "NoteTicket",
    "OpenCounter",
    "OpenDay",
    "OpenKiosk",
    "OpenQueue",
    "ParkTicket",
    "PauseCounter",
    "Place",
    "PrintResult",
    "RateTicket",
    "RecallTicket",
    "RecordTicket",
    "ReprintTicket",
    "ResumeCounter",
    "ReturnTicket",
    "Role",
    "ScanTicket",
    "SendForPapers",
    "SetCounterQueues",
    "StartTicket",
    "TimeUp",
    "TransferTicket",
    "Undo",
]

AnyCommand = (
    IssueTicket
    | RecordTicket
    | BookTicket
    | ScanTicket
    | ArriveTicket
    | DeferTicket
    | AbandonTicket
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
    | SendForPapers
    | ReturnTicket
    | JudgePriority
    | NoteTicket
    | Undo
    | SetCounterQueues
    | CloseQueue
    | OpenQueue
    | CloseKiosk
    | OpenKiosk
    | TransferTicket
    | CancelTicket
    | RateTicket
    | MarkPrinted
    | ReprintTicket
    | OpenDay
    | CloseDay
    | TimeUp
    | EraseSide
    | NoteClock
    | BeginEpoch
)


class Envelope(Struct, frozen=True):
    """A command with who sent it and until when it is meant."""

    id: str
    role: Role
    command: AnyCommand
    not_after: int | None = None
    """Hub time, UTC milliseconds; a wish is refused later. Ignored for facts."""
    language: str = "vi"


FACTS = (RateTicket, MarkPrinted, CloseDay, RecordTicket, AbandonTicket, TimeUp, EraseSide, NoteClock, BeginEpoch)
"""Commands that state what already happened: they never expire, begin no day, and no rule refuses them."""
