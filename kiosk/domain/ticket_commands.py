"""What is asked of tickets."""

from enum import StrEnum

from kiosk.domain.command import (
    Ballot,
    Code,
    Command,
    Days,
    DossierCode,
    Dossiers,
    Language,
    MadeId,
    Minutes,
    Missing,
    Moment,
    Name,
    Number,
    PaperNumber,
    PrintDetail,
    Pseudonym,
    Remark,
    Token,
)
from kiosk.domain.ticket import Outcome


class IssueTicket(Command, frozen=True):
    """A citizen wants a number. The ticket's id and token were made on the kiosk (DESIGN §6)."""

    ticket_id: MadeId
    token: Token
    queue: Name = ""
    """May be left out with `dossier`: then it is the lane where results are handed out."""
    procedure: Name | None = None
    missing: Missing = ()
    priority: Name | None = None
    language: Language = "vi"
    kiosk: Number = 0
    training: bool = False
    confirmed: bool = False
    """She was asked whether she wants a second number so soon, and does."""
    defer: bool = False
    """She was told that today cannot serve her, and takes the first hour of the next working day."""
    dossiers: Dossiers = 1
    dossier: DossierCode | None = None
    """Scanned from a dossier receipt: she comes for its result."""
    journey: Name | None = None
    competent: Name | None = None
    person: Pseudonym = ""
    """Whom a limit counts: a kiosk's keyed hash. The hub's edge makes it the day's pseudonym, and the rules are given
    neither, but what the side data that knows her is called (`kiosk.hub.work`)."""


class RecordTicket(Command, frozen=True):
    """A ticket that a kiosk issued by itself while the hub was away, from its own series (DESIGN §6). A fact."""

    ticket_id: MadeId
    token: Token
    number: PaperNumber
    queue: Name
    issued_at: Moment
    kiosk: Number
    procedure: Name | None = None
    missing: Missing = ()
    priority: Name | None = None
    language: Language = "vi"
    dossiers: Dossiers = 1
    training: bool = False


class BookTicket(Command, frozen=True):
    """An appointment. `slot_at` is its start, UTC ms."""

    ticket_id: MadeId
    token: Token
    queue: Name
    slot_at: Moment
    procedure: Name | None = None
    language: Language = "vi"
    dossiers: Dossiers = 1
    journey: Name | None = None
    competent: Name | None = None
    channel: Code = ""
    training: bool = False


class ScanTicket(Command, frozen=True):
    """A citizen held her ticket's QR to the kiosk: check-in, coming back, or only asking where she stands."""

    token: Token
    kiosk: Number = 0


class ArriveTicket(Command, frozen=True):
    """Staff checks in a booked or deferred ticket."""

    ticket_id: str


class DeferTicket(Command, frozen=True):
    """Promise a waiting ticket the first hour of the next working day."""

    ticket_id: str


class AbandonTicket(Command, frozen=True):
    """Its paper never came out and its holder left: nobody must wait for nobody. A fact; a ticket in use stays."""

    ticket_id: str


class RecallTicket(Command, frozen=True):
    """Call the same ticket once more."""

    ticket_id: str
    counter: Number


class StartTicket(Command, frozen=True):
    """The citizen has come."""

    ticket_id: str
    counter: Number


class FinishTicket(Command, frozen=True):
    """The visit at this counter is over; its rating opens, or the next step of its journey begins."""

    ticket_id: str
    counter: Number
    outcome: Outcome


class NoShowTicket(Command, frozen=True):
    """Nobody came."""

    ticket_id: str
    counter: Number


class ParkTicket(Command, frozen=True):
    """The citizen steps aside and returns to this counter, by herself or when the time is over."""

    ticket_id: str
    counter: Number
    minutes: Minutes | None = None
    note: Remark = ""


class SendForPapers(Command, frozen=True):
    """Papers are missing (bổ sung giấy tờ): she may fetch them and is next when she is back in time."""

    ticket_id: str
    counter: Number
    missing: Missing
    minutes: Minutes | None = None
    days: Days | None = None
    note: Remark = ""
    print_list: bool = False
    """Her kiosk prints what to bring; a counter that has a printer does it itself."""


class ReturnTicket(Command, frozen=True):
    """Staff sees that she is back who missed her call, was parked, or fetched papers: she waits again."""

    ticket_id: str
    counter: Number | None = None
    """The counter whose clerk sees her, and may take it back; None for a supervisor."""


class JudgePriority(Command, frozen=True):
    """The clerk saw the proof of a declared priority, or strikes it (DOMAIN §5)."""

    ticket_id: str
    counter: Number
    confirmed: bool


class NoteTicket(Command, frozen=True):
    """Keep a line about a ticket; it is forgettable side data."""

    ticket_id: str
    counter: Number
    note: Remark


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
    to_staff: Name | None = None
    """A clerk by id: wherever she sits now."""
    come_back: bool = False
    """It returns to the counter that sends it, once the other is done."""
    note: Remark = ""


class CancelReason(StrEnum):
    """Why a number was given up."""

    CITIZEN = "citizen"
    STAFF = "staff"
    NO_PAPER = "no_paper"


class CancelTicket(Command, frozen=True):
    """The citizen gives the number up."""

    ticket_id: str
    reason: CancelReason = CancelReason.STAFF


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
    detail: PrintDetail = ""


class ReprintTicket(Command, frozen=True):
    """Staff wants a ticket's paper once more, from the kiosk that gave the number or another.

    It is the ticket, marked as a copy; of one whose holder fetches papers, the list of them.
    """

    ticket_id: str
    counter: Number | None = None
    """The counter that asks; None for a supervisor."""
    kiosk: Number = 0
    """The machine that is to print it; left out, the hub's edge names one that can (`hub.access.presence`)."""


class TimeUp(Command, frozen=True):
    """A timer of the hub: what was parked comes back, what was away expires. Nothing, where it has moved since."""

    ticket_id: str
    until: Moment
