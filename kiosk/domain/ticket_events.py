"""What happened to a ticket."""

from kiosk.domain.event import Event, PersonRef
from kiosk.domain.ticket import CallReason, RankReason


class TicketBooked(Event, frozen=True, tag="ticket_booked/1"):
    """An appointment exists. It gets its number when its citizen comes."""

    ticket_id: str
    queue: str
    day: str
    slot_at: int
    token_hash: str
    token_ref: str
    procedure: str | None = None
    language: str = "vi"
    dossiers: int = 1
    competent: str = ""
    journey: tuple[str, ...] = ()
    channel: str = ""
    training: bool = False


class TicketIssued(Event, frozen=True, tag="ticket_issued/2"):
    """A ticket exists. `token_hash` is the SHA-256 (hex) of its token; the token itself is side data."""

    ticket_id: str
    number: str
    queue: str
    ordinal: int
    rank_at: int
    rank_reason: RankReason
    day: str
    token_hash: str
    token_ref: str
    procedure: str | None = None
    missing: tuple[int, ...] = ()
    priority_minutes: int = 0
    priority_ref: str | None = None
    language: str = "vi"
    kiosk: int = 0
    training: bool = False
    deferred_until: int | None = None
    """It is for the first hour of the coming day `day`, which begins then."""
    issued_at: int | None = None
    """When it was printed, where the hub was away; the row's own time otherwise."""
    to_counter: int | None = None
    """The counter it is bound to: a result that waits at its return counter."""
    dossiers: int = 1
    dossier_ref: str | None = None
    journey: tuple[str, ...] = ()
    competent: str = ""
    person_ref: PersonRef | None = None
    """Side data that knows, for the day, who took it; all her numbers of the day name the same."""
    wait_low: int | None = None
    wait_high: int | None = None


class TicketDeferred(Event, frozen=True, tag="ticket_deferred/1"):
    """A waiting ticket was promised the first hour of a coming day, with a number of that day."""

    ticket_id: str
    number: str
    ordinal: int
    day: str
    until: int


class TicketArrived(Event, frozen=True, tag="ticket_arrived/1"):
    """A booked or deferred ticket is waiting now. `ordinal` is 0 where it has its number already."""

    ticket_id: str
    number: str
    ordinal: int
    day: str
    rank_at: int
    rank_reason: RankReason


class TicketLabelled(Event, frozen=True, tag="ticket_labelled/1"):
    """The paper in the citizen's hand bears another number: the paper wins, and a place lost by it is given back."""

    ticket_id: str
    number: str
    rank_at: int


class TicketCalled(Event, frozen=True, tag="ticket_called/1"):
    """A ticket was called to a counter for the first time there."""

    ticket_id: str
    counter: int
    staff: str
    reason: CallReason | None = None


class TicketRecalled(Event, frozen=True, tag="ticket_recalled/1"):
    """The same call once more."""

    ticket_id: str
    counter: int


class TicketStarted(Event, frozen=True, tag="ticket_started/1"):
    """The citizen is at the counter."""

    ticket_id: str
    counter: int


class TicketFinished(Event, frozen=True, tag="ticket_finished/1"):
    """The visit ended."""

    ticket_id: str
    counter: int
    staff: str
    outcome: str = ""


class StepFinished(Event, frozen=True, tag="step_finished/1"):
    """One desk of a journey is done: the same number waits for the next."""

    ticket_id: str
    counter: int
    staff: str
    outcome: str
    queue: str
    rank_at: int
    rank_reason: RankReason
    journey: tuple[str, ...] = ()
    to_counter: int | None = None


class TicketNoShow(Event, frozen=True, tag="ticket_no_show/1"):
    """Nobody came to the call."""

    ticket_id: str
    counter: int


class TicketParked(Event, frozen=True, tag="ticket_parked/1"):
    """The citizen will return to this counter; at `until` she waits for it again by herself."""

    ticket_id: str
    counter: int
    until: int | None = None


class TicketSentForPapers(Event, frozen=True, tag="ticket_sent_for_papers/1"):
    """Papers are missing: the ticket keeps its right until `until` and comes back to this counter."""

    ticket_id: str
    counter: int
    missing: tuple[int, ...]
    until: int


class TicketWaiting(Event, frozen=True, tag="ticket_waiting/2"):
    """A ticket waits again: transferred, revived, back from aside or from fetching papers.

    `to_counter` binds it to a counter; None leaves it to every counter of the queue. A ticket that comes back on
    another day gets a number of that day.
    """

    ticket_id: str
    queue: str
    rank_at: int
    rank_reason: RankReason
    to_counter: int | None = None
    from_counter: int | None = None
    home: int | None = None
    """The counter it comes back to after the next one."""
    number: str = ""
    ordinal: int = 0
    day: str = ""
    by_counter: int | None = None
    """The counter whose clerk saw that she is back, and may take that back; None where it was nobody's or another's."""


class PriorityJudged(Event, frozen=True, tag="priority_judged/1"):
    """The clerk saw the proof, or struck the claim: then the ticket ranks as if it had never been made."""

    ticket_id: str
    counter: int
    confirmed: bool
    minutes: int
    rank_at: int
    rank_reason: RankReason


class NoteTaken(Event, frozen=True, tag="note_taken/1"):
    """A clerk noted something on a ticket; what, is side data."""

    ticket_id: str
    note_ref: str


class TicketCancelled(Event, frozen=True, tag="ticket_cancelled/1"):
    """The number was given up."""

    ticket_id: str
    reason: str = ""


class TicketExpired(Event, frozen=True, tag="ticket_expired/1"):
    """The day ended before the ticket did."""

    ticket_id: str


class TicketRated(Event, frozen=True, tag="ticket_rated/1"):
    """A ballot was put in. Who it was about stands in the ticket; what it says only in the sealed side data."""

    ticket_id: str
    ballot_ref: str
    ballot_hash: str
    label_set: str
    channel: str
    scope: str


class TicketReprintWanted(Event, frozen=True, tag="ticket_reprint_wanted/1"):
    """Staff wants its paper of a kiosk; the wish is named by its hall time, so that it is printed once.

    The paper of a ticket that is away is the list of what its holder fetches.
    """

    ticket_id: str
    kiosk: int


class TicketPrinted(Event, frozen=True, tag="ticket_printed/1"):
    """What became of the paper."""

    ticket_id: str
    result: str
    detail: str = ""
