"""Load on a real hub process over loopback HTTP: issuing and calling at 1, 8 and 32 clients."""

import asyncio
import contextlib
import itertools
import json
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from kiosk.domain.site import WEEKDAYS
from kiosk.ids import new_token, uuid7
from kiosk.settings import ASSETS_DIR
from tools.bench.figures import Timed
from tools.bench.http_client import Connection
from tools.processes import HubProcess

COUNTERS = 32
YEAR_DAYS = 366
QUEUES = "ABCDEGHK"
NUMBERS = 9999
"""A queue's numbers of one day: the most a set-up may have, so one hub can be asked for three times as many."""
CLIENTS = (1, 8, 32)
ANSWER_S = 10.0


_queues = itertools.cycle(QUEUES)


class LoadError(RuntimeError):
    """The hub refused what the load asked: the figures would mean nothing."""


def bench_site(path: Path) -> Path:
    """Write a centre like the demo's, with as many counters and clerks as there are clients, that is always open.

    All its rules hold, hours too; but a benchmark must not depend on the hour it is run at.
    """
    site = json.loads((ASSETS_DIR / "site" / "demo.json").read_text(encoding="utf-8"))
    tiers = [["A", "B"], [*QUEUES[2:]]]
    site["counters"] = [{"number": n, "zone": "A", "tiers": tiers} for n in range(1, COUNTERS + 1)]
    site["staff"] = [
        {"id": f"nv{n:02d}", "name": f"Cán bộ {n}", "roles": ["clerk"], "languages": ["vi"]}
        for n in range(1, COUNTERS + 1)
    ]
    site["queues"] = [{**q, "last": NUMBERS} for q in site["queues"] if q["id"] in QUEUES]
    site["site"]["hours"] = {"enforced": True, "default": [["00:00", "23:59"]], "days": list(WEEKDAYS)}
    site["rules"] = {"honest_minutes": 1}
    today = date.today()
    site["calendar"] = {"working": [(today + timedelta(n)).isoformat() for n in range(-YEAR_DAYS, 3)]}
    path.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")
    return path


@contextlib.contextmanager
def a_hub(folder: Path, name: str) -> Iterator[HubProcess]:
    """Run a hub of the bench's centre on a data folder of that name, and end it whatever happens."""
    site = folder / "site.json"
    hub = HubProcess(folder / name, "--site", str(site if site.exists() else bench_site(site)))
    try:
        yield hub
    finally:
        hub.stop()


class Target(Protocol):
    """What a load can be put on: a hub, or a floor that is spoken to like one."""

    port: int
    tokens: dict[str, str]


def issue_load(hub: Target, clients: int, seconds: float) -> Timed:
    """Issue tickets from so many kiosks at once for a while."""

    async def one(connection: Connection, _: int) -> float:
        return await _issue(connection)

    return asyncio.run(_run(hub, "kiosk", clients, seconds, one))


def call_load(hub: HubProcess, clients: int, seconds: float) -> Timed:
    """Call tickets at so many counters at once for a while; starting and finishing go on between, untimed."""

    async def one(connection: Connection, client: int) -> float:
        took, ticket = await _call(connection, client + 1)
        await _serve(connection, client + 1, ticket)
        return took

    return asyncio.run(_run(hub, "counter", clients, seconds, one))


def call_bursts(hub: HubProcess, clients: int, seconds: float) -> Timed:
    """Let so many clerks call at the same moment, again and again; only the calling counts, not the serving between.

    A counter must be free before it can call, so calls alone cannot go on without a break.
    """

    async def bursts() -> Timed:
        took: list[float] = []
        calling = 0.0
        async with _connected(hub, "counter", clients) as connections:
            began = time.perf_counter()
            while time.perf_counter() - began < seconds:
                before = time.perf_counter()
                called = await asyncio.gather(*(_call(c, n) for n, c in enumerate(connections, start=1)))
                calling += time.perf_counter() - before
                took += [seconds_taken for seconds_taken, _ in called]
                await asyncio.gather(*(_serve(c, n + 1, called[n][1]) for n, c in enumerate(connections)))
        return Timed(took, calling)

    return asyncio.run(bursts())


def visits(hub: HubProcess, seconds: float) -> tuple[Timed, Timed]:
    """One visit after the other for a while, so that as many wait at the end as before: issue, call, start, finish.

    Returns:
        Every issue, and every call.
    """

    async def one_after_the_other() -> tuple[Timed, Timed]:
        issued: list[float] = []
        called: list[float] = []
        async with _connected(hub, "kiosk", 1) as (kiosk,), _connected(hub, "counter", 1) as (counter,):
            began = time.perf_counter()
            while time.perf_counter() - began < seconds:
                issued.append(await _issue(kiosk))
                took, ticket = await _call(counter, 1)
                called.append(took)
                await _serve(counter, 1, ticket)
            elapsed = time.perf_counter() - began
        return Timed(issued, elapsed), Timed(called, elapsed)

    return asyncio.run(one_after_the_other())


