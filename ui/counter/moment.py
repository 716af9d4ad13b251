"""All a screen of the counter needs to draw itself at one moment."""

from datetime import UTC, datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.flows.counter_events import Desk
from kiosk.flows.counter_state import Phase, Said, State
from kiosk.i18n import Words
from kiosk.ports import PrinterStatus
from kiosk.wire.paper_views import AwayTicket, PaperFate
from kiosk.wire.views import CounterView
from ui.counter.paper_words import paper_sentence

MINUTE_MS = 60_000


class Moment(Struct, frozen=True):
    """The flow's state, the last view, and the time (UTC ms)."""

    state: State
    view: CounterView | None
    now: int
    away_since: int | None
    catalogue: Catalogue | None
    language: str
    zone: tzinfo | None = None
    """The centre's time zone; None where the machine's own is right."""
    site: Site | None = None
    """The centre, to say why a number was called; None where that is not offered."""
    printer: PrinterStatus | None = None
    """How the counter's own printer is; None without one."""

    def clock(self, at: int | None = None) -> str:
        """Say a time of day as the hall's own clock shows it, "8:42"."""
        local = datetime.fromtimestamp((self.now if at is None else at) / 1000, UTC).astimezone(self.zone)
        return f"{local.hour}:{local.minute:02d}"

    def queue_name(self, queue: str) -> str:
        """Name a queue in the clerk's language."""
        known = self.view.queues.get(queue) if self.view else None
        return pick(known.name, self.language) if known else queue

    def procedure(self, key: str) -> Procedure | None:
        """Find a procedure by its key."""
        return self.catalogue.find(key) if self.catalogue and key else None

    def subject(self, key: str, queue: str) -> str:
        """Say what a ticket is for: the procedure's short name, or its queue's."""
        procedure = self.procedure(key)
        if procedure is None:
            return self.queue_name(queue)
        return procedure.name_en if self.language == "en" and procedure.name_en else procedure.short

    def minutes_since(self, at: int) -> int:
        """Return whole minutes since a moment, never negative: clocks of two machines differ."""
        return max(0, self.now - at) // MINUTE_MS

    def span(self, at: int) -> str:
        """Say how long ago, as "4:12"."""
        seconds = max(0, self.now - at) // 1000
        return f"{seconds // 60}:{seconds % 60:02d}"

    def sentence(self, say: Words) -> str:
        """Return the one sentence that has to be said now, or "": the hub's absence goes before everything."""
        if self.away_since is not None:
            return say(
                "No link to the hub since {time}: calling is off, what you see is how it was then.",
                time=self.clock(self.away_since),
            )
        if self.state.said is Said.NO_ANSWER:
            return say("The hub gave no answer. Press the same key once more: it is never done twice.")
        on_its_key = self.state.phase is Phase.READY
        told = None if on_its_key else self.list_fate
        return self.state.sentence or paper_sentence(told, self.printer, self.view, say)

    @property
    def away(self) -> AwayTicket | None:
        """Who was sent for papers last from here and is still away, if a list of them can be printed."""
        return _away(self.view, own_printer=self.state.papers.here)

    @property
    def list_fate(self) -> tuple[str, PaperFate] | None:
        """Whose list was printed last, and what became of it; None where nothing is known of any."""
        papers, away = self.state.papers, self.away
        if away is None:
            return None
        if papers.here:
            mine = papers.about == away.id
            own = PaperFate(0, papers.result.value if papers.result else "", papers.detail)
            return (away.papers.number, own) if mine else None
        return (away.papers.number, away.paper) if away.paper is not None else None


def desk_of(view: CounterView | None, *, own_printer: bool = False) -> Desk:
    """Return what of a view decides the keys."""
    if view is None:
        return Desk()
    ticket, undo_until = view.ticket, view.undo.until if view.undo else 0
    away = _away(view, own_printer=own_printer)
    desk = Desk(
        view.state,
        view.staff_id,
        undo_until=undo_until,
        away=away.id if away is not None else "",
        away_list=_stands(away.paper) if away is not None else "",
    )
    if ticket is None:
        return desk
    judged = "confirmed" if ticket.priority_confirmed else "declared"
    return replace(
        desk,
        ticket=ticket.id,
        ticket_state=ticket.state,
        calls=ticket.calls,
        priority=judged if ticket.priority_minutes else "",
        reprint=_stands(ticket.reprint),
    )


def _away(view: CounterView | None, *, own_printer: bool) -> AwayTicket | None:
    newest = view.away[0] if view is not None and view.away else None
    printable = newest is not None and newest.papers.missing and (own_printer or newest.kiosk)
    return newest if printable else None


def _stands(fate: PaperFate | None) -> str:
    return "" if fate is None else fate.result or "wanted"
