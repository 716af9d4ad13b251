"""What stands around the kiosk's window: its centre, its devices, its timings."""

from dataclasses import dataclass

from kiosk.domain.procedure import Catalogue
from kiosk.domain.site import Site
from kiosk.flows.kiosk_state import Timing
from kiosk.ports import Clock, KioskLink, Spool
from kiosk.settings import Settings


@dataclass(frozen=True)
class Devices:
    """What the window acts through; the composition root plugs the real ones in."""

    link: KioskLink
    spool: Spool
    clock: Clock


@dataclass(frozen=True)
class Centre:
    """What the kiosk knows of its centre."""

    site: Site
    catalogue: Catalogue
    number: int
    """This kiosk's number."""


def timing_of(settings: Settings) -> Timing:
    """Return the flow's timings from the device's settings, all in seconds."""
    timing = settings.timing
    return Timing(
        idle_before_warning=timing.idle_before_warning,
        idle_countdown=timing.idle_countdown,
        ticket_close=timing.ticket_close,
        ticket_close_no_paper=timing.ticket_close_no_paper,
        patience=settings.patience_s,
    )
