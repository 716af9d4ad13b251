"""Figures for whoever watches over the hub, in Prometheus' text format."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from kiosk.domain.hall import Hall
from kiosk.domain.numbers import PRACTICE
from kiosk.hub.access.presence import Presence
from kiosk.hub.writer import Batch
from kiosk.log.event import log

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The hub's figures, in registries of its own so that two hubs in one process do not mix.

    Two registries: what moves when a citizen rates is not for everyone. A clerk could read from it that the visit which
    ended just now was rated (DESIGN §9).
    """

    def __init__(self, watchers: Callable[[], int], presence: Callable[[], Presence], hall: Callable[[], Hall]) -> None:
        self._registry, self._open = CollectorRegistry(), CollectorRegistry()
        self.commands = Counter(
            "moi_commands",
            "Commands by route and outcome: done, repeated, or the refusal's code",
            ("route", "status"),
            registry=self._registry,
        )
        self._commit = Histogram("moi_commit_seconds", "Decide and commit, per batch", registry=self._registry)
        self._batch = Histogram(
            "moi_batch_commands",
            "Commands per commit",
            buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
            registry=self._registry,
        )
        self._seq = Gauge("moi_journal_seq", "Newest row of the journal", registry=self._registry)
        self._open.register(_Waiting(hall))
        self.standby_lag = Gauge("moi_standby_lag_rows", "Rows the standby does not have yet", registry=self._registry)
        self.central_lag = Gauge("moi_central_lag_rows", "Rows central does not have yet", registry=self._registry)
        Gauge("moi_screens", "Connected streams", registry=self._open).set_function(watchers)
        self._registry.register(_Devices(presence))
        self._registry.register(_Events())

    def committed(self, batch: Batch) -> None:
        """Note a commit."""
        self._commit.observe(batch.seconds)
        self._batch.observe(batch.size)
        self._seq.set(batch.hall.seq)

    def text(self, *, inside: bool) -> bytes:
        """Return the figures for everyone, and if `inside` those that tell of single commands."""
        return generate_latest(self._open) + (generate_latest(self._registry) if inside else b"")


class _Waiting(Collector):
    """How many wait, counted when it is asked for and not at every commit."""

    def __init__(self, hall: Callable[[], Hall]) -> None:
        self._hall = hall

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the figures now."""
        hall = self._hall()
        waiting = GaugeMetricFamily("moi_waiting", "Tickets waiting, by queue", labels=("queue",))
        for queue in sorted(({q for q, _ in hall.lines} | set(hall.ordinals)) - {PRACTICE}):
            waiting.add_metric((queue,), hall.waiting_count(queue))
        yield waiting


class _Devices(Collector):
    """Figures of each device as they are when they are asked for: a device that was revoked leaves none behind."""

    def __init__(self, presence: Callable[[], Presence]) -> None:
        self._presence = presence

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Tell the registry nothing ahead: it would ask for figures before there is a hub."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the figures now."""
        labels = ("device", "role", "number")
        present = GaugeMetricFamily("moi_device_present", "1 where the device is there", labels=labels)
        seen = GaugeMetricFamily("moi_device_last_seen_seconds", "Unix time it was last seen at", labels=labels)
        outbox = GaugeMetricFamily("moi_device_outbox", "Facts waiting in its outbox", labels=labels)
        quarantined = GaugeMetricFamily("moi_device_quarantined", "Facts the hub could not place", labels=labels)
        printer = GaugeMetricFamily("moi_device_printer", "Its printer's last status", labels=(*labels, "status"))
        presence = self._presence()
        for state in presence.states():
            device, beat = state.device, state.beat
            values = (str(device.id), device.role.value, "" if device.number is None else str(device.number))
            present.add_metric(values, presence.is_present(state))
            seen.add_metric(values, state.last_seen / 1000)
            outbox.add_metric(values, beat.outbox)
            quarantined.add_metric(values, beat.quarantined)
            if beat.printer is not None:
                printer.add_metric((*values, beat.printer.value), 1)
        yield from (present, seen, outbox, quarantined, printer)


class _Events(Collector):
    """How often each log event was noted: what a watchman counts need not be read from lines."""

    def describe(self) -> Iterator[CounterMetricFamily]:
        """Tell the registry nothing ahead."""
        yield from ()

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Return the figures now."""
        noted = CounterMetricFamily("moi_log_events", "Log events of this process", labels=("event",))
        for event, count in log.counts().items():
            noted.add_metric((event.name(),), count)
        yield noted
