"""The benchmark's figures are what they say they are, and its load is carried by a real hub."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench import hub_load
from tools.bench.bare_http import BareServer
from tools.bench.figures import Latencies, against, percentile
from tools.bench.floor import one_row_per_commit
from tools.processes import HubProcess


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub", "--site", str(hub_load.bench_site(tmp_path / "site.json")))
    yield hub
    hub.stop()


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([7.0], 0.99)) == (51.0, 100.0, 7.0)
    with pytest.raises(ValueError, match="no value"):
        percentile([], 0.5)


def test_latencies_are_summed_up_in_milliseconds_and_per_second() -> None:
    assert Latencies.of([0.001, 0.003, 0.002], 0.5) == Latencies(3, 2.0, 3.0, 6.0)


def test_a_row_says_its_ratio_to_the_floor() -> None:
    row = against("issue, p50", 4.0, "ms", {"disk": 2.0, "bare HTTP": 3.2})
    assert row.ratios == {"disk": 2.0, "bare HTTP": 1.25}
    assert "2 × disk   1.25 × bare HTTP" in row.line()


def test_the_floor_commits_every_row(tmp_path: Path) -> None:
    measured = one_row_per_commit(tmp_path / "floor.db", 0.05)
    assert measured.count > 0
    assert measured.per_s > 0


def test_the_other_floor_commits_every_request(tmp_path: Path) -> None:
    with BareServer(tmp_path / "bare.db") as server:
        measured = hub_load.issue_load(server, 8, 0.2)
    with contextlib.closing(sqlite3.connect(tmp_path / "bare.db")) as db:
        assert db.execute("SELECT count(*) FROM ticket").fetchone()[0] == measured.count > 0


def test_the_load_issues_and_calls_on_a_real_hub(hub: HubProcess) -> None:
    hub_load.issue_many(hub, 60)
    assert hub_load.issue_load(hub, 8, 0.2).count >= 8
    hub_load.open_counters(hub)
    assert hub_load.call_load(hub, 8, 0.2).count >= 8


def test_the_load_stops_when_the_hub_refuses(hub: HubProcess) -> None:
    hub_load.open_counters(hub)
    with pytest.raises(hub_load.LoadError, match="nobody_waiting"):
        hub_load.call_load(hub, 1, 0.1)
