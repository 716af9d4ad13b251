"""All a screen of the counter needs to draw itself at one moment."""

from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from kiosk.domain.procedure import Catalogue, Procedure
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.flows.counter import Said, State
from kiosk.flows.counter_events import Desk
from kiosk.i18n import Words
from kiosk.wire.views import CounterView

MINUTE_MS = 60_000
PAPER_LOW = "paper_low"


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
        return self.state.sentence or self._printer(say)

    def _printer(self, say: Words) -> str:
        """Say which kiosk's printer needs somebody; the worst first, for a roll that is nearly out still prints."""
        printers = self.view.printers if self.view else ()
        worst = min(printers, key=lambda printer: printer.status == PAPER_LOW, default=None)
        if worst is None:
            return ""
        what = {
            PAPER_LOW: say("paper is nearly out"),
            "paper_out": say("no paper"),
            "cover_open": say("the cover is open"),
            "cutter_error": say("the knife is stuck"),
        }.get(worst.status, say("the printer does not print"))
        if worst.kiosk:
            return say("Kiosk {n}: {what}.", n=worst.kiosk, what=what)
        return say("Kiosk: {what}.", what=what)


def desk_of(view: CounterView | None) -> Desk:
    """Return what of a view decides the keys."""
    if view is None:
        return Desk()
    ticket, undo_until = view.ticket, view.undo.until if view.undo else 0
    if ticket is None:
        return Desk(view.state, view.staff_id, undo_until=undo_until)
    judged = "confirmed" if ticket.priority_confirmed else "declared"
    priority = judged if ticket.priority_minutes else ""
    return Desk(view.state, view.staff_id, ticket.id, ticket.state, ticket.calls, priority, undo_until, ticket.reprint)
