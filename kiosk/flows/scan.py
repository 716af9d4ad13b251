"""What a code reader brings, and what the kiosk can say about it."""

import re
from enum import StrEnum

from msgspec import Struct

LONGEST = 400
"""Letters of a code that are read at all: a ticket's address is shorter, garbage may be longer."""
_TOKEN = r"[0-9a-hjkmnp-tv-z]{16}"
_TICKET = re.compile(rf"(?:https?://[^\s/]+(?:/[^\s/:?#]+)*/t/)?({_TOKEN})/?(?:#[A-Z0-9-]{{1,12}})?", re.IGNORECASE)
"""A ticket's own page, wherever it is published (`public_base_url`), or its token alone.

Behind a # stands the number of a paper that was printed ahead (`kiosk.receipts.roll`).
"""
_DOSSIER = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}-\d{4,5}", re.IGNORECASE)
"""A dossier's code in both circulars' forms (DOMAIN §2.1), as `command.DossierCode` takes it."""


class Code(Struct, frozen=True):
    """What a scan is about; neither where it is nothing of ours."""

    token: str = ""
    dossier: str = ""


def read_code(text: str) -> Code:
    """Tell what a scanned text is; what is nothing of ours, such as an ID card, is forgotten here (DESIGN §9).

    A reader types like a keyboard: where Caps Lock is on its letters come in capitals, and a token has none.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return Code()
    if ticket := _TICKET.fullmatch(text):
        return Code(token=ticket[1].lower())
    return Code(dossier=text.upper()) if _DOSSIER.fullmatch(text) else Code()


class ScanKind(StrEnum):
    """What is said about a scan."""

    ASKING = "asking"
    RETURNED = "returned"
    """She missed her call and stands behind the next few."""
    PAPERS = "papers"
    """She is back with what was missing."""
    BACK = "back"
    """She was set aside and waits for her counter again."""
    CHECKED_IN = "checked_in"
    LATE = "late"
    """Checked in after the appointment's time: she counts from now."""
    PROMISED = "promised"
    """What was promised for this day stands in line."""
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    AHEAD = "ahead"
    """Booked or promised for a later day."""
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    """The day ended before its turn came."""
    PAPERS_LATE = "papers_late"
    UNKNOWN = "unknown"
    """A ticket's code that this hall does not know today."""
    NO_TICKET = "no_ticket"
    """Nothing of ours."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    DOSSIER = "dossier"
    """A dossier receipt: does she come for its result?"""
    BUSY = "busy"
    """A dossier receipt while a number is on its way."""


class Slip(Struct, frozen=True):
    """What the paper of a coming day says beside its number and its hour."""

    queue: str
    procedure: str
    """The procedure's key in the catalogue."""
    url: str
    booked: bool
    """An appointment; else a number that was promised for the day's first hour."""


class Scan(Struct, frozen=True):
    """A scan and what is said about it. Waits in minutes, `at` in UTC ms."""

    kind: ScanKind
    command_id: str = ""
    """Of the question to the hub."""
    token: str = ""
    """The ticket asked about; forgotten with the answer."""
    dossier: str = ""
    number: str = ""
    ahead: int = 0
    wait_low: int | None = None
    wait_high: int | None = None
    counters: tuple[int, ...] = ()
    at: int = 0
    """When she is to come, where that is not now."""
    slip: Slip | None = None
    """Where she comes on another day: what can be printed for her to take along."""
    sentence: str = ""
    """The hub's own, in the citizen's language."""
