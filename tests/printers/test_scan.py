import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import usb.backend.libusb1

from printers import scan
from printers.scan import Found
from printers.simulator.receiver import Receiver
from printers.transport import parse_target
from tests.printers.transport.test_usb_bus import PlayedBus

NEIGHBOURS = ipaddress.IPv4Network("127.0.7.0/28")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver(host="127.0.7.5") as receiver:
        yield receiver


def test_whoever_listens_on_the_network_is_found_and_sent_nothing(receiver: Receiver) -> None:
    seen: list[tuple[int, int]] = []
    found = scan.on_network([NEIGHBOURS], 30, lambda *told: seen.append(told), receiver.port)
    assert [one.target for one in found] == [receiver.address]
    assert sorted(seen) == [(done, 14) for done in range(1, 15)]
    assert receiver.raw == b""


def test_a_look_around_ends_when_its_time_is_over(receiver: Receiver) -> None:
    assert scan.on_network([NEIGHBOURS], 0, lambda *_: None, receiver.port) == []


def test_only_a_network_of_bearable_size_is_looked_through() -> None:
    assert scan.read_network("192.168.1.7/24") == ipaddress.IPv4Network("192.168.1.0/24")
    assert scan.read_network("10.0.0.0/22").num_addresses == 1024
    with pytest.raises(ValueError, match="at most 1024"):
        scan.read_network("10.0.0.0/8")
    with pytest.raises(ValueError, match="hall"):
        scan.read_network("the hall")


def test_a_machine_knows_where_it_stands_and_leaves_itself_out() -> None:
    assert all(network.prefixlen == 24 and not network.is_loopback for network in scan.own_networks())


def test_printers_on_the_bus_are_found_and_keyboards_are_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bus = PlayedBus()
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda *_, **__: bus)
    (tmp_path / "lp0").touch()
    found = scan.on_usb(tmp_path)
    assert [one.target for one in found] == [f"usb://{tmp_path}/lp0", "usb://04b8:0e15"]
    assert bus.claimed == []


def test_without_libusb_the_kernels_device_files_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("libusb0", "libusb1", "openusb"):
        monkeypatch.setattr(f"usb.backend.{name}.get_backend", lambda *_, **__: None)
    (tmp_path / "lp1").touch()
    assert scan.on_usb(tmp_path) == [Found(f"usb://{tmp_path}/lp1", "a USB printer")]


def test_serial_ports_are_found_by_what_the_system_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    from serial.tools.list_ports_common import ListPortInfo

    ports = [ListPortInfo("/dev/ttyUSB0", skip_link_detection=True), ListPortInfo("COM3", skip_link_detection=True)]
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: ports)
    assert [one.target for one in scan.on_serial()] == [
        "serial:///dev/ttyUSB0?baud=9600",
        "serial:///COM3?baud=9600",
    ]


def test_all_that_is_found_can_be_written_into_the_settings() -> None:
    for one in (*scan.on_usb(), *scan.on_serial(), *scan.in_spoolers()):
        parse_target(one.target)


def test_a_machine_that_does_not_know_its_own_name_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object) -> None:
        raise OSError(os.strerror(2))

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    scan.own_networks()
