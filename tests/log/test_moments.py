"""Moments that can be compared between processes."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import log


@pytest.fixture
def trace(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "trace.jsonl"
    log.trace_to(path)
    yield path
    log.trace_to(None)


def test_moments_are_written_at_once_with_the_machines_own_clock(trace: Path) -> None:
    before = time.monotonic_ns()
    log.trace("key", counter=1)
    log.trace("paint", number="A015")
    key, paint = (json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines())
    assert (key["moment"], key["counter"], paint["moment"], paint["number"]) == ("key", 1, "paint", "A015")
    assert before <= key["ns"] <= paint["ns"] <= time.monotonic_ns()


def test_nothing_is_written_once_tracing_has_stopped(trace: Path) -> None:
    log.trace_to(None)
    log.trace("key")
    assert trace.read_text(encoding="utf-8") == ""
