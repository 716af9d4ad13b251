"""What the hub does under load, beside the two floors of the same run."""

import functools
from collections.abc import Callable
from pathlib import Path

from tools.bench import followers, hub_load
from tools.bench.bare_http import BareServer
from tools.bench.figures import Goal, Latencies, Row, Timed, against
from tools.bench.floor import one_row_per_commit
from tools.processes import HubProcess

FLOOR = "bare sqlite3, one row per commit"
DISK, HTTP = "disk", "bare HTTP"
WARM_TICKETS = 200
CALLED_A_SECOND = 2000
"""Tickets that a call row may use up in each of its seconds."""
TURNS = 4
MANY = max(hub_load.CLIENTS)
CALL = "call next (start and finish between)"
FAST_ISSUE = Goal(2.5, HTTP)
MANY_ISSUED = Goal(0.7, HTTP, at_least=True)
GROUP_COMMIT = Goal(8, at_least=True)
MANY_CALLED = Goal(0.7, f"{HTTP}'s issue", at_least=True)
NO_CLERK_STARVES = Goal(3, "p50")
SEEN_SOON = Goal(50)


def measure(folder: Path, seconds: float) -> list[Row]:
    """Measure floors, issuing, calling and following, each for so many seconds."""
    disk = one_row_per_commit(folder / "floor.db", seconds)
    rows = _plain_rows(f"floor: {FLOOR}", disk)
    with BareServer(folder / "bare.db") as bare:
        for clients in hub_load.CLIENTS:
            with hub_load.a_hub(folder, f"issue-{clients}") as hub:
                hub_load.issue_many(hub, WARM_TICKETS)
                rows += _issue_rows(hub, bare, clients, seconds, disk)
        with hub_load.a_hub(folder, "call") as hub:
            hub_load.open_counters(hub)
            for clients in hub_load.CLIENTS:
                hub_load.issue_many(hub, int(seconds * CALLED_A_SECOND))
                rows += _call_rows(hub, bare, clients, seconds, disk)
            hub_load.issue_many(hub, int(seconds * CALLED_A_SECOND))
            rows.append(_burst_row(hub, bare, seconds))
    with hub_load.a_hub(folder, "follow") as hub:
        rows.append(_followers_row(hub, seconds))
    return rows


def _issue_rows(hub: HubProcess, bare: BareServer, clients: int, seconds: float, disk: Latencies) -> list[Row]:
    before = hub_load.commits(hub)
    issued, floor = _in_turns(
        seconds,
        lambda part: hub_load.issue_load(hub, clients, part),
        lambda part: hub_load.issue_load(bare, clients, part),
    )
    commits = hub_load.commits(hub) - before
    one, many = clients == 1, clients == MANY
    rows = [
        *_plain_rows(f"floor: bare HTTP, one commit per request, {_clients(clients)}", floor),
        *_latency_rows("issue", clients, issued, disk, floor, FAST_ISSUE if one else None),
        against(
            f"issue, {_clients(clients)}, throughput",
            issued.per_s,
            "/s",
            {DISK: disk.per_s, HTTP: floor.per_s},
            MANY_ISSUED if many else None,
        ),
    ]
    if many:
        per_commit = round(issued.count / commits, 1)
        rows.append(Row(f"tickets per durable commit, {_clients(clients)}", per_commit, "", goal=GROUP_COMMIT))
    return rows


def _call_rows(hub: HubProcess, bare: BareServer, clients: int, seconds: float, disk: Latencies) -> list[Row]:
    called, floor = _in_turns(
        seconds,
        lambda part: hub_load.call_load(hub, clients, part),
        lambda part: hub_load.issue_load(bare, clients, part),
    )
    rows = _latency_rows(CALL, clients, called, disk, floor)
    if clients == MANY:
        name = f"{CALL}, {_clients(clients)}, p99 ÷ p50"
        rows.append(against(name, called.p99_ms, "ms", {"p50": called.p50_ms}, NO_CLERK_STARVES))
    return rows


def _burst_row(hub: HubProcess, bare: BareServer, seconds: float) -> Row:
    called, floor = _in_turns(
        seconds,
        lambda part: hub_load.call_bursts(hub, MANY, part),
        lambda part: hub_load.issue_load(bare, MANY, part),
    )
    name = f"call next, {MANY} clerks at the same moment, throughput"
    return against(name, called.per_s, "/s", {f"{HTTP}'s issue": floor.per_s}, MANY_CALLED)


def _in_turns(seconds: float, *loads: Callable[[float], Timed]) -> list[Latencies]:
    """Put each load on for so many seconds altogether, in turns."""
    of_a_turn = [functools.partial(load, seconds / TURNS) for load in loads]
    return [timed.summed_up() for timed in hub_load.in_turns(TURNS, *of_a_turn)]


def _followers_row(hub: HubProcess, seconds: float) -> Row:
    measured = followers.reach(hub, followers.FOLLOWERS, seconds).summed_up()
    return Row(f"event to {followers.FOLLOWERS} followers, p99", measured.p99_ms, "ms", goal=SEEN_SOON)


def _plain_rows(name: str, measured: Latencies) -> list[Row]:
    return [
        Row(f"{name}, p50", measured.p50_ms, "ms"),
        Row(f"{name}, p99", measured.p99_ms, "ms"),
        Row(f"{name}, throughput", measured.per_s, "/s"),
    ]


def _latency_rows(
    what: str, clients: int, it: Latencies, disk: Latencies, http: Latencies, goal: Goal | None = None
) -> list[Row]:
    name = f"{what}, {_clients(clients)}"
    return [
        against(f"{name}, p50", it.p50_ms, "ms", {DISK: disk.p50_ms, HTTP: http.p50_ms}, goal),
        against(f"{name}, p99", it.p99_ms, "ms", {DISK: disk.p99_ms, HTTP: http.p99_ms}),
    ]


def _clients(count: int) -> str:
    return f"{count} client{'s' if count > 1 else ''}"
