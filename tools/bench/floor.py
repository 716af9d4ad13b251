"""The floor: what a bare `sqlite3` loop with one row per commit does on this disk, in this run."""

import sqlite3
import time
from pathlib import Path

from tools.bench.figures import Latencies


def one_row_per_commit(path: Path, seconds: float) -> Latencies:
    """Insert one small row per transaction with synchronous=FULL for a while; every commit is timed.

    Args:
        path: a file that does not exist yet.
        seconds: how long to go on.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE ticket (id INTEGER PRIMARY KEY, body BLOB)")
    body = b"x" * 300
    took: list[float] = []
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        before = time.perf_counter()
        connection.execute("BEGIN")
        connection.execute("INSERT INTO ticket (body) VALUES (?)", (body,))
        connection.execute("COMMIT")
        took.append(time.perf_counter() - before)
    elapsed = time.perf_counter() - started
    connection.close()
    return Latencies.of(took, elapsed)
