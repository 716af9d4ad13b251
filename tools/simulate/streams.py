"""Streams of views from a hub to its screens: the real publisher and buffers, over connections that break."""

from collections.abc import Callable
from typing import Any

from msgspec import json

from kiosk.hub.streams.publisher import Publisher, ViewKey
from kiosk.hub.streams.watcher import Watcher
from kiosk.link.follower import SILENCE_S, messages
from tools.simulate.network import Network
from tools.simulate.world import World

LONGEST_MS = 4_000
"""How long a view may be on its way: a connection that is slower is a broken one."""
Deliver = Callable[[dict[str, str], dict[str, Any] | None], None]
"""Takes a message ({} at the end of the stream), and the view the hub holds for it, where it is the newest."""


class Stream:
    """One device's connection: in order while it lasts, lost as a whole."""

    def __init__(self, device: str, key: ViewKey, deliver: Deliver) -> None:
        self.device, self.key, self.deliver = device, key, deliver
        self.watcher: Watcher | None = None
        self.arrives = 0
        self.broken = False
        self.stuck = False
        """The screen reads nothing: what is written to it waits in the hub."""
        self.refused = ""
        """Code of the reason for which the machine would not begin it."""
        self.disconnect: Callable[[], None] = lambda: None
        """Ends it from the device's side."""


class Streams:
    """All streams of one life of a hub."""

    def __init__(self, world: World, network: Network, hub: str, publisher: Publisher) -> None:
        self._world, self._network, self._hub, self._publisher = world, network, hub, publisher
        self._open: list[Stream] = []

    def connect(self, stream: Stream) -> None:
        """Begin a stream with the whole view."""
        stream.watcher = self._publisher.watch(stream.key)
        stream.disconnect = lambda: self.disconnect(stream)
        self._open.append(stream)
        self._drain(stream)

    def disconnect(self, stream: Stream) -> None:
        """End a stream, from the device's side."""
        if stream in self._open:
            self._open.remove(stream)
            assert stream.watcher is not None
            self._publisher.leave(stream.key, stream.watcher)

    def drain(self) -> None:
        """Write what waits to everyone who reads."""
        for stream in list(self._open):
            self._drain(stream)

    def end_all(self) -> None:
        """The hub is gone: every device's connection is reset."""
        gone, self._open = self._open, []
        for stream in gone:
            end(self._world, self._network, stream)

    def shown(self, key: ViewKey) -> dict[str, Any]:
        """Return the view that was sent last to those who watch it."""
        view: dict[str, Any] = json.decode(self._publisher._channels[key].encoded())
        return view

    def _drain(self, stream: Stream) -> None:
        watcher = stream.watcher
        assert watcher is not None
        if watcher.is_cut:
            self._world.count("stuck screens cut off")
            self.disconnect(stream)
            end(self._world, self._network, stream)
            return
        if stream.stuck:
            return
        raw = watcher.drain()
        told = list(messages(iter(raw.decode().split("\n"))))
        for message in told:
            self._send(stream, message, self.shown(stream.key) if message is told[-1] else None)

    def _send(self, stream: Stream, message: dict[str, str], view: dict[str, Any] | None) -> None:
        """Send in order; what the network loses takes the whole connection along, which a device notices in time."""
        world, weather = self._world, self._network.weather
        world.count("view messages")
        if stream.broken:
            return
        if not self._network.reaches(self._hub, stream.device) or world.chance(weather.drop / 4):
            world.count("streams cut")
            stream.broken = True
            world.after(world.between(100, SILENCE_S * 1000), lambda: stream.deliver({}, None))
            return
        stream.arrives = max(stream.arrives, world.now + int(self._network.delay(LONGEST_MS)))
        for _ in range(2 if world.chance(weather.repeat / 8) else 1):
            world.after(stream.arrives - world.now, lambda: stream.deliver(message, view))


def end(world: World, network: Network, stream: Stream) -> None:
    """Tell a device that its connection is gone."""
    world.after(network.delay(), lambda: stream.deliver({}, None))
