"""What comes out of a counter's own printer: one paper at a time, with its fate said until the next one.

The list of missing papers comes by itself as soon as its ticket is away. A printer of the counter's own is before the
clerk's eyes: a paper it refuses is not kept for later, she loads it and presses the key again.
"""

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.commands import PrintResult
from kiosk.flows.counter_ask import Ask
from kiosk.flows.counter_events import PrintDossier, PrintList


class OwnPapers(Struct, frozen=True):
    """The counter's own printer, and the last paper given to it."""

    here: bool = False
    """Whether the counter has a printer."""
    due: str = ""
    """The ticket whose list is printed as soon as the view shows that it is away."""
    serial: int = 0
    about: str = ""
    """The ticket the last paper was about."""
    result: PrintResult | None = None
    """What became of it; None while it is being printed."""
    detail: str = ""
    """The printer's own word, such as "paper_out"."""


Printing = tuple[OwnPapers, tuple[PrintList | PrintDossier, ...]]


def list_wanted(papers: OwnPapers, ticket: str) -> Printing:
    """Print a ticket's list, unless it is coming out at this moment."""
    if papers.about == ticket and papers.serial and papers.result is None:
        return papers, ()
    papers = OwnPapers(papers.here, serial=papers.serial + 1, about=ticket)
    return papers, (PrintList(papers.serial, ticket),)


def dossier_wanted(papers: OwnPapers, ticket: str, ask: Ask) -> Printing:
    """Print the receipt of what the ticket here hands in, unless one is coming out at this moment."""
    about = of_dossier(ticket)
    if papers.about == about and papers.result is None:
        return papers, ()
    papers = replace(papers, serial=papers.serial + 1, about=about, result=None, detail="")
    return papers, (PrintDossier(papers.serial, ask.dossier, ask.owner.strip(), ask.presses),)


def of_dossier(ticket: str) -> str:
    """Return what a receipt is about (`OwnPapers.about`)."""
    return f"{ticket}/dossier"


def due(papers: OwnPapers, away: str) -> Printing:
    """Print the list that is due once its ticket is the one sent away last (`away`)."""
    return list_wanted(papers, away) if papers.due and papers.due == away else (papers, ())


def ended(papers: OwnPapers, serial: int, result: PrintResult, detail: str) -> OwnPapers:
    """Keep what became of a paper; of an older one nothing is said any more."""
    return replace(papers, result=result, detail=detail) if serial == papers.serial else papers
