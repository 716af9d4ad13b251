"""Who took a number today, as far as a limit for each person needs it: a pseudonym nobody can follow (DESIGN §9).

A kiosk sends a keyed hash of what identifies a person, never that itself. Here it is hashed once more, for the day and
with the centre's journal key, which standby and backup have too: so a person is known again after a restart, a
promotion or a restore. The pseudonym is side data and is forgotten with its day (docs/decisions/0020).
"""

import hashlib
import hmac
from datetime import date, timedelta

from kiosk.domain import calendar
from kiosk.domain.events import SideData
from kiosk.domain.site import Site
from kiosk.domain.visit import PERSON, ref_of

HEX_DIGITS = 32


def pseudonym(key: bytes, day: str, person: str) -> str:
    """Return the pseudonym of a keyed hash.

    Args:
        key: the centre's journal key.
        day: the service day; another day's pseudonym is another.
        person: what the kiosk sent.
    """
    return hmac.new(key, f"person/{day}/{person}".encode(), hashlib.sha256).hexdigest()[:HEX_DIGITS]


def kept(site: Site, ticket_id: str, person: str, now: int) -> SideData:
    """Return what must be kept of somebody who takes her first number of the day, until the day is over.

    Args:
        site: the centre.
        ticket_id: her ticket.
        person: her pseudonym.
        now: hall time, UTC ms.
    """
    tomorrow = date.fromisoformat(site.service_day(now)) + timedelta(days=1)
    return SideData(
        ref_of(ticket_id, PERSON), PERSON, person.encode(), calendar.start_of_day(site, tomorrow.isoformat())
    )
