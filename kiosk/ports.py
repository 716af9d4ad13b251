"""What the core needs from the world, as small protocols; the composition root plugs the real ones in (DESIGN §5)."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

from msgspec import Struct

from kiosk.domain.events import SideData
from kiosk.domain.receipt import Receipt


class Clock(Protocol):
    """Wall time. Order never comes from it (DESIGN §3)."""

    def now_ms(self) -> int:
        """Return UTC milliseconds."""
        ...


class PrinterStatus(StrEnum):
    """What a printer says of itself. *No answer* is not *no paper* (DESIGN §8)."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER_ERROR = "cutter_error"
    OVERHEATED = "overheated"
    """It prints no more until its head has cooled down, and then goes on by itself."""
    ERROR = "error"
    """A fault that only switching it off and on, or a technician, ends."""
    OFFLINE = "offline"
    """It takes no work and says no more than that: someone feeds the paper, or it is switched to "off line"."""
    UNKNOWN = "unknown"
    """Somebody listens at its address and says nothing: it may print all the same."""
    UNREACHABLE = "unreachable"
    """Nobody listens at its address."""

    @property
    def prints(self) -> bool:
        """Whether it puts on paper what it is sent now."""
        return self in (PrinterStatus.READY, PrinterStatus.PAPER_LOW)


class Printed(Struct, frozen=True):
    """The printer took it all and says that nothing went wrong."""

    status: PrinterStatus = PrinterStatus.READY


class PrintRefused(Struct, frozen=True):
    """Nothing was printed, and this is why."""

    status: PrinterStatus


class PrintUncertain(Struct, frozen=True):
    """Bytes were sent and nobody knows what became of them."""

    status: PrinterStatus


PrintOutcome = Printed | PrintRefused | PrintUncertain


class News(Struct, frozen=True):
    """What was heard from a printer: how it is, and whether a job that was uncertain has ended well after all."""

    status: PrinterStatus
    finished: bool = False


class Printer(Protocol):
    """Turns a receipt into paper. Blocking: call it off the screen's thread."""

    def print(self, receipt: Receipt, *, apart: bool = False) -> PrintOutcome:
        """Print and say how it ended; never raises. `apart`: first cut off what half a paper left in the slot."""
        ...

    def status(self) -> PrinterStatus:
        """Ask the printer how it is."""
        ...


class WatchedPrinter(Printer, Protocol):
    """A printer that is listened to while nothing is printed."""

    def listen(self, seconds: float) -> News | None:
        """Wait for news, then say how it is; at the latest after `seconds`. None where `interrupt` came."""
        ...

    def interrupt(self) -> None:
        """Let `listen` return now. From any thread."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


class PrintJob(Struct, frozen=True):
    """Something to be put on paper once. `id` names it for ever: the same id again prints nothing."""

    id: str
    receipt: Receipt
    as_copy: Receipt
    """The same, marked as printed again: for when the first may have come out."""
    ticket_id: str = ""
    """The ticket whose paper it is; empty for what the hub need not know of, which is tried once and not kept."""
    number: str = ""
    """What staff know it by; empty for what is not the ticket itself, and is not printed again from here."""


class Fate(Struct, frozen=True):
    """What became of a job, for the hub; `fact_id` makes telling it twice harmless."""

    fact_id: str
    job_id: str
    ticket_id: str
    outcome: PrintOutcome
    detail: str = ""
    """A word of our own where the printer has none ("interrupted")."""


class JobNews(Struct, frozen=True):
    """A job begins (no outcome yet), again perhaps, or has ended."""

    job_id: str
    ticket_id: str
    outcome: PrintOutcome | None = None
    detail: str = ""


class StoredJob(Struct, frozen=True):
    """A ticket's paper as staff see it."""

    id: str
    ticket_id: str
    number: str
    state: str
    """"waiting" for its turn, "open" while it is being printed, then "printed", "refused" or "uncertain"."""
    at: int
    """UTC milliseconds."""


