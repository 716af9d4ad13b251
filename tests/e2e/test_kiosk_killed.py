"""A kiosk that is killed in the middle of a ticket's paper says so when it is back, and prints no second one."""

import base64
import contextlib
import json
import time
from pathlib import Path
from typing import Any

import httpx

from tools import story
from tools.tour.stage import Stage

PICTURE = b"\x1dv0"


def papers_fates(stage: Stage) -> list[dict[str, Any]]:
    """Return what the journal says of papers, as the hub stored it."""
    headers = {"Authorization": f"Bearer {stage.hub.tokens['standby']}"}
    rows = httpx.get(f"{stage.hub.url}/v1/journal", headers=headers, trust_env=False).json()["rows"]
    events = [json.loads(base64.b64decode(row["body"])) for row in rows]
    return [event for event in events if event["type"].startswith("ticket_printed/")]


def test_a_kill_in_the_middle_of_a_paper_is_told_and_nothing_comes_out_twice(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with contextlib.ExitStack() as stack:
        stage = Stage(tmp_path, stack)
        stage.open_receiver()
        stage.start_hub("")
        kiosk = stage.start_screen("kiosk")
        kiosk.ask(do="wait", name="hall")
        stage.receiver.slow_down(4000)
        story.search(kiosk)
        story.choose(kiosk)
        story.take_number(kiosk)
        while PICTURE not in stage.receiver.raw:
            assert stage.receiver.wait_for_bytes(len(stage.receiver.raw) + 1, 20), "nothing was printed"
        kiosk.kill()
        stage.receiver.slow_down(None)
        again = stage.start_screen("kiosk")
        again.ask(do="wait", name="screen_home")
        patience = time.monotonic() + 60
        while not (fates := papers_fates(stage)):
            assert time.monotonic() < patience, "the hub never heard what became of the paper"
        assert [(fate["result"], fate["detail"]) for fate in fates] == [("uncertain", "interrupted")]
        assert stage.receiver.paper_count <= 1  # the bytes were on their way: the first may have come out
