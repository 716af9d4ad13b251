"""What each role sees of the hall. A view holds no more than its screen may show (DESIGN §3, §9).

Every view is made from the committed hall by a function in `make_views`; on the wire it is JSON without nulls.
"""

from msgspec import Struct

from kiosk.domain.hall_events import DayReport
from kiosk.domain.text import Text
from kiosk.wire.paper_views import AwayTicket, PaperFate, ReprintView


class View(Struct, frozen=True, omit_defaults=True):
    """Base of all views."""


class QueueView(View, frozen=True):
    """A waiting line as citizens see it. `wait_low`/`wait_high` in minutes; both absent where nobody knows."""

    name: Text
    waiting: int = 0
    open_counters: tuple[int, ...] = ()
    """Counters that are open now and serve this queue."""
    counters: tuple[int, ...] = ()
    """Counters that serve this queue when they are open."""
    wait_low: int | None = None
    wait_high: int | None = None
    closed: str = ""
    """Why it gives no numbers now, as a code; empty while it does."""


class KioskView(View, frozen=True):
    """A kiosk's view: enough to say how busy the hall is."""

    site_name: Text
    province: Text
    queues: dict[str, QueueView]
    day: str = ""
    closed_kiosks: dict[str, str] = {}
    """Kiosks that give no numbers now, each with the reason's code."""
    reprints: tuple[ReprintView, ...] = ()


class CallView(View, frozen=True):
    """A call on the board. `seq`, the day's count of calls, names it: a recall is a new call and is spoken again.

    It is not the call's row in the journal: gaps between these would tell that somebody rated (DESIGN §9).
    """

    seq: int
    at: int
    number: str
    counter: int
    queue: str
    again: bool = False
    serving: bool = False
    """The citizen has come: the call stays on the list and is not asked for any more."""


class CounterOnBoard(View, frozen=True):
    """A counter as the hall sees it."""

    state: str
    number: str = ""
    """The ticket there now."""


class BoardView(View, frozen=True):
    """The hall display's view: no token, note or identity."""

    site_name: Text
    queues: dict[str, QueueView]
    calls: tuple[CallView, ...] = ()
    """Newest first."""
    counters: dict[str, CounterOnBoard] = {}


class TicketAtCounter(View, frozen=True):
    """A ticket as the clerk who serves it sees it. Times are UTC milliseconds."""

    id: str
    number: str
    queue: str
    state: str
    issued_at: int
    procedure: str = ""
    """The procedure's key in the catalogue, empty where the citizen chose a field only."""
    missing: tuple[int, ...] = ()
    calls: int = 0
    called_at: int = 0
    started_at: int = 0
    rank_reason: str = ""
    came_at: int = 0
    """When its citizen came: issue or check-in."""
    slot_at: int = 0
    """Start of its appointment, where it has one."""
    priority_minutes: int = 0
    """Above 0 a priority was declared; which, only the clerk who serves it may ask (`/v1/tickets/{id}/side`)."""
    priority_confirmed: bool = False
    call_reason: str = ""
    note: bool = False
    """Someone noted something; what, is asked for where the priority is."""
    dossiers: int = 1
    competent: str = ""
    """The agency that decides, where it is not this office."""
    journey: tuple[str, ...] = ()
    """Queues it goes to after this one."""
    home: int = 0
    """The counter it goes back to when this visit is over."""
    papers_trips: int = 0
    language: str = "vi"
    reprint: PaperFate | None = None
    """Its paper was wanted once more, a short while ago."""


class WaitingTicket(View, frozen=True):
    """Someone who will be called soon, or is set aside."""

    id: str
    number: str
    queue: str
    procedure: str = ""
    issued_at: int = 0
    until: int = 0
    """Parked: when it waits again by itself. Away: when its right is over. UTC ms."""


class UndoView(View, frozen=True):
    """The action a clerk may still take back."""

    kind: str
    """What it was, such as "ticket_called"."""
    until: int
    """Hub time, UTC ms: after it nothing can be taken back."""
    number: str = ""


class PrinterTrouble(View, frozen=True):
    """A kiosk's printer that needs somebody: out of paper, nearly so, or worse (`ports.PrinterStatus`)."""

    status: str
    kiosk: int = 0
    """The kiosk's number, 0 where it has none."""