class Spool(Protocol):
    """Everything for paper goes through it: kept before it is sent, each with one fate (DESIGN §8)."""

    @property
    def status(self) -> PrinterStatus:
        """How the printer is, as last heard; costs nothing."""
        ...

    def follow(self, on_job: Callable[[JobNews], None], on_status: Callable[[PrinterStatus], None]) -> None:
        """Be told of every job and every change of the printer, from the spool's own thread."""
        ...

    def submit(self, job: PrintJob) -> None:
        """Take a job; it is on the disk when this returns, so call it off the screen's thread.

        A ticket's comes out by itself later where the printer refuses it, until let go; another is wished for again.
        """
        ...

    def reprint(self, ticket_id: str, job_id: str) -> bool:
        """Print a ticket's paper once more, as a copy; under the same `job_id` it is done once.

        False where this machine has not got it. Writes a file, as `submit` does.
        """
        ...

    def recent(self, limit: int) -> list[StoredJob]:
        """Return the last papers of tickets, newest first. It reads a file: call it off the screen's thread."""
        ...

    def let_go(self, ticket_id: str) -> bool:
        """Stop trying: its holder has left. False where its paper may be coming out right now."""
        ...


class Announcer(Protocol):
    """Speaks calls in the hall."""

    def announce(self, number: str, counter: int, languages: tuple[str, ...], age_s: float) -> None:
        """Queue one call for speaking; returns at once. A missing sound device is logged, never raised.

        `age_s` says how many seconds ago the call was made: one that has become too old is not spoken (DESIGN §6).
        """
        ...

    def withdraw(self, number: str, counter: int) -> None:
        """Speak a call no further that holds no more; returns at once. Nothing where it was spoken already."""
        ...

    def close(self) -> None:
        """Stop speaking and end the player."""
        ...


class HubLink(Protocol):
    """A device's side of the hub: commands out, the role's view in."""

    def send(
        self,
        path: str,
        body: dict[str, Any],
        on_answer: "Callable[[Answered], None]",
        *,
        command_id: str | None = None,
        fact: bool = False,
    ) -> str:
        """Send a command; returns its id at once, calls `on_answer` from the link's own thread exactly once.

        Args:
            path: the route, such as "/v1/tickets".
            body: the command's fields as JSON values.
            on_answer: told what became of it; status 0 where the hub could not be reached in time.
            command_id: the id of an earlier try of the same wish, so that it can never be done twice.
            fact: keep it in the outbox and send it until the hub answers, across restarts; a wish is given up.
        """
        ...

    def follow(self, on_view: "Callable[[dict[str, Any], bool], None]") -> None:
        """Call `on_view(view, connected)` from the link's own thread at every change of view or connection."""
        ...

    def close(self) -> None:
        """End threads and connections."""
        ...


class AskingLink(HubLink, Protocol):
    """A link that also asks what is no command."""

    def ask(self, path: str, on_answer: "Callable[[Answered], None]", body: dict[str, Any] | None = None) -> None:
        """Ask, and tell `on_answer` as `send` does: without a body by GET, with one by POST."""
        ...


class KioskLink(AskingLink, Protocol):
    """A kiosk's link."""

    def waiting(self) -> tuple[int, int]:
        """Return how many facts wait for the hub, and how many it could not place. It reads a file."""
        ...


class SupervisorLink(AskingLink, Protocol):
    """A link whose commands need a person beside the device."""

    def act_as(self, session: str) -> None:
        """Send what follows in the name of who signed in; "" in nobody's."""
        ...


class Answered(Struct, frozen=True):
    """What became of a command: `status` is HTTP's, 0 where the hub could not be reached in time."""

    command_id: str
    status: int
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Whether the command was accepted."""
        return 200 <= self.status < 300


class JournalRow(Struct, frozen=True):
    """A row of the journal as stored: `body` is the very bytes the hash covers."""

    seq: int
    epoch: int
    at: int
    command_id: str
    body: bytes
    hash: str
    side: tuple[SideData, ...] = ()


class PushBatch(Struct, frozen=True):
    """Journal rows in order and the query rows they changed, by table."""

    rows: tuple[JournalRow, ...]
    changed: dict[str, tuple[dict[str, Any], ...]]


class JournalSource(Protocol):
    """Where central's pusher reads the journal from."""

    def batch_after(self, seq: int, limit: int) -> PushBatch:
        """Return up to `limit` rows after `seq`, with the query rows last changed by exactly them."""
        ...

    def row_at(self, seq: int) -> JournalRow | None:
        """Return one row, to compare hashes with central's cursor."""
        ...
