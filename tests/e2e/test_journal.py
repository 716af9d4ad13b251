"""What a technician does with a data folder, as real commands beside a real hub."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.test_kill import Kiosk, asked, sent
from tests.halls import issue_body
from tools.processes import HubProcess, command

SENDERS = 4


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    """A hub that gives out numbers all the while."""
    hub = HubProcess(tmp_path / "hub")
    warm = threading.Barrier(SENDERS + 1)
    senders = [Kiosk(hub, warm, seed) for seed in range(SENDERS)]
    for sender in senders:
        sender.start()
    warm.wait(30)
    yield hub
    if hub.process.poll() is None:
        hub.kill()
    for sender in senders:
        sender.join(30)


def wait_until_it_decides(client: httpx.Client) -> None:
    """Wait for the end of the recovery that a restored hub begins with."""
    until = time.monotonic() + 60
    while client.get("/healthz").json()["status"] == "recovering":
        assert time.monotonic() < until
        time.sleep(0.05)


def journal(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("journal", *map(str, arguments)), capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def test_a_journal_is_checked_and_exported_while_the_hub_writes_it(hub: HubProcess, tmp_path: Path) -> None:
    data, file = tmp_path / "hub", tmp_path / "rows.jsonl"
    for _ in range(3):
        checked = journal("verify", "--data", data)
        assert (checked.returncode, checked.stderr) == (0, "")
        assert "is whole" in checked.stdout
        assert "The query tables agree" in checked.stdout
    assert journal("export", "--data", data, "--out", file).returncode == 0
    told = journal("verify", file)
    assert told.returncode == 0
    assert "is whole" in told.stdout
    assert hub.process.poll() is None


def test_rows_on_standard_output_are_rows_only(hub: HubProcess, tmp_path: Path) -> None:
    shown = journal("export", "--data", tmp_path / "hub", "--from", "2", "--to", "4")
    assert len(shown.stdout.splitlines()) == 5
    assert shown.stderr.startswith("3 rows, 2 to 4")


def test_tables_are_rebuilt_only_when_the_hub_has_ended(hub: HubProcess, tmp_path: Path) -> None:
    data = tmp_path / "hub"
    refused = journal("rebuild", "--data", data)
    assert refused.returncode == 2
    assert "Another hub works in" in refused.stdout
    hub.kill()
    assert journal("rebuild", "--data", data).returncode == 0
    assert "The query tables agree" in journal("verify", "--data", data).stdout


def test_a_backup_made_in_a_rush_brings_back_every_answer_given_before_it(hub: HubProcess, tmp_path: Path) -> None:
    data, kept, anew = tmp_path / "hub", tmp_path / "kept.moi", tmp_path / "anew"
    wish = asked("kiosk", "/v1/tickets", issue_body(confirmed=True))
    with httpx.Client(base_url=hub.url, trust_env=False, timeout=10) as client:
        answer = sent(client, hub, wish)
    assert answer is not None
    made = journal("backup", "--data", data, "--to", kept)
    assert (made.returncode, made.stderr) == (0, "")
    assert hub.process.poll() is None
    hub.kill()
    back = journal("restore", "--from", kept, "--data", anew)
    assert back.returncode == 0, back.stdout
    assert "The query tables agree" in journal("verify", "--data", anew).stdout
    restored = HubProcess(anew, "--public-url", "http://centre", "--recovery-window", "1")
    try:
        assert restored.tokens == hub.tokens
        with httpx.Client(base_url=restored.url, trust_env=False, timeout=10) as client:
            wait_until_it_decides(client)
            assert sent(client, restored, wish) == answer
    finally:
        assert restored.stop() == 0