def a_day(hub: HubProcess, tickets: int) -> None:
    """Let a day's visits happen at all counters: each ticket is issued, called, started and finished."""
    left = itertools.count()

    async def one(kiosk: Connection, counter: Connection, number: int) -> None:
        while next(left) < tickets:
            await _issue(kiosk)
            _, ticket = await _call(counter, number)
            await _serve(counter, number, ticket)

    async def all_of_them() -> None:
        async with _connected(hub, "kiosk", COUNTERS) as kiosks, _connected(hub, "counter", COUNTERS) as counters:
            pairs = zip(kiosks, counters, strict=True)
            await asyncio.gather(*(one(k, c, number) for number, (k, c) in enumerate(pairs, start=1)))

    asyncio.run(all_of_them())


def open_counters(hub: HubProcess) -> None:
    """Sign a clerk in at every counter."""

    async def sign_in() -> None:
        async with _connected(hub, "counter", 1) as (connection,):
            for n in range(1, COUNTERS + 1):
                body = json.dumps({"staff": f"nv{n:02d}", "pin": f"{n:04d}"}).encode()
                await _timed(connection, f"/v1/counters/{n}/open", body)

    asyncio.run(sign_in())


def issue_many(hub: HubProcess, count: int) -> None:
    """Issue so many tickets, to have someone to call."""
    left = itertools.count()

    async def one(connection: Connection) -> None:
        while next(left) < count:
            await _issue(connection)

    async def all_of_them() -> None:
        async with _connected(hub, "kiosk", min(16, count)) as connections:
            await asyncio.gather(*(one(c) for c in connections))

    asyncio.run(all_of_them())


@contextlib.contextmanager
def one_kiosk(hub: HubProcess) -> Iterator[Callable[[], float]]:
    """Hold a kiosk's connection open; what is handed over issues a ticket and returns how long that took, in s."""
    with asyncio.Runner() as runner:
        connection = Connection(hub.port, hub.tokens["kiosk"])
        runner.run(connection.open())
        try:
            yield lambda: runner.run(_issue(connection))
        finally:
            runner.run(connection.close())


def commits(hub: HubProcess) -> int:
    """Return how many durable commits the hub has made since it started, as its metrics say.

    Raises:
        LoadError: they do not say.
    """
    request = urllib.request.Request(
        f"{hub.url}/metrics", headers={"Authorization": f"Bearer {hub.tokens['supervisor']}"}
    )
    with urllib.request.urlopen(request, timeout=ANSWER_S) as answer:
        for line in answer.read().decode().splitlines():
            if line.startswith("moi_commit_seconds_count "):
                return int(float(line.split()[1]))
    raise LoadError("the hub's metrics name no commits")


def in_turns(turns: int, *loads: Callable[[], Timed]) -> list[Timed]:
    """Put loads on one after the other, again and again: what else the machine does meanwhile falls on all of them."""
    stretches = [[load() for load in loads] for _ in range(turns)]
    return [Timed.of(of_one) for of_one in zip(*stretches, strict=True)]


async def _run(
    hub: Target, role: str, clients: int, seconds: float, one: Callable[[Connection, int], Awaitable[float]]
) -> Timed:
    took: list[float] = []
    async with _connected(hub, role, clients) as connections:
        started = time.perf_counter()

        async def client(number: int) -> None:
            while time.perf_counter() - started < seconds:
                took.append(await one(connections[number], number))

        await asyncio.gather(*(client(n) for n in range(clients)))
        return Timed(took, time.perf_counter() - started)


@contextlib.asynccontextmanager
async def _connected(hub: Target, role: str, count: int) -> AsyncIterator[list[Connection]]:
    """Open so many connections, and close them whatever happens."""
    connections = [Connection(hub.port, hub.tokens[role]) for _ in range(count)]
    try:
        await asyncio.gather(*(c.open() for c in connections))
        yield connections
    finally:
        await asyncio.gather(*(c.close() for c in connections))


async def _issue(connection: Connection) -> float:
    queue = next(_queues)
    ticket = {"ticket_id": _id(), "token": new_token(), "queue": queue, "kiosk": 1, "confirmed": True}
    return await _timed(connection, "/v1/tickets", json.dumps(ticket).encode())


async def _call(connection: Connection, counter: int) -> tuple[float, str]:
    before = time.perf_counter()
    status, answer = await connection.post(f"/v1/counters/{counter}/call", _id(), b"{}")
    took = time.perf_counter() - before
    if status != 200:
        raise LoadError(str(answer))
    return took, answer["ticket"]["id"]


async def _serve(connection: Connection, counter: int, ticket: str) -> None:
    for move, more in (("start", {}), ("finish", {"outcome": "served"})):
        body = json.dumps({"counter": counter, **more}).encode()
        await _timed(connection, f"/v1/tickets/{ticket}/{move}", body)


async def _timed(connection: Connection, path: str, body: bytes) -> float:
    before = time.perf_counter()
    status, answer = await connection.post(path, _id(), body)
    if status != 200:
        raise LoadError(f"{path}: {answer}")
    return time.perf_counter() - before


def _id() -> str:
    return uuid7(time.time_ns() // 1_000_000)
