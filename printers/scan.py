"""Looks for printers: on the network, on USB, on serial ports and in CUPS. Nothing is ever sent to what is found."""

import ipaddress
import itertools
import socket
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from printers.transport.cups import queues
from printers.transport.tcp import RAW_PORT
from printers.transport.usb_bus import printer_interface

Network = ipaddress.IPv4Network

MOST_HOSTS = 1024
"""A larger network is not looked through: it belongs to more than this hall."""
_AT_ONCE = 64
_CONNECT_S = 0.5
_CUPS_S = 5.0


class Found(NamedTuple):
    """A printer, or a port that may lead to one: what to write into the settings, and what is known of it."""

    target: str
    what: str


def own_networks() -> list[Network]:
    """Return the networks this machine stands in, as far as it knows its addresses: their neighbourhoods of 254."""
    addresses = {str(entry[4][0]) for entry in _own_entries()}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only chooses the address that would be used
            addresses.add(probe.getsockname()[0])
        except OSError:
            pass
    usable = [address for address in map(ipaddress.IPv4Address, addresses) if not address.is_loopback]
    return sorted({Network((int(address) & ~0xFF, 24)) for address in usable})


def read_network(text: str) -> Network:
    """Read a network such as 192.168.1.0/24.

    Raises:
        ValueError: it is none, or has more than MOST_HOSTS addresses.
    """
    network = ipaddress.IPv4Network(text, strict=False)
    if network.num_addresses > MOST_HOSTS:
        raise ValueError(f"{network} has {network.num_addresses} addresses; at most {MOST_HOSTS} are looked through")
    return network


def on_network(
    networks: Iterable[Network], timeout_s: float, on_progress: Callable[[int, int], None], port: int = RAW_PORT
) -> list[Found]:
    """Return who listens on the printers' port, as far as was found within `timeout_s` seconds in all.

    Args:
        networks: where to look.
        timeout_s: when to stop, done or not.
        on_progress: told how many addresses were tried, and of how many.
        port: 9100.
    """
    hosts = [str(host) for network in networks for host in network.hosts()]
    until, tried = time.monotonic() + timeout_s, itertools.count(1)

    def try_one(host: str) -> Found | None:
        found = None
        if time.monotonic() < until:
            try:
                with socket.create_connection((host, port), _CONNECT_S):
                    found = Found(f"tcp://{host}:{port}", "listens on the printers' port")
            except OSError:
                pass
        on_progress(next(tried), len(hosts))
        return found

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="scan") as pool:
        done, _ = wait([pool.submit(try_one, host) for host in hosts])
    found = [one for one in (future.result() for future in done) if one is not None]
    return sorted(found, key=lambda one: ipaddress.IPv4Address(one.target.removeprefix("tcp://").partition(":")[0]))


def on_usb(devices: Path = Path("/dev/usb")) -> list[Found]:
    """Return printers on USB: device files of the kernel, and what the bus itself shows where libusb is."""
    files = [Found(path.as_uri().replace("file:", "usb:"), "a USB printer") for path in sorted(devices.glob("lp*"))]
    import usb.core

    try:
        on_bus = [one for one in usb.core.find(find_all=True) if printer_interface(one) is not None]
    except (usb.core.NoBackendError, usb.core.USBError):
        return files
    return files + [Found(f"usb://{one.idVendor:04x}:{one.idProduct:04x}", _name_of(one)) for one in on_bus]


def on_serial() -> list[Found]:
    """Return serial ports. Whether a printer hangs on one shows only in a test."""
    from serial.tools.list_ports import comports

    return [
        Found(f"serial:///{port.device.removeprefix('/')}?baud=9600", f"a serial port ({port.description})")
        for port in sorted(comports(), key=lambda port: str(port.device))
    ]


def in_spoolers() -> list[Found]:
    """Return the queues of CUPS, or Windows' printers."""
    if sys.platform == "win32":
        import win32print

        names = [entry[2] for entry in win32print.EnumPrinters(win32print.PRINTER_ENUM_LOCAL)]
        return [Found(f"windows://{quote(name)}", "a printer of Windows") for name in names]
    return [Found(f"cups://{quote(name)}", "a queue of CUPS") for name in queues(_CUPS_S)]


def _own_entries() -> list[Any]:
    try:
        return list(socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    except OSError:
        return []


def _name_of(device: Any) -> str:
    try:
        return f"{device.manufacturer} {device.product}".strip()
    except (ValueError, OSError):  # its name may not be read by this user
        return "a USB printer"
