"""What a screen of the tablet is drawn from; another look means another screen."""

from msgspec import Struct

from kiosk.flows.tablet import Phase


class Look(Struct, frozen=True):
    """All that decides a screen, without the clock."""

    phase: Phase
    counter: int
    language: str
    languages: tuple[tuple[str, str], ...]
    options: frozenset[str] = frozenset()
    open: bool = True
    """Whether the counter is open: a closed one says so."""
    staff_name: str = ""
    number: str = ""
    sent: bool | None = None
    close_s: int = 30
