"""A printer on a serial line, over pyserial. At 9600 baud a ticket's picture takes a minute (see `printers.text`)."""

import contextlib
from typing import NamedTuple

from printers.transport.base import PrinterSetupError
from printers.transport.ear import ThreadEar

BITS_PER_BYTE = 10
"""Start, eight bits, stop."""
FLOWS = ("none", "rtscts", "xonxoff")
_LOOK_S = 0.2
"""How long one reading waits for words."""


class SerialTarget(NamedTuple):
    """A port (`/dev/ttyS0`, `COM3`), its speed in baud, and who says stop when the printer's buffer is full.

    Nobody by default: many cables have only three wires, and a slow line is behind the print head anyway.
    """

    port: str
    baud: int = 9600
    flow: str = "none"

    @property
    def bytes_per_s(self) -> float:
        """How much the line carries."""
        return self.baud / BITS_PER_BYTE

    def open(self, timeout_s: float) -> "SerialTransport":
        """Open the port. Raises OSError where it is not there or is somebody else's."""
        return SerialTransport(self, timeout_s)


class SerialTransport:
    """An open serial port. A chunk may take the time its bytes need on the line, and `timeout_s` more."""

    answers = True

    def __init__(self, target: SerialTarget, timeout_s: float) -> None:
        import serial  # only where there is a serial line: it costs the start of every kiosk otherwise

        self._timeout_s, self._bytes_per_s = timeout_s, target.bytes_per_s
        self._timed_out: type[Exception] = serial.SerialTimeoutException
        try:
            self._port = serial.Serial(
                target.port,
                target.baud,
                timeout=_LOOK_S,
                write_timeout=timeout_s,
                rtscts=target.flow == "rtscts",
                xonxoff=target.flow == "xonxoff",
                exclusive=True,
            )
        except ValueError as error:
            raise PrinterSetupError(f"The serial port cannot run at {target.baud} baud: {error}.") from error
        self._ear = ThreadEar(self._read, "serial-ear")

    def send(self, data: bytes) -> None:
        """Hand over all of `data`."""
        self._port.write_timeout = self._timeout_s + len(data) / self._bytes_per_s
        try:
            self._port.write(data)
        except self._timed_out as error:
            raise TimeoutError(f"The printer has taken nothing for {self._timeout_s} s") from error

    def end_job(self) -> None:
        """Do nothing: what was sent is on its way."""

    def receive(self, timeout_s: float) -> bytes:
        """Return what came first, b"" where nothing did."""
        return self._ear.receive(timeout_s)

    def fileno(self) -> int:
        """Return what can be waited on for words."""
        return self._ear.fileno()

    def close(self) -> None:
        """Close the port; what was written still leaves."""
        self._ear.close()
        with contextlib.suppress(OSError):
            self._port.close()

    def _read(self) -> bytes:
        first: bytes = self._port.read(1)
        return first + self._port.read(self._port.in_waiting) if first else b""
