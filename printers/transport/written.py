"""From what is written in a setting to the way it names."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from urllib.request import url2pathname

from printers.transport.base import PrinterSetupError, Target
from printers.transport.cups import CupsTarget
from printers.transport.device import DeviceTarget
from printers.transport.file import FileTarget
from printers.transport.serial_line import FLOWS, SerialTarget
from printers.transport.tcp import RAW_PORT, TcpTarget
from printers.transport.usb_bus import UsbTarget
from printers.transport.windows import WindowsTarget

EXAMPLES = (
    "tcp://host:port",
    "usb://04b8:0e15",
    "usb:///dev/usb/lp0",
    "serial:///dev/ttyS0?baud=9600",
    "cups://queue",
    "windows://name",
    "file:///path",
)
_USB_ID = re.compile(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})")


def parse_target(target: str) -> Target:
    """Read a setting, such as one of EXAMPLES.

    A serial line also takes `flow=none|rtscts|xonxoff`, a printer on USB its serial number as a path.

    Raises:
        PrinterSetupError: it is none of them; the sentence says what to write.
    """
    try:
        parts = urlsplit(target)
        read = _READERS.get(parts.scheme)
        found = read(parts) if read is not None else None
    except ValueError as error:
        raise PrinterSetupError(f"The printer address {target!r} cannot be used: {error}. Correct it.") from error
    if found is None:
        *most, last = EXAMPLES
        raise PrinterSetupError(
            f"The printer address {target!r} cannot be read. Write {', '.join(most)} or {last}, or leave it empty."
        )
    return found


def _tcp(parts: SplitResult) -> Target | None:
    if not parts.hostname or parts.path.strip("/"):
        return None
    parts.hostname.encode("idna")
    return TcpTarget(parts.hostname, parts.port or RAW_PORT)


def _file(parts: SplitResult) -> Target | None:
    return FileTarget(Path(url2pathname(parts.path))) if _is_path(parts) else None


def _usb(parts: SplitResult) -> Target | None:
    if _is_path(parts):
        return DeviceTarget(Path(url2pathname(parts.path)))
    match = _USB_ID.fullmatch(parts.netloc)
    return UsbTarget(int(match[1], 16), int(match[2], 16), unquote(parts.path.strip("/"))) if match else None


def _serial(parts: SplitResult) -> Target | None:
    if not _is_path(parts):
        return None
    asked = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    baud, flow = asked.pop("baud", ["9600"])[0], asked.pop("flow", ["none"])[0]
    if asked or not baud.isdecimal() or int(baud) <= 0 or flow not in FLOWS:
        raise ValueError(f"after the ? stand baud=NUMBER and flow={'|'.join(FLOWS)}")
    path = unquote(parts.path)
    return SerialTarget(path[1:] if path[1:].upper().startswith("COM") else path, int(baud), flow)


def _cups(parts: SplitResult) -> Target | None:
    return CupsTarget(unquote(parts.netloc)) if parts.netloc and not parts.path.strip("/") else None


def _windows(parts: SplitResult) -> Target | None:
    name = unquote(parts.netloc + parts.path).strip("/")
    return WindowsTarget(name) if name else None


def _is_path(parts: SplitResult) -> bool:
    return not parts.netloc and parts.path.startswith("/") and len(parts.path) > 1


_READERS: dict[str, Callable[[SplitResult], Target | None]] = {
    "tcp": _tcp,
    "file": _file,
    "usb": _usb,
    "serial": _serial,
    "cups": _cups,
    "windows": _windows,
}
