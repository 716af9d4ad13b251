"""The benchmark's figures are what they say they are, and its load is carried by a real hub."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench import followers, hub_load, page, paper_rows, stages
from tools.bench.bare_http import BareServer
from tools.bench.figures import Goal, Latencies, Row, Timed, against, median_ms, percentile
from tools.bench.floor import one_row_per_commit
from tools.bench.measured import MeasuredProcess
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


def test_a_goal_is_about_the_figure_or_about_its_ratio_to_a_floor() -> None:
    floors = {"disk": 2.0, "bare HTTP": 4.0}
    assert against("issue", 9.9, "ms", floors, Goal(2.5, "bare HTTP")).met
    assert not against("issue", 10.1, "ms", floors, Goal(2.5, "bare HTTP")).met
    assert against("issue", 2.8, "/s", floors, Goal(0.7, "bare HTTP", at_least=True)).met
    assert not against("issue", 2.7, "/s", floors, Goal(0.7, "bare HTTP", at_least=True)).met
    assert Row("memory", 120.0, "MiB", goal=Goal(120)).met
    assert not Row("memory", 120.1, "MiB", goal=Goal(120)).met
    assert Row("memory", 1.0, "MiB").met is None


def test_stretches_of_a_load_are_joined_in_turns() -> None:
    calls: list[str] = []

    def load(name: str, took_s: float) -> Timed:
        calls.append(name)
        return Timed([took_s], 2.0)

    hub, floor = hub_load.in_turns(2, lambda: load("hub", 0.003), lambda: load("floor", 0.001))
    assert calls == ["hub", "floor", "hub", "floor"]
    assert (hub, floor) == (Timed([0.003, 0.003], 4.0), Timed([0.001, 0.001], 4.0))
    assert hub.summed_up() == Latencies(2, 3.0, 3.0, 0.5)
    assert median_ms(hub.took_s) == 3.0


def test_the_page_says_which_targets_are_missed() -> None:
    rows = [
        Row("floor", 1.0, "ms"),
        against("issue, p50", 2.0, "ms", {"bare HTTP": 1.0}, Goal(2.5, "bare HTTP")),
        Row("memory", 121.0, "MiB", goal=Goal(120)),
    ]
    text = page.page(rows, {"rules": 1.0, "disk": 3.0}, {"system": "Linux", "python": "3.11"}, quick=True)
    assert "| issue, p50 | 2 ms | 2 × bare HTTP | ≤ 2.5 × bare HTTP | met |" in text
    assert "| memory | 121 MiB |  | ≤ 120 | **missed** |" in text
    assert "1 of 2 targets are met." in text
    assert "| floor | 1 ms |  |" in text
    assert "| disk | 3.000 | 75% |" in text
    assert "a quick run" in text


def test_the_floor_commits_every_row(tmp_path: Path) -> None:
    measured = one_row_per_commit(tmp_path / "floor.db", 0.05)
    assert measured.count > 0
    assert measured.per_s > 0


def test_the_other_floor_commits_every_request(tmp_path: Path) -> None:
    with BareServer(tmp_path / "bare.db") as server:
        measured = hub_load.issue_load(server, 8, 0.2).summed_up()
    with contextlib.closing(sqlite3.connect(tmp_path / "bare.db")) as db:
        assert db.execute("SELECT count(*) FROM ticket").fetchone()[0] == measured.count > 0


def test_the_load_issues_and_calls_on_a_real_hub(hub: HubProcess) -> None:
    hub_load.issue_many(hub, 60)
    before = hub_load.commits(hub)
    issued = hub_load.issue_load(hub, 8, 0.2).summed_up().count
    assert issued >= 8
    assert 1 <= hub_load.commits(hub) - before <= issued
    hub_load.open_counters(hub)
    assert hub_load.call_load(hub, 8, 0.2).summed_up().count >= 8
    assert hub_load.call_bursts(hub, 8, 0.1).summed_up().count >= 8


def test_visits_leave_as_many_waiting_as_before(hub: HubProcess) -> None:
    hub_load.open_counters(hub)
    issued, called = hub_load.visits(hub, 0.2)
    assert len(issued.took_s) == len(called.took_s) > 0
    hub_load.a_day(hub, 40)
    with pytest.raises(hub_load.LoadError, match="nobody_waiting"):
        hub_load.call_load(hub, 1, 0.1)


def test_the_parts_of_an_issue_make_up_the_whole(tmp_path: Path) -> None:
    parts = stages.measure(tmp_path / "hub", hub_load.bench_site(tmp_path / "site.json"), 0.5)
    assert list(parts) == [*stages.PARTS.values(), stages.REST]
    assert min(parts.values()) >= 0
    assert sum(parts.values()) > 0


def test_every_follower_hears_of_every_event(hub: HubProcess) -> None:
    events = followers.reach(hub, 90, 0.3)
    assert len(events.took_s) >= 90
    assert len(events.took_s) % 90 == 0
    assert min(events.took_s) > 0


def test_the_load_stops_when_the_hub_refuses(hub: HubProcess) -> None:
    hub_load.open_counters(hub)
    with pytest.raises(hub_load.LoadError, match="nobody_waiting"):
        hub_load.call_load(hub, 1, 0.1)


def test_paper_is_measured_at_both_widths_beside_its_floors() -> None:
    rows = {row.name: row for row in paper_rows.measure(3)}
    for width in (576, 384):
        assert rows[f"draw a ticket, {width} dots, median"].ratios[paper_rows.FLOOR] > 0
        assert rows[f"draw a ticket, {width} dots, first after warm-up"].ratios["warm"] > 0
        assert 0 < rows[f"bytes of a ticket, {width} dots"].ratios["full raster"] <= 1.01


def test_a_measured_process_that_ended_is_said_and_one_that_lives_is_ended_with_its_block() -> None:
    with MeasuredProcess("-c", "print(input())") as process:
        process.tell("here")
        assert process.hear() == "here\n"
        with pytest.raises(RuntimeError, match="MeasuredProcess ended with code 0"):
            process.hear()
    with MeasuredProcess("-c", "print('up', flush=True); input()") as living:
        living.hear()
    assert living._process.returncode is not None
