"""Which function makes which role's view, with what of the site it needs."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from kiosk.domain.hall import Hall
from kiosk.domain.site import Site
from kiosk.hub.streams.publisher import ViewKey
from kiosk.wire import make_views
from kiosk.wire.views import DeviceView, PrinterTrouble


class RoleViews:
    """Makes the view a key asks for from a committed hall."""

    def __init__(
        self,
        site: Site,
        ballot_key: str,
        now_ms: Callable[[], int],
        devices: Callable[[], dict[str, DeviceView]] = dict,
        printers: Callable[[], tuple[PrinterTrouble, ...]] = tuple,
        clock_held_back_ms: Callable[[], int] = int,
    ) -> None:
        """Take what the views need beside the hall.

        Args:
            site: the centre's set-up.
            ballot_key: the site's public ballot key, base64.
            now_ms: hub time, UTC milliseconds.
            devices: which devices are there, for the supervisor.
            printers: which printers need somebody, for the clerks.
            clock_held_back_ms: as `HallClock.held_back_ms`, for the supervisor.
        """
        self._site, self._ballot_key, self._now_ms = site, ballot_key, now_ms
        self._devices, self._printers, self._clock_held_back_ms = devices, printers, clock_held_back_ms

    def __call__(self, hall: Hall, key: ViewKey) -> Struct:
        """Make one view.

        Raises:
            KeyError: the site has no such counter.
        """
        # To the second: views that are made together then share what they have in common (`once_per_hall`).
        now = self._now_ms() // make_views.SECOND_MS * make_views.SECOND_MS
        match key.role:
            case "kiosk":
                return make_views.kiosk_view(hall, self._site, now)
            case "board":
                return make_views.board_view(hall, self._site, now)
            case "counter":
                view = make_views.counter_view(hall, self._site, key.counter, now)
                return replace(view, printers=self._printers())
            case "tablet":
                return make_views.tablet_view(hall, self._site, key.counter, self._ballot_key)
            case _:
                beside = {"devices": self._devices(), "clock_held_back_ms": self._clock_held_back_ms()}
                return replace(make_views.supervisor_view(hall, self._site, now), **beside)
