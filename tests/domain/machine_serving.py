"""What clerks, and those who come back, do in the machine: counters, calls, visits, transfers, returns."""

from functools import partial

from kiosk.domain import commands as cmd
from kiosk.domain.ticket import Outcome
from tests.domain.machine import COUNTERS, DICE, PICK, QUEUES, STAFF, UNLIKELY, YES_OR_NO, Machine, does
from tests.domain.model import BEHIND, CALLABLE, LEADS_TO, MINUTE_MS, RECALLS, Model, ModelTicket
from tests.factory import token_of

AT_DESK = {
    "recall": cmd.RecallTicket,
    "start": cmd.StartTicket,
    "finish": partial(cmd.FinishTicket, outcome=Outcome.SERVED),
    "no_show": cmd.NoShowTicket,
    "park": cmd.ParkTicket,
    "papers": partial(cmd.SendForPapers, missing=(0, 2)),
}
ASIDE_MINUTES = {"park": 15, "papers": 120}
OTHER_TIERS = ((), (("C",), ("A",)), (("A",),), (("B", "C"), ("A",)), (("A",), ("Z",)))


class Serving(Machine):
    """Rules at and around the counters."""

    # --- counters ----------------------------------------------------------------------------------------------------

    @does(5, counter=COUNTERS, staff=STAFF)
    def a_clerk_opens(self, counter: int, staff: str) -> None:
        model = self.turned()
        mine = model.counters[counter]
        sits_at = [n for n, c in model.counters.items() if c.state != "closed" and c.staff == staff]
        allowed = mine.staff == staff if mine.state != "closed" else not sits_at
        self.give(cmd.OpenCounter(counter, staff), allowed=allowed)
        if allowed:
            opened = self.settle(model).counters[counter]
            if opened.state == "closed":
                opened.state, opened.staff = "open", staff

    @does(3, counter=COUNTERS, wish=("pause", "resume"))
    def a_clerk_pauses_or_resumes(self, counter: int, wish: str) -> None:
        model = self.turned()
        before, after = ("open", "paused") if wish == "pause" else ("paused", "open")
        allowed = model.counters[counter].state == before
        self.give(cmd.PauseCounter(counter) if wish == "pause" else cmd.ResumeCounter(counter), allowed=allowed)
        if allowed:
            self.settle(model).counters[counter].state = after

    @does(1, counter=COUNTERS)
    def a_clerk_leaves(self, counter: int) -> None:
        model = self.turned()
        allowed = model.counters[counter].state != "closed" and model.at(counter) is None
        self.give(cmd.CloseCounter(counter), allowed=allowed)
        if allowed:
            model = self.settle(model)
            closed = model.counters[counter]
            closed.state, closed.staff, closed.tiers = "closed", "", ()
            for ticket in model.tickets.values():
                if ticket.counter == counter and ticket.state in ("waiting", "parked"):
                    ticket.state, ticket.counter, ticket.until = "waiting", None, None

    @does(1, counter=COUNTERS, tiers=OTHER_TIERS)
    def a_supervisor_changes_what_a_counter_serves(self, counter: int, tiers: tuple[tuple[str, ...], ...]) -> None:
        model = self.turned()
        known = all(queue != "Z" for tier in tiers for queue in tier)
        allowed = known and model.counters[counter].state != "closed"
        self.give(cmd.SetCounterQueues(counter, tiers), allowed=allowed)
        if allowed:
            self.settle(model).counters[counter].tiers = tiers

    # --- calls -------------------------------------------------------------------------------------------------------

    def _is_called(self, model: Model, ticket: ModelTicket, counter: int) -> None:
        self.settle(model)
        ticket.state, ticket.counter, ticket.until, ticket.calls = "called", counter, None, 1
        if ticket.home is not None and ticket.home[0] == counter:
            ticket.home = None

    @does(14, counter=COUNTERS)
    def a_clerk_calls_the_next(self, counter: int) -> None:
        model = self.turned()
        ready = model.counters[counter].state == "open" and model.at(counter) is None
        ticket = model.next_for(counter, self.play.now) if ready else None
        self.give(cmd.CallNext(counter), allowed=ticket is not None)
        if ticket is not None:
            self._is_called(model, ticket, counter)

    @does(4, counter=COUNTERS, index=PICK)
    def a_clerk_calls_someone_by_name(self, counter: int, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, CALLABLE)
        ready = model.counters[counter].state == "open" and model.at(counter) is None
        allowed = ready and ticket is not None and ticket.state in CALLABLE and model.can_call(counter, ticket)
        self.give(cmd.CallNext(counter, ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            if ticket.day != model.day:
                self._is_back(model, ticket)
            self._is_called(model, ticket, counter)

    # --- at the counter ----------------------------------------------------------------------------------------------

    @does(24, name=(*AT_DESK, "start", "start", "finish", "finish"), index=PICK, elsewhere=DICE)
    def a_clerk_moves_a_ticket(self, name: str, index: int, elsewhere: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO[name])
        counter = ticket.counter if ticket and ticket.counter and elsewhere != UNLIKELY else 1
        allowed = (
            ticket is not None
            and ticket.state in LEADS_TO[name]
            and ticket.counter == counter
            and (name != "recall" or ticket.calls <= RECALLS)
        )
        self.give(AT_DESK[name](ticket_id, counter), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            if name == "finish" and ticket.home is not None:
                self._goes_home(model, ticket)
                return
            model.move(ticket, name, counter if name in ASIDE_MINUTES else None)
            ticket.calls += name == "recall"
            ticket.was_done |= name == "finish"
            if name in ASIDE_MINUTES:
                ticket.until = self.play.now + ASIDE_MINUTES[name] * MINUTE_MS

    def _goes_home(self, model: Model, ticket: ModelTicket) -> None:
        assert ticket.home is not None
        home, queue = ticket.home
        ticket.state, ticket.queue, ticket.home = "waiting", queue, None
        ticket.counter = home if model.counters[home].state != "closed" else None

    @does(2, index=PICK, confirmed=YES_OR_NO)
    def a_clerk_judges_a_priority(self, index: int, confirmed: bool) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, ("called", "serving"))
        at_desk = ticket is not None and ticket.state in ("called", "serving")
        allowed = ticket is not None and at_desk and ticket.minutes > 0
        counter = (ticket.counter if ticket else None) or 1
        self.give(cmd.JudgePriority(ticket_id, counter, confirmed), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            if not confirmed:
                ticket.minutes = 0
                if not ticket.given_anew:
                    model.give_rank(ticket, max(ticket.place[0], ticket.issued))

    # --- elsewhere ---------------------------------------------------------------------------------------------------

    @does(
        7,
        index=PICK,
        queue=(None, *QUEUES),
        to=(None, *COUNTERS),
        staff=(None, None, None, *STAFF),
        place=tuple(cmd.Place),
        back=YES_OR_NO,
    )
    def a_clerk_transfers(
        self, index: int, queue: str | None, to: int | None, staff: str | None, place: cmd.Place, back: bool
    ) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["transfer"])
        goes = (queue or ticket.queue) if ticket else "A"
        at = {c.staff: n for n, c in model.counters.items() if c.state != "closed"}
        found = to if staff is None else at.get(staff)
        allowed = (
            ticket is not None
            and ticket.state in LEADS_TO["transfer"]
            and (staff is None or (staff in at and to in (None, found)))
            and (queue is not None if found is None else model.serves(found, goes))
            and (found is None or model.counters[found].state != "closed")
            and (not back or (ticket.state in ("called", "serving") and ticket.home is None))
        )
        counter = ticket.counter if ticket else None
        self.give(cmd.TransferTicket(ticket_id, counter, queue, to, place, staff, back), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            if back and counter is not None:
                ticket.home = (counter, ticket.queue)
            self._goes(model, ticket, goes, found, place)

    def _goes(self, model: Model, ticket: ModelTicket, queue: str, to: int | None, place: cmd.Place) -> None:
        ticket.state = "called"  # it stands in no line, and not in front of itself
        rank = ticket.place[0]
        if place is cmd.Place.END:
            rank = self.play.now
        elif place is cmd.Place.FRONT:
            there = [t for t in model.waiting() if t.queue == queue and (to is None or t.counter in (None, to))]
            rank = min(rank, model.front(there, self.play.now))
        model.move(ticket, "transfer", to)
        ticket.queue, ticket.until = queue, None
        ticket.given_anew, ticket.returned = place is not cmd.Place.KEEP, False
        model.give_rank(ticket, rank)

    # --- coming back -------------------------------------------------------------------------------------------------

    def _is_back(self, model: Model, ticket: ModelTicket) -> None:
        """Let a ticket that is set aside wait again, as the model thinks it should."""
        now, bound = self.play.now, ticket.counter
        if bound is not None and model.counters[bound].state == "closed":
            bound = None
        rank = ticket.place[0]
        if ticket.state == "no_show":
            line = [t for t in model.waiting() if t.queue == ticket.queue]
            rank = max(line[BEHIND - 1].place[0] if len(line) >= BEHIND else now, rank)
        if ticket.state == "away":
            mine = [
                t
                for t in model.waiting()
                if (
                    t.queue == ticket.queue
                    if bound is None
                    else model.can_call(bound, t) and model.is_first_tier(bound, t)
                )
            ]
            front = model.front(mine, now)
            rank = min(rank, front) if ticket.day == model.day else front
        if ticket.day != model.day:
            ticket.number, ticket.day = model.number(ticket.queue, model.day), model.day
            model.issued += not ticket.training
        ticket.given_anew = ticket.state in ("no_show", "away")
        ticket.returned = ticket.state == "no_show"
        ticket.state, ticket.counter, ticket.until = "waiting", bound, None
        model.give_rank(ticket, rank)

    @does(5, index=PICK, counter=(*COUNTERS, None))
    def staff_sees_that_a_citizen_is_back(self, index: int, counter: int | None) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["return"])
        allowed = ticket is not None and ticket.state in LEADS_TO["return"] and self._in_time(ticket)
        self.give(cmd.ReturnTicket(ticket_id, counter), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            self._is_back(model, ticket)

    def _in_time(self, ticket: ModelTicket) -> bool:
        return ticket.state != "away" or ticket.until is None or self.play.now <= ticket.until

    @does(3, index=PICK)
    def a_citizen_scans_her_ticket(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, ("no_show", "parked", "away", "booked", "deferred"))
        was_away = ticket is not None and ticket.state == "expired" and ticket.until is not None
        allowed = ticket is not None and not was_away and self._in_time(ticket)
        self.give(cmd.ScanTicket(token_of(ticket_id)), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model)
            if ticket.state in ("no_show", "parked", "away"):
                self._is_back(model, ticket)
            elif ticket.state in ("booked", "deferred") and ticket.day <= model.day:
                model.arrive(ticket, self.play.now)

    @does(1, index=PICK, late=YES_OR_NO)
    def the_time_of_a_ticket_is_up(self, index: int, late: bool) -> None:
        ticket_id, ticket = self.pick(self.model, index, ("parked", "away"))
        until = (ticket.until if ticket else None) or 0
        self.play.now = max(self.play.now, until + late)
        self.give(cmd.TimeUp(ticket_id, until), allowed=True)
        if ticket is not None and ticket.until is not None and ticket.state in ("parked", "away"):
            if ticket.state == "parked":
                self._is_back(self.model, ticket)
            else:
                ticket.state, ticket.counter = "expired", None

    @does(1, counter=COUNTERS, index=PICK)
    def a_citizen_misses_the_call_and_comes_back(self, counter: int, index: int) -> None:
        self.a_clerk_calls_someone_by_name(counter, index)
        there = self.turned().at(counter)
        if there is not None and there.state == "called":
            self.a_clerk_moves_a_ticket("no_show", self.index_of(there), elsewhere=0)
            self.staff_sees_that_a_citizen_is_back(self.index_of(there), counter)

    @does(1, index=PICK)
    def a_citizen_gives_up(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["cancel"])
        allowed = ticket is not None and ticket.state in LEADS_TO["cancel"]
        self.give(cmd.CancelTicket(ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model).move(ticket, "cancel")

    @does(2, index=PICK)
    def a_citizen_rates(self, index: int) -> None:
        ticket_id, ticket = self.pick(self.model, index, ("done",))
        allowed = ticket is not None and ticket.was_done and not ticket.rated
        self.give(cmd.RateTicket(ticket_id, b"sealed", "2025"), allowed=allowed)
        if allowed and ticket is not None:
            ticket.rated = True
