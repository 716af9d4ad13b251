"""What a hub's machine tells whoever watches it."""

from pathlib import Path
from typing import Protocol

from kiosk.domain.hall import Hall
from kiosk.hub.journal.journal import Journal
from kiosk.hub.journal.losses import Report
from kiosk.hub.streams.role_views import RoleViews
from kiosk.hub.takeover.recovery import GivenBack
from kiosk.hub.work import Outcome, Request
from tools.simulate.letters import Letter

Taken = tuple[Letter, Request, Outcome | Exception]
"""A command, as it came, as it was understood, and what became of it."""


class Watch(Protocol):
    """Who looks at everything machines do; each is named."""

    def forget(self, machine: str) -> None:
        """A machine's disk holds something else from now on."""

    def opened(self, machine: str, journal: Journal) -> None:
        """A hub opened its journal."""

    def turned(self, machine: str, journal: Journal, before: Hall, after: Hall, taken: list[Taken]) -> None:
        """The writer took a turn."""

    def check_folder(self, machine: str, folder: Path) -> None:
        """A hub's folder may be looked at as a whole."""

    def recovers(self, machine: str, journal: Journal) -> None:
        """A machine is about to carry the journal on."""

    def recovered(self, machine: str, given: GivenBack, report: Report) -> None:
        """A machine has carried the journal on."""

    def clock_jumped(self) -> None:
        """A hub saw that its clock was set."""

    def torn(self, machine: str, wrote: list[Request]) -> None:
        """The power went while these were being written: all of it is there afterwards, or nothing."""

    def showing(self, hall: Hall, views: RoleViews) -> None:
        """The hub is about to publish a hall."""
