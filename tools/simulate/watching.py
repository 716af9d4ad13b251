"""What a hub's machine tells whoever watches it."""

from pathlib import Path
from typing import Protocol

from kiosk.domain.hall import Hall
from kiosk.hub.journal import Journal
from kiosk.hub.role_views import RoleViews
from kiosk.hub.work import Outcome, Request
from tools.simulate.letters import Letter

Taken = tuple[Letter, Request, Outcome | Exception]
"""A command, as it came, as it was understood, and what became of it."""


class Watch(Protocol):
    """Who looks at everything the hub does."""

    def opened(self, journal: Journal) -> None:
        """A hub opened its journal."""

    def turned(self, journal: Journal, before: Hall, after: Hall, taken: list[Taken]) -> None:
        """The writer took a turn."""

    def check_folder(self, folder: Path) -> None:
        """A hub's folder may be looked at as a whole."""

    def clock_jumped(self) -> None:
        """A hub saw that its clock was set."""

    def torn(self, asked: list[Request]) -> None:
        """The power went while a turn was being written: all of it is there afterwards, or nothing."""

    def showing(self, hall: Hall, views: RoleViews) -> None:
        """The hub is about to publish a hall."""
