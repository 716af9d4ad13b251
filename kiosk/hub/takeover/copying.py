"""How a standby comes to have the hub's journal, without network and threads (DESIGN §6).

The standby asks for what follows its newest row and says which row that is; so every question is also the promise that
everything up to there is on its disk. The hub answers with whole commands. Where the two do not have the same past,
one of them is not what it takes itself for, and `advice` says which.
"""

from enum import StrEnum

from msgspec import Struct

from kiosk.hub.journal.chain import JournalDamagedError
from kiosk.hub.journal.journal import Append, Notes
from kiosk.hub.journal.verbatim import Stand, continued, continues
from kiosk.wire.kept import Parcel

PAGE = 500
"""Rows at once; a command with more comes whole."""


class Question(Struct, frozen=True):
    """What a standby has."""

    after: int
    hash: str
    """Of the row `after`, hex."""
    epoch: int
    url: str = ""
    """Where it answers itself."""
    wait: bool = True
    """Whether to wait until there is something."""


class Page(Struct, frozen=True, array_like=True):
    """The hub's answer."""

    site: str
    epoch: int
    seq: int
    """The hub's newest row."""
    agrees: bool
    """The hub has the row the standby named."""
    parcels: tuple[Parcel, ...] = ()
    key: str = ""
    """The centre's journal key, hex."""
    present: tuple[str, ...] = ()
    """Devices that work with the hub now: a recovery waits for them."""
    files: str = ""
    """Changes when devices, PINs or keys do; they are asked for then."""
    hub_time: int = 0
    recovering: bool = False
    """The hub does not decide: it wants what we have."""
    shared: tuple[int, str] = (0, "")
    """Where the pasts do not agree: a row the hub had before it went on by itself, and its hash, hex."""


class Advice(StrEnum):
    """What a standby does with a page."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    """The hub recovers, and wants what we have."""
    WAIT = "wait"
    """The hub has heard from us that it is behind: it will recover, and ask for what we have."""
    BEGIN_ANEW = "begin_anew"
    """The hub went on without our newest rows, in a later epoch: give them back, set them aside, and copy from the
    beginning."""
    ANOTHER_CENTRE = "another_centre"
    OVERTAKEN = "overtaken"
    """That machine is not the hub any more: we have a later epoch's rows."""


def advice(page: Page, site: str, stand: Stand) -> Advice:
    """Say what to do with a page.

    Args:
        page: what the hub answered.
        site: our centre's id.
        stand: our journal.
    """
    if page.site != site:
        return Advice.ANOTHER_CENTRE
    if page.recovering:
        return Advice.GIVE_BACK
    if page.agrees:
        return Advice.TAKE
    if page.epoch < stand.epoch:
        return Advice.OVERTAKEN
    return Advice.BEGIN_ANEW if page.epoch > stand.epoch else Advice.WAIT


def taken(stand: Stand, page: Page) -> tuple[Stand, tuple[Append, ...]]:
    """Return where a page leads to, and what must be written for it.

    Raises:
        JournalDamagedError: its rows do not continue ours, or cannot be read by this version.
    """
    appends = []
    for parcel in page.parcels:
        if not continues(stand, parcel):
            raise JournalDamagedError(f"What the hub sent after row {stand.hall.seq} does not continue this copy.")
        try:
            stand, append = continued(stand, parcel)
        except KeyError as error:
            raise JournalDamagedError(f"Row {stand.hall.seq + 1} names a ticket this copy does not hold.") from error
        appends.append(append)
    return stand, tuple(appends)


def notes_of(stand: Stand) -> Notes:
    """Return what stands in `meta` beside a copy."""
    return {"epoch": str(stand.epoch)}