class CounterView(View, frozen=True):
    """A counter's view: its ticket, who comes next, how many wait. No trace of a rating, not even a gap."""

    site_name: Text
    counter: int
    state: str
    queues: dict[str, QueueView]
    serves: tuple[tuple[str, ...], ...]
    """Queues in tiers."""
    staff: dict[str, str]
    """Who may sign in: id to name."""
    staff_id: str = ""
    staff_name: str = ""
    pause_reason: str = ""
    ticket: TicketAtCounter | None = None
    upcoming: tuple[WaitingTicket, ...] = ()
    no_shows: tuple[WaitingTicket, ...] = ()
    """Who missed a call and may come back to this counter's lines, those called last first."""
    parked: tuple[WaitingTicket, ...] = ()
    away: tuple[AwayTicket, ...] = ()
    """Whom this counter sent for missing papers, the one called last first."""
    undo: UndoView | None = None
    since: int = 0
    """Since when it is open, paused or closed, UTC ms."""
    recall_limit: int = 0
    """How often a call may be repeated."""
    served_today: int = 0
    papers_trips: int = 0
    """Citizens sent for papers here today."""
    printers: tuple[PrinterTrouble, ...] = ()
    """Kiosks whose printer needs somebody: whoever sits near may load it."""


class TabletView(View, frozen=True):
    """A rating tablet's view: who serves which ticket at its counter, and whose rating may be asked for."""

    site_name: Text
    counter: int
    state: str
    staff_name: str = ""
    number: str = ""
    serving: bool = False
    language: str = "vi"
    rating_ticket: str = ""
    """Id of the ticket finished last here, while its ballot is outstanding."""
    rating_number: str = ""
    rating_language: str = "vi"
    ballot_key: str = ""
    """The site's public ballot key, base64: ballots are sealed to it on the tablet (DESIGN §9)."""


class DeviceView(View, frozen=True):
    """A device as the supervisor sees it: is it there, and what does it lack."""

    role: str
    name: str = ""
    number: int | None = None
    """Its kiosk or counter."""
    present: bool = False
    last_seen: int = 0
    """UTC milliseconds, of one that is gone; 0 where it never came."""
    printer: str = ""
    """What its printer said last (`ports.PrinterStatus`)."""
    outbox: int = 0
    """Facts that wait in its outbox."""
    quarantined: int = 0
    """Facts the hub could not place."""
    version: str = ""


class SupervisorView(View, frozen=True):
    """A supervisor's view: all counters and lines; ratings only as a count of ballots."""

    site_name: Text
    day: str
    """The service day that is open; "" while none is."""
    queues: dict[str, QueueView]
    counters: dict[str, CounterView]
    closed_day: str = ""
    """The day that was closed last."""
    clock_held_back_ms: int = 0
    """The hub's machine was set forward by more than a day, and shows so much more than hub time, which does not
    follow until a supervisor confirms it; 0 while nothing waits."""
    devices: dict[str, DeviceView] = {}
    """By the device's id."""
    closed_kiosks: dict[str, str] = {}
    waiting_since: dict[str, int] = {}
    """By queue with somebody in it: since when the one who has waited longest stands there, UTC ms."""
    issued_today: int = 0
    done_today: int = 0
    still_to_come: int = 0
    """Booked or promised, for today or a coming day."""
    set_aside: int = 0
    """Missed their call, are parked, or fetch papers."""
    papers_trips: int = 0


class TicketAnswer(View, frozen=True):
    """What a command about a ticket answers."""

    id: str
    number: str
    queue: str
    state: str
    url: str = ""
    """The ticket's own page, which its QR holds; only a kiosk that made the token, or prints the paper anew,
    is told."""
    ahead: int = 0
    wait_low: int | None = None
    wait_high: int | None = None
    counter: int | None = None
    counters: tuple[int, ...] = ()
    """Counters that will call it."""
    issued_at: int = 0
    day: str = ""
    """The service day it is for, where that is not today: promised, or booked."""
    until: int | None = None
    """Parked or away: when its time is over; promised: when its day begins. UTC ms."""
    slot_at: int | None = None
    """Start of its appointment, UTC ms."""
    missing: tuple[int, ...] = ()
    """Positions of the papers that are still missing."""
    procedure: str = ""
    """The procedure's key in the catalogue."""
    came: str = ""
    """Why it waits from now on (`RankReason`), where this command let it wait; "" where it only asked."""


class Answer(View, frozen=True):
    """A command's answer: given after the commit, and given again word for word for the same id."""

    command: str
    ticket: TicketAnswer | None = None
    counter: int | None = None
    report: DayReport | None = None
    """How the day was, when it was closed."""
