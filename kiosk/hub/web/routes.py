"""The table of routes: which commands there are over HTTP, which other requests, and who may send them."""

from msgspec import Struct

from kiosk.domain import commands as cmd
from kiosk.domain.commands import Role
from kiosk.log.event import RouteTemplate


class CommandRoute(Struct, frozen=True):
    """One POST route. What varies in the path, such as `{counter:number}` or `{ticket_id}`, is a command's field."""

    path: str
    command: type[cmd.Command]
    roles: frozenset[Role]
    says: str


_KIOSK = frozenset({Role.KIOSK})
_TABLET = frozenset({Role.TABLET})
_SUPERVISOR = frozenset({Role.SUPERVISOR})
_COUNTER = _SUPERVISOR | {Role.COUNTER}
_CLERK = frozenset({Role.COUNTER})
_DOOR = _SUPERVISOR | {Role.KIOSK}
"""Where citizens come in: a kiosk, or a supervisor who helps."""

COMMAND_ROUTES: tuple[CommandRoute, ...] = (
    CommandRoute("/v1/tickets", cmd.IssueTicket, _DOOR, "Issue a ticket"),
    CommandRoute("/v1/tickets/record", cmd.RecordTicket, _DOOR, "A ticket the kiosk issued while the hub was away"),
    CommandRoute("/v1/appointments", cmd.BookTicket, _SUPERVISOR | {Role.CENTRAL}, "Book an appointment"),
    CommandRoute("/v1/scan", cmd.ScanTicket, _DOOR, "A ticket was held to the kiosk: check in, or be back"),
    CommandRoute("/v1/day/open", cmd.OpenDay, _SUPERVISOR, "Begin the service day"),
    CommandRoute("/v1/day/close", cmd.CloseDay, _SUPERVISOR, "End the service day; the answer holds its report"),
    CommandRoute("/v1/queues/{queue}/close", cmd.CloseQueue, _SUPERVISOR, "Give no more numbers for a queue"),
    CommandRoute("/v1/queues/{queue}/open", cmd.OpenQueue, _SUPERVISOR, "Give numbers for a queue again"),
    CommandRoute("/v1/kiosks/{kiosk:number}/close", cmd.CloseKiosk, _SUPERVISOR, "Close a kiosk from afar"),
    CommandRoute("/v1/kiosks/{kiosk:number}/open", cmd.OpenKiosk, _SUPERVISOR, "Open a kiosk again"),
    CommandRoute("/v1/counters/{counter:number}/open", cmd.OpenCounter, _COUNTER, "Sign in and open a counter"),
    CommandRoute("/v1/counters/{counter:number}/call", cmd.CallNext, _COUNTER, "Call the next ticket"),
    CommandRoute("/v1/counters/{counter:number}/pause", cmd.PauseCounter, _COUNTER, "Stop calling for a while"),
    CommandRoute("/v1/counters/{counter:number}/resume", cmd.ResumeCounter, _COUNTER, "Go on after a pause"),
    CommandRoute("/v1/counters/{counter:number}/close", cmd.CloseCounter, _COUNTER, "Sign out and close a counter"),
    CommandRoute("/v1/counters/{counter:number}/undo", cmd.Undo, _COUNTER, "Take the last action there back"),
    CommandRoute("/v1/counters/{counter:number}/queues", cmd.SetCounterQueues, _SUPERVISOR, "Which queues it serves"),
    CommandRoute("/v1/tickets/{ticket_id}/arrive", cmd.ArriveTicket, _COUNTER, "Check in who booked or was put off"),
    CommandRoute("/v1/tickets/{ticket_id}/defer", cmd.DeferTicket, _COUNTER, "Promise the next day's first hour"),
    CommandRoute("/v1/tickets/{ticket_id}/abandon", cmd.AbandonTicket, _DOOR, "No paper came out and nobody is there"),
    CommandRoute("/v1/tickets/{ticket_id}/recall", cmd.RecallTicket, _COUNTER, "Call the same ticket again"),
    CommandRoute("/v1/tickets/{ticket_id}/start", cmd.StartTicket, _COUNTER, "The citizen has come"),
    CommandRoute("/v1/tickets/{ticket_id}/finish", cmd.FinishTicket, _COUNTER, "The visit is over"),
    CommandRoute("/v1/tickets/{ticket_id}/no-show", cmd.NoShowTicket, _COUNTER, "Nobody came"),
    CommandRoute("/v1/tickets/{ticket_id}/park", cmd.ParkTicket, _COUNTER, "Set aside for this counter"),
    CommandRoute("/v1/tickets/{ticket_id}/papers", cmd.SendForPapers, _COUNTER, "Send for papers that are missing"),
    CommandRoute(
        "/v1/tickets/{ticket_id}/return", cmd.ReturnTicket, _COUNTER, "Who missed her call, was parked or away is back"
    ),
    CommandRoute("/v1/tickets/{ticket_id}/priority", cmd.JudgePriority, _COUNTER, "Confirm or strike a priority"),
    CommandRoute("/v1/tickets/{ticket_id}/note", cmd.NoteTicket, _COUNTER, "Keep a line about a ticket"),
    CommandRoute("/v1/tickets/{ticket_id}/transfer", cmd.TransferTicket, _COUNTER, "Send to another queue or counter"),
    CommandRoute("/v1/tickets/{ticket_id}/cancel", cmd.CancelTicket, _COUNTER, "The number is given up"),
    CommandRoute("/v1/tickets/{ticket_id}/reprint", cmd.ReprintTicket, _COUNTER, "Its paper once more, as a copy"),
    CommandRoute("/v1/tickets/{ticket_id}/rating", cmd.RateTicket, _TABLET, "Put in a sealed ballot"),
    CommandRoute("/v1/tickets/{ticket_id}/printed", cmd.MarkPrinted, _KIOSK, "What became of the paper"),
)

