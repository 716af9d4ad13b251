"""One kind of paper in one language: its words, what the centre set up for it, and what all kinds share."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from kiosk.domain.paper import Template
from kiosk.domain.receipt import Align, AnyBlock, LogoBlock, QrBlock, RuleBlock, Size, TextBlock
from kiosk.domain.site import Queue, Site
from kiosk.domain.text import Text, pick
from kiosk.i18n import Words, words

_PLACE = re.compile(r"\s(?=(?:xã|phường|đặc khu|tỉnh|thành phố)\s)")
"""Where a centre's Vietnamese name goes on with its place, which begins a line of its own (LOOK 07)."""
_FILLED = re.compile(r"\{(\w+)\}")


class Voice:
    """What a template speaks with. Every template yields the same blocks in every language: see `both`."""

    def __init__(self, site: Site, machine: int, template: Template, language: str, at_ms: int) -> None:
        """Speak of a paper.

        Args:
            site: the centre.
            machine: number of the machine that prints; 0 where it is none of the hall's kiosks.
            template: which paper.
            language: in which this pass is written.
            at_ms: the moment that stands on it, UTC milliseconds.
        """
        self.site: Final = site
        self.machine: Final = machine
        self.language: Final = language
        self.say: Final[Words] = words(language, "paper")
        self.facts: Final[Words] = words(language, "catalogue")
        self.at: Final = site.local(at_ms)
        self._template = template
        self._number, self._queue = "", site.queue("")

    def about(self, number: str, queue: Queue | None) -> None:
        """Tell which ticket it is about, for the centre's own lines."""
        self._number, self._queue = number, queue

    def shows(self, part: str) -> bool:
        """Whether the centre wants a part of this paper (`paper.HIDEABLE`)."""
        return self.site.paper.shows(self._template, part)

    def header(self, *, copy: bool = False) -> Iterator[AnyBlock]:
        """Head the paper: logo, the centre's own lines or its name, and whether it is printed again."""
        paper = self.site.paper
        if paper.picture and paper.of(self._template).logo:
            yield LogoBlock(paper.picture)
        own = self._lines(paper.header_of(self._template))
        yield TextBlock(own or "\n".join(_PLACE.split(self._centre(), maxsplit=1)), align=Align.CENTRE)
        if copy:
            yield TextBlock(self.say("Printed again"), align=Align.CENTRE, bold=True)

    def extra(self) -> Iterator[AnyBlock]:
        """Give the centre's own lines between what the paper says and its code."""
        lines = self.site.paper.of(self._template).extra
        if lines:
            yield RuleBlock()
            yield TextBlock(self._lines(lines))

    def last_lines(self) -> Iterator[AnyBlock]:
        """Give the centre's own lines at the end."""
        lines = self.site.paper.footer_of(self._template)
        if lines:
            yield TextBlock(self._lines(lines), Size.SMALL, Align.CENTRE)

    def footer(self) -> Iterator[AnyBlock]:
        """End the paper: the centre's own lines, then date, hour and machine."""
        yield from self.last_lines()
        if self.shows("moment"):
            yield TextBlock(self.moment(self.at), Size.SMALL, right=self._machine())

    def code(self, data: str, title: str, text: str) -> Iterator[AnyBlock]:
        """Give a code under a line; none where there is nothing in it or the centre hides it."""
        if data and self.shows("code"):
            yield RuleBlock()
            yield QrBlock(data, title, text, self.site.paper.qr_level)

    def moment(self, at: datetime) -> str:
        """Say an hour and a date: "8:42, Thứ Hai 23/11/2026"."""
        return f"{clock(at)}, {self.day(at)}"

    def day(self, at: datetime) -> str:
        """Say a date with its weekday."""
        return f"{self.weekday(at)} {date(at)}"

    def weekday(self, at: datetime) -> str:
        """Name the day of the week."""
        say = self.say
        names = (
            say("Monday"),
            say("Tuesday"),
            say("Wednesday"),
            say("Thursday"),
            say("Friday"),
            say("Saturday"),
            say("Sunday"),
        )
        return names[at.weekday()]

    def counters(self, counters: tuple[int, ...]) -> str:
        """Name the desks that will call: "Quầy 1, 2 hoặc 3"; "" without any."""
        if not counters:
            return ""
        *first, last = (str(number) for number in counters)
        if not first:
            return self.say("Counter {number}", number=last)
        return self.say("Counter {numbers} or {last}", numbers=", ".join(first), last=last)

    def zone(self, queue: Queue | None) -> str:
        """Name a queue's part of the hall; "" where it has none."""
        return self.say("zone {zone}", zone=queue.zone) if queue and queue.zone else ""

    def name(self, queue: Queue | None) -> str:
        """Name a queue; "" for one the set-up does not have."""
        return pick(queue.name, self.language) if queue else ""

    def _machine(self) -> str:
        return self.say("Machine {number}", number=self.machine) if self.machine else ""

    def _centre(self) -> str:
        return f"{pick(self.site.info.name, self.language)}, {pick(self.site.info.province, self.language)}"

    def _lines(self, lines: tuple[Text, ...]) -> str:
        return "\n".join(filter(None, (self._fill(pick(line, self.language)) for line in lines)))

    def _fill(self, text: str) -> str:
        """Fill a line of the centre's own; what may stand in it was checked with the set-up."""
        values = {
            "centre": pick(self.site.info.name, self.language),
            "province": pick(self.site.info.province, self.language),
            "machine": str(self.machine or ""),
            "date": date(self.at),
            "time": clock(self.at),
            "number": self._number,
            "queue": self.name(self._queue),
            "zone": self._queue.zone if self._queue else "",
        }
        return _FILLED.sub(lambda found: values.get(found[1], found[0]), text)


def clock(at: datetime) -> str:
    """Write an hour as the hall does: "8:42"."""
    return f"{at.hour}:{at.minute:02d}"


def date(at: datetime) -> str:
    """Write a date: "23/11/2026"."""
    return f"{at:%d/%m/%Y}"
