"""Writes the golden files of the release in the making: `python -m tests.golden.make` (README.md).

Two days of a small hall in which every type of event happens. What commands can bring about is done by commands; what
only a hub does (its clock, its epoch) is told as it would write it.
"""

import json

import msgspec

from kiosk.domain import commands as cmd
from kiosk.domain import events as ev
from kiosk.domain.ticket import CallReason, RankReason
from tests.domain.test_golden import GOLDEN, halls_along
from tests.factory import DAY_MS, MORNING, Play, token_of

RELEASE = "0.2"
_MINUTE = 60_000


class Story(Play):
    """A hall in which calls and visits simply happen."""

    def called(self, ticket_id: str, counter: int, reason: CallReason = CallReason.NEXT) -> None:
        self.pass_minutes(0.5)
        self.happens(ev.TicketCalled(ticket_id, counter, f"nv{counter:02d}", reason))

    def served(self, ticket_id: str, counter: int) -> None:
        self.called(ticket_id, counter)
        self.happens(ev.TicketStarted(ticket_id, counter))
        self.pass_minutes(6)


def first_day(story: Story) -> None:
    today, tomorrow = story.site.service_day(story.now), story.site.service_day(story.now + DAY_MS)
    story.open(1, 2, 3)
    plain, elderly, group = story.issue(), story.issue(priority="elderly"), story.issue("B", dossiers=3)
    story.happens(
        ev.TicketBooked("t-booked", "A", today, MORNING + 30 * _MINUTE, "b" * 64, "t-booked/token", channel="portal"),
        ev.TicketBooked("t-ahead", "B", tomorrow, MORNING + DAY_MS, "c" * 64, "t-ahead/token"),
        ev.TicketIssued(
            "t-journey", "C001", "C", 1, story.now, RankReason.ARRIVED, today, "d" * 64, "t-journey/token",
            journey=("A",), competent="s-other", person="ab12", wait_low=5, wait_high=15,
        ),
        ev.TicketIssued(
            "t-offline", "A1-001", "A", 0, story.now - _MINUTE, RankReason.OFFLINE, today, "e" * 64,
            "t-offline/token", kiosk=1, issued_at=story.now - _MINUTE,
        ),
        ev.TicketIssued(
            "t-promised", "B001", "B", 1, story.now, RankReason.DEFERRED, tomorrow, "f" * 64, "t-promised/token",
            deferred_until=MORNING + DAY_MS,
        ),
        ev.TicketPrinted(plain, "printed"),
        ev.TicketPrinted(group, "refused", "paper_out"),
        ev.TicketLabelled("t-offline", "A1-002", story.now - _MINUTE),
    )  # fmt: skip
    story.happens(ev.QueueClosed("C", "full"), ev.KioskClosed(1, "cleaning"), ev.CounterQueuesSet(2, (("B",), ("A",))))
    story.pass_minutes(20)
    story.happens(ev.TicketArrived("t-booked", "A003", 3, today, MORNING + 20 * _MINUTE, RankReason.APPOINTMENT))
    story.called(elderly, 1)
    story.happens(
        ev.TicketRecalled(elderly, 1),
        ev.PriorityJudged(elderly, 1, False, 0, story.ticket(elderly).issued_at, RankReason.ARRIVED),
        ev.NoteTaken(elderly, f"{elderly}/note"),
        ev.TicketNoShow(elderly, 1),
        ev.TicketWaiting(elderly, "A", story.now, RankReason.RETURNED),
    )
    story.served(plain, 1)
    story.happens(ev.TicketSentForPapers(plain, 1, (0, 2), story.now + 120 * _MINUTE))
    story.served("t-journey", 3)
    story.happens(ev.StepFinished("t-journey", 3, "nv03", "served", "A", story.now, RankReason.NEXT_STEP))
    story.called("t-booked", 2, CallReason.CHOSEN)
    story.happens(ev.ActionUndone(2, story.hall.seq), ev.CounterPaused(2, "break"), ev.CounterResumed(2))
    story.served("t-booked", 1)
    story.happens(
        ev.TicketParked("t-booked", 1, story.now + 15 * _MINUTE),
        ev.TicketWaiting(plain, "A", MORNING, RankReason.PAPERS, 1, ordinal=0),
    )
    story.pass_minutes(15)
    story.happens(ev.TicketWaiting("t-booked", "A", MORNING + 20 * _MINUTE, RankReason.PARK_OVER, 1))
    story.served(plain, 1)
    story.happens(
        ev.TicketFinished(plain, 1, "nv01", "served"),
        ev.TicketRated(plain, f"{plain}/ballot", "0" * 64, "stars", "tablet", "visit"),
        ev.TicketCancelled(group, "no_paper"),
        ev.TicketDeferred(elderly, "A001", 1, tomorrow, MORNING + DAY_MS),
        ev.QueueOpened("C"),
        ev.KioskOpened(1),
        ev.KioskClosed(1, "broken"),
        ev.CounterClosed(1, ("t-booked",)),
    )
    story.served("t-offline", 2)
    story.happens(ev.TicketSentForPapers("t-offline", 2, (1,), story.now + 2 * DAY_MS))
    story.happens(ev.TicketExpired("t-journey"), ev.TicketExpired("t-booked"))
    story.happens(ev.CounterClosed(2), ev.CounterClosed(3))
    carried = tuple(
        t for t in sorted(story.hall.tickets.values(), key=lambda t: t.id) if t.state in ("booked", "deferred", "away")
    )
    story.happens(
        ev.DayClosed(
            today, story.hall.ordinals, story.hall.given, carried, story.hall.ordinals_ahead,
            story.hall.closed_queues, story.hall.closed_kiosks,
            ev.DayReport(story.hall.issued, story.hall.done, 0, 1, ("C001", "A003"), 2, 1, 1),
        ),
    )  # fmt: skip


def second_day(story: Story) -> None:
    story.now = MORNING + DAY_MS
    today = story.site.service_day(story.now)
    story.happens(
        ev.ClockJumped(story.now - 90_000, story.now),
        ev.EpochBegan(2, "promoted", {"A": 1}),
        ev.DayOpened(today),
        ev.SideErased(("t-booked/token",)),
        ev.CounterOpened(1, "nv01"),
        ev.TicketArrived("t-promised", "B001", 0, today, story.now, RankReason.DEFERRED),
        ev.TicketArrived("t-ahead", "B002", 2, today, story.now, RankReason.APPOINTMENT_LATE),
        ev.TicketWaiting("t-offline", "A", story.now, RankReason.PAPERS, None, None, None, "A002", 2, today),
    )
    story.called("t-promised", 1, CallReason.OVERDUE)
    story.do(cmd.IssueTicket("t-last", token_of("t-last"), "A"))


def main() -> None:
    """Write journal and halls."""
    story = Story()
    first_day(story)
    second_day(story)
    lines = (msgspec.json.encode(recorded) for recorded in story.journal)
    (GOLDEN / f"journal-{RELEASE}.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    halls = (json.dumps(hall, ensure_ascii=False) + "\n" for hall in halls_along(story.journal, RELEASE))
    (GOLDEN / f"hall-{RELEASE}.jsonl").write_text("".join(halls), encoding="utf-8")


if __name__ == "__main__":
    main()
