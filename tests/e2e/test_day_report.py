"""The day on a supervisor's own printer: real hub, real window, real TCP; the paper is compared dot by dot."""

import contextlib
import time
from pathlib import Path
from typing import Any

import httpx
import msgspec

from kiosk.catalogue.site_file import load_site
from kiosk.receipts import DayFacts, day_receipt
from kiosk.wire.reports import DayAnswer
from printers.drawing.raster import draw
from printers.simulator.receiver import Receiver
from tests.halls import issue_body, new_id
from tools.command_line import DEMO_SITE
from tools.processes import HubProcess, Screen
from tools.tour.stage import screen_environment

MINUTE_MS = 60_000


def asked(hub: HubProcess, path: str) -> Any:
    headers = {"Authorization": f"Bearer {hub.tokens['supervisor']}"}
    return httpx.get(hub.url + path, headers=headers, trust_env=False).json()


def test_a_supervisor_prints_the_day_with_the_journals_head_on_her_own_printer(tmp_path: Path) -> None:
    began = time.time_ns() // 1_000_000
    with contextlib.ExitStack() as stack:
        hub, receiver = HubProcess(tmp_path / "hub"), stack.enter_context(Receiver())
        stack.callback(hub.stop)
        headers = {"Authorization": f"Bearer {hub.tokens['kiosk']}", "Idempotency-Key": new_id()}
        assert httpx.post(f"{hub.url}/v1/tickets", json=issue_body(), headers=headers, trust_env=False).is_success
        arguments = ["supervisor", "--hub", hub.url, "--data", str(tmp_path / "office"), "--printer", receiver.address]
        env = {**screen_environment(), "MOI_TOKEN": hub.tokens["supervisor"]}
        screen = Screen("supervisor", [*arguments, "--drive"], tmp_path / "supervisor.log", env)
        stack.callback(screen.stop)
        screen.ask(do="wait", name="queue_A")
        day = asked(hub, "/v1/hall")["day"]
        screen.ask(do="key", key="F2")
        screen.ask(do="click", name=f"day_{day}")
        screen.ask(do="wait", name="sentence", text="Đã in báo cáo.")
        told = msgspec.convert(asked(hub, f"/v1/days/{day}"), DayAnswer)
        [paper] = receiver.papers
    site = load_site(DEMO_SITE)
    for at in range(began, time.time_ns() // 1_000_000 + MINUTE_MS, MINUTE_MS):  # its hour is told by the minute
        facts = DayFacts(told.day, told.report, at, told.opened_at, None, told.given, told.head_seq, told.head_hash)
        wanted = draw(day_receipt(site, 0, facts, "vi"), 576)
        if paper.image.crop((0, 0, *wanted.size)).tobytes() == wanted.tobytes():
            return
    raise AssertionError("the paper is another than the day's report")
