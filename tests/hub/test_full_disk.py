"""A disk that is really full: nothing that was answered is lost, and the hub says so and goes on when there is room.

The hub is a process of its own on a small file system of its own, mounted where only it sees it. Where mounts are
forbidden, a file that may not grow (RLIMIT_FSIZE) is the limit: for SQLite that is no full disk but a failed write, and
the hub ends rather than guess.
"""

import contextlib
import json
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kiosk.domain.events import TicketIssued
from kiosk.hub.care.verify import verify
from kiosk.hub.journal.chain import chained_rows
from kiosk.hub.journal.schema import DATABASE, open_for_reading
from kiosk.wire.problems import problem
from tests.halls import issue_body, new_id
from tools.processes import STOP_S, HubProcess, command

PATIENCE_S = 30
SIZE = "4m"
TRIES = 2000
"""More tickets than there is ever room for."""
MOUNT = 'mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && exec "$@"'
PRIVATE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh", SIZE)


def may_mount() -> bool:
    """Tell whether this machine lets us mount a file system that only one process sees."""
    with contextlib.suppress(OSError):
        return subprocess.run([*PRIVATE, "/mnt", "true"], capture_output=True, check=False).returncode == 0
    return False


class Kiosk:
    """Asks a hub for numbers, and keeps what it was answered."""

    def __init__(self, url: str, token: str) -> None:
        self.answered: dict[str, str] = {}
        self.client = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=PATIENCE_S
        )

    def ask(self, key: str, body: dict[str, Any]) -> httpx.Response:
        answer = self.client.post("/v1/tickets", json=body, headers={"Idempotency-Key": key})
        if answer.status_code == 200:
            ticket = answer.json()["ticket"]
            self.answered[ticket["id"]] = ticket["number"]
        return answer

    def until_refused(self) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Ask for numbers until there is none; returns what was asked last, and the problem it was answered with."""
        for _ in range(TRIES):
            key, body = new_id(), issue_body(confirmed=True)
            answer = self.ask(key, body)
            if answer.status_code != 200:
                assert answer.status_code == 503
                return key, body, answer.json()
        raise AssertionError("there was always room")


def in_journal(folder: Path) -> dict[str, str]:
    """Return the tickets of a journal, after all of it was verified."""
    verify(folder)
    db = open_for_reading(folder / DATABASE)
    try:
        events = [recorded.event for _, recorded in chained_rows(db, 0)]
    finally:
        db.close()
    return {event.ticket_id: event.number for event in events if isinstance(event, TicketIssued)}


def as_it_stands(folder: Path, into: Path) -> Path:
    """Copy the journal of a hub that nobody asks anything just now; for SQLite a link into /proc is no path."""
    into.mkdir()
    for path in folder.glob(f"{DATABASE}*"):
        if not path.name.endswith("-shm"):
            shutil.copyfile(path, into / path.name)
    return into


def filled(folder: Path) -> Path:
    """Take all the room there is on a folder's file system."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    return filler


@contextlib.contextmanager
def hub_on_a_small_disk(folder: Path) -> Iterator[tuple[Kiosk, Path]]:
    """Run a hub on a file system of its own; hands over a kiosk, and the folder as this process can reach it."""
    folder.mkdir()
    hub = subprocess.Popen(
        [*PRIVATE, str(folder), *command("hub", "--dev", "--data", str(folder), "--port", "0")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert hub.stdout is not None
        said = json.loads(hub.stdout.readline())
        kiosk = Kiosk(said["url"], said["tokens"]["kiosk"])
        with kiosk.client:
            yield kiosk, Path(f"/proc/{hub.pid}/root{folder}")
    finally:
        hub.send_signal(signal.SIGTERM)
        try:
            hub.communicate(timeout=STOP_S)
        except subprocess.TimeoutExpired:
            hub.kill()
            hub.communicate()
            raise


def a_full_file_system(tmp_path: Path) -> None:
    with hub_on_a_small_disk(tmp_path / "hub") as (kiosk, folder):
        kiosk.ask(new_id(), issue_body())
        filler = filled(folder)
        key, body, refused = kiosk.until_refused()
        assert refused["code"] == "storage_full"
        assert refused["detail"] in {problem("storage_full", language).detail for language in ("en", "vi")}
        assert kiosk.client.get("/healthz").json()["status"] == "read_only"
        assert in_journal(as_it_stands(folder, tmp_path / "full")) == kiosk.answered

        filler.unlink()
        assert kiosk.ask(key, body).status_code == 200
        assert kiosk.client.get("/healthz").json()["status"] == "ok"
        assert in_journal(as_it_stands(folder, tmp_path / "after")) == kiosk.answered
        numbers = sorted(kiosk.answered.values())
        assert numbers == [f"A{n:03d}" for n in range(1, len(numbers) + 1)]


def a_file_that_may_not_grow(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    hub = HubProcess(folder)
    kiosk = Kiosk(hub.url, hub.tokens["kiosk"])
    with kiosk.client:
        kiosk.ask(new_id(), issue_body())
        largest = max(path.stat().st_size for path in folder.glob(f"{DATABASE}*"))
        resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (largest + 64 * 1024, resource.RLIM_INFINITY))
        key, body, refused = kiosk.until_refused()
    assert refused["code"] == "outcome_unknown"
    assert hub.process.wait(PATIENCE_S) != 0
    hub.stop()

    hub = HubProcess(folder)
    again = Kiosk(hub.url, hub.tokens["kiosk"])
    with again.client:
        assert again.ask(key, body).status_code == 200
    assert hub.stop() == 0
    assert in_journal(folder) == {**kiosk.answered, **again.answered}


LIMITS: tuple[Callable[[Path], None], ...] = (
    *((a_full_file_system,) if may_mount() else ()),
    a_file_that_may_not_grow,
)


@pytest.mark.parametrize("limit", LIMITS)
def test_nothing_answered_is_lost_when_there_is_no_room_left(limit: Callable[[Path], None], tmp_path: Path) -> None:
    limit(tmp_path)
