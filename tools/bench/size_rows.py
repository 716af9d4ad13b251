"""What the hub costs when there is much behind it: years of past tickets, a full hall, a long day."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kiosk.catalogue.site_file import load_site
from kiosk.hub.hub import DATABASE
from tools.bench import hub_load
from tools.bench.figures import Goal, Row, against, median_ms
from tools.bench.past import DAY_MS, EVENTS_PER_VISIT, write_past
from tools.bench.resources import resident_mib, wait_until_quiet
from tools.processes import HubProcess

FEW_WAITING = 10
TURNS = 6
THE_PAST_COSTS_NOTHING = Goal(1.1, "none")
A_FULL_HALL_COSTS_LITTLE = Goal(1.2, f"{FEW_WAITING} waiting")
SOON_BACK = Goal(1000)
SMALL = Goal(120)


class Sizes(Struct, frozen=True):
    """How much is put behind the hub, and how long each pair is compared, in seconds for each side."""

    past_days: int
    past_tickets_a_day: int
    waiting: int
    day_tickets: int
    seconds: float


FULL = Sizes(past_days=200, past_tickets_a_day=5000, waiting=5000, day_tickets=5000, seconds=12.0)
QUICK = Sizes(past_days=20, past_tickets_a_day=1000, waiting=5000, day_tickets=5000, seconds=1.5)


def measure(folder: Path, sizes: Sizes) -> list[Row]:
    """Measure all of it; the names of the rows say how much was behind the hub."""
    folder.mkdir(parents=True, exist_ok=True)
    hub_load.bench_site(folder / "site.json")
    with _ready(folder, "none", FEW_WAITING) as none:
        with _ready(folder, "crowd", sizes.waiting) as crowd:
            rows = _crowd_rows(none, crowd, sizes)
        _write_past(folder / "past", sizes)
        with _ready(folder, "past", FEW_WAITING) as past:
            rows += _past_rows(none, past, sizes)
    return rows + _day_rows(folder, sizes)


@contextlib.contextmanager
def _ready(folder: Path, name: str, waiting: int) -> Iterator[HubProcess]:
    """Run a hub with its counters open and so many waiting, that has nothing more to do."""
    with hub_load.a_hub(folder, name) as hub:
        hub_load.open_counters(hub)
        if waiting:
            hub_load.issue_many(hub, waiting)
        wait_until_quiet(hub.process.pid)
        yield hub


def _write_past(folder: Path, sizes: Sizes) -> None:
    folder.mkdir()
    site = load_site(folder.parent / "site.json")
    # In the morning: a day that began at the hour of this run could go on past its own midnight.
    today = time.time_ns() // 1_000_000 // DAY_MS * DAY_MS
    first_ms = today - (sizes.past_days + 1) * DAY_MS
    write_past(folder / DATABASE, site, sizes.past_days, sizes.past_tickets_a_day, first_ms)


def _crowd_rows(few: HubProcess, many: HubProcess, sizes: Sizes) -> list[Row]:
    (_, call_few), (_, call_many) = _compared(few, many, sizes.seconds)
    floors = {f"{FEW_WAITING} waiting": call_few}
    name = f"call next with {sizes.waiting:,} waiting, p50"
    return [against(name, call_many, "ms", floors, A_FULL_HALL_COSTS_LITTLE)]


def _past_rows(none: HubProcess, past: HubProcess, sizes: Sizes) -> list[Row]:
    (issue_none, call_none), (issue_past, call_past) = _compared(none, past, sizes.seconds)
    what = f"with {sizes.past_days * sizes.past_tickets_a_day:,} past tickets, p50"
    return [
        against(f"issue {what}", issue_past, "ms", {"none": issue_none}, THE_PAST_COSTS_NOTHING),
        against(f"call next {what}", call_past, "ms", {"none": call_none}, THE_PAST_COSTS_NOTHING),
    ]


def _compared(one: HubProcess, other: HubProcess, seconds: float) -> list[tuple[float, float]]:
    """Return p50 of issuing and of calling, in ms, for each of two hubs that are visited in turns."""
    found: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    for _ in range(TURNS):
        for hub, (issued, called) in zip((one, other), found, strict=True):
            more_issued, more_called = hub_load.visits(hub, seconds / TURNS)
            issued += more_issued.took_s
            called += more_called.took_s
    return [(median_ms(issued), median_ms(called)) for issued, called in found]


def _day_rows(folder: Path, sizes: Sizes) -> list[Row]:
    with _ready(folder, "day", 0) as hub:
        hub_load.a_day(hub, sizes.day_tickets)
        mib = resident_mib(hub.process.pid)
        hub.kill()
    started = time.perf_counter()
    with hub_load.a_hub(folder, "day") as again:
        hub_load.issue_many(again, 1)
        answered_ms = round((time.perf_counter() - started) * 1000, 1)
    events = sizes.day_tickets * EVENTS_PER_VISIT
    return [
        Row(f"killed after {events:,} events today, restart to first answer", answered_ms, "ms", goal=SOON_BACK),
        Row(f"resident memory, hub, after a day of {sizes.day_tickets:,} tickets", mib, "MiB", goal=SMALL),
    ]