VIEW_ROLES = frozenset({Role.KIOSK, Role.COUNTER, Role.TABLET, Role.BOARD, Role.SUPERVISOR})
JOURNAL_ROLES = frozenset({Role.STANDBY, Role.CENTRAL})
STANDBY_ROLES = frozenset({Role.STANDBY})
KIOSK_ROLES = frozenset({Role.KIOSK})
SUPERVISOR_ROLES = frozenset({Role.SUPERVISOR})
INSIDE_ROLES = JOURNAL_ROLES | SUPERVISOR_ROLES
"""Who may see figures from which a rating could be read."""
DEVICE_ROLES = VIEW_ROLES | JOURNAL_ROLES
ANYONE: frozenset[Role] = frozenset()
"""Routes that ask for no token."""


class OtherRoute(Struct, frozen=True):
    """A route that is no command; `name` is its handler's in `app`."""

    method: str
    path: str
    name: str
    roles: frozenset[Role]
    says: str
    needs_staff: bool = False
    """Whether a supervisor must be signed in at the device."""


OTHER_ROUTES: tuple[OtherRoute, ...] = (
    OtherRoute("GET", "/v1/commands/{id}", "command_outcome", DEVICE_ROLES, "What became of a command"),
    OtherRoute(
        "GET", "/v1/hall", "hall", VIEW_ROLES, "The role's view of the hall; counter and tablet may add ?counter=N"
    ),
    OtherRoute(
        "GET",
        "/v1/events",
        "events",
        VIEW_ROLES,
        "The same view as server-sent events: first whole, then changes (JSON Merge Patch)",
    ),
    OtherRoute("GET", "/v1/journal", "journal", JOURNAL_ROLES, "Journal rows after ?after=SEQ, as stored"),
    OtherRoute("GET", "/v1/copy", "copy", STANDBY_ROLES, "What follows ?after=SEQ, for a standby; as MessagePack"),
    OtherRoute("GET", "/v1/copy/files", "files", STANDBY_ROLES, "Devices, PINs and keys, for a standby"),
    OtherRoute("POST", "/v1/returned", "returned", DEVICE_ROLES, "Give back what another machine answered"),
    OtherRoute("GET", "/v1/recovery", "recovery", INSIDE_ROLES, "What recoveries came to, and what is still lost"),
    OtherRoute("GET", "/v1/catalogue", "catalogue", VIEW_ROLES, "The centre's procedures"),
    OtherRoute("POST", "/v1/heartbeat", "heartbeat", DEVICE_ROLES, "How this device is"),
    OtherRoute("POST", "/v1/devices/pair", "pair", ANYONE, "Give up a pairing code for this device's token"),
    OtherRoute("POST", "/v1/staff/sign-in", "sign_in", SUPERVISOR_ROLES, "Sign a supervisor in with the PIN"),
    OtherRoute("POST", "/v1/staff/check", "check_staff", KIOSK_ROLES, "Whether a PIN is right, for the staff menu"),
    OtherRoute("POST", "/v1/staff/sign-out", "sign_out", SUPERVISOR_ROLES, "Sign the supervisor out"),
    OtherRoute(
        "POST",
        "/v1/clock/accept",
        "accept_clock",
        SUPERVISOR_ROLES,
        "The machine's clock, set forward by more than a day, is right now",
        needs_staff=True,
    ),
    OtherRoute(
        "GET", "/v1/tickets/{ticket_id}/why", "why", _COUNTER, "Why it was called, or who is first: it or ?other=NUMBER"
    ),
    # By the day's count: gaps between the rows that were calls would tell a clerk that somebody rated.
    OtherRoute(
        "GET", "/v1/calls/{nth}/why", "why_call", _COUNTER, "Why a board's call `seq` was made, on ?day= or today"
    ),
    OtherRoute(
        "GET", "/v1/tickets/{ticket_id}/side", "side", _CLERK, "Note and priority group of a ticket at this counter"
    ),
    OtherRoute(
        "GET",
        "/v1/tickets/{ticket_id}/paper",
        "paper",
        KIOSK_ROLES,
        "What a ticket's paper says, its address too: for the kiosk it is wanted from, while it is",
    ),
    OtherRoute("GET", "/v1/days/{day}", "day", _SUPERVISOR, "A day's report, or how the open day stands"),
    OtherRoute("GET", "/v1/reports/waits", "waits", _SUPERVISOR, "Waits told and waits that were, of ?day=YYYY-MM-DD"),
    OtherRoute("GET", "/v1/reports/periods", "periods", _SUPERVISOR, "Who sat where and when, on ?day=YYYY-MM-DD"),
    OtherRoute("GET", "/t/{token}", "ticket_page", ANYONE, "A ticket's own page, for phones"),
    OtherRoute("GET", "/t/{token}/cancel", "cancel_page", ANYONE, "Asks whether the number is really given up"),
    OtherRoute("POST", "/t/{token}/cancel", "cancel_ticket", ANYONE, "The citizen gives the number up"),
    OtherRoute(
        "GET", "/t/{token}/why/{number}", "why_page", ANYONE, "Why a call was made before this ticket's, in one line"
    ),
    OtherRoute(
        "GET", "/healthz", "health", ANYONE, "Whether the hub works; with rows, to supervisor, standby and central"
    ),
    OtherRoute(
        "GET",
        "/metrics",
        "metrics",
        ANYONE,
        "Figures in Prometheus' format; with commands and devices, to supervisor, standby and central",
    ),
    OtherRoute("GET", "/openapi.json", "openapi_json", ANYONE, "This description, for machines"),
    OtherRoute("GET", "/docs", "openapi_page", ANYONE, "This description, for people"),
)

RouteTemplate.register(*(r.path for r in COMMAND_ROUTES), *(r.path for r in OTHER_ROUTES))
NO_ROUTE = RouteTemplate.none()
