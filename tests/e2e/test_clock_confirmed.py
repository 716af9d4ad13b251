"""The hub's machine comes up in another year: real hub, real supervisor's window, a kiosk's number before and after."""

import contextlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.clocked_hub import SetClock
from tests.halls import issue_body, new_id
from tools.processes import HubProcess, Screen
from tools.tour.stage import screen_environment

DAYS = 365
DAY_MS = 24 * 3_600_000


def asked(hub: HubProcess, role: str, path: str) -> Any:
    return httpx.get(hub.url + path, headers={"Authorization": f"Bearer {hub.tokens[role]}"}, trust_env=False).json()


def takes_a_number(hub: HubProcess) -> str:
    headers = {"Authorization": f"Bearer {hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
    issued = httpx.post(f"{hub.url}/v1/tickets", json=issue_body(), headers=headers, trust_env=False)
    assert issued.status_code == 200, issued.text
    return str(asked(hub, "supervisor", "/v1/hall")["day"])


def test_the_hall_stays_on_its_day_until_a_supervisor_confirms_the_clock(tmp_path: Path) -> None:
    wall = SetClock(tmp_path)
    with contextlib.ExitStack() as stack:
        hub = wall.start_hub(tmp_path / "hub")
        stack.callback(hub.stop)
        env = {**screen_environment(), "MOI_TOKEN": hub.tokens["supervisor"]}
        arguments = ["supervisor", "--hub", hub.url, "--data", str(tmp_path / "office"), "--drive"]
        screen = Screen("supervisor", arguments, tmp_path / "supervisor.log", env)
        stack.callback(screen.stop)
        today = takes_a_number(hub)
        screen.ask(do="wait", name="queue_A")
        wall.forward(DAYS * DAY_MS)
        screen.ask(do="wait", name="clock_trouble")
        assert takes_a_number(hub) == today, "the hall goes on as it was"
        screen.ask(do="key", key="F3")
        screen.ask(do="click", name="staff_nv07")
        screen.ask(do="wait", name="pin")
        screen.ask(do="type", text="0007")
        screen.ask(do="key", key="Return")
        screen.ask(do="click", name="yes")
        screen.ask(do="wait", name="queue_A")
        screen.ask(do="wait", name="clock_trouble", visible=False)
        assert date.fromisoformat(takes_a_number(hub)) >= date.fromisoformat(today) + timedelta(days=DAYS)
