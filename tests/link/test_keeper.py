"""What a device keeps: in order, on the disk, until others have it; and what it believes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.link.keeper import CHUNK, TRIES, GiveBack, Keeper
from kiosk.link.outbox import Outbox
from kiosk.wire.kept import Became, Placed, Returned


class Device:
    """A device's keeper, which can be started anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open()

    def _open(self) -> None:
        self.outbox = Outbox(self._path)
        self.keeper = Keeper(self.outbox.kept)

    def restart(self) -> None:
        self.outbox.close()
        self._open()

    def told(self, epoch: int, at: int, parcel: str = "", copied: int = 0) -> bool:
        return self.keeper.take({"kept": {"mark": f"{epoch}.{at}.sealed", "parcel": parcel, "copied": copied}})

    def all(self) -> list[str]:
        return [parcel for request in self.keeper.everything() for parcel in returned(request).parcels]

    def settle(self, became: Became, mark: str) -> list[str]:
        """Give back what others answered; every parcel becomes the same."""
        given: list[str] = []
        for request in self.keeper.unsettled():
            given += returned(request).parcels
            self.keeper.placed(request, msgspec.json.encode(Placed((became,) * len(request.positions), mark)))
        return given


def returned(request: GiveBack) -> Returned:
    return msgspec.json.decode(request.body, type=Returned)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    device = Device(tmp_path / "box.db")
    yield device
    device.outbox.close()


def test_what_was_kept_is_there_after_a_restart_in_the_order_it_came(device: Device) -> None:
    for n in range(3):
        assert device.told(1, 1000 + n, f"parcel {n}")
    before = device.keeper.headers()
    device.restart()
    assert device.all() == ["parcel 0", "parcel 1", "parcel 2"]
    assert device.keeper.headers() == before == {"Moi-Device": before["Moi-Device"], "Moi-Seen": "1.1002.sealed"}


def test_a_device_that_was_told_nothing_says_so(device: Device) -> None:
    assert device.keeper.headers()["Moi-Seen"] == "none"
    assert device.keeper.take({"command": "x"})
    assert [returned(request).complete for request in device.keeper.everything()] == [True]


def test_it_keeps_nothing_that_others_have(device: Device) -> None:
    device.told(1, 1000, "old")
    device.told(1, 2000, "new", copied=1999)
    assert device.all() == ["new"]


def test_the_highest_mark_counts_whatever_order_they_come_in(device: Device) -> None:
    assert device.keeper.seen("1.2000.b")
    assert device.keeper.seen("1.1000.a")
    assert device.keeper.mark == "1.2000.b"


def test_a_hub_of_an_epoch_that_is_over_is_not_believed(device: Device) -> None:
    assert device.told(2, 1000, "new")
    assert not device.told(1, 5000, "from the old hub", copied=9000)
    assert not device.keeper.seen("1.9000.x")
    assert device.all() == ["new"]
    assert device.keeper.epoch == 2


def test_what_earlier_hubs_answered_is_offered_until_the_new_one_has_it(device: Device) -> None:
    device.told(1, 1000, "one")
    assert device.settle(Became.KNOWN, "1.1000.x") == []
    device.keeper.seen("2.2000.sealed")
    assert device.settle(Became.LOST, "2.2000.sealed") == ["one"]
    assert device.settle(Became.ENTERED, "2.2500.sealed") == ["one"]
    assert device.settle(Became.ENTERED, "2.2500.sealed") == []
    device.restart()
    assert device.settle(Became.ENTERED, "2.2500.sealed") == []
    # It is kept all the same, for the hub after this one, until others have what this one has.
    device.told(2, 3000, "two", copied=2400)
    assert device.all() == ["one", "two"]
    device.told(2, 4000, copied=2500)
    assert device.all() == ["two"]


def test_what_no_hub_can_place_is_not_offered_for_ever(device: Device) -> None:
    device.told(1, 1000, "one")
    device.keeper.seen("2.2000.sealed")
    offered = [device.settle(Became.LOST, "2.2000.sealed") for _ in range(TRIES + 1)]
    assert offered == [["one"]] * TRIES + [[]]


def test_a_screen_that_sends_nothing_knows_after_a_restart_what_it_has_seen(device: Device) -> None:
    device.keeper.seen("1.1000.a")
    device.keeper.seen("1.1001.b")
    device.keeper.seen("1.20000.c")
    device.restart()
    assert device.keeper.mark == "1.20000.c"


def test_much_is_given_back_in_several_requests_and_only_the_last_says_that_it_is_all(device: Device) -> None:
    sizes = [CHUNK // 2, CHUNK // 2, 10, 2 * CHUNK, 5]
    for n, size in enumerate(sizes):
        device.told(1, 1000 + n, str(n) * size)
    requests = [returned(request) for request in device.keeper.everything()]
    assert [[len(p) for p in one.parcels] for one in requests] == [sizes[:2], sizes[2:3], sizes[3:4], sizes[4:]]
    assert [one.complete for one in requests] == [False, False, False, True]


def test_a_disk_that_fails_does_not_keep_an_answer_from_a_person(device: Device, monkeypatch: Any) -> None:
    def fail(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(device.outbox.kept, "keep", fail)
    monkeypatch.setattr(device.outbox.kept, "remember", fail)
    assert device.told(1, 1000, "one")
    assert device.keeper.seen("1.50000.sealed")
