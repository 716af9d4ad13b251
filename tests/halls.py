"""The demo centre and small helpers that several tests of the hub share."""

import time

from kiosk.catalogue.site_file import load_site
from kiosk.domain.commands import AnyCommand, Envelope, Role
from kiosk.domain.site import Site
from kiosk.ids import new_token, uuid7
from kiosk.settings import ASSETS_DIR

MONDAY_8 = 1_795_395_600_000
"""2026-11-23 08:00 in Cà Mau, UTC ms."""


def demo_site() -> Site:
    """Return the demo centre."""
    return load_site(ASSETS_DIR / "site" / "demo.json")


class FixedClock:
    """A clock that stands where a test puts it."""

    def __init__(self, at: int = MONDAY_8) -> None:
        self.at = at

    def now_ms(self) -> int:
        """Return the moment it stands at."""
        return self.at

    @staticmethod
    def machine_ms() -> int:
        """Stand still too: a test that takes its time has not set the clock."""
        return 0


class WallClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """Return UTC ms."""
        return time.time_ns() // 1_000_000


def new_id() -> str:
    """Make an id as a device would."""
    return uuid7(time.time_ns() // 1_000_000)


def envelope(command: AnyCommand, role: Role = Role.COUNTER, key: str | None = None) -> Envelope:
    """Wrap a command as the hub's edge does."""
    return Envelope(key or new_id(), role, command)


def issue_body(queue: str = "A", **more: object) -> dict[str, object]:
    """Return the JSON of an issue command with fresh id and token."""
    return {"ticket_id": new_id(), "token": new_token(), "queue": queue, **more}
