"""A ticket (số thứ tự): its states, the one table of allowed moves, and what the hall knows of it (DESIGN §4)."""

from enum import StrEnum

from msgspec import Struct

from kiosk.domain.event import PersonRef


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    BOOKED = "booked"
    """An appointment whose citizen has not come yet."""
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    NO_SHOW = "no_show"
    PARKED = "parked"
    """Set aside for a counter, for some minutes; comes back by itself."""
    AWAY = "away"
    """Gone for missing papers with the right to come back (bổ sung giấy tờ)."""
    DEFERRED = "deferred"
    """Promised the first hour of a coming day, because today could not serve it."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Move(StrEnum):
    """What can be done to a ticket."""

    ARRIVE = "arrive"
    DEFER = "defer"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NEXT_STEP = "next_step"
    NO_SHOW = "no_show"
    PARK = "park"
    SEND_FOR_PAPERS = "send_for_papers"
    TRANSFER = "transfer"
    RETURN = "return"
    CANCEL = "cancel"
    EXPIRE = "expire"


_S = TicketState
MOVES: dict[tuple[TicketState, Move], TicketState] = {
    (_S.BOOKED, Move.ARRIVE): _S.WAITING,
    (_S.BOOKED, Move.CANCEL): _S.CANCELLED,
    (_S.BOOKED, Move.EXPIRE): _S.EXPIRED,
    (_S.DEFERRED, Move.ARRIVE): _S.WAITING,
    (_S.DEFERRED, Move.CANCEL): _S.CANCELLED,
    (_S.DEFERRED, Move.EXPIRE): _S.EXPIRED,
    (_S.WAITING, Move.CALL): _S.CALLED,
    (_S.WAITING, Move.TRANSFER): _S.WAITING,
    (_S.WAITING, Move.DEFER): _S.DEFERRED,
    (_S.WAITING, Move.CANCEL): _S.CANCELLED,
    (_S.WAITING, Move.EXPIRE): _S.EXPIRED,
    (_S.CALLED, Move.RECALL): _S.CALLED,
    (_S.CALLED, Move.START): _S.SERVING,
    (_S.CALLED, Move.NO_SHOW): _S.NO_SHOW,
    (_S.CALLED, Move.PARK): _S.PARKED,
    (_S.CALLED, Move.SEND_FOR_PAPERS): _S.AWAY,
    (_S.CALLED, Move.TRANSFER): _S.WAITING,
    (_S.CALLED, Move.CANCEL): _S.CANCELLED,
    (_S.CALLED, Move.EXPIRE): _S.EXPIRED,
    (_S.SERVING, Move.FINISH): _S.DONE,
    (_S.SERVING, Move.NEXT_STEP): _S.WAITING,
    (_S.SERVING, Move.PARK): _S.PARKED,
    (_S.SERVING, Move.SEND_FOR_PAPERS): _S.AWAY,
    (_S.SERVING, Move.TRANSFER): _S.WAITING,
    (_S.SERVING, Move.EXPIRE): _S.EXPIRED,
    (_S.PARKED, Move.CALL): _S.CALLED,
    (_S.PARKED, Move.RETURN): _S.WAITING,
    (_S.PARKED, Move.TRANSFER): _S.WAITING,
    (_S.PARKED, Move.CANCEL): _S.CANCELLED,
    (_S.PARKED, Move.EXPIRE): _S.EXPIRED,
    (_S.AWAY, Move.CALL): _S.CALLED,
    (_S.AWAY, Move.RETURN): _S.WAITING,
    (_S.AWAY, Move.CANCEL): _S.CANCELLED,
    (_S.AWAY, Move.EXPIRE): _S.EXPIRED,
    (_S.NO_SHOW, Move.RETURN): _S.WAITING,
    (_S.NO_SHOW, Move.CANCEL): _S.CANCELLED,
    (_S.NO_SHOW, Move.EXPIRE): _S.EXPIRED,
}
"""The only moves there are; any other is refused with a sentence for the person. Undo restores, it does not move."""

AT_COUNTER = frozenset({_S.CALLED, _S.SERVING})
"""States in which a ticket occupies a counter."""

ASIDE = frozenset({_S.NO_SHOW, _S.PARKED, _S.AWAY})
"""States in which a ticket stands neither in a line nor at a counter, and may come back."""

AHEAD = frozenset({_S.BOOKED, _S.DEFERRED})
"""States of a ticket whose turn is still to come, today or on a coming day."""

ENDED = frozenset({_S.DONE, _S.CANCELLED, _S.EXPIRED})
"""States nothing leads out of."""


class RankReason(StrEnum):
    """Why a ticket stands where it stands: a clerk must be able to say it."""

    ARRIVED = "arrived"
    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    APPOINTMENT_LATE = "appointment_late"
    """Came after the slot: counts from the check-in."""
    DEFERRED = "deferred"
    """Was promised the first hour of this day."""
    OFFLINE = "offline"
    """Issued while the hub was away: counts from the time on the paper."""
    TRANSFERRED = "transferred"
    TRANSFERRED_FRONT = "transferred_front"
    TRANSFERRED_END = "transferred_end"
    NEXT_STEP = "next_step"
    """Goes on to the next desk of its journey with the rank it had."""
    CAME_BACK = "came_back"
    """Was sent elsewhere with "and come back to me"."""
    RETURNED = "returned"
    """Missed its call: waits behind the next few."""
    PARK_OVER = "park_over"
    """Was set aside; its time is over or its citizen is back."""
    PAPERS = "papers"
    """Back with the missing papers: next at the counter that sent it (DESIGN §4)."""


class CallReason(StrEnum):
    """Why this ticket was called and not another."""

    NEXT = "next"
    """First in the counter's first tier."""
    OVERDUE = "overdue"
    """Had waited past its queue's bound: nobody passes it wherever it can be served."""
    BOUND = "bound"
    """Waited for this very counter."""
    HELPED = "helped"
    """The counter's first tier was empty, or this queue was too long for its own counters."""
    CHOSEN = "chosen"
    """The clerk picked it."""


