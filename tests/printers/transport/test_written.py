from pathlib import Path

import pytest

from printers.transport import FileTarget, PrinterSetupError, Target, TcpTarget, parse_target
from printers.transport.cups import CupsTarget
from printers.transport.device import DeviceTarget
from printers.transport.serial_line import SerialTarget
from printers.transport.usb_bus import UsbTarget
from printers.transport.windows import WindowsTarget
from printers.transport.written import EXAMPLES


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("tcp://192.168.1.50:9101", TcpTarget("192.168.1.50", 9101)),
        ("tcp://printer.local", TcpTarget("printer.local", 9100)),
        ("tcp://[fe80::1]:9100/", TcpTarget("fe80::1", 9100)),
        ("file:///tmp/gi%E1%BA%A5y%20in", FileTarget(Path("/tmp/giấy in"))),
        ("usb://04b8:0E15", UsbTarget(0x04B8, 0x0E15)),
        ("usb://04b8:0e15/J5MF%2F1", UsbTarget(0x04B8, 0x0E15, "J5MF/1")),
        ("usb:///dev/usb/lp0", DeviceTarget(Path("/dev/usb/lp0"))),
        ("serial:///dev/ttyS0", SerialTarget("/dev/ttyS0", 9600, "none")),
        ("serial:///dev/ttyUSB1?baud=38400&flow=rtscts", SerialTarget("/dev/ttyUSB1", 38400, "rtscts")),
        ("serial:///COM3?baud=19200", SerialTarget("COM3", 19200)),
        ("cups://may-in-1", CupsTarget("may-in-1")),
        ("windows://EPSON%20TM-T20II%20Receipt", WindowsTarget("EPSON TM-T20II Receipt")),
    ],
)
def test_a_setting_names_a_way(written: str, target: Target) -> None:
    assert parse_target(written) == target


@pytest.mark.parametrize(
    "written",
    [
        "printer",
        "tcp://",
        "tcp://host:port",
        "tcp://host:99999",
        "tcp://host/path",
        f"tcp://{'x' * 70}:9100",
        "file://relative",
        "file:///",
        "usb://1",
        "usb://04b8:xyz1",
        "serial://ttyS0",
        "serial:///dev/ttyS0?baud=fast",
        "serial:///dev/ttyS0?baud=0",
        "serial:///dev/ttyS0?speed=9600",
        "serial:///dev/ttyS0?flow=maybe",
        "serial:///dev/ttyS0?baud",
        "cups://",
        "cups://queue/more",
        "windows://",
    ],
)
def test_a_setting_that_names_none_is_refused_with_advice(written: str) -> None:
    with pytest.raises(PrinterSetupError, match="printer address"):
        parse_target(written)


@pytest.mark.parametrize("example", [example for example in EXAMPLES if "port" not in example])
def test_what_the_advice_says_can_be_written(example: str) -> None:
    parse_target(example)


def test_only_a_serial_line_is_slower_than_a_print_head() -> None:
    assert parse_target("serial:///dev/ttyS0?baud=19200").bytes_per_s == 1920
    others = ("tcp://a", "usb:///dev/usb/lp0", "usb://04b8:0e15", "cups://q", "windows://w", "file:///f")
    assert {parse_target(other).bytes_per_s for other in others} == {None}
