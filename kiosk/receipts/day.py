"""The day on paper: how many came, how each queue went, and the head of the journal, so that nobody can edit it unseen.

(DESIGN §3: the head is printed at day close and kept by central.)
"""

from collections.abc import Iterator

from msgspec import Struct

from kiosk.domain.hall_events import DayReport
from kiosk.domain.paper import Template
from kiosk.domain.receipt import (
    AnyBlock,
    GridBlock,
    NumberBlock,
    Receipt,
    RuleBlock,
    Size,
    TextBlock,
    WriteBlock,
)
from kiosk.domain.site import Site
from kiosk.receipts.both import compose
from kiosk.receipts.voice import Voice, clock

SIGN_MM = 14
HASH_LETTERS = 16
"""Letters of a hash that stand together: read aloud and compared by eye."""


class DayFacts(Struct, frozen=True):
    """A service day as `wire.reports.DayAnswer` has it, and what its closing tells besides. Times are UTC ms."""

    day: str
    """ISO date."""
    report: DayReport
    printed_at: int
    opened_at: int | None = None
    closed_at: int | None = None
    """None while it is open: the paper then says so."""
    given: dict[str, int] = {}
    """Numbers given, by queue."""
    head_seq: int = 0
    head_hash: str = ""
    """Last row of the journal; empty where it is not known."""


def day_receipt(site: Site, machine: int, facts: DayFacts, language: str) -> Receipt:
    """Make the report of a day; `machine` is 0 where no kiosk prints it."""

    def make(voice: Voice) -> Iterator[AnyBlock]:
        say = voice.say
        year, month, day = facts.day.split("-")
        yield from voice.header()
        yield NumberBlock(f"{day}/{month}/{year}", say("Day report"))
        yield TextBlock(_hours(facts, voice))
        yield from (RuleBlock(), GridBlock((say("Tickets"), say("Number")), _figures(facts.report, voice)))
        if facts.given and voice.shows("queues"):
            rows = tuple(
                (f"{queue_id}  {voice.name(site.queue(queue_id))}".rstrip(), _count(count))
                for queue_id, count in facts.given.items()
            )
            yield from (RuleBlock(), GridBlock((say("Queue"), say("Numbers given")), rows))
        if facts.report.expired:
            yield RuleBlock()
            yield TextBlock(say("Still open at the end; these people must be told:"), bold=True)
            yield TextBlock(", ".join(facts.report.expired))
        yield from voice.extra()
        if facts.head_hash and voice.shows("chain"):
            yield from (RuleBlock(), TextBlock(say("Journal up to row {row}", row=_count(facts.head_seq)), bold=True))
            yield TextBlock(_in_groups(facts.head_hash), Size.SMALL)
        yield from (RuleBlock(), WriteBlock((say("Supervisor (sign)"),), SIGN_MM))
        yield from voice.footer()

    return compose(site, machine, Template.DAY, language, facts.printed_at, make)


def _hours(facts: DayFacts, voice: Voice) -> str:
    say, site = voice.say, voice.site
    opened = clock(site.local(facts.opened_at)) if facts.opened_at is not None else "–"
    if facts.closed_at is None:
        return say("Opened {opened}, not closed yet", opened=opened)
    return say("Opened {opened}, closed {closed}", opened=opened, closed=clock(site.local(facts.closed_at)))


def _figures(report: DayReport, voice: Voice) -> tuple[tuple[str, str], ...]:
    say = voice.say
    rows = (
        (say("Numbers given"), report.issued),
        (say("Served"), report.done),
        (say("Absent when called"), report.no_shows),
        (say("Cancelled"), report.cancelled),
        (say("Still open at the end"), len(report.expired)),
        (say("Appointments not come"), report.not_come),
        (say("Promised to coming days"), report.deferred),
        (say("Away for papers"), report.away),
        (say("Appointments of coming days"), report.booked),
    )
    return tuple((name, _count(count)) for name, count in rows)


def _count(number: int) -> str:
    """Write a number in groups of three, with a thin gap that no language reads as a decimal point."""
    return f"{number:,}".replace(",", "\u00a0")


def _in_groups(text: str) -> str:
    return " ".join(text[at : at + HASH_LETTERS] for at in range(0, len(text), HASH_LETTERS))
