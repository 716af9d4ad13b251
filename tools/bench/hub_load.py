"""Load on a real hub process over loopback HTTP: issuing and calling at 1, 8 and 32 clients."""

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol

from kiosk.ids import new_token, uuid7
from kiosk.settings import ASSETS_DIR
from tools.bench.figures import Latencies
from tools.bench.http_client import Connection
from tools.processes import HubProcess

COUNTERS = 32
CLIENTS = (1, 8, 32)
SERVED_PER_CALL = 3
"""Commands of a served ticket after it was issued: call, start, finish."""


class LoadError(RuntimeError):
    """The hub refused what the load asked: the figures would mean nothing."""


def bench_site(path: Path) -> Path:
    """Write a centre like the demo's with as many counters and clerks as there are clients."""
    site = json.loads((ASSETS_DIR / "site" / "demo.json").read_text(encoding="utf-8"))
    site["counters"] = [{"number": n, "zone": "A", "tiers": [["A", "B"], ["C"]]} for n in range(1, COUNTERS + 1)]
    site["staff"] = [
        {"id": f"nv{n:02d}", "name": f"Cán bộ {n}", "roles": ["clerk"], "languages": ["vi"]}
        for n in range(1, COUNTERS + 1)
    ]
    site["queues"] = [q for q in site["queues"] if q["id"] in "ABC"]
    site["site"]["hours"].pop("queues", None)
    path.write_text(json.dumps(site, ensure_ascii=False), encoding="utf-8")
    return path


class Target(Protocol):
    """What a load can be put on: a hub, or a floor that is spoken to like one."""

    port: int
    tokens: dict[str, str]


def issue_load(hub: Target, clients: int, seconds: float) -> Latencies:
    """Issue tickets from so many kiosks at once for a while."""

    async def one(connection: Connection, _: int) -> float:
        body = json.dumps({"ticket_id": _id(), "token": new_token(), "queue": "A"}).encode()
        return await _timed(connection, "/v1/tickets", body)

    return asyncio.run(_run(hub, "kiosk", clients, seconds, one))


def call_load(hub: HubProcess, clients: int, seconds: float) -> Latencies:
    """Call tickets at so many counters at once for a while; starting and finishing go on between, untimed."""

    async def one(connection: Connection, client: int) -> float:
        before = time.perf_counter()
        status, answer = await connection.post(f"/v1/counters/{client + 1}/call", _id(), b"{}")
        took = time.perf_counter() - before
        if status != 200:
            raise LoadError(str(answer))
        for move, body in (("start", {}), ("finish", {"outcome": "served"})):
            path = f"/v1/tickets/{answer['ticket']['id']}/{move}"
            await _timed(connection, path, json.dumps({"counter": client + 1, **body}).encode())
        return took

    return asyncio.run(_run(hub, "counter", clients, seconds, one))


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
            body = json.dumps({"ticket_id": _id(), "token": new_token(), "queue": "A"}).encode()
            await _timed(connection, "/v1/tickets", body)

    async def all_of_them() -> None:
        async with _connected(hub, "kiosk", 16) as connections:
            await asyncio.gather(*(one(c) for c in connections))

    asyncio.run(all_of_them())


async def _run(
    hub: Target, role: str, clients: int, seconds: float, one: Callable[[Connection, int], Awaitable[float]]
) -> Latencies:
    took: list[float] = []
    async with _connected(hub, role, clients) as connections:
        started = time.perf_counter()

        async def client(number: int) -> None:
            while time.perf_counter() - started < seconds:
                took.append(await one(connections[number], number))

        await asyncio.gather(*(client(n) for n in range(clients)))
        return Latencies.of(took, time.perf_counter() - started)


@contextlib.asynccontextmanager
async def _connected(hub: Target, role: str, count: int) -> AsyncIterator[list[Connection]]:
    """Open so many connections, and close them whatever happens."""
    connections = [Connection(hub.port, hub.tokens[role]) for _ in range(count)]
    try:
        await asyncio.gather(*(c.open() for c in connections))
        yield connections
    finally:
        await asyncio.gather(*(c.close() for c in connections))


async def _timed(connection: Connection, path: str, body: bytes) -> float:
    before = time.perf_counter()
    status, answer = await connection.post(path, _id(), body)
    if status != 200:
        raise LoadError(f"{path}: {answer}")
    return time.perf_counter() - before


def _id() -> str:
    return uuid7(time.time_ns() // 1_000_000)
