"""What happens at a counter's window, and what it asks the hub for; `counter` is the table over them."""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from kiosk.domain.commands import PrintResult


class Wish(StrEnum):
    """What a clerk may ask for."""

    OPEN = "open"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no-show"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    PAPERS = "papers"
    PARK = "park"
    TRANSFER = "transfer"
    CONFIRM = "confirm"
    STRIKE = "strike"
    REPRINT = "reprint"
    """Her paper once more: she sits here and has lost it, or never got it."""
    LIST = "list"
    """The list of what the one sent for papers last is to bring."""
    DOSSIER = "dossier"
    """Print the receipt of the dossier that was handed in, and when its result is to be had."""
    RETURN = "return"
    """Someone set aside stands here: she waits again."""
    UNDO = "undo"
    """Take back what was done last here; beside every other wish, and only for some seconds."""


class Desk(Struct, frozen=True):
    """What of the counter's view decides its keys; every accepted wish changes it."""

    state: str = "closed"
    staff: str = ""
    ticket: str = ""
    ticket_state: str = ""
    calls: int = 0
    priority: str = ""
    """"declared" while its proof was not looked at, then "confirmed"; "" where there is none."""
    undo_until: int = 0
    """Until when the last action may be taken back (hub time, UTC ms); 0 where nothing may."""
    reprint: str = ""
    """Her paper was wanted once more: "wanted" until its kiosk says what became of it, then that (`PrintResult`)."""
    away: str = ""
    """The ticket that was sent for papers last and is still away, where a list of them can be printed."""
    away_list: str = ""
    """Its list was wanted of a kiosk; as `reprint`."""


class Viewed(Struct, frozen=True):
    """A view came, or the connection went or returned."""

    desk: Desk
    connected: bool
    at: int


class Picked(Struct, frozen=True):
    """A clerk touched a name; "" goes back to the names."""

    staff: str


class Typed(Struct, frozen=True):
    """A digit of the PIN; "" takes the last one away."""

    digit: str


class Pressed(Struct, frozen=True):
    """A key for a wish was pressed; `reason` of a pause, minutes of a park, or a visit's outcome."""

    wish: Wish
    at: int
    reason: str = ""


class ReasonsAsked(Struct, frozen=True):
    """The pause key was pressed, or its question closed."""

    open: bool


class AskKind(StrEnum):
    """What a clerk is asked, nearly always about the ticket before her."""

    OUTCOME = "outcome"
    PARK = "park"
    PAPERS = "papers"
    TRANSFER = "transfer"
    DOSSIER = "dossier"
    RETURN = "return"
    """Who is back: of those who missed their call, were parked, or fetch papers. It is not about the ticket here."""


class Where(StrEnum):
    """What a ticket is sent to."""

    QUEUE = "queue"
    COUNTER = "counter"
    STAFF = "staff"


class Asked(Struct, frozen=True):
    """The key of a question was pressed (once more: the next kind of target, or the question closes); None closes."""

    kind: AskKind | None


class Chosen(Struct, frozen=True):
    """A paper was ticked or unticked, or a target picked."""

    value: str


class Turned(Struct, frozen=True):
    """The next time for papers, or the next place in line, round and round."""


class Flagged(Struct, frozen=True):
    """ "And come back to me" was switched."""


class Noted(Struct, frozen=True):
    """The note as it stands now."""

    note: str


class Wrote(Struct, frozen=True):
    """What stands now in a line of the dossier's receipt: its code, or its owner's name."""

    code: str | None = None
    owner: str | None = None


class Answered(Struct, frozen=True):
    """What became of a wish; `reached` is False where the hub gave no answer."""

    serial: int
    ok: bool
    reached: bool
    sentence: str
    at: int


class Ticked(Struct, frozen=True):
    """Time passed."""

    at: int


class Explained(Struct, frozen=True):
    """A key that is off was pressed: its reason is said."""

    sentence: str
    at: int


class PaperSaid(Struct, frozen=True):
    """What became of a paper given to the counter's own printer."""

    serial: int
    result: PrintResult
    detail: str = ""


Event = (
    Viewed
    | Picked
    | Typed
    | Pressed
    | ReasonsAsked
    | Asked
    | Chosen
    | Turned
    | Flagged
    | Noted
    | Wrote
    | Answered
    | Explained
    | PaperSaid
    | Ticked
)


class Send(Struct, frozen=True):
    """Ask the hub. `retry`: under the id of the last try, so that it can never be done twice."""

    serial: int
    path: str
    body: dict[str, Any]
    valid_ms: int
    retry: bool = False


class PrintList(Struct, frozen=True):
    """Print the list of a ticket that is away on the counter's own printer."""

    serial: int
    ticket: str


class PrintDossier(Struct, frozen=True):
    """Print the receipt of the dossier that the ticket here hands in, on the counter's own printer."""

    serial: int
    code: str
    owner: str
    presses: tuple[int, ...]
    """Positions of papers, each as often as its key was pressed (`counter_dossier.came_as`)."""


Effect = Send | PrintList | PrintDossier
