"""A small centre, and a way to play commands on it as the hub would."""

from msgspec.structs import replace

from kiosk.domain import commands as cmd
from kiosk.domain.apply import replay
from kiosk.domain.decide import decide
from kiosk.domain.events import AnyEvent, Decision, Recorded, Refused, SideData
from kiosk.domain.hall import Hall
from kiosk.domain.site import (
    MINUTE_MS,
    CounterSetup,
    Hours,
    KioskSetup,
    PriorityCategory,
    Queue,
    QueueHours,
    Site,
    SiteInfo,
    Staff,
)
from kiosk.domain.ticket import Outcome, Ticket

MORNING = 1_795_393_800_000
"""07:30 in Vietnam on Monday 23 November 2026, UTC milliseconds."""
DAY_MS = 24 * 60 * MINUTE_MS

SITE = Site(
    info=SiteInfo(
        id="s-test",
        name={"vi": "Trung tâm Phục vụ hành chính công xã Thử", "en": "Thử Commune Public Service Centre"},
        province={"vi": "Cà Mau", "en": "Ca Mau"},
        hours=Hours(
            default=(("07:00", "11:00"), ("13:00", "17:00")),
            days=("mon", "tue", "wed", "thu", "fri"),
            queues={"C": QueueHours(extra={"sat": (("07:00", "11:00"),)})},
            enforced=False,
        ),
    ),
    queues=(
        Queue("A", {"vi": "Hộ tịch", "en": "Civil status"}, "A", ("Hộ tịch", "Nuôi con nuôi"), max_wait_minutes=45),
        Queue("B", {"vi": "Chứng thực", "en": "Certification"}, "A", ("Chứng thực",), max_wait_minutes=45),
        Queue("C", {"vi": "Cư trú, căn cước", "en": "Residence and ID"}, "A", ("Cấp, quản lý căn cước",)),
    ),
    counters=(
        CounterSetup(1, "A", (("A", "B"), ("C",))),
        CounterSetup(2, "A", (("A", "B"),)),
        CounterSetup(3, "A", (("C",), ("A", "B"))),
    ),
    staff=(
        Staff("nv01", "Trần Minh Khang", ("clerk",)),
        Staff("nv02", "Nguyễn Thị Hồng Đào", ("clerk",), ("vi", "en")),
        Staff("nv03", "Lâm Quốc Toàn", ("clerk",)),
    ),
    kiosks=(KioskSetup(1, "A"),),
    priority=(
        PriorityCategory("elderly", {"vi": "Người cao tuổi (từ 60 tuổi)", "en": "Aged 60 or over"}, 30, min_age=60),
        PriorityCategory("disability", {"vi": "Người khuyết tật", "en": "Person with a disability"}, 40),
    ),
)

"""Gives numbers at any hour, so that tests of other things need not know what time it is."""

OFFICE = replace(SITE, info=replace(SITE.info, hours=replace(SITE.info.hours, enforced=True)))
"""The same centre, which keeps its hours."""


def clerk_of(counter: int) -> str:
    """Return who sits at a counter of `SITE` in these tests."""
    return f"nv{counter:02d}"


def token_of(ticket_id: str) -> str:
    """Return a token long enough for the rules, made from the ticket's id."""
    return f"{ticket_id}-token".rjust(20, "0")


class Play:
    """A hall with its journal, driven by commands; time moves only when told."""

    def __init__(self, site: Site = SITE, now: int = MORNING) -> None:
        self.site = site
        self.now = now
        self.hall = Hall()
        self.journal: list[Recorded] = []
        self.side: list[SideData] = []

    def try_(self, command: cmd.AnyCommand, not_after: int | None = None) -> Decision | Refused:
        """Decide a command and, when it is allowed, append and apply its events."""
        envelope = cmd.Envelope("id", cmd.Role.SUPERVISOR, command, not_after)
        decided = decide(self.hall, self.site, envelope, self.now)
        if isinstance(decided, Decision):
            rows = [Recorded(self.hall.seq + n, self.now, event) for n, event in enumerate(decided.events, start=1)]
            self.hall = replay(self.hall, rows)
            self.journal += rows
            self.side += decided.side
        return decided

    def do(self, command: cmd.AnyCommand) -> tuple[AnyEvent, ...]:
        """Play a command that must be allowed; returns its events."""
        decided = self.try_(command)
        assert isinstance(decided, Decision), decided
        return decided.events

    def happens(self, *events: AnyEvent) -> None:
        """Let events happen by themselves, whatever the rules say."""
        for event in events:
            self.journal.append(Recorded(self.hall.seq + 1, self.now, event))
            self.hall = replay(self.hall, self.journal[-1:])

    def refusal(self, command: cmd.AnyCommand) -> str:
        """Play a command that must be refused and must change nothing; returns the code."""
        return self.refused(command).code

    def refused(self, command: cmd.AnyCommand) -> Refused:
        """Play a command that must be refused and must change nothing; returns all that was said."""
        before = len(self.journal), self.hall
        decided = self.try_(command)
        assert isinstance(decided, Refused), decided
        assert (len(self.journal), self.hall) == before
        return decided

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by."""
        self.now += int(minutes * MINUTE_MS)

    def issue(self, queue: str = "A", ticket_id: str = "", **wishes: object) -> str:
        """Issue a ticket a second after the last thing that happened; returns its id."""
        ticket_id = ticket_id or f"t{len(self.journal)}"
        self.now += 1000
        self.do(replace(cmd.IssueTicket(ticket_id, token_of(ticket_id), queue), **wishes))
        return ticket_id

    def open(self, *counters: int) -> None:
        """Seat a clerk at each of these counters."""
        for counter in counters:
            self.do(cmd.OpenCounter(counter, clerk_of(counter)))

    def call(self, counter: int = 1, ticket_id: str | None = None) -> str:
        """Call the next ticket to a counter; returns its id."""
        self.now += 1000
        self.do(cmd.CallNext(counter, ticket_id))
        called = self.hall.counter(counter).ticket
        assert called is not None
        return called

    def serve(self, counter: int = 1, minutes: float = 5) -> str:
        """Call the next ticket, serve it for some minutes and finish it; returns its id."""
        ticket_id = self.call(counter)
        self.do(cmd.StartTicket(ticket_id, counter))
        self.pass_minutes(minutes)
        self.do(cmd.FinishTicket(ticket_id, counter, Outcome.SERVED))
        return ticket_id

    def ticket(self, ticket_id: str) -> Ticket:
        """Return a ticket of today that must be there."""
        ticket = self.hall.ticket(ticket_id)
        assert ticket is not None
        return ticket

    def line(self, queue: str, counter: int | None = None) -> list[str]:
        """Return the ids in a waiting line, in order."""
        return [ticket_id for _, _, ticket_id in self.hall.line(queue, counter)]
