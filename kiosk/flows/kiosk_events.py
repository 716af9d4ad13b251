"""What can happen to the kiosk's flow, and what the flow asks to be done about it."""

from enum import StrEnum

from msgspec import Struct

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import Procedure
from kiosk.flows.scan import Scan


class TimerKind(StrEnum):
    """The timers; at most one runs at a time."""

    IDLE = "idle"
    COUNTDOWN = "countdown"
    PATIENCE = "patience"
    GIVE_UP = "give_up"
    CLOSE = "close"
    SCAN = "scan"


class Attempt(Struct, frozen=True):
    """What makes asking twice harmless: the same three ids go with every try of one journey (DESIGN §6)."""

    command_id: str
    ticket_id: str
    token: str


class IssuedTicket(Struct, frozen=True):
    """The hub's answer, as the ticket screen and the paper need it. Waits in minutes, `issued_at` in UTC ms."""

    id: str
    number: str
    queue: str
    url: str = ""
    ahead: int = 0
    wait_low: int | None = None
    wait_high: int | None = None
    counters: tuple[int, ...] = ()
    issued_at: int = 0
    promised_at: int = 0
    """It is for the first hour of a coming day, which begins then (UTC ms); 0 for one that waits now."""


# --- Events ---------------------------------------------------------------------------------------------------------


class Event(Struct, frozen=True):
    """Something happened."""


class Touch(Event, frozen=True):
    """A citizen did something: it stretches the timers."""


class Touched(Touch, frozen=True):
    """A finger came down anywhere."""


class NumberWanted(Touch, frozen=True):
    """Home: take a number."""


class PapersWanted(Touch, frozen=True):
    """Home: which papers are needed."""


class SearchWanted(Touch, frozen=True):
    """Find a procedure by its name."""


class QueryTyped(Touch, frozen=True):
    """The search words as they stand now."""

    query: str


class FieldChosen(Touch, frozen=True):
    """A field's tile; `attempt` is used if this touch asks for the number."""

    queue: str
    attempt: Attempt


class ProcedureChosen(Touch, frozen=True):
    """A procedure and the queue that takes it."""

    procedure: Procedure
    queue: str


class DetailsWanted(Touch, frozen=True):
    """The procedure's full official name and wording."""


class PaperTouched(Touch, frozen=True):
    """A paper is ticked or unticked."""

    position: int


class NumberPressed(Touch, frozen=True):
    """Take the number now."""

    attempt: Attempt


class BackPressed(Touch, frozen=True):
    """One screen back."""


class HomePressed(Touch, frozen=True):
    """Done, or leaving."""


class TryAgain(Touch, frozen=True):
    """Ask the hub once more."""


class AnotherWanted(Touch, frozen=True):
    """Yes, a second number, although one was taken here just now."""


class PromiseWanted(Touch, frozen=True):
    """The first hour of the next working day, for today is full."""


class StillHere(Touch, frozen=True):
    """The answer to "Are you still here?"."""


class Scanned(Touch, frozen=True):
    """A code was held to the reader: a ticket's token, a dossier's code, or neither.

    `command_id` goes with the question to the hub. `query` is what the search's words were before the code's letters
    came among them; None where nothing is typed on this screen.
    """

    command_id: str
    token: str = ""
    dossier: str = ""
    query: str | None = None


class ScanClosed(Touch, frozen=True):
    """The answer to a scan was read: back to what was there."""


class ResultWanted(Touch, frozen=True):
    """A number for the desk that hands out the result of the dossier just scanned."""

    attempt: Attempt
    queue: str


class LanguageChosen(Touch, frozen=True):
    """Another language, on any screen."""

    language: str


class TextSizePressed(Touch, frozen=True):
    """The next size of text, round and round."""


class ContrastPressed(Touch, frozen=True):
    """The next contrast, round and round."""


class TicketIssued(Event, frozen=True):
    """The hub gave the number."""

    ticket: IssuedTicket


class HubUnreachable(Event, frozen=True):
    """No answer in time, or one that leaves the outcome unknown."""


class HubRefused(Event, frozen=True):
    """The hub said no, in a sentence for the citizen; `code` tells why."""

    sentence: str
    code: str = ""


class ScanAnswered(Event, frozen=True):
    """What the hub says of the ticket whose code was scanned under this command's id."""

    command_id: str
    scan: Scan


class PaperBegins(Event, frozen=True):
    """A ticket goes to the printer, perhaps once more: there is paper again."""

    ticket_id: str


class PrinterSays(Event, frozen=True):
    """How the printer is now: its own word, or "" where it prints."""

    trouble: str


class PaperEnded(Event, frozen=True):
    """The printer is done with a ticket, in whatever way."""

    ticket_id: str
    result: PrintResult
    detail: str = ""


class BugHappened(Event, frozen=True):
    """Our own code failed; it is in the log."""


class TimedOut(Event, frozen=True):
    """A timer ran out."""

    kind: TimerKind


# --- Effects --------------------------------------------------------------------------------------------------------


class Effect(Struct, frozen=True):
    """Something to be done outside."""


class Issue(Effect, frozen=True):
    """Send the wish for a number, under the attempt's ids."""

    attempt: Attempt
    queue: str
    procedure: str | None
    missing: tuple[int, ...]
    language: str
    confirmed: bool = False
    """She was asked whether she wants a second number, and does."""
    defer: bool = False
    """She takes the first hour of the next working day."""
    dossier: str = ""
    """The code of the dossier whose result she comes for."""


class AskAboutTicket(Effect, frozen=True):
    """Tell the hub whose ticket was scanned."""

    command_id: str
    token: str


class PrintTicket(Effect, frozen=True):
    """Put the ticket on paper."""

    ticket: IssuedTicket
    procedure: Procedure | None
    missing: tuple[int, ...]
    language: str
    dossier: str = ""
    """The code of the dossier whose result she comes for: then it is the slip of that desk."""


class Abandon(Effect, frozen=True):
    """Give up a number whose paper never came out and whose holder left: nobody must wait for nobody.

    Not where its paper may be coming out at this very moment.
    """

    ticket_id: str


class StartTimer(Effect, frozen=True):
    """Run this timer from now, in place of any other."""

    kind: TimerKind
    seconds: float


class StopTimer(Effect, frozen=True):
    """Run no timer."""


class Forget(Effect, frozen=True):
    """Wipe what the widgets still hold of this citizen, who has left: no paper of hers is for the next one."""

    ticket_id: str = ""
