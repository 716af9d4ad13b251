"""All the supervisor's screens need to draw themselves, and the hall in words."""

from datetime import date

from msgspec import Struct

from kiosk.domain.commands import PrintResult
from kiosk.domain.site import Site
from kiosk.domain.text import pick
from kiosk.flows.supervisor_state import ALONE, TAKEOVER, State
from kiosk.i18n import Words, words
from kiosk.wire.problems import REASONS
from kiosk.wire.views import CounterView, DeviceView, QueueView, SupervisorView

MINUTE_MS = 60_000


class Moment(Struct, frozen=True):
    """The flow's state, the last view, and the time (UTC ms)."""

    state: State
    view: SupervisorView | None
    now: int
    away_since: int | None
    language: str
    site: Site
    prints: bool = False
    """Whether this window has a printer."""

    @property
    def supervisors(self) -> dict[str, str]:
        """Who may sign in: id to name."""
        return {s.id: s.name for s in self.site.staff if "supervisor" in s.roles}

    @property
    def say(self) -> Words:
        """The screen's words."""
        return words(self.language, "supervisor")

    def clock(self, at: int | None = None) -> str:
        """Say a time of day as the hall's own clock shows it."""
        local = self.site.local(self.now if at is None else at)
        return f"{local.hour}:{local.minute:02d}"

    def moment(self, at: int | None = None) -> str:
        """Say an hour and a date: "8:42, 23/11/2026"."""
        local = self.site.local(self.now if at is None else at)
        return f"{self.clock(at)}, {local:%d/%m/%Y}"

    @property
    def clock_waits(self) -> bool:
        """Whether the hub's machine was set forward by more than a day and nobody has confirmed it."""
        return self.view is not None and self.view.clock_held_back_ms > 0

    def machine_time(self) -> str:
        """Say what the hub's machine shows."""
        return self.moment(self.now + (self.view.clock_held_back_ms if self.view is not None else 0))

    def clock_trouble(self) -> str:
        """Say that hub time does not follow its machine; "" where it does."""
        if not self.clock_waits:
            return ""
        machine, kept = self.machine_time(), self.moment()
        return self.say(
            "The hub's machine says it is {machine}. The hall keeps {kept} until a supervisor confirms it.",
            machine=machine,
            kept=kept,
        )

    def days(self) -> list[tuple[str, str]]:
        """Return the days that can be printed, each in words: the open one, and the one that was closed last."""
        say, view, days = self.say, self.view, []
        if view is not None and view.day:
            days.append((view.day, say("Today, {day}, so far", day=_date(view.day))))
        if view is not None and view.closed_day and view.closed_day != view.day:
            days.append((view.closed_day, say("{day}, which is closed", day=_date(view.closed_day))))
        return days

    def no_hub(self) -> str | None:
        """Say that the hub is away; None where it is there."""
        return None if self.state.connected else self.say("No link to the hub.")

    def no_report(self) -> str | None:
        """Say why no day can be printed now; None where one can."""
        say, paper = self.say, self.state.paper
        if not self.prints:
            return say("This window has no printer. Start it with --printer and the printer's address.")
        if not self.days():
            return self.no_hub() or say("No day has begun yet.")
        printing = paper is not None and paper.result is None
        return self.no_hub() or (say("The report is being printed.") if printing else None)

    def minutes(self, since: int) -> int:
        """Return whole minutes since a moment, never negative: clocks of two machines differ."""
        return max(0, self.now - since) // MINUTE_MS

    def reason(self, code: str) -> str:
        """Say why something is closed, in the words citizens are told."""
        return words(self.language, "problems")(REASONS.get(code, code))

    def queue_note(self, queue_id: str, queue: QueueView) -> str:
        """Say how a line stands: who waits, since when, and where it is served; or why it gives no numbers."""
        say = self.say
        waiting = say.count("{n} waiting", "{n} waiting", queue.waiting) if queue.waiting else say("nobody waits")
        since = self.view.waiting_since.get(queue_id) if self.view is not None else None
        longest = say("longest {n} min", n=self.minutes(since)) if since else ""
        counters = ", ".join(map(str, queue.open_counters))
        where = say("counters {list}", list=counters) if counters else say("no counter open")
        closed = say("CLOSED: {reason}", reason=self.reason(queue.closed)) if queue.closed else ""
        return " · ".join(part for part in (closed, waiting, longest, where) if part)

    def counter_words(self, counter: CounterView) -> tuple[str, str]:
        """Say who sits at a counter, and what happens there since when."""
        say = self.say
        title = say("Counter {n}", n=counter.counter)
        if counter.staff_name:
            title = f"{title} · {counter.staff_name}"
        return title, self._counter_note(counter)

    def _counter_note(self, counter: CounterView) -> str:
        say, ticket = self.say, counter.ticket
        if ticket is not None:
            serving = ticket.state == "serving"
            minutes = self.minutes(ticket.started_at if serving else ticket.called_at)
            if serving:
                return say("{number} is served, {n} min", number=ticket.number, n=minutes)
            return say("{number} is called, {n} min", number=ticket.number, n=minutes)
        minutes = self.minutes(counter.since) if counter.since else 0
        if counter.state == "paused":
            reason = self._pause(counter.pause_reason)
            return say("paused for {n} min: {reason}", n=minutes, reason=reason)
        if counter.state == "open":
            return say("open, nobody there · {n} served today", n=counter.served_today)
        return say("not open")

    def _pause(self, code: str) -> str:
        say = self.say
        known = {
            "break": say("a break"),
            "meeting": say("a meeting"),
            "urgent": say("urgent work"),
            "helping": say("helping a colleague"),
        }
        return known.get(code, say("something else"))

    def device_words(self, device: DeviceView) -> tuple[str, str, bool]:
        """Say which device it is, how it is, and whether it needs somebody."""
        say = self.say
        roles = {
            "kiosk": say("Kiosk"),
            "counter": say("Clerk's window"),
            "tablet": say("Tablet"),
            "board": say("Hall display"),
            "supervisor": say("Supervisor's window"),
            "standby": say("Standby"),
            "central": say("Province"),
        }
        name = roles.get(device.role, device.role)
        title = f"{name} {device.number}" if device.number is not None else name
        if device.name:
            title = f"{title} · {device.name}"
        if not device.present:
            gone = say("gone since {time}", time=self.clock(device.last_seen))
            return title, gone if device.last_seen else say("never came"), True
        parts, needs = [say("there")], False
        if device.printer:
            said, needs = self._printer(device.printer)
            parts.append(said)
        if device.outbox:
            parts.append(say("{n} kept for the hub", n=device.outbox))
        if device.quarantined:
            parts.append(say("{n} could not be placed", n=device.quarantined))
        closed = self.view.closed_kiosks.get(str(device.number)) if self.view and device.role == "kiosk" else None
        if closed is not None:
            parts.insert(0, say("CLOSED: {reason}", reason=self.reason(closed)))
        return title, " · ".join(parts), needs or bool(device.quarantined)

    def _paper(self) -> str:
        """Say what became of the report that was printed last."""
        say, paper = self.say, self.state.paper
        if paper is None:
            return ""
        if paper.result is None:
            return say("The report is being printed.")
        if paper.result is PrintResult.PRINTED:
            return say("The report is printed.")
        said, trouble = self._printer(paper.printer)
        why = said if trouble else say("the printer does not print")
        if paper.result is PrintResult.REFUSED:
            return say("The report is not printed: {why}. See to it, then print again.", why=why)
        return say("Look whether the report came out whole: {why}.", why=why)

    def _printer(self, status: str) -> tuple[str, bool]:
        say = self.say
        if status == "ready":
            return say("printer ready"), False
        known = {
            "paper_low": say("paper is nearly out"),
            "paper_out": say("no paper"),
            "cover_open": say("the cover is open"),
            "unreachable": say("the printer does not answer"),
        }
        return known.get(status, say("the printer does not print")), True

    def totals(self) -> str:
        """Say the day in figures."""
        say, view = self.say, self.view
        if view is None:
            return ""
        return " · ".join(
            (
                say("{n} numbers", n=view.issued_today),
                say("{n} done", n=view.done_today),
                say("{n} set aside", n=view.set_aside),
                say("{n} sent for papers", n=view.papers_trips),
                say("{n} still to come", n=view.still_to_come),
            )
        )

    @property
    def may_take_over(self) -> bool:
        """Whether a standby is there that does not hear the hub either."""
        state = self.state
        return not state.connected and state.standby == ALONE and not state.taking_over

    def _away(self, since: int) -> str:
        """Say since when the hub is away, and what the standby says to that."""
        say, state = self.say, self.state
        if state.taking_over:
            return say("The standby takes over. It waits for the hall's devices, then the hall goes on.")
        gone = say("No link to the hub since {time}: this is how it was then.", time=self.clock(since))
        if self.may_take_over:
            return f"{gone} {say('The standby does not hear it either; if its machine is lost, press F4.')}"
        if state.standby == "following":
            return f"{gone} {say('The standby still hears it: look at the network here.')}"
        return gone

    def sentence(self) -> str:
        """Return the one sentence that has to be said now, or ""."""
        say = self.say
        if self.away_since is not None and self.state.part != TAKEOVER:
            return self._away(self.away_since)
        if self.state.unanswered:
            return say("The hub gave no answer. Look whether it was done before you try again.")
        return self.state.sentence or self._paper()


def queue_title(queue: QueueView, language: str) -> str:
    """Name a line."""
    return pick(queue.name, language)


def _date(day: str) -> str:
    """Write an ISO date as the hall does: "23/11/2026"."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"
