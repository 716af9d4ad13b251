"""Figures for whoever watches over the hub, in Prometheus' text format."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from kiosk.hub.writer import Batch

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The hub's figures, in registries of its own so that two hubs in one process do not mix.

    Two registries: what moves when a citizen rates is not for everyone. A clerk could read from it that the visit which
    ended just now was rated (DESIGN §9).
    """

    def __init__(self, watchers: Callable[[], int]) -> None:
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
        self._waiting = Gauge("moi_waiting", "Tickets waiting, by queue", ("queue",), registry=self._open)
        self.central_lag = Gauge("moi_central_lag_rows", "Rows central does not have yet", registry=self._registry)
        Gauge("moi_screens", "Connected streams", registry=self._open).set_function(watchers)

    def committed(self, batch: Batch) -> None:
        """Note a commit."""
        self._commit.observe(batch.seconds)
        self._batch.observe(batch.size)
        self._seq.set(batch.hall.seq)
        for queue in {q for q, _ in batch.hall.lines} | set(batch.hall.ordinals):
            self._waiting.labels(queue).set(batch.hall.waiting_count(queue))

    def text(self, *, inside: bool) -> bytes:
        """Return the figures for everyone, and if `inside` those that tell of single commands."""
        return generate_latest(self._open) + (generate_latest(self._registry) if inside else b"")
