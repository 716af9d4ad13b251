"""Vietnam's public holidays for a centre's calendar (DOMAIN §10), made ahead by `tools.make_holidays`."""

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.site import Calendar
from kiosk.settings import ASSETS_DIR

FILE = ASSETS_DIR / "site" / "holidays-vn.json"


class PublicHolidays(Struct, frozen=True, forbid_unknown_fields=True):
    """The file: ISO dates."""

    source: str
    """The package and version the days come from."""
    off: dict[str, str]
    """Days off, with their names."""
    working: tuple[str, ...]
    """Saturdays that are worked for a day off elsewhere."""


def with_public_holidays(calendar: Calendar) -> Calendar:
    """Add the country's days to a centre's own. What the centre says of a day wins over what the country says of it."""
    country = msgspec.json.decode(FILE.read_bytes(), type=PublicHolidays)
    return replace(
        calendar,
        public_holidays=calendar.public_holidays.union(country.off),
        working=calendar.working.union(set(country.working) - calendar.off),
    )
