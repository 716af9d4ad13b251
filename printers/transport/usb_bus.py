"""A printer on USB spoken to directly, over pyusb and libusb: where no `/dev/usb/lp0` is, and on Windows.

The way in and out is the interface of the printer class (7) and its bulk endpoints, as the device itself describes
them; python-escpos would want their numbers told.
"""

import contextlib
from typing import Any, NamedTuple

from printers.transport.ear import ThreadEar

PRINTER_CLASS = 7
_CHUNK = 512
_LOOK_MS = 200
"""How long one reading waits for words."""


class UsbTarget(NamedTuple):
    """Vendor and product, and a serial number where two of a kind are plugged in."""

    vendor: int
    product: int
    serial: str = ""
    bytes_per_s: float | None = None

    def open(self, timeout_s: float) -> "UsbTransport":
        """Take the printer. Raises OSError where it is not plugged in, or is not ours to take."""
        return UsbTransport(self, timeout_s)


class UsbTransport:
    """A claimed interface. One without a way back cannot answer."""

    def __init__(self, target: UsbTarget, timeout_s: float) -> None:
        import usb.core
        import usb.util

        self._usb, self._timeout_s = usb, timeout_s
        self._device = _found(usb, target)
        self._interface = printer_interface(self._device)
        if self._interface is None:
            raise OSError(f"{target.vendor:04x}:{target.product:04x} is not a printer")
        number = self._interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError, usb.core.USBError):
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        usb.util.claim_interface(self._device, number)
        self._out = _endpoint(usb, self._interface, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(usb, self._interface, usb.util.ENDPOINT_IN)
        if self._out is None:
            raise OSError(f"{target.vendor:04x}:{target.product:04x} cannot be written to")
        self._ear = ThreadEar(self._read, "usb-ear") if self._in is not None else None
        self.answers = self._ear is not None

    def send(self, data: bytes) -> None:
        """Hand over all of `data`."""
        # USBError is an OSError, and USBTimeoutError one of its kinds.
        rest = data
        while rest:
            try:
                rest = rest[self._out.write(rest, int(self._timeout_s * 1000)) :]
            except self._usb.core.USBTimeoutError as error:
                raise TimeoutError(f"The printer has taken nothing for {self._timeout_s} s") from error

    def end_job(self) -> None:
        """Do nothing: what was sent is there."""

    def receive(self, timeout_s: float) -> bytes:
        """Return what came first, b"" where nothing did; ConnectionError where the printer was unplugged."""
        return self._ear.receive(timeout_s) if self._ear is not None else b""

    def fileno(self) -> int:
        """Return what can be waited on for words."""
        return self._ear.fileno() if self._ear is not None else -1

    def close(self) -> None:
        """Give the printer back."""
        if self._ear is not None:
            self._ear.close()
        with contextlib.suppress(OSError):
            self._usb.util.dispose_resources(self._device)

    def _read(self) -> bytes:
        try:
            return bytes(self._in.read(_CHUNK, _LOOK_MS))
        except self._usb.core.USBTimeoutError:
            return b""


def printer_interface(device: Any) -> Any:
    """Return a device's interface of the printer class, or None."""
    interfaces = (interface for configuration in device for interface in configuration)
    return next((one for one in interfaces if one.bInterfaceClass == PRINTER_CLASS), None)


def _found(usb: Any, target: UsbTarget) -> Any:
    try:
        devices = usb.core.find(find_all=True, idVendor=target.vendor, idProduct=target.product)
        found = next((one for one in devices if target.serial in ("", one.serial_number)), None)
    except (usb.core.NoBackendError, ValueError) as error:  # ValueError: its serial number may not be read
        raise OSError(f"USB cannot be used here: {error}. Is libusb installed (Debian: libusb-1.0-0)?") from error
    if found is None:
        raise OSError(f"No printer {target.vendor:04x}:{target.product:04x} {target.serial} is plugged in")
    return found


def _endpoint(usb: Any, interface: Any, direction: int) -> Any:
    def fits(one: Any) -> bool:
        bulk = usb.util.endpoint_type(one.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        return bool(bulk and usb.util.endpoint_direction(one.bEndpointAddress) == direction)

    return next((one for one in interface if fits(one)), None)
