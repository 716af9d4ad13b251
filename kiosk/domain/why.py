"""Why a ticket was called, and why one of two came first: the reason, to be said in any language (wire/reasons).

Pure. It is given what the journal says of a ticket: in which lines it stood, from when to which call, with which rank.
Who stood in a line at a call is told by the numbers of rows alone, never by a clock.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.site import MINUTE_MS
from kiosk.domain.ticket import CallReason, RankReason


class Wait(Struct, frozen=True):
    """One wait in a line, with the call that ended it if one did."""

    since_seq: int
    """The row by which it began to stand there."""
    queue: str
    rank_at: int
    rank_seq: int
    rank_reason: RankReason
    until_seq: int | None = None
    """The row that ended it without a call: cancelled, expired, promised another day."""
    call_seq: int | None = None
    called_at: int | None = None
    counter: int | None = None
    call_reason: CallReason | None = None

    @property
    def rank(self) -> tuple[int, int]:
        """What orders it: the smaller is next."""
        return self.rank_at, self.rank_seq

    def spans(self, seq: int) -> bool:
        """Tell whether it stood in the line when row `seq` was written."""
        end = self.call_seq if self.call_seq is not None else self.until_seq
        return self.since_seq < seq and (end is None or seq < end)

    @property
    def goes_on(self) -> bool:
        """Whether it still stands there."""
        return self.call_seq is None and self.until_seq is None


class Stand(Struct, frozen=True):
    """What is known of a ticket's waits, in their order; the last has no call while it waits now."""

    id: str
    number: str
    came_at: int
    """When its citizen came: issue or check-in, UTC ms."""
    priority_confirmed: bool = False
    slot_at: int | None = None
    waits: tuple[Wait, ...] = ()


class Cause(StrEnum):
    """What put one ticket before another, beside the reasons of ranks and calls."""

    EARLIER = "earlier"
    """Came some minutes earlier."""
    JUST_BEFORE = "just_before"
    """Came less than a minute earlier."""
    KEPT = "kept"
    """Came earlier, and kept its place when it was sent on or set aside."""
    OTHER_MISSED = "other_missed"
    """The other one missed its call and waits behind the next few."""
    OTHER_SENT_TO_END = "other_sent_to_end"
    OTHER_LATE = "other_late"
    """The other one came too late for its appointment."""
    COUNTS_FROM = "counts_from"
    """Nothing else explains it: the moment from which it counts is the earlier one."""
    NOT_THERE_YET = "not_there_yet"
    """Was called before the other one came."""
    NOT_IN_LINE = "not_in_line"
    """The other one stood in no line then: it was at a counter, set aside, or away."""
    OTHER_LINE = "other_line"
    """The other one waited in another line, which the counter takes later or not at all."""
    NOT_TOGETHER = "not_together"
    """They never waited at the same time."""
    SAME = "same"
    """It is one ticket."""


class Reason(Struct, frozen=True):
    """A reason to be said. `first` and `other` are numbers; what a sentence does not need is None."""

    cause: Cause | RankReason | CallReason
    first: str
    other: str = ""
    counter: int | None = None
    at: int | None = None
    """The moment the cause speaks of, UTC ms: the appointment, or from when it counts."""
    minutes: int | None = None
    confirmed: bool = False
    """Priority: a clerk saw the proof."""
    queue: str = ""
    called: bool = False
    """It speaks of a call; else of places in a line."""


_ADVANTAGES = frozenset(
    {
        RankReason.PRIORITY,
        RankReason.APPOINTMENT,
        RankReason.DEFERRED,
        RankReason.TRANSFERRED_FRONT,
    }
)
"""Reasons that put a ticket before others who came earlier."""
_HANDICAPS = {
    RankReason.RETURNED: Cause.OTHER_MISSED,
    RankReason.TRANSFERRED_END: Cause.OTHER_SENT_TO_END,
    RankReason.APPOINTMENT_LATE: Cause.OTHER_LATE,
}
"""Reasons that put a ticket behind others who came later."""
_KEEPS = frozenset({RankReason.TRANSFERRED, RankReason.NEXT_STEP, RankReason.CAME_BACK, RankReason.PARK_OVER})
"""Reasons with which a ticket has the place it had before."""
_BELONGS = frozenset({RankReason.CAME_BACK, RankReason.PARK_OVER, RankReason.PAPERS})
"""Reasons that say why a ticket waits for one very counter."""


def why_called(ticket: Stand, call: Wait) -> Reason:
    """Say why a ticket was called: what the counter goes by, and if it was its turn, why it was."""
    bound = call.call_reason is CallReason.BOUND and call.rank_reason in _BELONGS
    if bound or call.call_reason in (None, CallReason.NEXT):
        return _with_rank(ticket, call, Reason(call.rank_reason, ticket.number, counter=call.counter, called=True))
    return _called(ticket, call)


