"""What must be forgotten is forgotten in the transaction that says so, and nothing of it is left in the file."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from kiosk.domain.apply import replay
from kiosk.domain.commands import CloseDay, EraseSide
from kiosk.domain.events import Recorded, Refused, SideErased
from kiosk.domain.hall import Hall
from kiosk.hub.care import cli
from kiosk.hub.journal.journal import Append, Journal, draft
from kiosk.hub.journal.reader import Reader
from kiosk.hub.journal.schema import DATABASE
from kiosk.hub.retention import AT_A_TIME, Retention
from kiosk.hub.work import Done, Outcome
from tests.factory import DAY_MS, SITE
from tests.halls import FixedClock, issue_body
from tests.hub.inside import Web, open_hub
from tests.hub.plays import made, played, steps_of

DAY = played(steps_of(4, 120))
SIDE = DAY.kept()
LATER = DAY.rows[-1].at + 900 * DAY_MS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A day with tokens, priority categories and ballots."""
    made(tmp_path, DAY)
    return tmp_path


def refs_left(folder: Path) -> set[str]:
    db = sqlite3.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)
    try:
        return {ref for (ref,) in db.execute("SELECT ref FROM side")}
    finally:
        db.close()


class Desk:
    """A journal and its reader, and a writer that does nothing but forget."""

    def __init__(self, folder: Path) -> None:
        self.journal = Journal(folder / DATABASE, SITE.info.id)
        self.reader = Reader(folder / DATABASE)
        self.sizes: list[int] = []
        self.outcome: Outcome | None = None

    def submit(self, command: EraseSide) -> Future[Outcome]:
        self.sizes.append(len(command.refs))
        if self.outcome is None:
            self._append(SideErased(command.refs))
        future: Future[Outcome] = Future()
        future.set_result(self.outcome or Done(b"{}"))
        return future

    def _append(self, event: SideErased) -> None:
        hall = self.journal.hall
        seq = hall.seq + len(self.sizes)
        row = draft(Recorded(seq, hall.at, event), 1, f"erase-{seq}", self.journal.head)
        self.journal.append([Append(f"erase-{seq}", "hub", "", b"{}", hall.day, (row,), (), ())])

    def close(self) -> None:
        self.reader.close()
        self.journal.close()


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk(folder)
    yield desk
    desk.close()


def test_only_what_is_due_is_forgotten(desk: Desk, folder: Path) -> None:
    moment = sorted(one.expires_at for one in SIDE.values())[len(SIDE) // 2]
    kept = {one.ref for one in SIDE.values() if one.expires_at > moment}
    assert Retention(desk.reader.side_due, desk.submit, lambda: moment).forget_what_is_due() == len(SIDE) - len(kept)
    assert refs_left(folder) == kept != set()


def test_much_is_forgotten_some_at_a_time(desk: Desk, folder: Path) -> None:
    few = Retention(lambda now, limit: desk.reader.side_due(now, min(limit, 25)), desk.submit, lambda: LATER)
    assert few.forget_what_is_due() == len(SIDE)
    assert refs_left(folder) == set()
    assert max(desk.sizes) == 25 < AT_A_TIME
    assert few.forget_what_is_due() == 0


def test_what_the_writer_refuses_stays(desk: Desk, folder: Path) -> None:
    desk.outcome = Refused("storage_full")
    assert Retention(desk.reader.side_due, desk.submit, lambda: LATER).forget_what_is_due() == 0
    assert len(desk.sizes) == 1
    assert refs_left(folder) == set(SIDE)


def test_nothing_forgotten_is_left_in_the_file_and_the_journal_is_still_whole(folder: Path) -> None:
    payloads = [one.payload for one in SIDE.values() if one.kind == "token"]
    assert all(payload in (folder / DATABASE).read_bytes() for payload in payloads)
    desk = Desk(folder)
    Retention(desk.reader.side_due, desk.submit, lambda: LATER).forget_what_is_due()
    desk.close()
    left = b"".join(path.read_bytes() for path in folder.glob(f"{DATABASE}*"))
    assert [payload for payload in payloads if payload in left] == []
    told: list[str] = []
    assert cli.run_verify(folder, told.append, told.append) == cli.DONE


def test_forgetting_leads_to_the_same_hall(desk: Desk, folder: Path) -> None:
    before = desk.journal.hall
    Retention(desk.reader.side_due, desk.submit, lambda: LATER).forget_what_is_due()
    desk.close()
    again = Journal(folder / DATABASE, SITE.info.id)
    again.close()
    assert again.hall == replay(before, [Recorded(again.hall.seq, before.at, SideErased(()))])
    assert again.hall.seq > before.seq
    desk.__init__(folder)  # type: ignore[misc]  # the fixture closes it


def test_an_append_that_fails_forgets_nothing(desk: Desk, folder: Path) -> None:
    ref = next(iter(SIDE))
    hall = desk.journal.hall
    rows = [
        draft(Recorded(hall.seq + 1, hall.at, SideErased((ref,))), 1, "erase", desk.journal.head),
        draft(Recorded(hall.seq + 1, hall.at, SideErased((ref,))), 1, "twice", desk.journal.head),
    ]
    with pytest.raises(sqlite3.IntegrityError):
        desk.journal.append([Append("erase", "hub", "", b"{}", hall.day, tuple(rows), (), ())])
    assert ref in refs_left(folder)


def test_a_retention_that_was_closed_has_ended() -> None:
    retention = Retention(lambda now, limit: (), lambda command: Future(), lambda: 0)
    retention.start()
    retention.close()
    assert not retention.is_alive()


def test_an_empty_hall_forgets_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / DATABASE, SITE.info.id)
    reader = Reader(tmp_path / DATABASE)
    assert reader.side_due(LATER, 10) == ()
    assert journal.hall == Hall()
    reader.close()
    journal.close()


def test_a_hub_forgets_when_the_hall_has_come_to_that_time_and_nothing_of_it_is_left(tmp_path: Path) -> None:
    first, later = FixedClock(), FixedClock(FixedClock().at + 3 * DAY_MS)
    hub = open_hub(tmp_path, first)
    token = Web(hub).post("kiosk", "/v1/tickets", issue_body())["ticket"]["url"].rpartition("/")[2]
    assert hub._retention.forget_what_is_due() == 0
    assert len(refs_left(tmp_path)) == 1
    hub.close()

    hub = open_hub(tmp_path, later)
    assert hub.reader.side_due(later.at, 10) != ()
    assert hub._retention.forget_what_is_due() == 0, "nobody has worked at that time yet: the clock may be wrong"
    fresh = Web(hub).post("kiosk", "/v1/tickets", issue_body())["ticket"]["id"]
    assert hub._retention.forget_what_is_due() == 1
    assert refs_left(tmp_path) == {f"{fresh}/token"}
    hub.close()
    told: list[str] = []
    assert cli.run_verify(tmp_path, told.append, told.append) == cli.DONE, told
    assert token.encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_forgetting_opens_no_day(tmp_path: Path) -> None:
    hub = open_hub(tmp_path)
    Web(hub).issue()
    hub._submit(CloseDay()).result(10)
    closed = hub.writer.hall
    hub._submit(EraseSide(("t-none/token",))).result(10)
    assert (hub.writer.hall.day, hub.writer.hall.seq) == ("", closed.seq + 1)
    hub.close()
