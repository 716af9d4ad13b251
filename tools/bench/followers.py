"""Many screens at once: how long after a command was sent its change has come to every one of them."""

import json
import random
import time

from tools.bench import hub_load
from tools.bench.figures import Timed
from tools.bench.measured import MeasuredProcess
from tools.processes import HubProcess

FOLLOWERS = 200
PAUSE_S = 0.06
"""Between two events at most: they must not fall into step with what the hub does at regular times."""

PROGRAM = """
import asyncio, json, sys, time
port, streams = int(sys.argv[1]), json.loads(sys.stdin.readline())
CHANGE = b"event: change"

class Follower(asyncio.Protocol):
    def __init__(self, target, token, hall):
        self.target, self.token, self.hall, self.rest = target, token, hall, b""

    def connection_made(self, transport):
        head = f"GET {self.target} HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Bearer {self.token}\\r\\n\\r\\n"
        transport.write(head.encode())

    def data_received(self, data):
        now, data = time.monotonic_ns(), self.rest + data
        if b"event: view" in data:
            self.hall.joined()
        for _ in range(data.count(CHANGE)):
            self.hall.came(now)
        # what may be the first part of the words; the whole words are gone, so nothing is counted twice
        self.rest = data.rpartition(b"\\n")[2]

class Hall:
    def __init__(self, size):
        self.size, self.joined_so_far, self.times = size, 0, []

    def joined(self):
        self.joined_so_far += 1
        if self.joined_so_far == self.size:
            print("[]", flush=True)

    def came(self, ns):
        self.times.append(ns)
        if len(self.times) == self.size:
            print(json.dumps(self.times), flush=True)
            self.times = []

async def main():
    loop, hall = asyncio.get_running_loop(), Hall(len(streams))
    for target, token in streams:
        await loop.create_connection(lambda: Follower(target, token, hall), "127.0.0.1", port)
    await loop.create_future()

asyncio.run(main())
"""


class Followers(MeasuredProcess):
    """A process that holds open streams of a hub and says when each has heard of an event."""

    def __init__(self, hub: HubProcess, count: int) -> None:
        """Connect so many screens: boards, kiosks, and two at every counter; all of them show how many wait."""
        super().__init__("-c", PROGRAM, str(hub.port))
        self.tell(json.dumps(_streams(hub, count)))
        self.heard()

    def heard(self) -> list[int]:
        """Wait until every screen has heard of one more event; returns when each did, on the monotonic clock in ns.

        Raises:
            RuntimeError: the process ended.
        """
        times: list[int] = json.loads(self.hear())
        return times


def reach(hub: HubProcess, count: int, seconds: float) -> Timed:
    """Issue tickets one by one for a while; from the sending of each until each of so many screens has its change."""
    took: list[float] = []
    with Followers(hub, count) as followers, hub_load.one_kiosk(hub) as issue:
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            time.sleep(random.uniform(0, PAUSE_S))
            sent = time.monotonic_ns()
            issue()
            took += [(ns - sent) / 1e9 for ns in followers.heard()]
        return Timed(took, time.perf_counter() - began)


def _streams(hub: HubProcess, count: int) -> list[tuple[str, str]]:
    """Return address and token of so many streams, whose views all change with every ticket issued."""
    counters = [
        (f"/v1/events?counter={n}", hub.tokens["counter"]) for n in range(1, hub_load.COUNTERS + 1) for _ in range(2)
    ]
    kiosks = [("/v1/events", hub.tokens["kiosk"])] * 16
    boards = [("/v1/events", hub.tokens["board"])] * max(0, count - len(counters) - len(kiosks))
    return [*counters, *kiosks, *boards][:count]