class Outcome(StrEnum):
    """How a visit ended, recorded by the clerk (required at the end)."""

    SERVED = "served"
    """Received, answered, or handed over: what she came for was done."""
    GUIDED = "guided"
    """Shown how to do it, or helped to file online."""
    INCOMPLETE = "incomplete"
    """Papers were missing; not received."""
    ELSEWHERE = "elsewhere"
    """Another office is competent."""
    WITHDRAWN = "withdrawn"
    """She changed her mind."""


class Ticket(Struct, frozen=True):
    """What the hall holds of a ticket while its day lasts. Times are UTC milliseconds, None until they happen."""

    id: str
    number: str
    queue: str
    state: TicketState
    rank_at: int
    """Hall time at which the ticket counts as having arrived; the smallest is next."""
    rank_seq: int
    """Sequence of the event that set `rank_at`; breaks ties."""
    rank_reason: RankReason
    day: str
    issued_at: int
    token_hash: str
    procedure: str | None = None
    missing: tuple[int, ...] = ()
    """Positions (from 0) in the procedure's document list that the citizen said she lacks."""
    language: str = "vi"
    kiosk: int = 0
    priority_minutes: int = 0
    """What a priority category takes off its rank; 0 again where the clerk struck it (DOMAIN §5)."""
    priority_ref: str | None = None
    """Side data that names the category; the journal and every view know the minutes only."""
    priority_confirmed: bool = False
    counter: int | None = None
    """The counter it is at; while waiting, parked or away, the one it is bound to."""
    staff: str | None = None
    calls: int = 0
    """Times it was called to its present counter."""
    steps: int = 0
    """Counters it has been called to: the visit's journey so far."""
    arrived_at: int | None = None
    """When a booked or deferred ticket's citizen checked in; None for one who waits since its issue."""
    waiting_at: int | None = None
    """Since when it stands, or last stood, in a line; `waiting_seq` names the event. Moved from one line to another,
    it stands in line all the time."""
    waiting_seq: int = 0
    first_called_at: int | None = None
    """Its first call to any counter: what the wait told at its issue is held against."""
    called_at: int | None = None
    call_seq: int = 0
    """Sequence of the event that called it last: names the call."""
    started_at: int | None = None
    finished_at: int | None = None
    may_be_rated: bool = False
    """Its visit ended once: a ballot may come, even if the clerk took the end back."""
    rated: bool = False
    printed: bool = False
    paper_lost: bool = False
    """The printer refused it and it never came out since."""
    training: bool = False
    slot_at: int | None = None
    """Start of the appointment."""
    until: int | None = None
    """Parked or away: when the time is over. Deferred: when its day begins."""
    home: int | None = None
    """The counter that said "and come back to me"."""
    home_queue: str = ""
    """The queue it was in there."""
    journey: tuple[str, ...] = ()
    """Queues still to visit after this one ("4 tại chỗ")."""
    dossiers: int = 1
    """How many dossiers she brings: one number, and the estimate counts them all."""
    outcome: str = ""
    cancel_reason: str = ""
    note_ref: str | None = None
    """Side data that holds the clerk's note."""
    person_ref: PersonRef | None = None
    """Side data that knows, for the day, who took it, where the centre limits numbers a person."""
    competent: str = ""
    """The agency that decides, where it is not the receiving office ("phi địa giới", DOMAIN §2.5)."""
    call_reason: CallReason | None = None
    papers_trips: int = 0
    """Times it was sent for missing papers."""
    wait_low: int | None = None
    wait_high: int | None = None
    """What she was told when the number was given, in minutes; compared with the truth at the call."""

    @property
    def waited_ms(self) -> int | None:
        """How long she waited for her first call; None before it."""
        if self.first_called_at is None:
            return None
        return self.first_called_at - (self.issued_at if self.arrived_at is None else self.arrived_at)

    def after(self, move: Move) -> TicketState | None:
        """Return the state `move` leads to, or None where it is not allowed."""
        return MOVES.get((self.state, move))


def number_text(prefix: str, ordinal: int) -> str:
    """Return what is printed and called: "A015"."""
    return f"{prefix}{ordinal:03d}"
