"""What the kiosk's flow knows of the citizen in front of it."""

from enum import StrEnum

from msgspec import Struct

from kiosk.domain.commands import PrintResult
from kiosk.domain.procedure import DocumentKind, Procedure
from kiosk.flows.kiosk_events import Issue, IssuedTicket
from kiosk.flows.scan import Scan

TEXT_STEPS = 4
"""Sizes of text a citizen can choose from (LOOK, `text_steps` of the tokens)."""
CONTRASTS = ("light", "hc_dark", "hc_light")
"""Names of the themes a citizen can choose from, the usual one first (LOOK, `themes` of the tokens)."""


class Screen(StrEnum):
    """One question or answer, filling the kiosk."""

    HOME = "home"
    FIELDS = "fields"
    PROCEDURES = "procedures"
    SEARCH = "search"
    PROCEDURE = "procedure"
    DETAILS = "details"
    ISSUING = "issuing"
    TICKET = "ticket"
    TROUBLE = "trouble"


class Purpose(StrEnum):
    """Why a citizen looks at the fields: a touch gives a number, or leads to the field's procedures."""

    NUMBER = "number"
    PAPERS = "papers"


class Timing(Struct, frozen=True):
    """How long each timer runs, in seconds (the device's settings; `timing_s` of the look's tokens)."""

    idle_before_warning: float = 45
    idle_countdown: float = 20
    ticket_close: float = 20
    ticket_close_no_paper: float = 60
    scan_close: float = 15
    """How long the answer to a scan stands before what was there."""
    patience: float = 1.5
    """After this the screen says that the hub is slow."""
    give_up: float = 30
    """After this the screen stops waiting, even if the link never answers."""


class Paper(StrEnum):
    """What became of the ticket's paper."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


PAPER_AFTER = {
    PrintResult.PRINTED: Paper.PRINTED,
    PrintResult.REFUSED: Paper.REFUSED,
    PrintResult.UNCERTAIN: Paper.UNCERTAIN,
}


class TroubleKind(StrEnum):
    """Why there is no number (yet)."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    CONFIRM = "confirm"
    """A number was taken here just now: does she want another?"""
    FULL = "full"
    """Today cannot serve her; the first hour of the next working day can."""
    BUG = "bug"


REFUSALS = {"confirm_number": TroubleKind.CONFIRM, "day_is_full": TroubleKind.FULL}
"""Refusals that are a question; every other one is a plain no."""
NO_TICKET = (TroubleKind.REFUSED, *REFUSALS.values())
"""Troubles after which there is certainly no ticket yet."""


class Trouble(Struct, frozen=True):
    """What went wrong; `sentence` is the hub's own, in the citizen's language."""

    kind: TroubleKind
    sentence: str = ""


class ChecklistPaper(Struct, frozen=True):
    """The checklist that is coming out, or has just ended: by its job, with nothing of whose it is."""

    job: str
    paper: Paper = Paper.PRINTING
    detail: str = ""
    """The printer's own word for how it ended."""


class KioskState(Struct, frozen=True):
    """All the kiosk knows of the citizen in front of it."""

    home_language: str = "vi"
    """The language of the next citizen's home screen."""
    language: str = "vi"
    text_step: int = 0
    contrast: str = CONTRASTS[0]
    screen: Screen = Screen.HOME
    trail: tuple[Screen, ...] = ()
    """Screens to go back to, the nearest last."""
    purpose: Purpose = Purpose.NUMBER
    queue: str = ""
    procedure: Procedure | None = None
    have: tuple[int, ...] = ()
    """Positions of the papers she ticked, in order."""
    query: str = ""
    asked: Issue | None = None
    """The one wish for a number this journey sends, word for word the same at every try."""
    slow: bool = False
    trouble: Trouble | None = None
    ticket: IssuedTicket | None = None
    paper: Paper = Paper.NONE
    paper_detail: str = ""
    """The printer's own word for it ("paper_out")."""
    touched_since: bool = False
    """Someone touched the screen after it had said that there is no paper: she knows her number."""
    scan: Scan | None = None
    """A code was held to the reader: its answer stands before the screen, which keeps everything behind it."""
    printer_trouble: str = ""
    """Why the printer prints nothing now, in its own word ("paper_out"); empty while it does. Not this citizen's."""
    checklist: ChecklistPaper | None = None
    """While it is there no other is printed. The machine's, not this citizen's."""
    warned: bool = False
    """The question "Are you still here?" stands before the screen."""

    def forgotten(self) -> "KioskState":
        """Return the home screen for the next citizen: nothing of this one is left."""
        language = self.home_language
        return KioskState(
            home_language=language,
            language=language,
            printer_trouble=self.printer_trouble,
            checklist=self.checklist,
        )

    @property
    def missing(self) -> tuple[int, ...]:
        """Positions of the papers she lacks; none while she has ticked nothing, for then she has said nothing."""
        if self.procedure is None or not self.have:
            return ()
        return tuple(n for n in required(self.procedure) if n not in self.have)


def papers(procedure: Procedure) -> tuple[int, ...]:
    """Return the positions of what is really a paper; remarks are not (DOMAIN §2.4)."""
    return tuple(n for n, d in enumerate(procedure.documents) if d.kind is not DocumentKind.NOTE)


def required(procedure: Procedure) -> tuple[int, ...]:
    """Return the positions of the papers everyone needs; conditional ones are nobody's lack until a clerk asks."""
    return tuple(n for n in papers(procedure) if not procedure.documents[n].conditional)