def why_before(one: Stand, two: Stand) -> Reason:
    """Say which of two tickets is or was first, and why: at the first call that one of them stood by and waited."""
    if one.id == two.id:
        return Reason(Cause.SAME, one.number)
    calls = sorted(
        (wait.call_seq, ticket is two)
        for ticket, other in ((one, two), (two, one))
        for wait in ticket.waits
        if wait.call_seq is not None and any(w.spans(wait.call_seq) for w in other.waits)
    )
    if calls:
        seq, turned = calls[0]
        first, other = (two, one) if turned else (one, two)
        return why_called_before(first, next(w for w in first.waits if w.call_seq == seq), other)
    here, there = _waits_now(one), _waits_now(two)
    if here is not None and there is not None:
        if there.rank < here.rank:
            return by_rank(two, there, one, here)
        return by_rank(one, here, two, there)
    first, other = (one, two) if _first_call(one) <= _first_call(two) else (two, one)
    called = next((w for w in first.waits if w.call_seq is not None), None)
    if called is None:
        return Reason(Cause.NOT_TOGETHER, first.number, other.number)
    return why_called_before(first, called, other)


def why_called_before(first: Stand, call: Wait, other: Stand) -> Reason:
    """Say why a ticket was called by this call, and not the other one."""
    assert call.call_seq is not None
    assert call.called_at is not None
    there = next((w for w in other.waits if w.spans(call.call_seq)), None)
    told = Reason(Cause.NOT_IN_LINE, first.number, other.number, call.counter, called=True)
    if there is None:
        came_later = other.came_at > call.called_at or all(w.since_seq > call.call_seq for w in other.waits)
        return replace(told, cause=Cause.NOT_THERE_YET) if came_later else told
    if call.call_reason in (CallReason.CHOSEN, CallReason.OVERDUE):
        return _called(first, call, other)
    if there.rank_seq > call.call_seq:
        return _called(first, call, other)  # it was moved since: which place it had then is not known any more
    if call.rank < there.rank and call.call_reason is not CallReason.BOUND:
        return replace(by_rank(first, call, other, there), called=True, counter=call.counter)
    if call.call_reason in (CallReason.BOUND, CallReason.HELPED):
        return _called(first, call, other)
    return Reason(Cause.OTHER_LINE, first.number, other.number, call.counter, queue=call.queue, called=True)


def by_rank(first: Stand, place: Wait, other: Stand, behind: Wait) -> Reason:
    """Say what put the smaller of two ranks there."""
    told = Reason(Cause.COUNTS_FROM, first.number, other.number, at=place.rank_at)
    came_later = first.came_at > other.came_at
    if place.rank_reason is RankReason.PAPERS or (place.rank_reason in _ADVANTAGES and came_later):
        return _with_rank(first, place, replace(told, cause=place.rank_reason))
    if behind.rank_reason in _HANDICAPS and came_later:
        return replace(told, cause=_HANDICAPS[behind.rank_reason], at=behind.rank_at)
    if place.rank_reason is RankReason.OFFLINE:
        return replace(told, cause=RankReason.OFFLINE, at=first.came_at)
    earlier_ms = other.came_at - first.came_at
    if earlier_ms < 0:
        return told
    if place.rank_reason in _KEEPS:
        return replace(told, cause=Cause.KEPT, at=first.came_at)
    minutes = earlier_ms // MINUTE_MS
    return replace(told, cause=Cause.EARLIER if minutes else Cause.JUST_BEFORE, minutes=minutes, at=first.came_at)


def _called(first: Stand, call: Wait, other: Stand | None = None) -> Reason:
    cause: RankReason | CallReason = call.call_reason or CallReason.NEXT
    if cause is CallReason.BOUND and call.rank_reason in _BELONGS:
        cause = call.rank_reason
    number = other.number if other is not None else ""
    return Reason(cause, first.number, number, call.counter, queue=call.queue, called=True)


def _with_rank(ticket: Stand, place: Wait, told: Reason) -> Reason:
    """Add what the sentence about a rank's reason needs."""
    at = ticket.slot_at if place.rank_reason is RankReason.APPOINTMENT else ticket.came_at
    return replace(told, at=at, confirmed=ticket.priority_confirmed)


def _waits_now(ticket: Stand) -> Wait | None:
    """Return the wait that goes on, if there is one."""
    return ticket.waits[-1] if ticket.waits and ticket.waits[-1].goes_on else None


def _first_call(ticket: Stand) -> tuple[int, int]:
    """Order tickets by their first call, those never called by when they came."""
    called = [w.call_seq for w in ticket.waits if w.call_seq is not None]
    return (0, min(called)) if called else (1, ticket.came_at)
