"""A ticket (số thứ tự): its states, the one table of allowed moves, and what the hall knows of it (DESIGN §4)."""

from enum import StrEnum

from msgspec import Struct


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    NO_SHOW = "no_show"
    PARKED = "parked"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Move(StrEnum):
    """What can be done to a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    PARK = "park"
    TRANSFER = "transfer"
    CANCEL = "cancel"
    REVIVE = "revive"
    EXPIRE = "expire"


_S = TicketState
MOVES: dict[tuple[TicketState, Move], TicketState] = {
    (_S.WAITING, Move.CALL): _S.CALLED,
    (_S.WAITING, Move.TRANSFER): _S.WAITING,
    (_S.WAITING, Move.CANCEL): _S.CANCELLED,
    (_S.WAITING, Move.EXPIRE): _S.EXPIRED,
    (_S.CALLED, Move.RECALL): _S.CALLED,
    (_S.CALLED, Move.START): _S.SERVING,
    (_S.CALLED, Move.NO_SHOW): _S.NO_SHOW,
    (_S.CALLED, Move.PARK): _S.PARKED,
    (_S.CALLED, Move.TRANSFER): _S.WAITING,
    (_S.CALLED, Move.CANCEL): _S.CANCELLED,
    (_S.CALLED, Move.EXPIRE): _S.EXPIRED,
    (_S.SERVING, Move.FINISH): _S.DONE,
    (_S.SERVING, Move.PARK): _S.PARKED,
    (_S.SERVING, Move.TRANSFER): _S.WAITING,
    (_S.SERVING, Move.EXPIRE): _S.EXPIRED,
    (_S.PARKED, Move.CALL): _S.CALLED,
    (_S.PARKED, Move.REVIVE): _S.WAITING,
    (_S.PARKED, Move.TRANSFER): _S.WAITING,
    (_S.PARKED, Move.CANCEL): _S.CANCELLED,
    (_S.PARKED, Move.EXPIRE): _S.EXPIRED,
    (_S.NO_SHOW, Move.REVIVE): _S.WAITING,
    (_S.NO_SHOW, Move.CANCEL): _S.CANCELLED,
    (_S.NO_SHOW, Move.EXPIRE): _S.EXPIRED,
}
"""The only moves there are; any other is refused with a sentence for the person."""

AT_COUNTER = frozenset({_S.CALLED, _S.SERVING})
"""States in which a ticket occupies a counter."""

ASIDE = frozenset({_S.NO_SHOW, _S.PARKED})
"""States in which a ticket stands neither in a line nor at a counter, and may come back."""

ENDED = frozenset({_S.DONE, _S.CANCELLED, _S.EXPIRED})
"""States nothing leads out of."""


class RankReason(StrEnum):
    """Why a ticket stands where it stands: a clerk must be able to say it."""

    ARRIVED = "arrived"
    PRIORITY = "priority"
    TRANSFERRED = "transferred"
    TRANSFERRED_FRONT = "transferred_front"
    TRANSFERRED_END = "transferred_end"
    RETURNED = "returned"


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
    counter: int | None = None
    """The counter it is at; while waiting or parked, the one it is bound to."""
    staff: str | None = None
    calls: int = 0
    """Times it was called to its present counter."""
    steps: int = 0
    """Counters it has been called to: the visit's journey so far."""
    called_at: int | None = None
    started_at: int | None = None
    finished_at: int | None = None
    rated: bool = False
    printed: bool = False
    training: bool = False

    def after(self, move: Move) -> TicketState | None:
        """Return the state `move` leads to, or None where it is not allowed."""
        return MOVES.get((self.state, move))


def number_text(queue: str, ordinal: int) -> str:
    """Return what is printed and called: "A015"."""
    return f"{queue}{ordinal:03d}"
