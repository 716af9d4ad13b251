"""What a clerk says about the ticket before her: which papers are missing, where it goes, and with which words."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.commands import Place
from kiosk.domain.ticket import Outcome
from kiosk.flows.counter_events import AskKind, Chosen, Flagged, Noted, Pressed, Turned, Where, Wish, Wrote
from kiosk.flows.scan import read_code

OUTCOMES = tuple(outcome.value for outcome in Outcome)
"""How a visit may end; the first is what the one key that ends it records."""
PARK_MINUTES = (5, 10, 15, 30, 60)
PAPER_TIMES: tuple[tuple[str, int], ...] = (
    ("", 0),
    ("minutes", 30),
    ("minutes", 60),
    ("days", 1),
    ("days", 3),
    ("days", 7),
)
"""Times to come back with papers; the first is the centre's own (`Rules.papers_minutes`)."""
PLACES = tuple(place.value for place in Place)
ENDED_BY = {AskKind.OUTCOME: Wish.FINISH, AskKind.PARK: Wish.PARK}
"""Questions that one digit answers, and what is sent then."""
JUDGED = {Wish.CONFIRM: True, Wish.STRIKE: False}
_WHERE = tuple(Where)
NOTE_MAX = 200
"""Letters of a note (`command.Remark`)."""
ENDS_WITH = {
    AskKind.PAPERS: Wish.PAPERS,
    AskKind.TRANSFER: Wish.TRANSFER,
    AskKind.DOSSIER: Wish.DOSSIER,
    AskKind.RETURN: Wish.RETURN,
}
"""Questions that are sent with the next-step key."""


class Ask(Struct, frozen=True):
    """A question about the ticket, and what was said so far."""

    kind: AskKind
    missing: tuple[int, ...] = ()
    """Positions of the papers that are missing."""
    time: int = 0
    """Which of `PAPER_TIMES`."""
    where: Where = Where.QUEUE
    target: str = ""
    place: int = 0
    """Which of `PLACES`."""
    come_back: bool = False
    note: str = ""
    code: str = ""
    """The dossier's code as typed or scanned."""
    owner: str = ""
    """Its owner's name: for the paper alone, gone with the question."""
    presses: tuple[int, ...] = ()
    """Positions of its papers, each as often as its key was pressed (`counter_dossier.came_as`)."""

    @property
    def complete(self) -> bool:
        """Whether enough was said to be sent."""
        if self.kind is AskKind.DOSSIER:
            return bool(self.dossier)
        return bool(self.missing or self.note) if self.kind is AskKind.PAPERS else bool(self.target)

    @property
    def dossier(self) -> str:
        """The dossier's code; "" while what was typed is none (DOMAIN §2.1)."""
        return read_code(self.code).dossier


def again(ask: Ask) -> Ask | None:
    """Return what a second press of the same key asks: another kind of target, and else nothing more."""
    if ask.kind is not AskKind.TRANSFER:
        return None
    return replace(ask, where=_WHERE[(_WHERE.index(ask.where) + 1) % len(_WHERE)], target="")


Said = Chosen | Turned | Flagged | Noted | Wrote
"""One more thing that is said about the ticket."""


def after(ask: Ask, event: Said) -> Ask:
    """Take one more thing that is said."""
    match event:
        case Chosen():
            return _chosen(ask, event.value)
        case Turned() if ask.kind is AskKind.TRANSFER:
            return replace(ask, place=(ask.place + 1) % len(PLACES))
        case Turned():
            return replace(ask, time=(ask.time + 1) % len(PAPER_TIMES))
        case Flagged():
            return replace(ask, come_back=not ask.come_back)
        case Noted():
            return replace(ask, note=event.note[:NOTE_MAX])
        case Wrote():
            code = ask.code if event.code is None else event.code
            return replace(ask, code=code, owner=ask.owner if event.owner is None else event.owner)


def _chosen(ask: Ask, value: str) -> Ask:
    if ask.kind in (AskKind.TRANSFER, AskKind.RETURN):
        return replace(ask, target=value)
    if ask.kind is AskKind.DOSSIER and value.isdecimal():
        return replace(ask, presses=(*ask.presses, int(value)))
    if ask.kind is AskKind.PAPERS and value.isdecimal():
        return replace(ask, missing=tuple(sorted(set(ask.missing) ^ {int(value)})))
    return ask


def is_said(ask: Ask | None, event: Pressed) -> bool:
    """Tell whether a wish comes with all it needs: papers and a target are said before, minutes with the key."""
    if event.wish is Wish.PARK:
        return event.reason.isdecimal()
    needed = next((kind for kind, wish in ENDS_WITH.items() if wish is event.wish), None)
    return needed is None or (ask is not None and ask.kind is needed and ask.complete)


def said(ask: Ask | None, event: Pressed, *, at_kiosk: bool) -> dict[str, Any]:
    """Return what a wish about the ticket says beside its counter; `at_kiosk`: the list of papers comes out there."""
    if event.wish is Wish.FINISH:
        return {"outcome": event.reason or OUTCOMES[0]}
    if event.wish is Wish.PARK:
        return {"minutes": int(event.reason)}
    if event.wish in JUDGED:
        return {"confirmed": JUDGED[event.wish]}
    return _body_of(ask, at_kiosk=at_kiosk) if event.wish in ENDS_WITH.values() and ask is not None else {}


def _body_of(ask: Ask, *, at_kiosk: bool) -> dict[str, Any]:
    """Return the fields of the command that is sent (`SendForPapers`, `TransferTicket`)."""
    said: dict[str, Any] = {"note": ask.note.strip()} if ask.note.strip() else {}
    if ask.kind is AskKind.PAPERS:
        unit, amount = PAPER_TIMES[ask.time]
        return {"missing": list(ask.missing), "print_list": at_kiosk, **({unit: amount} if unit else {}), **said}
    field = {Where.QUEUE: "queue", Where.COUNTER: "to_counter", Where.STAFF: "to_staff"}[ask.where]
    target: Any = int(ask.target) if ask.where is Where.COUNTER else ask.target
    return {field: target, "place": PLACES[ask.place], "come_back": ask.come_back, **said}
