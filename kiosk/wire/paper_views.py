"""What screens are told of papers that staff wants: what to print, and what became of it."""

from msgspec import Struct


class PapersView(Struct, frozen=True, omit_defaults=True):
    """What a list of papers to bring says; whose it is stands nowhere in it."""

    number: str
    queue: str
    procedure: str
    """The procedure's key in the catalogue."""
    missing: tuple[int, ...]
    """Positions in its papers."""
    until: int
    """Up to then the right to come back holds, UTC ms."""
    counter: int
    """Where she was sent from, and comes back to."""
    language: str = "vi"


class ReprintView(Struct, frozen=True, omit_defaults=True):
    """A paper that staff wants of a kiosk; `at`, hall time in ms, names the wish."""

    ticket_id: str
    at: int
    kiosk: int
    papers: PapersView | None = None
    """The list to print; None where it is the ticket once more."""


class PaperFate(Struct, frozen=True, omit_defaults=True):
    """A paper that was wanted of a kiosk, for the clerk: where, and what became of it."""

    kiosk: int
    result: str = ""
    """`PrintResult`; "" as long as the kiosk has said nothing."""
    detail: str = ""
    """The printer's own word, such as "paper_out"."""


class AwayTicket(Struct, frozen=True, omit_defaults=True):
    """Someone who fetches papers, and the list of them."""

    id: str
    papers: PapersView
    issued_at: int = 0
    kiosk: int = 0
    """Which can print the list; 0: none."""
    paper: PaperFate | None = None
    """The list was wanted of that kiosk, a short while ago."""
