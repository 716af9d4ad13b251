"""How tickets come and days go, in the machine: numbers, promises, appointments, papers of a kiosk alone, closings."""

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from tests.domain.machine import ANY, DICE, PICK, QUEUES, UNLIKELY, YES_OR_NO, Machine, does
from tests.domain.model import LEADS_TO, MINUTE_MS, ModelTicket, day_of
from tests.factory import DAY_MS, token_of

PRIORITY = {None: 0, "elderly": 30, "disability": 40}
KIOSK = 1


class Order(Machine):
    """Rules of how tickets come into the hall, and of days, queues and kiosks."""

    # --- time ---------------------------------------------------------------------------------------------------------

    @does(8, minutes=(0, 0, 1, 1, 5, 5, 20, 20, 46, 46, 46))
    def time_goes_by(self, minutes: int) -> None:
        self.play.pass_minutes(minutes)

    @does(1, hours=(24, 40), dice=DICE)
    def a_night_goes_by(self, hours: int, dice: int) -> None:
        if dice == UNLIKELY:
            self.play.now += hours * DAY_MS // 24

    @does(1, dice=DICE)
    def the_day_is_closed(self, dice: int) -> None:
        if dice == UNLIKELY:
            self.give(cmd.CloseDay(), allowed=True)
            self.model.end_day()

    @does(1)
    def the_day_is_opened(self) -> None:
        model = self.turned()
        self.give(cmd.OpenDay(), allowed=True)
        self.settle(model)

    # --- numbers ------------------------------------------------------------------------------------------------------

    @does(9, queue=(*QUEUES, "Z"), priority=(*PRIORITY, "king"), training=YES_OR_NO, kiosk=(0, KIOSK))
    def a_citizen_takes_a_number(self, queue: str, priority: str | None, training: bool, kiosk: int) -> None:
        ticket_id = f"t{next(self.ids)}"
        allowed = queue != "Z" and priority in PRIORITY and not {queue, kiosk} & self.model.closed
        command = cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, priority=priority, training=training)
        self.give(replace(command, kiosk=kiosk, confirmed=True), allowed=allowed)
        if allowed:
            self.settle(self.turned()).issue(ticket_id, queue, self.play.now, PRIORITY[priority], training)

    @does(3, queue=QUEUES)
    def a_family_takes_numbers(self, queue: str) -> None:
        for _ in range(3):
            self.a_citizen_takes_a_number(queue, None, training=False, kiosk=0)

    @does(1, index=PICK)
    def a_kiosk_sends_the_same_ticket_as_another_command(self, index: int) -> None:
        ticket_id, ticket = self.pick(self.turned(), index, ANY)
        if ticket is not None:
            self.give(cmd.IssueTicket(ticket_id, token_of("other"), "A"), allowed=False)

    @does(1, index=PICK, result=tuple(cmd.PrintResult))
    def a_paper_comes_out_or_not(self, index: int, result: cmd.PrintResult) -> None:
        ticket_id, ticket = self.pick(self.model, index, ANY)
        self.give(cmd.MarkPrinted(ticket_id, result), allowed=ticket is not None)
        if ticket is not None and result is cmd.PrintResult.PRINTED:
            ticket.printed = True

    @does(1, index=PICK)
    def a_holder_leaves_without_a_paper(self, index: int) -> None:
        ticket_id, ticket = self.pick(self.model, index, ("waiting", "deferred"))
        self.give(cmd.AbandonTicket(ticket_id), allowed=True)
        if ticket is not None and ticket.state in ("waiting", "deferred") and not ticket.printed:
            self.model.move(ticket, "cancel")

    @does(3, index=PICK, minutes=(0, 5, 30, 24 * 60))
    def a_kiosk_alone_gives_word_of_a_paper(self, index: int, minutes: int) -> None:
        """Of a ticket nobody knows, or of one the hub had issued: then the paper's number wins."""
        known_id, known = self.pick(self.model, index, ("no_show", "waiting"))
        known = known if index % 3 == 0 else None
        ticket_id = f"t{next(self.ids)}" if known is None else known_id
        issued_at = self.play.now - minutes * MINUTE_MS if known is None else known.issued
        fact = cmd.RecordTicket(ticket_id, token_of(ticket_id), f"A{KIOSK}-{next(self.ids)}", "A", issued_at, KIOSK)
        self.give(fact, allowed=True)
        if known is not None:
            self._relabelled(known, fact.number)
            return
        day, today, model = day_of(issued_at), self.today(), self.model
        if day == today != model.closed_day:
            model = self.settle(self.turned())
        ticket = ModelTicket(ticket_id, fact.number, "A", model.next_place(issued_at), issued=issued_at, day=day)
        model.tickets[ticket_id] = ticket
        if day == model.day:
            model.issued += 1
        else:
            ticket.state = "expired"

    def _relabelled(self, ticket: ModelTicket, paper: str) -> None:
        """The paper wins; a place that was lost by being called under another number is given back."""
        ticket.number = paper
        missed = ticket.state == "no_show"
        if missed or (ticket.state == "waiting" and ticket.returned):
            ticket.place = (min(ticket.place[0], ticket.issued - ticket.minutes * MINUTE_MS), ticket.place[1])
        if missed:
            ticket.state, ticket.counter, ticket.given_anew = "waiting", None, False

    # --- promises and appointments ------------------------------------------------------------------------------------

    @does(3, queue=QUEUES, priority=tuple(PRIORITY), training=YES_OR_NO)
    def a_citizen_takes_a_number_for_another_day(self, queue: str, priority: str | None, training: bool) -> None:
        ticket_id = f"t{next(self.ids)}"
        allowed = queue not in self.model.closed
        command = cmd.IssueTicket(ticket_id, token_of(ticket_id), queue, priority=priority, training=training)
        self.give(replace(command, defer=True), allowed=allowed)
        if allowed:
            model = self.settle(self.turned())
            ticket = ModelTicket(ticket_id, "", queue, (0, 0), issued=self.play.now, minutes=PRIORITY[priority])
            ticket.training = training
            model.tickets[ticket_id] = ticket
            model.promise(ticket)

    @does(1, index=PICK)
    def staff_promises_another_day(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["defer"])
        allowed = ticket is not None and ticket.state == "waiting"
        self.give(cmd.DeferTicket(ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model).promise(ticket)

    @does(4, queue=(*QUEUES, "Z"), minutes=(-5, 5, 15, 60, 24 * 60, 3 * 24 * 60), training=YES_OR_NO)
    def a_citizen_books(self, queue: str, minutes: int, training: bool) -> None:
        ticket_id, slot = f"t{next(self.ids)}", self.play.now + minutes * MINUTE_MS
        allowed = queue != "Z" and queue not in self.model.closed and minutes > 0
        self.give(cmd.BookTicket(ticket_id, token_of(ticket_id), queue, slot, training=training), allowed=allowed)
        if allowed:
            model = self.settle(self.turned())
            model.tickets[ticket_id] = ModelTicket(
                ticket_id,
                "",
                queue,
                model.next_place(slot),
                state="booked",
                issued=self.play.now,
                day=day_of(slot),
                slot=slot,
                training=training,
            )

    @does(4, index=PICK)
    def staff_checks_a_citizen_in(self, index: int) -> None:
        model = self.turned()
        ticket_id, ticket = self.pick(model, index, LEADS_TO["arrive"])
        allowed = ticket is not None and ticket.state in LEADS_TO["arrive"] and ticket.day <= model.day
        self.give(cmd.ArriveTicket(ticket_id), allowed=allowed)
        if allowed and ticket is not None:
            self.settle(model).arrive(ticket, self.play.now)

    # --- queues and kiosks --------------------------------------------------------------------------------------------

    @does(1, what=("B", "C", KIOSK), close=YES_OR_NO)
    def a_queue_or_a_kiosk_is_closed_or_opened(self, what: str | int, close: bool) -> None:
        model = self.turned()
        if isinstance(what, int):
            command = cmd.CloseKiosk(what, "paper") if close else cmd.OpenKiosk(what)
        else:
            command = cmd.CloseQueue(what, "system") if close else cmd.OpenQueue(what)
        self.give(command, allowed=True)
        (self.settle(model).closed.add if close else self.settle(model).closed.discard)(what)
