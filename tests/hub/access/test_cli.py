"""The administrator's commands for devices and PINs."""

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.hub.access import cli as cli
from kiosk.hub.access.pins import Pins
from kiosk.hub.access.store import AccessStore
from tests.halls import FixedClock, demo_site
from tools.processes import HubProcess, command

Run = Callable[..., list[str]]


@pytest.fixture
def run() -> Run:
    """Run one of the commands and return its lines, the exit code first."""

    def run(what: Callable[..., int], *arguments: object) -> list[str]:
        lines: list[str] = []
        code = what(*arguments, lines.append)
        return [str(code), *lines]

    return run


def test_a_device_is_listed_with_its_place_and_revoked_once(run: Run, tmp_path: Path) -> None:
    done, says, token = run(cli.run_add, tmp_path, "counter", 3, "Bàn của cô Đào")
    assert (done, says) == ("0", "Device 1 is a counter 3. Its token, told this once:")
    assert len(token) == 48
    assert run(cli.run_list, tmp_path)[1].startswith("1  counter 3  Bàn của cô Đào  since ")
    assert run(cli.run_revoke, tmp_path, 1) == ["0", "Device 1 may do nothing any more."]
    assert run(cli.run_revoke, tmp_path, 1) == ["1", "There is no device 1 with a token that works."]
    assert ", revoked " in run(cli.run_list, tmp_path)[1]


def test_a_device_that_cannot_be_is_refused_with_a_sentence(run: Run, tmp_path: Path) -> None:
    assert run(cli.run_add, tmp_path, "counter", None, "") == ["1", "Say which number this counter has: --number N."]
    assert run(cli.run_code, tmp_path, "board", 1, "") == ["1", "A board has no number."]


def test_staff_added_to_the_site_file_get_a_pin(run: Run, tmp_path: Path) -> None:
    assert "nv01  clerk  no PIN yet" in run(cli.run_staff, tmp_path, demo_site())
    assert run(cli.run_pin, tmp_path, demo_site(), "nv01", "4711") == ["0", "nv01 has a new PIN."]
    assert "nv01  clerk" in run(cli.run_staff, tmp_path, demo_site())
    assert run(cli.run_pin, tmp_path, demo_site(), "nv01", "12") == ["1", "A PIN has 4 to 12 digits."]
    assert run(cli.run_pin, tmp_path, demo_site(), "nv99", "4711")[0] == "1"
    with contextlib.closing(AccessStore(tmp_path)) as store:
        assert Pins(store, demo_site(), FixedClock().now_ms).check("nv01", "4711", 1) is None


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    yield hub
    assert hub.stop() == 0


def ask(*arguments: str, says: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), input=says, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_a_device_is_paired_and_a_pin_set_while_the_hub_runs(hub: HubProcess, tmp_path: Path) -> None:
    data = str(tmp_path / "hub")
    made = ask("device", "code", "--data", data, "--role", "counter", "--number", "2", "--name", "Quầy 2")
    code = made.stdout.splitlines()[-1]
    paired = ask("device", "pair", code, "--hub", hub.url)
    headers = {"Authorization": f"Bearer {paired.stdout.splitlines()[-1]}"}
    view = httpx.get(f"{hub.url}/v1/hall", headers=headers, trust_env=False)
    assert (view.status_code, view.json()["counter"]) == (200, 2)
    assert ask("device", "pair", code, "--hub", hub.url).returncode == cli.REFUSED
    assert ask("staff", "pin", "nv02", "--data", data, says="24680\n").returncode == cli.DONE
    opened = httpx.post(
        f"{hub.url}/v1/counters/2/open",
        headers={**headers, "Idempotency-Key": "a-key-of-this-test"},
        content=json.dumps({"staff": "nv02", "pin": "24680"}),
        trust_env=False,
    )
    assert opened.status_code == 200, opened.text
