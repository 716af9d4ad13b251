"""USB through the real pyusb, on a bus that is played: there is none with a printer where tests run.

What is played is pyusb's own back-end protocol (descriptors, claims, bulk transfers), with the simulated printer behind
the endpoints; the descriptors are those of a TM-T20II and of a keyboard beside it.
"""

import array
import threading
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
import usb.backend
import usb.backend.libusb1
import usb.core

from kiosk.ports import Printed, PrinterStatus, PrintRefused
from kiosk.settings import PrinterSettings
from printers import open_printer
from printers.simulator.machine import Machine
from printers.simulator.state import ReceiverState
from printers.transport.usb_bus import UsbTarget
from tests.printers import samples

OUT, IN = 0x01, 0x82
PRINTER, KEYBOARD = 0, 1


class PlayedBus(usb.backend.IBackend):
    """One bus with a printer and a keyboard."""

    def __init__(self) -> None:
        self.machine = Machine(576)
        self.papers: list[Any] = []
        self.claimed: list[int] = []
        self.kernel_has_it = True
        self.takes = self.plugged = True
        self._said = bytearray()
        self._changed = threading.Condition()

    def enumerate_devices(self) -> list[int]:
        return [PRINTER, KEYBOARD] if self.plugged else []

    def get_device_descriptor(self, dev: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=0x04B8, idProduct=0x0E15 + dev, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=1 + dev, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: int, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=7 if dev == PRINTER else 3, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: int, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        if ep > 1:
            raise IndexError
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: int) -> int:
        return dev

    def close_device(self, handle: int) -> None:
        pass

    def get_configuration(self, handle: int) -> int:
        return 1

    def set_configuration(self, handle: int, value: int) -> None:
        pass

    def claim_interface(self, handle: int, intf: int) -> None:
        assert not self.kernel_has_it
        self.claimed.append(intf)

    def release_interface(self, handle: int, intf: int) -> None:
        self.claimed.remove(intf)

    def is_kernel_driver_active(self, handle: int, intf: int) -> bool:
        return self.kernel_has_it

    def detach_kernel_driver(self, handle: int, intf: int) -> None:
        self.kernel_has_it = False

    def bulk_write(self, handle: int, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert (ep, intf) == (OUT, 0)
        if not self.takes:
            raise usb.core.USBTimeoutError("timeout", -7, 110)
        some = bytes(data)[:2048]  # a device may take less than it is offered
        with self._changed:
            self.machine.take(some)
            self.papers += self.machine.take_papers()
            self._said += self.machine.take_words()
            self._changed.notify_all()
        return len(some)

    def bulk_read(self, handle: int, ep: int, intf: int, buff: "array.array[int]", timeout: int) -> int:
        assert (ep, intf) == (IN, 0)
        with self._changed:
            if not self.plugged:
                raise usb.core.USBError("no such device", -4, 19)
            if not self._changed.wait_for(lambda: self._said, timeout / 1000):
                raise usb.core.USBTimeoutError("timeout", -7, 110)
            words = bytes(self._said[: len(buff)])
            del self._said[: len(words)]
        buff[: len(words)] = array.array("B", words)
        return len(words)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> PlayedBus:
    bus = PlayedBus()
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda *_, **__: bus)
    return bus


def test_a_ticket_goes_over_the_bus_and_the_printer_is_given_back(bus: PlayedBus) -> None:
    transport = UsbTarget(0x04B8, 0x0E15).open(5)
    assert bus.claimed == [0]
    transport.send(b"\x10\x04\x01")
    assert transport.receive(5) == b"\x16"
    assert transport.receive(0) == b""
    transport.end_job()
    transport.close()
    assert bus.claimed == []
    with closing(open_printer(PrinterSettings("usb://04b8:0e15"))) as printer:
        assert printer.print(samples.ticket()) == Printed()
    assert len(bus.papers) == 1


def test_the_printer_can_say_over_the_bus_that_it_has_no_paper(bus: PlayedBus) -> None:
    bus.machine.set_states({ReceiverState.PAPER_OUT})
    with closing(open_printer(PrinterSettings("usb://04b8:0e15"))) as printer:
        assert printer.print(samples.ticket()) == PrintRefused(PrinterStatus.PAPER_OUT)


def test_what_is_not_a_printer_is_not_taken(bus: PlayedBus) -> None:
    with pytest.raises(OSError, match="not a printer"):
        UsbTarget(0x04B8, 0x0E16).open(1)
    with pytest.raises(OSError, match="plugged in"):
        UsbTarget(0x04B8, 0x0001).open(1)


def test_a_printer_that_takes_nothing_is_a_time_out(bus: PlayedBus) -> None:
    transport = UsbTarget(0x04B8, 0x0E15).open(0.1)
    bus.takes = False
    with pytest.raises(TimeoutError):
        transport.send(b"x")
    transport.close()


def test_an_unplugged_printer_is_told_from_a_silent_one(bus: PlayedBus) -> None:
    transport = UsbTarget(0x04B8, 0x0E15).open(1)
    bus.plugged = False
    with pytest.raises(ConnectionAbortedError):
        transport.receive(10)
    transport.close()


def test_without_libusb_it_is_an_os_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("libusb0", "libusb1", "openusb"):
        monkeypatch.setattr(f"usb.backend.{name}.get_backend", lambda *_, **__: None)
    with pytest.raises(OSError, match="USB cannot be used here"):
        UsbTarget(0x04B8, 0x0E15).open(1)
