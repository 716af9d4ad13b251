"""A paper day: numbers printed ahead, given out by hand, signed, and scanned in when the machines are back (DESIGN §6).

They are a series of a kiosk's own ("A2-015"), so no other number is like them. What is scanned in is the fact that a
kiosk sends after it was alone: the code holds the token, and the ticket's id comes from that, so a paper scanned twice
is one ticket.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from kiosk.domain.commands import RecordTicket
from kiosk.domain.paper import Template
from kiosk.domain.receipt import (
    AnyBlock,
    CutBlock,
    NumberBlock,
    QrBlock,
    QueueBlock,
    Receipt,
    RuleBlock,
    Size,
    TextBlock,
    WriteBlock,
)
from kiosk.domain.site import Site
from kiosk.receipts.both import compose
from kiosk.receipts.voice import Voice

SIGN_MM = 10
NUMBER_DIGITS = 3
_CODE = re.compile(r"\S*/t/(?P<token>[0-9a-hjkmnp-tv-z]{16})#(?P<number>[A-Z]{1,2}(?P<kiosk>\d)-\d{1,4})")


class RollTicket(Struct, frozen=True):
    """One number of the roll."""

    number: str
    token: str

    @property
    def kiosk(self) -> int:
        """Whose series it is of: the digit before the dash."""
        return int(self.number.partition("-")[0][-1])

    def address(self, public_url: str) -> str:
        """Return what its code holds: its own page, and behind the # the number, which no server is ever sent."""
        return f"{public_url.rstrip('/')}/t/{self.token}#{self.number}"


def roll_number(prefix: str, kiosk: int, ordinal: int) -> str:
    """Write a number of a kiosk's own series: "A2-015"."""
    return f"{prefix}{kiosk}-{ordinal:0{NUMBER_DIGITS}d}"


def roll_receipt(
    site: Site,
    facts: Sequence[RollTicket],
    language: str,
    *,
    queue: str,
    public_url: str,
    at_ms: int,
    icon: str = "",
) -> Receipt:
    """Make a stretch of the roll, cut after each number.

    Args:
        site: the centre.
        facts: the numbers, in order.
        language: what it is printed in.
        queue: whose numbers they are.
        public_url: where tickets' pages are.
        at_ms: when the roll is printed, UTC milliseconds. The hour of each is written by hand.
        icon: the queue's icon.
    """

    def make(voice: Voice) -> Iterator[AnyBlock]:
        say, where = voice.say, site.queue(queue)
        for one in facts:
            voice.about(one.number, where)
            yield from voice.header()
            yield NumberBlock(one.number, say("Your number"))
            if voice.shows("what_for"):
                yield QueueBlock(queue, voice.name(where), voice.zone(where), icon)
            yield WriteBlock((say("Given at (date, hour)"), say("Given by (sign)")), SIGN_MM)
            yield from voice.extra()
            address = one.address(public_url)
            yield from (RuleBlock(), QrBlock(address, say("Scan this code"), "", site.paper.qr_level))
            yield TextBlock(say("Staff: scan it in when the machines are back."), Size.SMALL)
            # Its date and hour are written by hand: when the roll was printed would be read as when it was given.
            yield from voice.last_lines()
            yield CutBlock()

    return compose(site, 0, Template.ROLL, language, at_ms, make)


def read_roll_code(text: str) -> RollTicket | None:
    """Read what a reader brings from a paper of the roll; None where it is none."""
    found = _CODE.fullmatch(text.strip())
    return RollTicket(found["number"], found["token"]) if found else None


def record_of(ticket: RollTicket, site: Site, issued_at: int) -> RecordTicket:
    """Return the fact that takes a number of the roll into the hall.

    Args:
        ticket: what was scanned.
        site: the centre, which knows whose letter the number begins with.
        issued_at: the hour written on the paper, UTC milliseconds; its place in the line.
    """
    prefix = ticket.number.partition("-")[0][:-1]
    queue = next((one.id for one in site.queues if (one.id if one.prefix is None else one.prefix) == prefix), prefix)
    made = hashlib.sha256(f"roll/{ticket.token}".encode()).hexdigest()[:32]
    return RecordTicket(f"roll-{made}", ticket.token, ticket.number, queue, issued_at, ticket.kiosk)
