"""Which devices are there, and how they are: from their heartbeats and their open streams (DESIGN §6)."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from kiosk.domain.commands import Role
from kiosk.domain.site import Site
from kiosk.hub.access.devices import Device
from kiosk.log.catalogue import DeviceCame, DeviceGone
from kiosk.log.event import log
from kiosk.ports import PrinterStatus
from kiosk.wire.views import DeviceView, PrinterTrouble

HEARTBEAT_S = 15
"""How often a device tells how it is."""
GONE_AFTER_MS = 3 * HEARTBEAT_S * 1000
"""Without a stream and without a heartbeat for this long a device counts as gone."""
_NEED_SOMEBODY = frozenset(PrinterStatus) - {PrinterStatus.READY, PrinterStatus.OVERHEATED, PrinterStatus.UNKNOWN}
"""A hot head cools by itself; one that says nothing may print all the same (DESIGN §8)."""
_MAY_PRINT = (PrinterStatus.READY, PrinterStatus.PAPER_LOW, PrinterStatus.UNKNOWN)
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class Heartbeat(Struct, frozen=True, forbid_unknown_fields=True):
    """How a device is."""

    version: Annotated[str, Meta(max_length=32, pattern=r"^[0-9A-Za-z.+-]*$")] = ""
    printer: PrinterStatus | None = None
    outbox: Count = 0
    """Facts that wait in its outbox."""
    quarantined: Count = 0
    """Facts the hub could not place."""
    seen: Annotated[str, Meta(max_length=8192)] = ""
    """The highest mark it was told: a hub that is behind it must not go on (DESIGN §6)."""


class HeartbeatAnswer(Struct, frozen=True):
    """Hub time, UTC milliseconds."""

    hub_time: int


class State(Struct, frozen=True):
    """What is known of a device; `last_seen` is UTC milliseconds, 0 where it never came."""

    device: Device
    streams: int = 0
    last_seen: int = 0
    beat: Heartbeat = Heartbeat()


class Presence:
    """The devices of this hub. Use it in the server's event loop only."""

    def __init__(self, now_ms: Callable[[], int], devices: Callable[[], tuple[Device, ...]]) -> None:
        """Begin knowing nothing of anyone.

        Args:
            now_ms: hub time.
            devices: the registered devices that have their rights.
        """
        self._now_ms, self._devices = now_ms, devices
        self._states: dict[int, State] = {}
        self._present: dict[int, Device] = {}
        self.on_seen: Callable[[str, str], object] = lambda store, seen: None
        """Told with every heartbeat whose store is there, and what it has seen."""

    def beat(self, device: Device, beat: Heartbeat, store: str = "") -> HeartbeatAnswer:
        """Take a heartbeat; `store` is the id of the store in which the device keeps what is the hub's."""
        self._states[device.id] = replace(self._of(device), last_seen=self._now_ms(), beat=beat)
        if beat.seen or store:
            self.on_seen(store, beat.seen)
        return HeartbeatAnswer(self._now_ms())

    def stream_opened(self, device: Device) -> None:
        """A device follows its view: it is there."""
        state = self._of(device)
        self._states[device.id] = replace(state, streams=state.streams + 1, last_seen=self._now_ms())

    def stream_closed(self, device: Device) -> None:
        """A device follows no more."""
        state = self._of(device)
        self._states[device.id] = replace(state, streams=max(0, state.streams - 1), last_seen=self._now_ms())

    def sweep(self) -> None:
        """Look who has come and who is gone since the last time, and note it."""
        present = {state.device.id: state.device for state in self.states() if self.is_present(state)}
        for device in (present[i] for i in present.keys() - self._present.keys()):
            log.note(DeviceCame(device.id, device.role))
        for device in (self._present[i] for i in self._present.keys() - present.keys()):
            log.note(DeviceGone(device.id, device.role))
        self._present = present

    def is_present(self, state: State) -> bool:
        """Tell whether a device is there now."""
        return state.streams > 0 or (state.last_seen > 0 and self._now_ms() - state.last_seen < GONE_AFTER_MS)

    def states(self) -> tuple[State, ...]:
        """Return every registered device, and every other that has come, in the order of their ids."""
        registered = self._devices()
        known = {device.id: State(device) for device in registered}
        came = {i: replace(s, device=known[i].device) if i in known else s for i, s in self._states.items()}
        current = {i: s for i, s in came.items() if i in known or i < 0}
        return tuple(state for _, state in sorted((known | current).items()))

    def views(self) -> dict[str, DeviceView]:
        """Return what the supervisor sees; it is told when a device was last seen only if it is gone now."""
        return {str(state.device.id): self._view(state) for state in self.states()}

    def printers(self) -> tuple[PrinterTrouble, ...]:
        """Return the kiosks' printers that need somebody; of a counter's own its clerk hears at once."""
        kiosks = (state for state in self.states() if state.device.role is Role.KIOSK and self.is_present(state))
        told = ((state.device.number or 0, state.beat.printer) for state in kiosks)
        return tuple(PrinterTrouble(printer.value, kiosk) for kiosk, printer in told if printer in _NEED_SOMEBODY)

    def kiosk_to_print(self, own: int, site: Site) -> int:
        """Return the kiosk that is to print a paper again: its own, unless that cannot and another can.

        Another that is ready, of the same zone where there is one. Its own again where nobody can: somebody may load
        paper there while the wish is meant. One that says nothing may print all the same (DESIGN §8).
        """
        here = {state.device.number: state.beat.printer for state in self.states() if self.is_present(state)}
        if here.get(own) in _MAY_PRINT:
            return own
        there = site.kiosk(own)
        ready = [k for k in site.kiosks if (printer := here.get(k.number)) is not None and printer.prints]
        nearest = min(ready, key=lambda k: (there is None or k.zone != there.zone, k.number), default=None)
        return nearest.number if nearest is not None else own

    def _view(self, state: State) -> DeviceView:
        device, beat, present = state.device, state.beat, self.is_present(state)
        return DeviceView(
            role=device.role.value,
            name=device.name,
            number=device.number,
            present=present,
            last_seen=0 if present else state.last_seen,
            printer=beat.printer.value if beat.printer is not None else "",
            outbox=beat.outbox,
            quarantined=beat.quarantined,
            version=beat.version,
        )

    def _of(self, device: Device) -> State:
        return self._states.get(device.id) or State(device)
